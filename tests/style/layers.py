#!/usr/bin/env python3
"""Check that no room of libalign includes a room it must not know.

SPDX-License-Identifier: MIT
"""

import pathlib
import re
import sys

# A room may include itself, what it names here, and <align/...>.
ROOMS = {
    "tools": "base",
    "base": "",
    "text": "base",
    "segment": "base text",
    "align": "base text",
    "unit": "base text",
    "store": "base text",
    "memory": "base text unit store",
    "lookup": "base text unit store memory",
    "exchange": "base text unit",
    "batch": "base text segment align unit store memory lookup exchange",
}

INCLUDE = re.compile(r'^#include "([a-z]+)/', re.MULTILINE)


def strangers(root):
    for room, friends in ROOMS.items():
        folder = root / ("tools" if room == "tools" else f"libalign/{room}")
        for path in sorted(folder.glob("*.[ch]")):
            for other in INCLUDE.findall(path.read_text()):
                if other not in {room, *friends.split()}:
                    yield f"{path}: {room} must not include {other}"


found = list(strangers(pathlib.Path(sys.argv[1])))
print("\n".join(found))
sys.exit(bool(found))
