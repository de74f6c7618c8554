#!/usr/bin/env python3
"""Turn our rule files into one SRX 2.0 document.

    compile.py OUT.srx COMMON.rules LANGUAGE.rules...

The README beside this file says how the files are written.  SPDX-License-Identifier: MIT
"""

import pathlib
import re
import sys
from xml.sax.saxutils import escape, quoteattr

DEFINITION = re.compile(r"([A-Z][A-Z0-9_]*) (:?=)\s*(.*)")
RULE = re.compile(r"(cut|keep)\s+(.+?)\s+~\s+(.+)")
USE = re.compile(r"(?<!\\[pP])\{([A-Z][A-Z0-9_]*)\}")


def statements(path):
    """Yield (line number, text); an indented line continues the one above."""
    number, parts = 0, []
    for n, line in enumerate(path.read_text(encoding="utf8").split("\n"), 1):
        if not line.strip() or line.startswith("#"):
            continue
        if line[0] in " \t":
            parts.append(line.strip())
            continue
        if parts:
            yield number, " ".join(parts)
        number, parts = n, [line.strip()]
    if parts:
        yield number, " ".join(parts)


def quote(word):
    """A word as an expression; `_` stands for a space of any kind."""
    return re.sub(r"([\\.^$|?*+()\[\]{}])", r"\\\1", word).replace("_", r"\s")


def words(text):
    return "(?:" + "|".join(quote(w) for w in dict.fromkeys(text.split())) + ")"


class RuleFile:
    def __init__(self, path, macros):
        self.path, self.macros = path, dict(macros)
        self.name, self.pattern, self.rules = path.stem, None, []
        for number, text in statements(path):
            try:
                self.read(text)
            except ValueError as mistake:
                sys.exit(f"{path}:{number}: {mistake}")

    def expand(self, text):
        def value(use):
            if use[1] not in self.macros:
                raise ValueError(f"{{{use[1]}}} is not defined")
            return self.macros[use[1]]

        return USE.sub(value, text)

    def read(self, text):
        if found := DEFINITION.fullmatch(text):
            name, how, value = found.groups()
            self.macros[name] = words(value) if how == "=" else self.expand(value)
        elif found := RULE.fullmatch(text):
            what, before, after = found.groups()
            self.rules.append((what == "cut", self.expand(before), self.expand(after)))
        elif text.startswith("languages "):
            tags = "|".join(text.split()[1:])
            self.pattern = f"(?:{tags})(?:-.*)?"
        else:
            raise ValueError(f"neither a definition nor a rule: {text}")


def part(name, expression):
    return f"<{name}>{escape(expression)}</{name}>" if expression else ""


def document(files):
    yield '<?xml version="1.0" encoding="UTF-8"?>'
    yield '<srx xmlns="http://www.lisa.org/srx20" version="2.0">'
    yield '<header segmentsubflows="yes" cascade="yes">'
    for kind, include in ("start", "no"), ("end", "yes"), ("isolated", "no"):
        yield f'<formathandle type="{kind}" include="{include}"/>'
    yield "</header>\n<body>\n<languagerules>"
    for file in files:
        yield f"<languagerule languagerulename={quoteattr(file.name)}>"
        for cut, before, after in file.rules:
            yield (f'<rule break="{"yes" if cut else "no"}">'
                   + part("beforebreak", before) + part("afterbreak", after) + "</rule>")
        yield "</languagerule>"
    yield "</languagerules>\n<maprules>"
    for file in files:
        yield (f"<languagemap languagepattern={quoteattr(file.pattern or '.*')}"
               f" languagerulename={quoteattr(file.name)}/>")
    yield "</maprules>\n</body>\n</srx>"


def main():
    target, common, *others = map(pathlib.Path, sys.argv[1:])
    last = RuleFile(common, {})
    files = [RuleFile(path, last.macros) for path in others] + [last]
    target.write_text("\n".join(document(files)) + "\n", encoding="utf8")


main()
