#!/usr/bin/env python3
"""Fit the weights of libalign/align/calibrate.c: how right are beads of a score?

    align_calibrate.py BITEXT SET...

Aligns the sets with --raw-scores in the environment of the build that has no weights
(all zero but the first one 1), and fits a logistic regression to "strictly right" from
the logit of the probability, the bead's shape, whether it stands beside a skipped
sentence, and the share of beads in the document that are not 1-1.

SPDX-License-Identifier: MIT
"""

import concurrent.futures
import json
import math
import pathlib
import re
import subprocess
import sys

LINE = re.compile(r"\[(.*)\]:\[(.*)\]:?(.*)")


def beads_of(text):
    out = []
    for line in text.split("\n"):
        match = LINE.match(line)
        if match:
            ids = [tuple(int(x) for x in match[k].split(",") if x.strip()) for k in (1, 2)]
            out.append((ids[0], ids[1], float(match[3] or 0)))
    return out


def features(beads):
    odd = sum(1 for a, b, _ in beads if (len(a), len(b)) != (1, 1)) / max(1, len(beads))
    for k, (a, b, p) in enumerate(beads):
        if not a or not b:
            continue
        p = min(max(p, 0.001), 0.9995)
        near = any(0 <= n < len(beads) and not (beads[n][0] and beads[n][1]) for n in (k - 1, k + 1))
        yield (a, b), (1.0, math.log(p / (1 - p)), float((len(a), len(b)) != (1, 1)), float(near), odd)


def document(job):
    bitext, langs, folder = job
    run = subprocess.run([bitext, "align", "-q", "--lines", "--langs", langs, "--format", "beads",
                          folder / "src.txt", folder / "tgt.txt"], capture_output=True, text=True, check=False)
    gold = {(a, b) for a, b, _ in beads_of((folder / "gold.txt").read_text())}
    return [(x, bead in gold) for bead, x in features(beads_of(run.stdout))]


def solve(matrix, vector):
    n = len(vector)
    rows = [list(row) + [v] for row, v in zip(matrix, vector)]
    for i in range(n):
        pivot = max(range(i, n), key=lambda r: abs(rows[r][i]))
        rows[i], rows[pivot] = rows[pivot], rows[i]
        for r in range(n):
            if r != i:
                f = rows[r][i] / rows[i][i]
                rows[r] = [x - f * y for x, y in zip(rows[r], rows[i])]
    return [rows[i][n] / rows[i][i] for i in range(n)]


def fit(data):
    n = len(data[0][0])
    weights = [0.0, 1.0] + [0.0] * (n - 2)
    for _ in range(20):
        gradient = [-0.01 * w for w in weights]
        hessian = [[0.01 * (i == j) for j in range(n)] for i in range(n)]
        for x, right in data:
            p = 1 / (1 + math.exp(-sum(w * v for w, v in zip(weights, x))))
            for i in range(n):
                gradient[i] += (right - p) * x[i]
                for j in range(n):
                    hessian[i][j] += p * (1 - p) * x[i] * x[j]
        weights = [w + s for w, s in zip(weights, solve(hessian, gradient))]
    return weights


def main():
    bitext, *sets = sys.argv[1:]
    jobs = []
    for folder in map(pathlib.Path, sets):
        meta = json.loads((folder / "META.json").read_text())
        jobs += [(bitext, f"{meta['src']},{meta['tgt']}", d) for d in sorted(folder.iterdir()) if d.is_dir()][:20]
    with concurrent.futures.ThreadPoolExecutor(2) as pool:
        data = [row for rows in pool.map(document, jobs) for row in rows]
    print(len(data), "beads, right", sum(right for _, right in data) / len(data))
    print("weights of 1, logit, shape, beside a skip, oddity:", " ".join(f"{w:.2f}" for w in fit(data)))


if __name__ == "__main__":
    main()
