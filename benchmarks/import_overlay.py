"""How fast, and in how much memory, a file of GeoNames' size becomes an overlay.

Writes a synthetic file of as many rows as asked for (12 million take 1.2 GB of disk), adds it, opens it, and prints
rows per second, the peak of memory, and how long opening and looking up takes:

    python benchmarks/import_overlay.py --rows 12000000

Names are drawn from 600 syllables in two scripts and repeat as names of villages do; a third of the rows has alternate
names, as in allCountries.txt.
"""

from __future__ import annotations

import argparse
import random
import sys
import tempfile
from collections.abc import Iterator
from itertools import product
from pathlib import Path
from time import perf_counter

from geomap.gazetteer import open_gazetteer
from geomap.gazetteer.overlays.adding import add_file
from geomap.gazetteer.overlays.folder import find_overlays
from geomap.system.progress import choose_progress

COUNTRIES = ("UA", "SY", "IQ", "US", "FR", "CN", "IN", "BR", "NG", "ML")
FEATURES = ("P\tPPL", "P\tPPL", "P\tPPL", "H\tSTM", "T\tHLL", "S\tFRM", "A\tADM4", "S\tCH", "L\tLCTY", "P\tPPLX")
LATIN = ["".join(pair) for pair in product("bcdfghklmnprstvz", ("a", "e", "i", "o", "u", "ai", "ou", "é"))]
CYRILLIC = ["".join(pair) for pair in product("бвгджзклмнпрст", "аеиоуя")]


def make_rows(count: int) -> Iterator[str]:
    """Yield lines in GeoNames' format, the same for the same count."""
    chance = random.Random(1)  # noqa: S311 -- no secret

    def name(syllables: list[str], words: tuple[int, ...]) -> str:
        return " ".join(
            "".join(chance.choices(syllables, k=chance.choice((2, 2, 3, 4)))).capitalize()
            for _ in range(chance.choice(words))
        )

    for number in range(count):
        usual = name(LATIN, (1, 1, 2))
        others = [name(CYRILLIC, (1,)), name(LATIN, (1, 2))] if number % 3 == 0 else []
        plain = usual.replace("é", "e").replace("É", "E")
        latitude, longitude = chance.uniform(-60, 75), chance.uniform(-180, 180)
        country, feature = COUNTRIES[number % 10], FEATURES[number * 7 // 10 % 10]
        people = int(chance.paretovariate(0.8) * 50) if number % 17 == 0 else 0
        yield (
            f"{20_000_000 + number}\t{usual}\t{plain}\t{','.join(others)}\t{latitude:.5f}\t{longitude:.5f}\t{feature}\t"
            f"{country}\t\t{number % 20 + 1:02}\t\t\t\t{people}\t\t\t\t2025-01-20\n"
        )


def measure(rows: int, folder: Path) -> None:
    """Write, add, open and look up, and print the figures."""
    source = folder / "synthetic.txt"
    with source.open("w", encoding="utf-8", newline="\n") as file:
        file.writelines(make_rows(rows))
    before = peak_megabytes()
    addition = add_file(source, folder / "overlays", progress=choose_progress(sys.stderr))
    say(f"rows: {rows:,}; places: {addition.places:,}; different names: {addition.names:,}")
    say(f"rows per second: {rows / addition.seconds:,.0f} ({addition.seconds:.0f} s)")
    say(f"peak memory: {peak_megabytes():,.0f} MB (before the import: {before:,.0f} MB)")
    say(f"source: {source.stat().st_size:,} bytes; overlay: {size_of(folder / 'overlays'):,} bytes")
    started = perf_counter()
    gazetteer = open_gazetteer(find_overlays(folder / "overlays"))
    say(f"opening: {perf_counter() - started:.2f} s")
    names = [line.split("\t")[1].lower().replace("é", "e") for line in make_rows(20_000)]
    started = perf_counter()
    found = sum(len(gazetteer.postings(gazetteer.names.get(name) or 0)) for name in names)
    microseconds = (perf_counter() - started) / len(names) * 1e6
    say(f"looking up: {microseconds:.1f} µs a name ({found:,} places of {len(names):,})")


def peak_megabytes() -> float:
    """Return the largest resident memory of this process so far."""
    try:
        import resource
    except ImportError:  # Windows
        return float("nan")
    unit = 1 << 20 if sys.platform == "darwin" else 1 << 10
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / unit


def size_of(folder: Path) -> int:
    """Return how many bytes the files of a folder have."""
    return sum(path.stat().st_size for path in folder.iterdir())


def say(line: str) -> None:
    """Print a figure."""
    print(line, flush=True)  # noqa: T201 -- the output


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rows", type=int, default=12_000_000)
    parser.add_argument("--folder", type=Path, help="where the files go while it runs (default: the system's)")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(dir=options.folder) as scratch:
        measure(options.rows, Path(scratch))
