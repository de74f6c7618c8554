#!/usr/bin/env python3
"""A service of embeddings that knows the answers: /v1/embeddings for one gold alignment.

    embedding_server.py SRC.lines TGT.lines GOLD PORT_FILE

Every source sentence has a direction of its own; a target sentence has the sum of those
that the gold pairs it with, or a direction of its own where it stands alone.  So vectors
tell exactly what the gold says.  The first request is answered 503, as a busy service
would.  POST /broken/v1/embeddings answers with what is no embedding.  The port is
written to PORT_FILE, and vectors in vecalign's files to SRC.lines.overlaps and so on when
asked with --files FOLDER.

SPDX-License-Identifier: MIT
"""

import ast
import http.server
import json
import math
import pathlib
import random
import struct
import sys

DIMENSION = 64


def direction(name):
    rng = random.Random(name)
    return [rng.gauss(0, 1) for _ in range(DIMENSION)]


def noisy(values, name):
    rng = random.Random(f"noise {name}")
    return [v + rng.gauss(0, 0.3) for v in values]


def total(vectors):
    return [sum(column) for column in zip(*vectors)]


def read_vectors(src, tgt, gold):
    source = pathlib.Path(src).read_text("utf-8").splitlines()
    target = pathlib.Path(tgt).read_text("utf-8").splitlines()
    known = {text: noisy(direction(f"s{i}"), text) for i, text in enumerate(source)}
    pairs = [line.split(":") for line in pathlib.Path(gold).read_text().splitlines()]
    for left, right in ((ast.literal_eval(p[0]), ast.literal_eval(p[1])) for p in pairs):
        for j in right:
            meanings = [direction(f"s{i}") for i in left] or [direction(f"t{j}")]
            known.setdefault(target[j], noisy(total(meanings), target[j]))
    return known, source, target


def write_files(known, texts, path):
    with open(path, "w", encoding="utf-8") as names, open(f"{path}.emb", "wb") as floats:
        for text in sorted(set(texts)):
            names.write(text + "\n")
            floats.write(struct.pack(f"<{DIMENSION}f", *known[text]))


class Service(http.server.BaseHTTPRequestHandler):
    known, requests = {}, 0

    def answer(self, status, body):
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.end_headers()
        self.wfile.write(json.dumps(body).encode())

    def do_POST(self):
        asked = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        Service.requests += 1
        if self.path.startswith("/broken"):
            return self.answer(200, {"data": "none"})
        if asked.get("model") == "secret" and self.headers["Authorization"] != "Bearer key":
            return self.answer(401, {"error": "no key"})
        if Service.requests == 1:
            return self.answer(503, {"error": "busy"})
        data = [{"index": i, "embedding": self.known[text]}
                for i, text in enumerate(asked["input"])]
        return self.answer(200, {"data": list(reversed(data))})

    def log_message(self, *args):
        pass


def main(src, tgt, gold, port_file, folder=None):
    Service.known, source, target = read_vectors(src, tgt, gold)
    if folder:
        write_files(Service.known, source, f"{folder}/source")
        write_files(Service.known, target, f"{folder}/target")
    server = http.server.HTTPServer(("127.0.0.1", 0), Service)
    part = pathlib.Path(port_file + ".part")
    part.write_text(str(server.server_port))
    part.rename(port_file)
    server.serve_forever()


main(*sys.argv[1:])
