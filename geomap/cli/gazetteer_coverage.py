"""The command `geomap gazetteer coverage`: how many names of gold corpora the gazetteer knows."""

from __future__ import annotations

import argparse
from functools import partial
from typing import Any

from geomap.cli.options import add_compiled, open_compiled, read_count
from geomap.cli.output import DONE, say

_ABOUT = """\
Tell how many names of gold corpora the gazetteer knows, and how many of them where they are; likewise of the
settlements in tables with the columns country_code, name, latitude and longitude."""


def add_command(inner: Any) -> None:
    """Add `coverage` to the commands of `geomap gazetteer`."""
    coverage = inner.add_parser("coverage", help="how many marked names it knows", description=_ABOUT)
    coverage.add_argument("corpora", nargs="+", metavar="GOLD", help="gold corpora, JSONL; tables of settlements, CSV")
    coverage.add_argument(
        "--misses", type=partial(read_count, least=0), default=40, metavar="N", help="list so many (default: 40)"
    )
    add_compiled(coverage)
    coverage.add_argument(
        "--without-demonyms", action="store_true", help="leave out what is marked as a demonym or an adjective"
    )
    coverage.add_argument(
        "--base-forms",
        metavar="TABLE",
        help="CSV with the columns name and base: an unknown name is looked up as its base",
    )
    coverage.set_defaults(run=run_coverage, verbose=False)


def run_coverage(options: argparse.Namespace) -> int:
    """Print how many names of gold corpora a gazetteer knows, and what it misses."""
    from pathlib import Path

    from geomap.learning.corpora import read_corpora
    from geomap.learning.coverage import Coverage, measure_coverage, read_base_forms
    from geomap.learning.settlement_coverage import SettlementCoverage, measure_settlements

    gazetteer = open_compiled(options)
    bases = read_base_forms(Path(options.base_forms)) if options.base_forms else {}
    paths = [Path(path) for path in options.corpora]
    reports = read_corpora([path for path in paths if path.suffix != ".csv"])
    measured: list[Coverage | SettlementCoverage] = [
        *measure_coverage(reports, gazetteer, bases=bases, without_demonyms=options.without_demonyms),
        *(each for path in paths if path.suffix == ".csv" for each in measure_settlements(path, gazetteer)),
    ]
    for coverage in measured:
        for line in coverage.describe(most=options.misses):
            say(line)
    return DONE
