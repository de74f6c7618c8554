#!/usr/bin/env python3
"""Make documents with gold beads out of parallel HTML, and disturb them.

    align_training.py [--hard] [--lines N] OUT SOURCE_DIR TARGET_DIR SRC TGT
    align_training.py --hard --lines 95 --corpora OUT CORPORA CORPORA fr en

Pages of the same name whose blocks (paragraphs, list items, headings) have the same
kinds in the same order are taken as parallel block by block.  Blocks with as many
sentences on either side give 1-1 beads; those of one sentence against up to four, one
bead; other blocks are left out of both.  With --hard, 4-15 % (or --loss) of the
sentences of each side vanish, 8-20 % of neighbours are joined, and a run of ten is dropped: what becomes
of the gold is known.  With --corpora, the beads are those made by hand of corpora/, in
another order each time round.  OUT/NNN/{src.txt,tgt.txt,gold.txt} and OUT/META.json are written.

The length model, the strengths of evidence and the calibration of libalign/align come
from such documents: see libalign/docs/align.md.

SPDX-License-Identifier: MIT
"""

import argparse
import ast
import html.parser
import json
import pathlib
import random
import re

BLOCKS = {"p", "li", "h1", "h2", "h3", "h4", "h5", "dt", "dd", "td", "th", "title"}
SILENT = {"script", "style", "pre", "head", "nav"}
END = re.compile(r"(?<=[.?!…])[\"»”’)]*\s+(?=[\"«“(]*[A-ZÀ-Þ0-9])|(?<=[。？！])(?![”」）])")


class Blocks(html.parser.HTMLParser):
    def __init__(self):
        super().__init__()
        self.blocks, self.text, self.kind, self.silent = [], [], None, 0

    def cut(self):
        text = " ".join("".join(self.text).split())
        if self.kind and text:
            self.blocks.append((self.kind, text))
        self.text, self.kind = [], None

    def handle_starttag(self, tag, attributes):
        if tag in SILENT:
            self.silent += 1
        if tag in BLOCKS:
            self.cut()
            self.kind = tag

    def handle_endtag(self, tag):
        if tag in SILENT and self.silent:
            self.silent -= 1
        if tag in BLOCKS:
            self.cut()

    def handle_data(self, data):
        if not self.silent:
            self.text.append(data)


class Sentence(str):
    """Knows the paragraph it stands in."""

    paragraph = None


def in_paragraph(lines, number):
    out = [Sentence(line) for line in lines]
    for sentence in out:
        sentence.paragraph = number
    return out


def blocks_of(path):
    parser = Blocks()
    parser.feed(path.read_text(encoding="utf-8", errors="replace"))
    parser.cut()
    return parser.blocks


def sentences(text):
    return [s for s in (p.strip() for p in END.split(text)) if s]


def beads_of(source, target, number):
    """Beads of a block as lists of sentences; none where it is not clear."""
    a, b = (in_paragraph(sentences(text), number) for text in (source, target))
    if len(a) == len(b):
        return [([x], [y]) for x, y in zip(a, b)]
    if min(len(a), len(b)) == 1 and max(len(a), len(b)) <= 4:
        return [(a, b)]
    return []


def page_beads(source, target):
    a, b = blocks_of(source), blocks_of(target)
    if [kind for kind, _ in a] != [kind for kind, _ in b]:
        return []
    beads = [bead for n, (x, y) in enumerate(zip(a, b)) if x[1] != y[1] for bead in beads_of(x[1], y[1], n)]
    return beads if len(beads) > 0.6 * len(a) else []


def hand_made(corpora, src, tgt):
    """The beads of every text of corpora/ that has a gold of the two languages."""
    for gold in sorted(pathlib.Path(corpora).rglob(f"gold.{src}-{tgt}.txt")):
        sides = [(gold.parent / f"{tag}.lines").read_text().splitlines() for tag in (src, tgt)]
        rows = (ast.literal_eval("(" + row.replace(":", ",") + ")") for row in gold.read_text().splitlines())
        beads = [tuple([side[i] for i in ids] for side, ids in zip(sides, row)) for row in rows]
        yield from pieces(beads)


def pieces(beads, most=20):
    """Texts longer than a page go in parts, so that there are many orders of them."""
    return [beads[k : k + most] for k in range(0, len(beads), most)]


def shuffled(texts, rng):
    while True:
        rng.shuffle(texts)
        yield from texts


def drop(beads, rate, rng, side):
    """Some sentences of one side vanish; a bead may lose its half."""
    for bead in beads:
        bead[side][:] = [s for s in bead[side] if rng.random() > rate]


def join(beads, rate, rng, side, glue):
    """Neighbours on one side become one sentence, their beads one bead."""
    out = []
    for bead in beads:
        before = out[-1] if out else None
        if before and before[side] and bead[side] and rng.random() < rate:
            if len(before[1 - side]) + len(bead[1 - side]) <= 3 and len(before[side]) == 1:
                number = getattr(before[side][-1], "paragraph", None)
                before[side][-1:] = in_paragraph([before[side][-1] + glue + bead[side][0]], number)
                before[side].extend(bead[side][1:])
                before[1 - side].extend(bead[1 - side])
                continue
        out.append(bead)
    return out


