#!/usr/bin/env python3
"""Check the aligner's table of concepts: a line is a concept, a column a language.

    # Colours
    red <TAB> rouge <TAB> 红|红色 <TAB> rot

The first line names the languages; `|` parts alternatives; `#` opens a section, whose
lines are in order of their first column, so that two people who add a word meet there.

SPDX-License-Identifier: MIT
"""

import pathlib
import sys
import unicodedata

MUST_HAVE = ("en", "fr", "zh")


def cell_faults(language, cell):
    forms = cell.split("|")
    if not cell and language in MUST_HAVE:
        yield f"no {language}"
    if cell and any(not form or form != form.strip() for form in forms):
        yield f"{language}: empty alternative or stray space in '{cell}'"
    if len(forms) != len(set(forms)):
        yield f"{language}: an alternative stands twice in '{cell}'"


def faults(lines):
    head = lines[0].split("\t")
    if any(language not in head for language in MUST_HAVE):
        yield 1, "the first line must name the languages, en, fr and zh among them"
        return
    first_seen, previous = {}, ""
    for number, line in enumerate(lines[1:], 2):
        if line != unicodedata.normalize("NFC", line):
            yield number, "not NFC"
        if line.startswith("#"):
            previous = ""
            continue
        cells = line.split("\t")
        if len(cells) != len(head):
            yield number, f"{len(cells)} columns where the first line has {len(head)}"
            continue
        for language, cell in zip(head, cells):
            for fault in cell_faults(language, cell):
                yield number, fault
        english = cells[head.index("en")]
        if english in first_seen:
            yield number, f"'{english}' is on line {first_seen[english]} already"
        first_seen[english] = number
        if english.lower() < previous.lower():
            yield number, f"'{english}' must stand before '{previous}'"
        previous = english


path = pathlib.Path(sys.argv[1]) / "libalign/align/concepts.tsv"
found = [f"{path}:{number}: {fault}" for number, fault in faults(path.read_text("utf-8").splitlines())]
print("\n".join(found))
sys.exit(bool(found))
