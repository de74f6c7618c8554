#!/usr/bin/env python3
"""Align every document of some sets on its own; print how right the beads are.

    align_measure.py [--jobs N] [--extra "--no-tables"] [--calibration] BITEXT SET...

A set is a folder with META.json ({"src": "fr", "tgt": "en"}) and a folder a document:
src.txt, tgt.txt with a sentence a line, gold.txt with a bead a line.  `tests/quality/
align_training.py` makes such sets.  "sure" is the share of beads scored 0.9 or more, and
how many of them are strictly right; ECE is the expected calibration error.

SPDX-License-Identifier: MIT
"""

import argparse
import concurrent.futures
import json
import pathlib
import re
import subprocess
import tempfile


def align(job):
    bitext, langs, extra, folder, out = job
    with open(out, "wb") as file:
        subprocess.run([bitext, "align", "--quiet", "--lines", "--langs", langs, "--format", "beads",
                        *extra, folder / "src.txt", folder / "tgt.txt"], stdout=file, check=False)
    return [folder / "gold.txt", out]


def measure(args, folder, out):
    meta = json.loads((folder / "META.json").read_text())
    jobs = [(args.bitext, f"{meta['src']},{meta['tgt']}", args.extra.split(), d,
             pathlib.Path(out) / f"{folder.name}-{d.name}.beads")
            for d in sorted(folder.iterdir()) if d.is_dir()][: args.most]
    with concurrent.futures.ThreadPoolExecutor(args.jobs) as pool:
        return [path for pair in pool.map(align, jobs) for path in pair]


def evaluate(bitext, name, files, calibration):
    text = subprocess.run([bitext, "eval", "--calibration", *files], capture_output=True, text=True, check=True).stdout
    p, r, f, _, _, lax = re.findall(r"\d\.\d+", text.split("\n")[0])
    rows = re.findall(r"^(\d\.\d)-\S+ +(\d+)(?:  (\S+)  (\S+))?$", text, re.M)
    total = sum(int(row[1]) for row in rows) or 1
    sure, right = (int(rows[-1][1]) / total, rows[-1][3] or "-") if rows else (0, "-")
    ece = re.search(r"error (\S+)", text).group(1)
    print(f"{name:26} P {p} R {r} F {f} | lax {lax} | sure {sure:.2f} right {right} | ECE {ece}", flush=True)
    if calibration:
        print(text.split("\n", 1)[1])


def main():
    options = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    options.add_argument("--jobs", type=int, default=2)
    options.add_argument("--most", type=int, default=None, help="documents of a set")
    options.add_argument("--extra", default="")
    options.add_argument("--calibration", action="store_true")
    options.add_argument("bitext")
    options.add_argument("sets", nargs="+", type=pathlib.Path)
    args = options.parse_args()
    with tempfile.TemporaryDirectory() as out:
        everything = []
        for folder in args.sets:
            files = measure(args, folder, out)
            everything += files
            evaluate(args.bitext, folder.name, files, False)
        evaluate(args.bitext, "all", everything, args.calibration)


if __name__ == "__main__":
    main()
