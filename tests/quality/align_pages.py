#!/usr/bin/env python3
"""Align whole pages, whose paragraphs are known, and compare with the beads made by hand.

    align_pages.py BITEXT CORPUS [OPTION...]     strict and lax F1 of each pair of languages

SPDX-License-Identifier: MIT
"""

import pathlib
import subprocess
import sys

import beads

PAIRS = (("fr", "en"), ("fr", "zh"), ("zh", "en"))


def page_of(folder, language):
    return next(path for path in sorted(folder.glob(f"{language}.*")) if path.suffix in (".html", ".txt"))


def align(bitext, options, folder, pair):
    pages = [page_of(folder, language) for language in pair]
    words = (bitext, "align", "--quiet", "--langs", ",".join(pair), "--format", "beads", *options, *pages)
    return beads.read(subprocess.run(words, capture_output=True, text=True, check=True).stdout)


def main(bitext, corpus, *options):
    total = beads.Score()
    for pair in PAIRS:
        score = beads.Score()
        for gold in sorted(pathlib.Path(corpus).glob(f"*/gold.{'-'.join(pair)}.txt")):
            found = align(bitext, options, gold.parent, pair)
            for sums in (score, total):
                sums.add(beads.read(gold.read_text()), found)
        print("{}-{}  strict {:.3f}  lax {:.3f}".format(*pair, *score.f1()))
    print("all    strict {:.3f}  lax {:.3f}".format(*total.f1()))


main(*sys.argv[1:])
