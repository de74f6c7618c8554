#!/usr/bin/env python3
"""Check that every command has a man page and that every option stands in it.

SPDX-License-Identifier: MIT
"""

import pathlib
import re
import subprocess
import sys

root, bitext = pathlib.Path(sys.argv[1]), sys.argv[2]


def output(*args):
    return subprocess.run([bitext, *args], check=True, capture_output=True, text=True).stdout


found = []
names = re.findall(r"^  ([a-z]+) ", output("--help"), re.M)
for name in names:
    page = root / "tools/man" / f"bitext-{name}.1.scd"
    if not page.exists():
        found.append(f"{name}: no {page.relative_to(root)}")
        continue
    text = page.read_text().replace("\\", "")
    for option in re.findall(r"(--[a-z][a-z-]*)", output(name, "--help")):
        if option not in text and option not in ("--help", "--quiet"):
            found.append(f"{name}: {option} is not in its man page")
print("\n".join(found))
sys.exit(bool(found) or not names)
