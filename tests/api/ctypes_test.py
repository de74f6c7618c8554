#!/usr/bin/env python3
"""Use the library from another language: no header, no compiler, only the exports.

SPDX-License-Identifier: MIT
"""

import ctypes
import os
import subprocess
import sys


def under_sanitizer(library):
    needed = subprocess.run(["ldd", library], capture_output=True, text=True).stdout
    for line in needed.splitlines():
        if "libasan" in line:
            return next(word for word in line.split() if word.startswith("/"))
    return None


def main(path):
    asan = under_sanitizer(path)
    if asan and asan not in os.environ.get("LD_PRELOAD", ""):
        os.environ["LD_PRELOAD"] = asan
        os.execv(sys.executable, [sys.executable, *sys.argv])

    library = ctypes.CDLL(path)
    library.aln_version.restype = ctypes.c_char_p
    assert library.aln_version().count(b".") == 2

    tag = ctypes.create_string_buffer(48)
    assert library.aln_language_canonical(b"fr_ca", tag, None) == 0
    assert tag.value == b"fr-CA"
    assert library.aln_language_canonical(b"no tag", tag, None) == 2
    library.aln_language_covers.restype = ctypes.c_bool
    assert library.aln_language_covers(b"fr", b"fr-CA")
    print("ok")


main(sys.argv[1])
