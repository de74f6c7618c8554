#!/usr/bin/env python3
"""Fit the weights of libalign/align/calibrate.c: how right are beads of a score?

    align_calibrate.py BUILD/tests/quality/align_features SET...

A set is what align_training.py makes.  align_features tells what speaks for each bead of
the aligner with two sides; a logistic regression (Newton's method, a ridge of one)
explains by it whether the gold has the very same bead.

SPDX-License-Identifier: MIT
"""

import json
import math
import pathlib
import subprocess
import sys

import beads


def sigmoid(z):
    return 1 / (1 + math.exp(-max(-40, min(40, z))))


def rows_of(program, folder):
    meta = json.loads((folder / "META.json").read_text())
    documents = [d for d in sorted(folder.iterdir()) if d.is_dir()]
    gold = {str(d): beads.read((d / "gold.txt").read_text()) for d in documents}
    run = subprocess.run([program, meta["src"], meta["tgt"], *gold], capture_output=True, text=True, check=True)
    for line in run.stdout.splitlines():
        document, ids, features = line.split("\t")
        i, a, j, b = map(int, ids.split())
        bead = tuple(range(i, i + a)), tuple(range(j, j + b))
        yield [float(x) for x in features.split()], bead in gold[document]


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


def step(data, weights):
    n = len(weights)
    gradient = [-w for w in weights]
    hessian = [[float(i == j) for j in range(n)] for i in range(n)]
    for x, right in data:
        p = sigmoid(sum(w * v for w, v in zip(weights, x)))
        for i in range(n):
            gradient[i] += (right - p) * x[i]
            for j in range(n):
                hessian[i][j] += p * (1 - p) * x[i] * x[j]
    return solve(hessian, gradient)


def fit(data):
    weights = [0.0] * len(data[0][0])
    for _ in range(10):
        weights = [w + s for w, s in zip(weights, step(data, weights))]
    return weights


def main():
    program, *sets = sys.argv[1:]
    data = [row for folder in sets for row in rows_of(program, pathlib.Path(folder))]
    print(len(data), "beads, right", sum(right for _, right in data) / len(data))
    print("weights:", " ".join(f"{w:.2f}" for w in fit(data)))


if __name__ == "__main__":
    main()
