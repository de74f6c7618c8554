"""Beads of alignments, and how they are counted.

    [0, 1]:[0]:0.97        a bead a line, ids from 0; what follows the second list is ignored

Precision is the share of the test's beads that the gold has, one-sided ones included;
recall the share of the gold's two-sided beads that the test has.  Strict asks for the
same bead, lax for one pair of sentences in common.  The counting of vecalign's scorer.

SPDX-License-Identifier: MIT
"""

import ast
import collections


def read(text):
    rows = (line.split(":") for line in text.splitlines() if line.strip())
    beads = [(tuple(ast.literal_eval(row[0])), tuple(ast.literal_eval(row[1]))) for row in rows]
    return {bead for bead in beads if bead[0] or bead[1]}


def hits(beads, others):
    """How many beads are among the others: (the same, with a pair in common)."""
    partners = collections.defaultdict(set)
    for source, target in others:
        for i in source:
            partners[i].update(target)
    same = sum(bead in others for bead in beads)
    common = sum(
        (source, target) in others
        or any(partners[i] & set(target) for i in source)
        for source, target in beads
    )
    return same, common


def two_sided(beads):
    return {bead for bead in beads if bead[0] and bead[1]}


class Score:
    """Adds documents up; f1() of strict and lax."""

    def __init__(self):
        self.n = [0, 0]
        self.hits = [[0, 0], [0, 0]]

    def add(self, gold, test):
        pairs = ((test, gold), (two_sided(gold), two_sided(test)))
        for side, (beads, others) in enumerate(pairs):
            self.n[side] += len(beads)
            for kind, count in enumerate(hits(beads, others)):
                self.hits[side][kind] += count

    def f1(self):
        """(strict, lax)"""
        values = []
        for kind in (0, 1):
            precision, recall = (self.hits[side][kind] / (self.n[side] or 1) for side in (0, 1))
            values.append(2 * precision * recall / ((precision + recall) or 1))
        return values
