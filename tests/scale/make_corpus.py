#!/usr/bin/env python3
"""Make any number of communiqués in three languages by varying those of corpora/.

    make_corpus.py FOLDER GROUPS [SEED]

A group is one of our communiqués with other figures and places, the same ones in every
language; in one language a paragraph may be dropped, moved or joined with the next.  It
is published on one of three sites, each with furniture of its own.  Two files of a
hundred are broken: empty, cut, or no text at all.  The same seed makes the same bytes.

SPDX-License-Identifier: MIT
"""

import html
import pathlib
import random
import re
import sys

LANGUAGES = ("fr", "en", "zh")
BROKEN, DROPPED, MOVED, JOINED = 0.02, 0.15, 0.08, 0.15  # chances: a file, a text

# Places that stand in for those of the communiqués, as each language writes them.
PLACES = [
    ("Astana", "Astana", "阿斯塔纳"),
    ("Lisbonne", "Lisbon", "里斯本"),
    ("Genève", "Geneva", "日内瓦"),
    ("Le Caire", "Cairo", "开罗"),
    ("Varsovie", "Warsaw", "华沙"),
    ("Nairobi", "Nairobi", "内罗毕"),
    ("Lima", "Lima", "利马"),
    ("Hanoï", "Hanoi", "河内"),
    ("Oslo", "Oslo", "奥斯陆"),
    ("Dakar", "Dakar", "达喀尔"),
]

FURNITURE = {
    "fr": ("Accueil | Monde | Économie | Sport", "Partager cet article", "Lire aussi"),
    "en": ("Home | World | Business | Sports", "Share this article", "Read more"),
    "zh": ("首页 | 国际 | 财经 | 体育", "分享到", "相关新闻"),
}


def stories(corpora):
    """The sentences of every communiqué: {language: [title, sentence, ...]}."""
    for folder in sorted(corpora.iterdir()):
        files = {lang: folder / f"{lang}.lines" for lang in LANGUAGES}
        if all(path.exists() for path in files.values()):
            yield {lang: path.read_text().splitlines() for lang, path in files.items()}


def vary_figures(texts, chance):
    """Replace figures of two digits and more by others of as many, alike in all languages."""
    chosen = {}

    def other(match):
        figure = match.group()
        if figure not in chosen:
            first = chance.randint(1, 9)
            rest = "".join(str(chance.randint(0, 9)) for _ in figure[1:])
            chosen[figure] = f"{first}{rest}"
        return chosen[figure]

    return {lang: [re.sub(r"\d{2,}", other, s) for s in text] for lang, text in texts.items()}


def vary_places(texts, chance):
    """Exchange the places among themselves, alike in all languages."""
    to = chance.sample(PLACES, len(PLACES))
    varied = {}
    for i, lang in enumerate(LANGUAGES):
        names = {a[i]: b[i] for a, b in zip(PLACES, to)}
        pattern = re.compile("|".join(sorted(map(re.escape, names), key=len, reverse=True)))
        varied[lang] = [pattern.sub(lambda m: names[m.group()], s) for s in texts[lang]]
    return varied


def paragraphs_of(sentences, lang, chance):
    """Runs of one to three sentences; some dropped, moved, or joined with the next."""
    space = "" if lang == "zh" else " "
    runs, at = [], 0
    while at < len(sentences):
        n = chance.randint(1, 3)
        runs.append(space.join(sentences[at : at + n]))
        at += n
    if len(runs) > 3 and chance.random() < DROPPED:
        del runs[chance.randrange(1, len(runs))]
    if len(runs) > 3 and chance.random() < MOVED:
        i = chance.randrange(1, len(runs) - 1)
        runs[i], runs[i + 1] = runs[i + 1], runs[i]
    if len(runs) > 3 and chance.random() < JOINED:
        i = chance.randrange(1, len(runs) - 1)
        runs[i : i + 2] = [space.join(runs[i : i + 2])]
    return runs


def page_of(title, runs, lang, site):
    """The page as one of three sites publishes it, and the ending of its name."""
    menu, share, more = FURNITURE[lang]
    if site == 2:
        return f"{menu}\n\n{title}\n\n" + "\n\n".join(runs) + f"\n\n{share}\n", "txt"
    body = "\n".join(f"<p>{html.escape(run)}</p>" for run in runs)
    article = f"<h1>{html.escape(title)}</h1>\n{body}"
    if site == 1:
        article = f"<table><tr><td class=menu>{menu}</td><td>{article}</td></tr></table>"
    else:
        article = f"<nav>{menu}</nav>\n<article>{article}</article>"
    head = f'<meta charset="utf-8"><title>{html.escape(title)}</title>'
    end = f"<aside>{more}</aside><footer>{share}</footer>"
    return f'<!DOCTYPE html>\n<html lang="{lang}"><head>{head}</head>\n<body>{article}{end}</body></html>\n', "html"


def broken(page, chance):
    """What a crawler brings home on a bad day."""
    kind = chance.randrange(3)
    if kind == 0:
        return b""
    if kind == 1:
        return b"\x89PNG\r\n\x1a\n" + bytes(chance.randrange(256) for _ in range(2000))
    return "汉".encode() * 200 + b"\xe6"


def make(folder, groups, seed):
    root = pathlib.Path(__file__).resolve().parents[2] / "corpora" / "communiques"
    known = list(stories(root))
    bad = 0
    for i in range(groups):
        chance = random.Random(f"{seed}/{i}")
        texts = vary_places(vary_figures(chance.choice(known), chance), chance)
        place = folder / f"{i // 1000:03}" / f"{i:06}"
        place.mkdir(parents=True, exist_ok=True)
        site = chance.randrange(3)
        for lang in LANGUAGES:
            title, *sentences = texts[lang]
            page, ending = page_of(title, paragraphs_of(sentences, lang, chance), lang, site)
            data = page.encode()
            if chance.random() < BROKEN:
                data, bad = broken(page, chance), bad + 1
            (place / f"{lang}.{ending}").write_bytes(data)
    return bad


if __name__ == "__main__":
    target, number, *rest = sys.argv[1:]
    count = make(pathlib.Path(target), int(number), rest[0] if rest else "1")
    print(f"{target}: {number} groups, {count} of {3 * int(number)} files broken")
