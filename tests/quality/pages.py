#!/usr/bin/env python3
"""Extract and segment the pages of corpora/communiques: exactly their .lines must come out.

    pages.py BITEXT CORPUS

SPDX-License-Identifier: MIT
"""

import difflib
import pathlib
import subprocess
import sys


def run(*words, text=None):
    done = subprocess.run(words, input=text, capture_output=True, check=False)
    if done.returncode:
        sys.exit(f"{' '.join(map(str, words))}: exit {done.returncode}: {done.stderr.decode()}")
    return done.stdout


def sentences_of(bitext, page, language):
    text = run(bitext, "extract", "--quiet", page)
    return run(bitext, "segment", "--quiet", "--lang", language, "-", text=text).decode()


def check_page(bitext, folder, language):
    """The differences between a page's sentences and what they should be."""
    lines = folder / f"{language}.lines"
    page = next(path for path in sorted(folder.glob(f"{language}.*")) if path.suffix in (".html", ".txt"))
    found = sentences_of(bitext, page, language).splitlines()
    names = (str(lines), str(page))
    return list(difflib.unified_diff(lines.read_text().splitlines(), found, *names, n=0, lineterm=""))


def main(bitext, corpus):
    folders = sorted(path for path in pathlib.Path(corpus).iterdir() if path.is_dir())
    faults = []
    for folder in folders:
        for language in ("fr", "en", "zh"):
            fault = check_page(bitext, folder, language)
            print(f"{folder.name} {language}: {'differs' if fault else 'ok'}")
            faults += fault
    print("\n".join(faults))
    return bool(faults)


sys.exit(main(*sys.argv[1:]))
