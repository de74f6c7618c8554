#!/usr/bin/env python3
"""Print the groups below a folder as the JSON lines that `bitext align --stream` reads.

    make_stream.py FOLDER

SPDX-License-Identifier: MIT
"""

import json
import pathlib
import sys

for folder in sorted({path.parent for path in pathlib.Path(sys.argv[1]).rglob("*.*")}):
    pages = sorted(folder.iterdir(), key=lambda page: ("fr", "en", "zh").index(page.stem))
    documents = [{"language": page.stem, "path": str(page)} for page in pages]
    print(json.dumps({"group": str(folder), "documents": documents}))
