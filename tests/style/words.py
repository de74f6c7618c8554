#!/usr/bin/env python3
"""Check that the project has no unfinished business in it.

SPDX-License-Identifier: MIT
"""

import pathlib
import re
import sys

UNFINISHED = re.compile(r"\b(TODO|FIXME|XXX|HACK)\b|not (yet )?implemented|unimplemented")
SUFFIXES = {".c", ".h", ".py", ".md", ".scd", ".bats", ".build", ".sql", ".srx", ".html"}

root = pathlib.Path(sys.argv[1])
found = []
for folder in ("libalign", "tools", "tests", "corpora"):
    for path in sorted((root / folder).rglob("*")):
        if path.suffix not in SUFFIXES or path.resolve() == pathlib.Path(__file__).resolve():
            continue
        for i, line in enumerate(path.read_text(errors="replace").splitlines(), 1):
            if UNFINISHED.search(line):
                found.append(f"{path}:{i}: {line.strip()}")
print("\n".join(found))
sys.exit(bool(found))
