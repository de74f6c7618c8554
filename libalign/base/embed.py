#!/usr/bin/env python3
"""Turn a data file into a C array, so that the library needs no files at run time.

    embed.py SYMBOL IN OUT.c      ->  const char SYMBOL[]; const size_t SYMBOL_size;

A NUL that does not count follows the bytes.  SPDX-License-Identifier: MIT
"""

import pathlib
import sys

symbol, source, target = sys.argv[1:]
data = pathlib.Path(source).read_bytes()
rows = [data[i : i + 16] + (b"" if i + 16 < len(data) else b"\0") for i in range(0, len(data) or 1, 16)]
body = ",\n    ".join(",".join(str(b if b < 128 else b - 256) for b in row) for row in rows)
pathlib.Path(target).write_text(
    "#include <stddef.h>\n"
    f"extern const char {symbol}[];\nextern const size_t {symbol}_size;\n"
    f"const char {symbol}[] = {{\n    {body}}};\nconst size_t {symbol}_size = {len(data)};\n"
)
