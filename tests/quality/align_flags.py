#!/usr/bin/env python3
"""How often flags are raised: on beads that are right, and on errors made on purpose.

    align_flags.py [--trials N] BITEXT SET...

Sets are those of align_measure.py.  Errors are made one at a time in a right bead of a
document, which is then aligned again: a number of the target becomes another; a name
vanishes from the target; the targets of two neighbours change places.  "seen" is the
share of errors after which the bead has the flag, or is no bead any more, or is scored
below 0.5.

SPDX-License-Identifier: MIT
"""

import argparse
import collections
import concurrent.futures
import json
import pathlib
import random
import re
import subprocess
import tempfile

import beads

# Names that both languages of a pair write, as a translator would look for them.
NAMES = [
    ("France", "France", "法国", "法國"), ("Chine", "China", "中国", "中國"), ("Japon", "Japan", "日本", "日本"),
    ("Russie", "Russia", "俄罗斯", "俄羅斯"), ("Inde", "India", "印度", "印度"), ("Londres", "London", "伦敦", "倫敦"),
    ("Allemagne", "Germany", "德国", "德國"), ("Italie", "Italy", "意大利", "義大利"), ("Brésil", "Brazil", "巴西", "巴西"),
    ("Canada", "Canada", "加拿大", "加拿大"), ("Espagne", "Spain", "西班牙", "西班牙"), ("Trump", "Trump", "特朗普", "川普"),
    ("Australie", "Australia", "澳大利亚", "澳大利亞"), ("Mexique", "Mexico", "墨西哥", "墨西哥"),
    ("Indonésie", "Indonesia", "印度尼西亚", "印尼"), ("Égypte", "Egypt", "埃及", "埃及"), ("Iran", "Iran", "伊朗", "伊朗"),
    ("Turquie", "Turkey", "土耳其", "土耳其"), ("Angleterre", "England", "英格兰", "英格蘭"),
]
WORD = re.compile(r"(?<=[a-zà-ÿ,;] )([A-ZÀ-Þ][a-zà-ÿ]{3,})\b")
NUMBER = re.compile(r"(?<![\d.,])[1-9]\d(?:\d\d)?(?![\d.,])")


def align(bitext, langs, sides):
    with tempfile.TemporaryDirectory() as folder:
        paths = [pathlib.Path(folder) / name for name in ("a", "b")]
        for path, lines in zip(paths, sides):
            path.write_text("".join(line + "\n" for line in lines))
        run = subprocess.run([bitext, "align", "-q", "--no-lexicon", "--lines", "--langs", langs, "-f", "jsonl", *paths],
                             capture_output=True, text=True, check=True)
    rows = map(json.loads, run.stdout.splitlines())
    return {tuple(map(tuple, row["bead"])): (row["score"], set(row["flags"])) for row in rows}


def change_number(source, target, rng):
    both = [n for n in NUMBER.findall(target) if n in NUMBER.findall(source)]
    if not both:
        return None
    number = rng.choice(both)
    other = str(int(number) + rng.choice([3, 7, 11]))
    return re.sub(rf"(?<!\d){number}(?!\d)", other, target)


def drop_name(source, target, rng):
    pairs = [(a, b) for names in NAMES for a in names[:2] for b in names if a in WORD.findall(source) and b in target]
    pairs += [(word, word) for word in WORD.findall(source) if re.search(rf"\b{word}\b", target)]
    if not pairs:
        return None
    return re.sub(r" +", " ", target.replace(rng.choice(pairs)[1], ""))


def seen(found, bead, flag):
    score, flags = found.get(bead, (0, set()))
    return flag in flags or score < 0.5


def trial(job, texts, right, rng, kind):
    """Make one error; whether it was seen, or None where it could not be made."""
    make, flag = {"number": (change_number, "numbers-differ"), "name": (drop_name, "name-missing")}[kind]
    for (i,), (j,) in rng.sample(right, len(right)):
        line = make(texts[0][i], texts[1][j], rng)
        if line and line != texts[1][j]:
            changed = texts[1][:j] + [line] + texts[1][j + 1 :]
            return seen(align(*job, (texts[0], changed)), ((i,), (j,)), flag)
    return None


def swap(job, texts, right, rng):
    pairs = [(a, b) for a, b in zip(right, right[1:]) if a[1][0] + 1 == b[1][0] and a[0][0] + 1 == b[0][0]]
    if not pairs:
        return None
    (i,), (j,) = rng.choice(pairs)[0]
    target = texts[1][:j] + [texts[1][j + 1], texts[1][j]] + texts[1][j + 2 :]
    found = align(*job, (texts[0], target))
    return all(found.get(bead, (0, 1))[0] < 0.5 or found[bead][1] for bead in (((i,), (j,)), ((i + 1,), (j + 1,))))


def document(bitext, langs, folder, trials):
    rng = random.Random(folder.name)
    texts = [(folder / f"{side}.txt").read_text().splitlines() for side in ("src", "tgt")]
    gold = beads.read((folder / "gold.txt").read_text())
    job = (bitext, langs)
    found = align(*job, texts)
    good = {bead: flags for bead, (_, flags) in found.items() if bead in gold and bead[0] and bead[1]}
    right = sorted(bead for bead in good if len(bead[0]) == len(bead[1]) == 1)
    counts = collections.Counter({"right": len(good)})
    for flags in good.values():
        counts.update(flags)
        counts["any"] += bool(flags)
    for kind in ("number", "name", "swap") * trials:
        result = swap(job, texts, right, rng) if kind == "swap" else trial(job, texts, right, rng, kind)
        if result is not None:
            counts[kind] += 1
            counts[kind + " seen"] += result
    return counts


def show(name, counts):
    share = lambda key, of: f"{counts[key] / counts[of]:.3f}" if counts[of] else "    -"
    kinds = ("numbers-differ", "name-missing", "length-odd", "wrong-language", "untranslated", "any")
    print(f"{name:18} right {counts['right']:5} | " + " ".join(f"{kind} {share(kind, 'right')}" for kind in kinds), "|",
          " ".join(f"{kind} {share(kind + ' seen', kind)} of {counts[kind]}" for kind in ("number", "name", "swap")), flush=True)


def main():
    options = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    options.add_argument("--trials", type=int, default=2, help="errors of a kind in a document")
    options.add_argument("bitext")
    options.add_argument("sets", nargs="+", type=pathlib.Path)
    args = options.parse_args()
    everything = collections.Counter()
    for folder in args.sets:
        meta = json.loads((folder / "META.json").read_text())
        with concurrent.futures.ThreadPoolExecutor(2) as pool:
            jobs = [pool.submit(document, args.bitext, f"{meta['src']},{meta['tgt']}", d, args.trials)
                    for d in sorted(folder.iterdir()) if d.is_dir()]
        counts = sum((job.result() for job in jobs), collections.Counter())
        everything += counts
        show(folder.name, counts)
    show("all", everything)


if __name__ == "__main__":
    main()
