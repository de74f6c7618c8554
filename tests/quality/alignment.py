#!/usr/bin/env python3
"""Align the sentences of a corpus and compare with the beads made by hand.

    alignment.py BITEXT CORPUS      prints a line a document and pair; fails when
                                   the beads are worse than the floors

SPDX-License-Identifier: MIT
"""

import pathlib
import subprocess
import sys

import beads

PAIRS = (("fr", "en"), ("fr", "zh"), ("zh", "en"))
FLOOR_ALL, FLOOR_PAIR = 0.90, 0.80  # strict F1


def run(*words):
    done = subprocess.run(words, capture_output=True, check=False)
    if done.returncode:
        sys.exit(f"{' '.join(map(str, words))}: exit {done.returncode}: {done.stderr.decode()}")
    return done.stdout


def align(bitext, folder, first, second):
    files = (folder / f"{first}.lines", folder / f"{second}.lines")
    options = ("--quiet", "--lines", "--langs", f"{first},{second}", "--format", "beads")
    return beads.read(run(bitext, "align", *options, *files).decode())


def main(bitext, corpus):
    faults, total = [], beads.Score()
    totals = {pair: beads.Score() for pair in PAIRS}
    for folder in sorted(path for path in pathlib.Path(corpus).iterdir() if path.is_dir()):
        for pair in PAIRS:
            gold = beads.read((folder / f"gold.{'-'.join(pair)}.txt").read_text())
            test = align(bitext, folder, *pair)
            alone = beads.Score()
            for score in (alone, totals[pair], total):
                score.add(gold, test)
            print("{:<24} {}-{}  strict {:.3f}  lax {:.3f}".format(folder.name, *pair, *alone.f1()))
    for pair, score in totals.items():
        print("{:<24} {}-{}  strict {:.3f}  lax {:.3f}".format("together", *pair, *score.f1()))
        if score.f1()[0] < FLOOR_PAIR:
            faults.append(f"{'-'.join(pair)}: below {FLOOR_PAIR}")
    print("{:<24} all    strict {:.3f}  lax {:.3f}".format("together", *total.f1()))
    if total.f1()[0] < FLOOR_ALL:
        faults.append(f"all: below {FLOOR_ALL}")
    print("\n".join(faults))
    return bool(faults)


sys.exit(main(*sys.argv[1:]))
