"""How fast the embedded gazetteer opens, looks names up and scans text, each next to a reference in the same run.

    python benchmarks/gazetteer.py [--gazetteer FILE] [--text FILE]

Prints ratios, because absolute times depend on the machine: opening and one query against SQLite on a file of the same
size; private memory of a process that has opened it; a million exact look-ups against a plain marisa-trie; words of
news per second against a plain regular expression. ``--text`` is news to scan, as plain text or as JSON lines with a
"text"; without it, sentences are made from the gazetteer's own names.
"""

from __future__ import annotations

import argparse
import json
import random
import re
import sqlite3
import subprocess
import sys
import tempfile
from collections.abc import Callable
from itertools import islice
from pathlib import Path
from time import process_time

import marisa_trie

from geomap.gazetteer.index import EMBEDDED, Gazetteer
from geomap.gazetteer.normalisation import fold_text

LOOKUPS = 1_000_000
WORD = re.compile(r"\w+|[^\w\s]")  # the tokenizer that scanning is compared with
HEAD = re.compile(r"[^\W_]+")
LONGEST_NAME = 60
MEMORY = """
import sys
from pathlib import Path
{code}
lines = Path("/proc/self/smaps_rollup").read_text().splitlines()
print(sum(int(line.split()[1]) for line in lines if line.startswith("Private_Dirty:")))
"""


def best_of(times: int, run: Callable[[], object], clock: Callable[[], float] = process_time) -> float:
    """Return the shortest of so many runs, in seconds."""
    durations = []
    for _ in range(times):
        begin = clock()
        run()
        durations.append(clock() - begin)
    return min(durations)


def measure_opening(path: Path, folder: Path) -> None:
    """Compare opening and one query with SQLite's."""
    database = folder / "names.sqlite"
    write_database(path, database)

    def open_gazetteer() -> object:
        return Gazetteer(path).matches("Kharkiv")

    def open_database() -> object:
        connection = sqlite3.connect(database)
        try:
            return connection.execute("SELECT posting FROM names WHERE name = ?", ("kharkiv",)).fetchall()
        finally:
            connection.close()

    ours, theirs = best_of(50, open_gazetteer), best_of(50, open_database)
    size = database.stat().st_size / path.stat().st_size
    say(f"opening and one query: {ours * 1e3:.2f} ms, SQLite {theirs * 1e3:.2f} ms (its file is {size:.2f} times")
    say(f"  as large): {ours / theirs:.2f} times SQLite")


def write_database(path: Path, database: Path) -> None:
    """Write names and postings as a SQLite file, as many as make it as large as the gazetteer."""
    gazetteer = Gazetteer(path)
    connection = sqlite3.connect(database)
    connection.execute("CREATE TABLE names (name TEXT, posting INTEGER)")
    rows = ((key, posting) for key, number in gazetteer.names.items() for posting in gazetteer.postings(number))
    connection.executemany("INSERT INTO names VALUES (?, ?)", islice(rows, 450_000))
    connection.execute("INSERT INTO names VALUES ('kharkiv', 1)")
    connection.execute("CREATE INDEX by_name ON names (name)")
    connection.commit()
    connection.close()


def measure_memory(path: Path) -> None:
    """Print the private memory that opening and a look-up add to a process that has imported all that is needed."""
    if not Path("/proc/self/smaps_rollup").exists():
        say("private memory: not known on this system")
        return
    imported = "from geomap.gazetteer.index import Gazetteer"
    opened = f"{imported}\ngazetteer = Gazetteer(Path({str(path)!r}))\ngazetteer.search('Kharkiv')"
    before, after = (read_memory(MEMORY.format(code=code)) for code in (imported, opened))
    say(f"private memory: {(after - before) / 1024:.1f} MB for the gazetteer, {after / 1024:.1f} MB for the process")


def read_memory(code: str) -> int:
    """Return the kilobytes that a program prints."""
    command = [sys.executable, "-c", code]
    return int(subprocess.run(command, capture_output=True, text=True, check=True).stdout)  # noqa: S603 -- our own code


def measure_lookups(gazetteer: Gazetteer) -> None:
    """Compare exact look-ups, normalised name to places, with a plain trie's, name to number."""
    keys = gazetteer.names.keys()
    chosen = random.Random(1).choices(keys, k=LOOKUPS)  # noqa: S311 -- no secret
    plain = marisa_trie.Trie(keys)

    def look_up_plain() -> None:
        get = plain.get
        for key in chosen:
            get(key)

    def look_up() -> None:
        get, postings = gazetteer.names.get, gazetteer.postings
        for key in chosen:
            postings(get(key))

    ours, theirs = best_of(3, look_up), best_of(3, look_up_plain)
    say(f"a million look-ups: {ours:.2f} s, plain marisa-trie {theirs:.2f} s: {ours / theirs:.2f} times")


def measure_scanning(gazetteer: Gazetteer, texts: list[str]) -> None:
    """Compare finding all names that begin at a capital with splitting the same texts by a regular expression."""
    words = sum(len(text.split()) for text in texts)

    def tokenize() -> None:
        for text in texts:
            for match in WORD.finditer(text):
                match[0]

    def scan() -> int:
        return sum(count_candidates(text, gazetteer) for text in texts)

    ours, theirs = best_of(3, scan), best_of(3, tokenize)
    folding = best_of(3, lambda: [fold_text(text) for text in texts])
    say(f"scanning {words:,} words: {words / ours / 1e6:.2f} M words/s, regex {words / theirs / 1e6:.2f} M words/s:")
    say(f"  {theirs / ours:.2f} of the regex; folding takes {folding / ours:.0%} of it, {scan():,} candidates")


def count_candidates(text: str, gazetteer: Gazetteer) -> int:
    """Return how many names of the gazetteer begin at a capital and end with a word."""
    folded = fold_text(text)
    plain, original, prefixes = folded.text, folded.original, gazetteer.names.iter_prefixes_with_ids
    count = 0
    for match in HEAD.finditer(plain):
        start = match.start()
        if text[original(start)].islower():
            continue
        for name, _ in prefixes(plain[start : start + LONGEST_NAME]):
            end = start + len(name)
            count += not plain[end : end + 1].isalnum()
    return count


def read_texts(path: Path | None, gazetteer: Gazetteer) -> list[str]:
    """Return the texts to scan."""
    if path is None:
        chance = random.Random(1)  # noqa: S311 -- no secret
        names = [gazetteer.place(row).name for row in chance.choices(range(20_000), k=20_000)]
        return [
            f"The mayor of {name} said on Monday that talks about the road would go on this week." for name in names
        ]
    content = path.read_text(encoding="utf-8")
    lines = [line for line in content.split("\n") if line]
    return [json.loads(line)["text"] for line in lines] if path.suffix == ".jsonl" else [content]


def say(line: str) -> None:
    """Print a line of figures."""
    sys.stdout.write(f"{line}\n")


def main() -> None:
    """Run all of it."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--gazetteer", type=Path, default=EMBEDDED, metavar="FILE")
    parser.add_argument("--text", type=Path, metavar="FILE")
    options = parser.parse_args()
    gazetteer = Gazetteer(options.gazetteer)
    with tempfile.TemporaryDirectory() as folder:
        measure_opening(options.gazetteer, Path(folder))
    measure_memory(options.gazetteer)
    measure_lookups(gazetteer)
    measure_scanning(gazetteer, read_texts(options.text, gazetteer))


if __name__ == "__main__":
    main()