def replace(beads, strangers, rng):
    """In some texts a few sentences, in some all, say something else in the other text."""
    rate = rng.choice([0, 0.05, 0.15, 0.4, 1])
    own = [b for _, b in beads]
    for a, b in beads:
        stranger = rng.choice(strangers)[1] if rng.random() < rate else b
        if stranger in own:
            yield a, b
        else:
            yield a, []
            yield [], stranger


def disturb(beads, rng, glue, loss):
    beads = [(list(a), list(b)) for a, b in beads]
    for side in (0, 1):
        drop(beads, rng.uniform(0.04, loss), rng, side)
    if len(beads) > 30:
        side, at = rng.randrange(2), rng.randrange(len(beads) - 10)
        for bead in beads[at : at + 10]:
            bead[side].clear()
    for side in (0, 1):
        beads = join(beads, rng.uniform(0.04, 0.10), rng, side, glue[side])
    return [b for b in beads if b[0] or b[1]]


def target_order(beads, rng, move):
    """In which order the target has the beads: a run of three to six may stand elsewhere."""
    order = list(range(len(beads)))
    n = rng.randint(3, 6)
    if move and len(beads) > 3 * n:
        at, to = rng.sample(range(len(beads) - n), 2)
        block = order[at : at + n]
        order[at : at + n] = []
        order[to:to] = block
    return order


def with_blanks(beads):
    """The same with an empty line, a bead of its own, where a paragraph of a side ends."""
    out, last = [], [None, None]
    for bead in beads:
        for side in (0, 1):
            number = getattr(bead[side][0], "paragraph", None) if bead[side] else last[side]
            if last[side] not in (None, number):
                out.append(([""], []) if side == 0 else ([], [""]))
            last[side] = getattr(bead[side][-1], "paragraph", None) if bead[side] else number
        out.append(bead)
    return out


def write(folder, beads, order):
    folder.mkdir(parents=True)
    src, tgt, gold, i, places = [], [], [], 0, {}
    for k in order:
        places[k] = len(tgt)
        tgt += beads[k][1]
    for k, (a, b) in enumerate(beads):
        gold.append(f"{list(range(i, i + len(a)))}:{list(range(places[k], places[k] + len(b)))}")
        src, i = src + a, i + len(a)
    for name, lines in ("src", src), ("tgt", tgt), ("gold", gold):
        (folder / f"{name}.txt").write_text("".join(line + "\n" for line in lines))


def parallel_pages(source, target, suffix, rng):
    pages = sorted(source.rglob("*" + suffix[0]))
    rng.shuffle(pages)
    for page in pages:
        other = str(page.relative_to(source))[: -len(suffix[0])] + suffix[1]
        if (target / other).exists():
            yield page_beads(page, target / other)


def main():
    options = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    options.add_argument("--hard", action="store_true")
    options.add_argument("--lines", type=int, default=40, help="beads a document")
    options.add_argument("--loss", type=float, default=0.15, help="share of sentences that vanish at most")
    options.add_argument("--move", action="store_true", help="a run of beads stands elsewhere in the target")
    options.add_argument("--paragraphs", action="store_true", help="an empty line between the blocks of a page")
    options.add_argument("--replace", action="store_true", help="unrelated sentences in places")
    options.add_argument("--corpora", action="store_true")
    options.add_argument("--suffix", nargs=2, default=[".html", ".html"])
    options.add_argument("--most", type=int, default=60, help="documents")
    for name in "out", "source", "target", "src", "tgt":
        options.add_argument(name)
    args = options.parse_args()
    rng, out = random.Random(1), pathlib.Path(args.out)
    glue = ["" if tag.startswith("zh") else " " for tag in (args.src, args.tgt)]
    beads, n = [], 0
    source, target = pathlib.Path(args.source), pathlib.Path(args.target)
    if args.corpora:
        texts = list(hand_made(source, args.src, args.tgt))
    else:
        texts = list(parallel_pages(source, target, args.suffix, rng))
    strangers = [bead for text in texts for bead in text]
    for text in shuffled(texts, rng) if args.corpora else texts:
        beads += text
        if n == args.most:
            break
        while len(beads) >= args.lines and n < args.most:
            part, beads = beads[: args.lines], beads[args.lines :]
            if args.replace:
                part = list(replace(part, strangers, rng))
            if args.hard:
                part = disturb(part, rng, glue, args.loss)
            if args.paragraphs:
                part = with_blanks(part)
            write(out / f"{n:03}", part, target_order(part, rng, args.move))
            n += 1
    (out / "META.json").write_text(json.dumps({"src": args.src, "tgt": args.tgt}))
    print(f"{out}: {n} documents")


if __name__ == "__main__":
    main()
