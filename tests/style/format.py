#!/usr/bin/env python3
"""Check that clang-format has nothing to change.

SPDX-License-Identifier: MIT
"""

import pathlib
import subprocess
import sys

root, formatter = pathlib.Path(sys.argv[1]), sys.argv[2]
paths = [p for folder in ("libalign", "tools", "tests") for p in (root / folder).rglob("*.[ch]")]
command = [formatter, "--dry-run", "--Werror", "--style=file", *map(str, sorted(paths))]
sys.exit(subprocess.run(command, cwd=root).returncode)
