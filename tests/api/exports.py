#!/usr/bin/env python3
"""Check that the library exports what its headers declare, and nothing else.

    exports.py LIBALIGN.so HEADERS

SPDX-License-Identifier: MIT
"""

import pathlib
import re
import subprocess
import sys

library, headers = sys.argv[1:]
text = "\n".join(p.read_text() for p in pathlib.Path(headers).glob("*.h"))
text = re.sub(r"/\*.*?\*/", "", text, flags=re.S)
declared = set(re.findall(r"\bALN_API\b[^;{]*?\b(aln_\w+)\s*\(", text))
declared |= set(re.findall(r"\bALN_API\b[^;({]*?\b(aln_\w+)\s*(?:\[[^;]*)?;", text))
listing = subprocess.run(
    ["nm", "--dynamic", "--defined-only", "--extern-only", library],
    check=True, capture_output=True, text=True).stdout
exported = {line.split()[-1] for line in listing.splitlines()}
exported -= {name for name in exported if re.match(r"_|\.|asan|ubsan|__", name)}

for name in sorted(declared - exported):
    print(f"{name}: declared but not exported")
for name in sorted(exported - declared):
    print(f"{name}: exported but not declared")
print(f"{len(declared)} functions")
sys.exit(declared != exported or not declared)
