#!/usr/bin/env python3
"""Does a third language help?  Beads of three texts, with and without witnesses.

    align_trilingual.py BITEXT DIR_FR DIR_EN DIR_ZH

Pages of the same name in three languages (Debian's handbook is one such set) become
documents of 30 triples of sentences; each text loses sentences and has others joined on
its own.  Prints strict precision, recall and F1 of the triples of ranges.

SPDX-License-Identifier: MIT
"""

import json
import pathlib
import random
import subprocess
import sys
import tempfile

from align_training import blocks_of, sentences

LANGS, GLUE = ("fr", "en", "zh"), (" ", " ", "")


def triples(folders):
    out = []
    for page in sorted(pathlib.Path(folders[0]).glob("*.html")):
        paths = [pathlib.Path(f) / page.name for f in folders]
        if not all(p.exists() for p in paths):
            continue
        pages = [blocks_of(p) for p in paths]
        if len({tuple(kind for kind, _ in p) for p in pages}) != 1:
            continue
        for row in zip(*pages):
            cut = [sentences(text) for _, text in row]
            if len({len(c) for c in cut}) == 1 and row[0][1] != row[1][1] != row[2][1]:
                out += [[[c[k]] for c in cut] for k in range(len(cut[0]))]
    return out


def disturb(beads, rng):
    beads = [[list(side) for side in bead] for bead in beads]
    for k in range(3):
        rate = rng.uniform(0.04, 0.15)
        for bead in beads:
            if rng.random() < rate:
                bead[k].clear()
    for k in range(3):
        rate, out = rng.uniform(0.04, 0.10), []
        for bead in beads:
            before = out[-1] if out else None
            if before and before[k] and bead[k] and rng.random() < rate and all(len(s) == 1 for s in before):
                before[k][-1] += GLUE[k] + bead[k][0]
                for other in range(3):
                    if other != k:
                        before[other] += bead[other]
                continue
            out.append(bead)
        beads = out
    return [b for b in beads if any(b)]


def ranges(beads):
    at, out = [0, 0, 0], set()
    for bead in beads:
        row = []
        for k in range(3):
            row.append(tuple(range(at[k], at[k] + len(bead[k]))))
            at[k] += len(bead[k])
        out.add(tuple(row))
    return out


def align(bitext, beads, extra):
    with tempfile.TemporaryDirectory() as folder:
        paths = []
        for k, lang in enumerate(LANGS):
            paths.append(pathlib.Path(folder) / f"x.{lang}.txt")
            paths[k].write_text("".join(s + "\n" for bead in beads for s in bead[k]))
        run = subprocess.run([bitext, "align", "-q", "--lines", "--langs", ",".join(LANGS), "--format", "jsonl",
                              *extra, *paths], capture_output=True, text=True, check=False)
    return {tuple(tuple(side) for side in json.loads(line)["bead"]) for line in run.stdout.split("\n") if line}


def main():
    bitext, *folders = sys.argv[1:]
    beads, rng = triples(folders), random.Random(2)
    documents = [disturb(beads[k : k + 30], rng) for k in range(0, min(len(beads), 1800) - 30, 30)]
    for name, extra in ("each pair alone", ["--without", "witness"]), ("with witnesses", []):
        right = found = gold = 0
        for document in documents:
            a, b = ranges(document), align(bitext, document, extra)
            right, found, gold = right + len(a & b), found + len(b), gold + len(a)
        p, r = right / max(1, found), right / max(1, gold)
        print(f"{name:16} {len(documents)} documents  P {p:.3f} R {r:.3f} F1 {2 * p * r / (p + r):.3f}")


if __name__ == "__main__":
    main()
