#!/usr/bin/env python3
"""Kill the program at a random moment of its work, and see that nothing is lost.

    kill.py BITEXT [RUNS [SEED]]     runs of each kind of work

Each run works on copies of the same files: the program is killed (SIGKILL) after a time
drawn from nothing to a bit more than the work takes.  Then the memory must open, `bitext
check` must find nothing, every unit that was acknowledged must be there, and no document
by halves.  Then the same command is run to its end, and the memory must be what it is
when nobody kills: the same export, byte for byte.

SPDX-License-Identifier: MIT
"""

import os
import pathlib
import random
import shutil
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time

FILES, UNITS = 6, 400  # of an import
SENTENCES = 40  # of a page
ADDS = 4  # processes of a run
BITEXT = str(pathlib.Path(sys.argv[1]).resolve())
RUNS = int(sys.argv[2]) if len(sys.argv) > 2 else 20
SEED = int(sys.argv[3]) if len(sys.argv) > 3 else 1


class Lost(Exception):
    """A promise that was not kept."""


def bitext(*args, ok=(0,)):
    done = subprocess.run([BITEXT, *args], capture_output=True, text=True)
    if done.returncode not in ok:
        raise Lost(f"{' '.join(args)}: exit {done.returncode}: {done.stderr.strip()}")
    return done.stdout


def rows(memory="m.db"):
    if not os.path.exists(memory):
        return []
    return bitext("export", "-q", "-m", memory, "-f", "tsv", "-l", "fr,en", ok=(0, 1)).splitlines()[1:]


def whole(memory="m.db"):
    return bitext("export", "-q", "-m", memory, "-f", "tmx", ok=(0, 1))


def expect(holds, what):
    if not holds:
        raise Lost(what)


def write_tables():
    for f in range(FILES):
        lines = [f"phrase {u} du fichier {f}\tsentence {u} of file {f}" for u in range(UNITS)]
        pathlib.Path(f"f{f}.tsv").write_text("\n".join(["fr\ten", *lines, ""]))


TABLES = [f"f{f}.tsv" for f in range(FILES)]


def write_memory():
    write_tables()
    bitext("import", "-q", "-m", "m.db", *TABLES)
    bitext("delete", "-q", "-m", "m.db", "7")


def write_pages():
    for group in range(4):
        for tag, word in ("fr", "La phrase"), ("en", "The sentence"):
            text = " ".join(f"{word} {n} of {group}." for n in range(SENTENCES))
            pathlib.Path(f"p{group}.{tag}.txt").write_text(text + "\n")


def write_old():
    """The same memory as version 2 of the schema would hold it."""
    write_memory()
    with sqlite3.connect("m.db") as old:
        old.executescript(
            "DROP TABLE header; DROP TABLE learned; PRAGMA user_version = 2;"
            "UPDATE change SET before = CAST(substr(before, 3) AS BLOB) WHERE kind = 4;"
        )
    old.close()


def write_shards():
    write_tables()
    bitext("import", "-q", "-m", "a.db", *TABLES[:4])
    bitext("import", "-q", "-m", "b.db", *TABLES[2:])


# ---- what must hold after a kill; said: what the program had printed ------------------


def holds_files(said, finished):
    found = rows()
    for f in range(FILES):
        n = sum(row.endswith(f"of file {f}") for row in found)
        expect(n in (0, UNITS), f"half a file: {n} units of f{f}.tsv")
        expect(n or f"f{f}.tsv: {UNITS} units" not in said, f"f{f}.tsv was acknowledged")


def holds_parts(said, finished):
    found = rows()
    expect(len(found) == len(set(found)), "a unit twice")
    expect(len(found) % 100 == 0, "half a part")
    for f in range(FILES):
        n = sum(row.endswith(f"of file {f}") for row in found)
        expect(n == UNITS or f"f{f}.tsv: {UNITS} units" not in said, f"f{f}.tsv was acknowledged")


def holds_all(said, finished):
    expect(len(rows()) == FILES * UNITS - 1, "a unit is lost")


def holds_added(said, finished):
    holds = [row for row in rows() if row.startswith("ajout")]
    expect(len(said.split()) <= len(holds) <= len(said.split()) + 1, "an acknowledged unit")


def holds_pages(said, finished):
    found = rows()
    expect(not finished or found, "acknowledged units")
    for group in range(4):
        n = sum(f"of {group}" in row.split("\t")[0] for row in found)
        expect(n == 0 or n >= SENTENCES, f"half a document: {n} units")


