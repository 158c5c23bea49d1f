"""The command `geomap corrections`."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from geomap.cli.output import DONE, complain, say
from geomap.errors import NotBuiltError

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from geomap.config import Project
    from geomap.corrections import LoadedCorrections
    from geomap.corrections.correction import Correction

_DESCRIPTION = """\
List the corrections in data/corrections.csv, with how often each took effect in the last build.

The table is for hand and spreadsheet: CSV in UTF-8 with the columns name, scope, action, place, latitude, longitude,
usage, note, by, date (the last seven may be empty or missing).

  scope   report:ID@START (this mention), report:ID, source:NAME, * (everywhere); the most specific row wins
  action  is              the name means this place: an id from `geomap gazetteer find`, or latitude and longitude
          is-not-a-place  the name is no place there
          is-a-place      a name that was missed; its place may be given, or is found as for any other name
  usage   literal         something is or happens there; so it is without a word where a place is given
          associative     the name stands for a government, people or team

Names are compared as they are written, capitals included. The next `geomap build` applies what has changed.
"""


def add_command(verbs: Any) -> None:
    """Add `corrections` to the subparsers of `geomap`."""
    parser = verbs.add_parser("corrections", help="list the corrections and what they did", description=_DESCRIPTION)
    parser.set_defaults(run=run_corrections, verbose=False)


def run_corrections(options: argparse.Namespace) -> int:
    """Print a line for each correction, then what is wrong with the table."""
    from geomap.config import open_project
    from geomap.corrections import load_corrections
    from geomap.gazetteer import open_gazetteer_of

    project = open_project(options.project)
    path = project.corrections
    if not path.is_file():
        say(f"There are no corrections yet: the map saves them, or write {_shorten(path, project)} by hand.")
        return DONE
    loaded = load_corrections(path, lambda: open_gazetteer_of(project.overlays))
    for line in _describe(loaded, _count_applied(project), _shorten(path, project)):
        say(line)
    for problem in loaded.problems:
        complain(f"{_shorten(path, project)}, line {problem.line}: {problem.reason}")
    return DONE


def _count_applied(project: Project) -> Mapping[str, int] | None:
    from geomap.pipeline.built import open_built

    try:
        with open_built(project) as built:
            return built.read_corrections()
    except NotBuiltError:
        return None


def _describe(loaded: LoadedCorrections, times: Mapping[str, int] | None, path: str) -> Iterator[str]:
    corrections = sorted(loaded.book.corrections, key=lambda each: each.line)
    yield f"{path}: {len(corrections):,} corrections"
    for each in corrections:
        known = None if times is None else times.get(each.digest())
        yield f"  line {each.line}: {describe_correction(each)}: {_describe_times(known)}"


def describe_correction(correction: Correction) -> str:
    """Return what a correction says, in words."""
    place = correction.place
    target = ""
    if place is not None:
        target = f" {place.place_id} ({place.qualified_name}, {place.latitude:.5f}, {place.longitude:.5f})"
    usage = f", {correction.usage}" if correction.usage else ""
    return f"{correction.name} in {correction.scope} {correction.action}{target}{usage}"


def _describe_times(times: int | None) -> str:
    if times is None:
        return "takes effect with the next build"
    return "matches nothing" if not times else "once" if times == 1 else f"{times:,} times"


def _shorten(path: Path, project: Project) -> str:
    return str(path.relative_to(project.root))
