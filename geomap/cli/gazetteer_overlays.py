"""The commands `geomap gazetteer add` and `remove`: their arguments, and what they do."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from geomap.cli.output import DONE, complain, say, try_each
from geomap.errors import UsageError

if TYPE_CHECKING:
    from geomap.config import Project
    from geomap.gazetteer.overlays.adding import Addition
    from geomap.system.progress import Progress

_ADD = """\
Add places and names to those that geomap knows, for the project in the current folder (they go to data/gazetteer).

Each argument is a file, or a country's code of two letters, whose file is then downloaded from GeoNames. Files are
GeoNames' own, as text or zip (UA.txt, UA.zip, allCountries.zip, alternateNamesV2.zip, admin1CodesASCII.txt,
admin2Codes.txt, countryInfo.txt), or a table of your own places: CSV in UTF-8 with a header and the columns name,
latitude and longitude, and if you like alternate names (separated by semicolons), kind, country code, population, id.
Adding a file again replaces what it gave before. Rows that are wrong are listed, the others are kept.
"""

_ADD_EXAMPLES = """\
examples:
  geomap gazetteer add UA                   all that GeoNames has on Ukraine
  geomap gazetteer add downloads/SY.zip
  geomap gazetteer add our-places.csv
"""

_CODES = {"UK": "GB"}  # the code that people take for the country's


def add_commands(verbs: Any) -> None:
    """Add `add` and `remove` to the subparsers of `geomap gazetteer`."""
    add = verbs.add_parser("add", help="add GeoNames' files or your own places", description=_ADD, epilog=_ADD_EXAMPLES)
    add.add_argument("sources", nargs="+", metavar="FILE|COUNTRY", help="files, or codes such as UA")
    add.add_argument("-q", "--quiet", action="store_true", help="say nothing but what went wrong")
    add.set_defaults(run=run_add, verbose=False)
    remove = verbs.add_parser(
        "remove", help="take out what was added", description="Take out what was added, by its name in `info`."
    )
    remove.add_argument("names", nargs="+", metavar="NAME", help="such as UA")
    remove.set_defaults(run=run_remove, verbose=False)


def run_add(options: argparse.Namespace) -> int:
    """Add each source; one that fails does not stop the others."""
    from geomap.config import open_project
    from geomap.system.progress import choose_progress

    project = open_project(options.project)
    progress = choose_progress(sys.stderr, quiet=options.quiet)
    return try_each(options.sources, lambda source: _tell(_add(source, project, progress), quiet=options.quiet))


def _add(source: str, project: Project, progress: Progress) -> Addition:
    from geomap.gazetteer.overlays.adding import add_file

    path, folder = Path(source), project.overlays
    if path.exists() or len(source) != 2:
        return add_file(path, folder, progress=progress)
    from geomap.gazetteer.overlays.downloading import download_zip

    code = _read_country(source)
    archive = folder / "downloads" / f"{code}.zip"
    download_zip(f"{project.settings.gazetteer.base_url.rstrip('/')}/{code}.zip", archive, progress=progress)
    addition = add_file(archive, folder, progress=progress)
    archive.unlink()
    return addition


def _read_country(text: str) -> str:
    from geomap.gazetteer import open_gazetteer

    code = _CODES.get(text.upper(), text.upper())
    if not code or code not in open_gazetteer().meta["countries"]:
        raise UsageError(f"{text} is neither a file nor the code of a country, such as UA.")
    return code


def _tell(addition: Addition, *, quiet: bool) -> None:
    for line in addition.refusals:
        complain(f"refused: {line}")
    for note in addition.notes:
        complain(note)
    if not quiet:
        what = f"names of {addition.places:,} places" if addition.form == "names" else f"{addition.places:,} places"
        refused = f", {addition.refused:,} rows refused" if addition.refused else ""
        say(f"{addition.name}: {what} added, {addition.names:,} different names{refused}, {addition.seconds:.1f} s")


def run_remove(options: argparse.Namespace) -> int:
    """Delete overlays of the project."""
    from geomap.config import open_project
    from geomap.gazetteer.overlays.folder import remove_overlay

    folder = open_project(options.project).overlays
    for name in options.names:
        say(f"{remove_overlay(folder, name)}: taken out")
    return DONE


def describe_overlay(facts: dict[str, Any]) -> str:
    """Return a line about an overlay from what `Gazetteer.info` tells."""
    what = "names only" if facts["form"] == "names" else f"{facts['places']:,} places, {facts['new']:,} of them new"
    licence = f"; {facts['licence']}" if facts["licence"] else ""
    return (
        f"{facts['name']}: {what}; {facts['names']:,} names; {facts['bytes']:,} bytes; from {facts['source']}{licence}"
    )