def holds_replaced(said, finished):
    n = sum("SENTENCE" in row for row in rows())
    expect(n in (0, FILES * UNITS - 1), f"{n} units are replaced")
    expect(n or not finished, "acknowledged changes")


def holds_copy(said, finished):
    holds_all(said, finished)
    expect(not finished or os.path.exists("copy.db"), "an acknowledged copy")
    if os.path.exists("copy.db"):
        bitext("check", "-q", "copy.db")
        expect(whole("copy.db") == whole(), "another copy")


def holds_merged(said, finished):
    expect(len(rows("a.db")) == 4 * UNITS and len(rows("b.db")) == 4 * UNITS, "a shard")
    if os.path.exists("m.db"):
        expect(len(rows()) == FILES * UNITS, "half merged")


ADD = "for i in $(seq %d); do \"$0\" add -m m.db --langs fr,en \"ajout $1.$i\" added || exit; done" % ADDS

# Name, what is there before, the command, what must hold.
KINDS = [
    ("import", write_tables, [BITEXT, "import", "-m", "m.db", *TABLES], holds_files),
    ("import in parts", write_tables,
     [BITEXT, "import", "-m", "m.db", "--commit-every", "100", *TABLES], holds_parts),
    ("align", write_pages, [BITEXT, "align", "-m", "m.db", "-o", "out.tmx", "p0.fr.txt", "p0.en.txt"],
     holds_pages),
    ("batch", write_pages, [BITEXT, "batch", "-m", "m.db", "."], holds_pages),
    ("add", write_memory, ["sh", "-c", ADD, BITEXT, "x"], holds_added),
    ("replace", write_memory,
     [BITEXT, "replace", "-q", "-m", "m.db", "--apply", "sentence", "SENTENCE"], holds_replaced),
    ("index", write_memory, [BITEXT, "index", "--rebuild", "m.db"], holds_all),
    ("upgrade", write_old, [BITEXT, "approve", "-m", "m.db", "3"], holds_all),
    ("vacuum", write_memory, [BITEXT, "vacuum", "m.db"], holds_all),
    ("backup", write_memory, [BITEXT, "backup", "--force", "m.db", "copy.db"], holds_copy),
    ("merge", write_shards, [BITEXT, "merge", "--force", "-o", "m.db", "a.db", "b.db"], holds_merged),
]


def restore(base):
    for path in pathlib.Path(".").iterdir():
        path.unlink()
    for path in base.iterdir():
        shutil.copy(path, path.name)


def run(command, seconds=None):
    """The output, and whether it came to its end."""
    child = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
                             start_new_session=True)
    try:
        said = child.communicate(timeout=seconds)[0]
    except subprocess.TimeoutExpired:
        os.killpg(child.pid, signal.SIGKILL)
        said = child.communicate()[0]
    if child.returncode not in (0, 1, -signal.SIGKILL):
        raise Lost(f"exit {child.returncode}: {said.strip()}")
    return said, child.returncode == 0


def torment(name, command, holds, base, chance):
    restore(base)
    start = time.monotonic()
    run(command)
    takes = time.monotonic() - start
    expected, killed = whole(), 0
    for _ in range(RUNS):
        restore(base)
        seconds = chance.uniform(0, takes * 1.1)
        try:
            said, finished = run(command, seconds)
            killed += not finished
            if os.path.exists("m.db"):
                bitext("check", "-q", "m.db")
            holds(said, finished)
            if name != "add":
                run(command)
                expect(whole() == expected, "after a second run the memory is another")
        except Lost as lost:
            sys.exit(f"{name}, killed after {seconds:.4f} of {takes:.4f} s: {lost}")
    print(f"{name}: {RUNS} runs, {killed} killed within {takes:.3f} s", flush=True)
    return killed


def main():
    shm = "/dev/shm" if os.access("/dev/shm", os.W_OK) else None
    with tempfile.TemporaryDirectory(dir=shm) as folder:
        total = 0
        for name, prepare, command, holds in KINDS:
            base = pathlib.Path(folder, "base." + name.replace(" ", "-"))
            work = pathlib.Path(folder, "work." + name.replace(" ", "-"))
            base.mkdir()
            work.mkdir()
            os.chdir(base)
            prepare()
            os.chdir(work)
            total += torment(name, command, holds, base, random.Random(f"{SEED} {name}"))
        os.chdir("/")
    print(f"{len(KINDS) * RUNS} runs, {total} killed")


main()
