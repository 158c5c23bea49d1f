"""The command `geomap gazetteer`: find and info; coverage, adding and compiling have modules of their own."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING, Any

from geomap.cli.gazetteer_compiling import add_commands as add_compiling
from geomap.cli.gazetteer_coverage import add_command as add_coverage
from geomap.cli.gazetteer_overlays import add_commands as add_overlays
from geomap.cli.gazetteer_overlays import describe_overlay
from geomap.cli.options import Parser, read_count
from geomap.cli.output import DONE, say
from geomap.errors import GeomapError

if TYPE_CHECKING:
    from geomap.gazetteer.index import Gazetteer
    from geomap.model import Place


def add_command(verbs: Any) -> None:
    """Add `gazetteer` with its own commands to the subparsers of `geomap`."""
    parser = verbs.add_parser(
        "gazetteer", help="look places up, add more", description="Look into the gazetteer, or add to it."
    )
    inner = parser.add_subparsers(title="commands", metavar="COMMAND", required=True, parser_class=Parser)
    find = inner.add_parser(
        "find", help="the places of a name", description="List the places of a name, likeliest first."
    )
    find.add_argument("name", nargs="+", metavar="NAME", help='such as Kharkov or "Springfield, Illinois"')
    find.add_argument("--limit", type=read_count, default=10, metavar="N", help="at most so many (default: 10)")
    find.add_argument("-v", "--verbose", dest="details", action="store_true", help="all names, parents and the source")
    find.set_defaults(run=run_find, verbose=False)
    info = inner.add_parser("info", help="version, size and sources", description="Tell what the gazetteer holds.")
    info.set_defaults(run=run_info, verbose=False)
    add_overlays(inner)
    add_coverage(inner)
    add_compiling(inner)


def run_find(options: argparse.Namespace) -> int:
    """Print the places of a name."""
    name, gazetteer = " ".join(options.name), _open_project_gazetteer(options)
    places = gazetteer.search(name, limit=options.limit)
    if not places:
        raise GeomapError(f"The gazetteer knows no place called {name}: try another spelling, or the name alone.")
    for place in places:
        say(_describe_place(place))
        for line in _describe_more(place, gazetteer) if options.details else ():
            say(f"  {line}")
    return DONE


def _describe_more(place: Place, gazetteer: Gazetteer) -> list[str]:
    from geomap.gazetteer.descriptions import describe, describe_lines

    return describe_lines(describe(place, gazetteer))


def _describe_place(place: Place) -> str:
    feature = f"{place.feature_class}.{place.feature_code}"
    people = f"  population {place.population:,}" if place.population else ""
    return f"{place.place_id}  {place.qualified_name}  {place.latitude:.5f}, {place.longitude:.5f}  {feature}{people}"


def run_info(options: argparse.Namespace) -> int:
    """Print what the gazetteer holds."""
    facts = _open_project_gazetteer(options).info()
    sources, overlays = facts.pop("sources"), facts.pop("overlays", ())
    for key, value in facts.items():
        say(f"{key}: {value:,}" if isinstance(value, int) else f"{key}: {value}")
    say("sources:")
    for source in sources:
        say("  " + "; ".join(str(each) for each in (source.values() if isinstance(source, dict) else [source])))
    say("overlays:" if overlays else "overlays: none")
    for overlay in overlays:
        say(f"  {describe_overlay(overlay)}")
    return DONE


def _open_project_gazetteer(options: argparse.Namespace) -> Gazetteer:
    from geomap.config import open_project
    from geomap.gazetteer import open_gazetteer_of

    return open_gazetteer_of(open_project(options.project).overlays)
