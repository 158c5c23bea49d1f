"""How long a build takes after one report was added, against the number of reports that are there already.

Writes synthetic reports, builds them once, then adds one, changes one and corrects one, and prints for each size what
was done (counted) and the seconds of processing and of drawing:

    python benchmarks/rebuild.py --reports 1000 10000 100000

Sentences come from the sample reports, shuffled, so that no two reports tell the same story. With --small the places
are found by the small backends of the tests: the first build is then a matter of minutes for 100,000 reports, and the
rebuilds show the same, for what is not recognised again does not depend on who would recognise it.
"""

from __future__ import annotations

import argparse
import os
import random
import re
import tempfile
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from pathlib import Path
from time import perf_counter

from geomap.model import ParsedReport
from geomap.pipeline.backends import DEFAULT_BACKENDS, Backends, MapCounts
from geomap.pipeline.build import build
from geomap.testing import NameRecognizer, NameResolver, Standalone

SAMPLES = Path(__file__).parents[1] / "data" / "reports"
NAMES = ("Kharkiv", "Kirkuk", "Aleppo")


def read_sentences() -> list[str]:
    """Return sentences of the sample reports, and some with the names that the small backends know."""
    text = " ".join(path.read_text(encoding="utf-8", errors="ignore") for path in sorted(SAMPLES.rglob("*.txt")))
    sentences = [each.strip() for each in re.split(r"(?<=[.?!])\s+", text) if 40 < len(each) < 400]
    return sentences + [f"Sources in {name} spoke of quiet days." for name in NAMES]


def write_reports(folder: Path, count: int) -> None:
    """Write reports of about 1,000 characters one a file, a thousand a folder."""
    sentences, chance = read_sentences(), random.Random(6)  # noqa: S311 -- no secret
    for number in range(count):
        path = folder / f"{number // 1000:03}" / f"{number:06}.txt"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(
            f"Date: 2026-10-{1 + number % 28:02}\n\n{' '.join(chance.sample(sentences, 8))}", encoding="utf-8"
        )


@dataclass
class TimedDrawing:
    """Draws as the stages do, and notes how long that takes; reading from the store while drawing is part of it."""

    draw: Callable[[Iterable[ParsedReport], Path], MapCounts]
    seconds: float = 0.0

    def __call__(self, parsed_reports: Iterable[ParsedReport], output: Path) -> MapCounts:
        """Draw the map."""
        started = perf_counter()
        counts = self.draw(parsed_reports, output)
        self.seconds = perf_counter() - started
        return counts


def measure(name: str, backends: Backends) -> None:
    """Build, and print what it took."""
    drawing = TimedDrawing(backends.draw)
    started = perf_counter()
    result = build(backends=replace(backends, draw=drawing))
    seconds = perf_counter() - started
    size = result.output.stat().st_size / 1e6
    work = f"{result.files_read} read, {result.reports_recognised} recognised, {result.reports_scanned} scanned"
    print(  # noqa: T201 -- the benchmark's output
        f"{result.report_count:>7,} reports  {name:<10} processing {seconds - drawing.seconds:7.2f} s   "
        f"drawing {drawing.seconds:7.2f} s   {work}; map {size:.1f} MB",
        flush=True,
    )


def run(count: int, backends: Backends) -> None:
    """Measure one size in a folder of its own."""
    with tempfile.TemporaryDirectory() as folder:
        os.chdir(folder)
        reports = Path("data/reports")
        write_reports(reports, count)
        measure("first", backends)
        measure("nothing", backends)
        (reports / "new.txt").write_text("Date: 2026-10-03\n\nShelling was heard in Kharkiv and in Aleppo.")
        measure("added", backends)
        (reports / "new.txt").write_text("Date: 2026-10-03\n\nShelling was heard in Kharkiv and in Kirkuk.")
        measure("changed", backends)
        Path("data/corrections.csv").write_text("name,scope,action\nKharkiv,report:new.txt,is-not-a-place\n")
        measure("corrected", backends)
        os.chdir("/")


def main() -> None:
    """Run the benchmark."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--reports", type=int, nargs="+", default=[1_000, 10_000, 100_000], metavar="N")
    parser.add_argument("--small", action="store_true", help="find places with the small backends of the tests")
    options = parser.parse_args()
    small = replace(DEFAULT_BACKENDS, recognizer=Standalone(NameRecognizer), resolver=Standalone(NameResolver))
    for count in options.reports:
        run(count, small if options.small else DEFAULT_BACKENDS)


if __name__ == "__main__":
    main()
