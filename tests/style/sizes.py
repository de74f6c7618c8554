#!/usr/bin/env python3
"""Check that no function and no file outgrows its idea.

Functions: none over 80 lines.  Files: C under 600 lines, public headers under 250.  A
file opens with a comment that says what it is for, and names its licence.

SPDX-License-Identifier: MIT
"""

import pathlib
import re
import sys

MOST_FUNCTION, MOST_FILE, MOST_HEADER = 80, 600, 250


def functions(lines):
    """Yield (line, length) of each body: from its `{` in column 0 to the `}` there."""
    start = None
    for i, line in enumerate(lines, 1):
        if line == "{":
            start = i
        elif line == "}" and start:
            yield start, i - start + 1
            start = None


def complaints(root):
    for path in sorted([*root.glob("libalign/**/*.[ch]"), *root.glob("tools/**/*.[ch]")]):
        text = path.read_text()
        lines = text.splitlines()
        public = "include/align" in str(path)
        if len(lines) > (MOST_HEADER if public else MOST_FILE):
            yield f"{path}: {len(lines)} lines"
        for at, length in functions(lines):
            if length > MOST_FUNCTION:
                yield f"{path}:{at}: a function of {length} lines"
        if "SPDX-License-Identifier: MIT" not in text:
            yield f"{path}: no licence"
        if not text.startswith("/* ") or text.startswith("/* SPDX"):
            yield f"{path}: no word on what it is for"
        if re.search(r"[ \t]+$", text, re.M):
            yield f"{path}: trailing white space"


found = list(complaints(pathlib.Path(sys.argv[1])))
print("\n".join(found))
sys.exit(bool(found))
