#!/usr/bin/python3
"""Look up the same queries in the same units with bitext and with translate-toolkit.

    tmserver.py BITEXT UNITS.tsv [QUERIES [SECONDS]]

UNITS.tsv has a source and a target a row.  Queries are rows with up to 30 % of their
words replaced by words of other rows.  tmserver answers a request by
tmdb.TMDB.translate_unit, which is called here in the process, without HTTP.  Each side
stops after SECONDS (600).  Recall: queries whose best base in the units, by brute force,
is at least 0.7 and among the five matches.

Debian's package has no C module for the distances it computes; with python3-levenshtein
installed it finds one, and the line says so.

SPDX-License-Identifier: MIT
"""
import json
import logging
import os
import random
import re
import subprocess
import sys
import tempfile
import time
from collections import Counter

logging.disable(logging.WARNING)
from translate.search import lshtein  # noqa: E402
from translate.storage import tmdb  # noqa: E402

TOKEN = re.compile("[\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff]"
                   "|[^\\W\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff]+|[^\\w\\s]")
LEAST, MATCHES = 0.7, 5


def distance(a, b):
    row = list(range(len(b) + 1))
    for i, x in enumerate(a, 1):
        diagonal, row[0] = row[0], i
        for j, y in enumerate(b, 1):
            diagonal, row[j] = row[j], min(diagonal + (x != y), row[j] + 1, row[j - 1] + 1)
    return row[-1]


def base(a, b):
    return 1 - distance(a, b) / max(len(a), len(b), 1)


def best_base(query, units):
    """By brute force: lengths and common tokens first, then distances."""
    best, wanted = 0.0, Counter(query)
    for tokens in units:
        longer = max(len(query), len(tokens), 1)
        least = max(best, LEAST) * longer - 1e-9
        if min(len(query), len(tokens)) < least:
            continue
        left = dict(wanted)
        common = 0
        for token in tokens:
            if left.get(token, 0):
                left[token] -= 1
                common += 1
        if common >= least:
            best = max(best, base(query, tokens))
    return best


def disturbed(text, vocabulary, rng):
    words = text.split(" ")
    for i in range(len(words)):
        if rng.random() < 0.3 * rng.random():
            words[i] = rng.choice(vocabulary)
    return " ".join(words)


def report(name, times, found, wanted, build, path):
    times.sort()
    at = [times[min(len(times) - 1, int(share * len(times)))] for share in (0.5, 0.9, 0.99)]
    print(f"{name:34s} {len(times):7d} {found / max(wanted, 1):8.4f}"
          + "".join(f"{each * 1e3:11.3f}" for each in at)
          + f"{build:9.1f} {os.path.getsize(path) / 1e6:9.1f}", flush=True)


def measure(name, look_up, queries, truth, seconds, build, path):
    times, found, wanted, began = [], 0, 0, time.monotonic()
    for query, best in zip(queries, truth):
        if time.monotonic() - began > seconds:
            break
        took, sources = look_up(query)
        times.append(took)
        if best >= LEAST - 1e-9:
            wanted += 1
            found += any(base(TOKEN.findall(query), TOKEN.findall(source)) > best - 1e-9
                         for source in sources)
    report(name, times, found, wanted, build, path)


def with_bitext(bitext, path, rows_path):
    began = time.monotonic()
    subprocess.run([bitext, "import", "-q", "--memory", path, "--langs", "en,fr", rows_path],
                   check=True)
    build = time.monotonic() - began
    # Lines are answered as they come: nothing is asked before the last answer is there.
    server = subprocess.Popen(
        ["stdbuf", "-oL", bitext, "lookup", "-m", path, "-f", "en", "-t", "fr", "-n",
         str(MATCHES), "--format", "jsonl", "-"],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, encoding="utf-8")

    def look_up(query):
        before = time.monotonic()
        server.stdin.write(query + "\n")
        server.stdin.flush()
        answer = json.loads(server.stdout.readline())
        return time.monotonic() - before, [match["source"] for match in answer["matches"]]
    return look_up, build


def with_toolkit(path, rows):
    began = time.monotonic()
    memory = tmdb.TMDB(path, max_candidates=MATCHES, min_similarity=100 * LEAST, max_length=1000)
    memory.add_list([{"source": source, "target": target, "context": ""}
                     for source, target in rows], "en", "fr")
    build = time.monotonic() - began

    def look_up(query):
        before = time.monotonic()
        matches = memory.translate_unit(query, "en", "fr")
        return time.monotonic() - before, [match["source"] for match in matches]
    return look_up, build


def main():
    bitext, rows_path = sys.argv[1:3]
    n = int(sys.argv[3]) if len(sys.argv) > 3 else 50
    seconds = float(sys.argv[4]) if len(sys.argv) > 4 else 600
    rng = random.Random(7)
    with open(rows_path, encoding="utf-8") as stream:
        rows = [line.rstrip("\n").split("\t")[:2] for line in stream]
    vocabulary = [word for source, _ in rows for word in source.split(" ")]
    queries = [disturbed(rng.choice(rows)[0], vocabulary, rng) for _ in range(n)]
    units = [TOKEN.findall(source) for source, _ in rows]
    truth = [best_base(TOKEN.findall(query), units) for query in queries]
    c_module = lshtein.distance is not lshtein.python_distance
    with tempfile.TemporaryDirectory() as folder:
        print(f"{len(rows)} units\n{'':34s} queries   recall     p50 ms     p90 ms     p99 ms"
              "  build s        MB")
        path = os.path.join(folder, "bitext.db")
        look_up, build = with_bitext(bitext, path, rows_path)
        measure("bitext, through a pipe", look_up, queries, truth, seconds, build, path)
        path = os.path.join(folder, "tmdb.db")
        look_up, build = with_toolkit(path, rows)
        name = "translate-toolkit's tmdb" + (", C module" if c_module else "")
        measure(name, look_up, queries, truth, seconds, build, path)


main()
