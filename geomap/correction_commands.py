"""The commands `geomap corrections` and `geomap correct`: their arguments, and what they do."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from geomap.commands import DONE, FAILED, complain, say
from geomap.errors import GeomapError, describe_error

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from geomap.config import Config
    from geomap.corrections import LoadedCorrections, Merged
    from geomap.corrections.correction import Correction

_LIST = """\
List the corrections in data/corrections.csv, with how often each took effect in the last build.

The table is for hand and spreadsheet: CSV in UTF-8 with the columns name, scope, action, place, latitude, longitude,
note, by, date (the last six may be empty or missing).

  scope   report:ID@START (this mention), report:ID, source:NAME, * (everywhere); the most specific row wins
  action  is              the name means this place: an id from `geomap gazetteer find`, or latitude and longitude
          is-not-a-place  the name is no place there
          is-a-place      a name that was missed; its place may be given, or is found as for any other name

Names are compared as they are written, capitals included. The next `geomap build` applies what has changed.
"""

_MERGE = """\
Put the corrections of files, such as one that the map has saved, into data/corrections.csv.

A correction of the same name and scope replaces the one that is there, others are appended; the rest of the table
stays as it is. The next `geomap build` applies them, and does again only what they touch.
"""

_EXAMPLES = """\
examples:
  geomap correct ~/Downloads/corrections.csv && geomap build
"""


def add_commands(verbs: Any) -> None:
    """Add `corrections` and `correct` to the subparsers of `geomap`."""
    listing = verbs.add_parser("corrections", help="list the corrections and what they did", description=_LIST)
    listing.set_defaults(run=run_corrections, verbose=False)
    merging = verbs.add_parser(
        "correct", help="take over corrections from a file", description=_MERGE, epilog=_EXAMPLES
    )
    merging.add_argument("files", nargs="+", metavar="FILE", help="tables of corrections")
    merging.add_argument("-q", "--quiet", action="store_true", help="say nothing but what went wrong")
    merging.set_defaults(run=run_correct, verbose=False)


def run_correct(options: argparse.Namespace) -> int:
    """Merge each file; one that fails does not stop the others."""
    from pathlib import Path

    from geomap.config import load_config
    from geomap.corrections import merge_file

    config = load_config()
    failed = 0
    for file in options.files:
        try:
            merged = merge_file(Path(file), config.corrections, lock_folder=config.store.parent)
        except GeomapError as error:
            if len(options.files) == 1:
                raise
            complain(f"failed: {file}: {describe_error(error)}")
            failed += 1
        else:
            _tell(file, merged, quiet=options.quiet)
    return FAILED if failed == len(options.files) else DONE


def _tell(file: str, merged: Merged, *, quiet: bool) -> None:
    for problem in merged.problems:
        complain(f"{file}, line {problem.line}: {problem.reason}")
    if not quiet:
        what = f"{merged.added:,} added, {merged.replaced:,} replaced, {merged.unchanged:,} there already"
        hint = "; `geomap build` applies them" if merged.added or merged.replaced else ""
        say(f"{file}: {what}{hint}")


def run_corrections(_options: argparse.Namespace) -> int:
    """Print a line for each correction, then what is wrong with the table."""
    from geomap.config import load_config
    from geomap.corrections import load_corrections
    from geomap.gazetteer import open_gazetteer
    from geomap.gazetteer.overlays.folder import find_overlays

    config = load_config()
    path = config.corrections
    if not path.is_file():
        say(f"There are no corrections yet: the map saves them, or write {_shorten(path, config)} by hand.")
        return DONE
    loaded = load_corrections(path, lambda: open_gazetteer(find_overlays(config.overlays)))
    for line in _describe(loaded, _count_applied(config), _shorten(path, config)):
        say(line)
    for problem in loaded.problems:
        complain(f"{_shorten(path, config)}, line {problem.line}: {problem.reason}")
    return DONE


def _count_applied(config: Config) -> Mapping[str, int] | None:
    from geomap.pipeline.built import NotBuiltError, open_built

    try:
        with open_built(config) as built:
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
        where = ", ".join(part for part in (place.name, place.admin1, place.country_code) if part)
        target = f" {place.place_id} ({where}, {place.latitude:.5f}, {place.longitude:.5f})"
    return f"{correction.name} in {correction.scope} {correction.action}{target}"


def _describe_times(times: int | None) -> str:
    if times is None:
        return "takes effect with the next build"
    return "matches nothing" if not times else "once" if times == 1 else f"{times:,} times"


def _shorten(path: Path, config: Config) -> str:
    return str(path.relative_to(config.root))
