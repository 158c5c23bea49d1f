"""The command `geomap export`."""

from __future__ import annotations

import argparse
from typing import Any

from geomap.cli.output import DONE, complain, say
from geomap.exporting.columns import THINGS
from geomap.exporting.formats import FORMATS, choose_format

_DESCRIPTION = """\
Hand on what the last build has found, for spreadsheets, pandas, GIS: places with their counts (the default), mentions
with their excerpts, or reports with their texts. What tells the same story is counted once, as on the map.

Nothing is read or found again: build first. In CSV, a text that a spreadsheet would run as a formula has an apostrophe
in front. GeoParquet needs the package pyarrow.
"""

_EXAMPLES = """\
examples:
  geomap export -o places.geojson
  geomap export --mentions -o mentions.csv
  geomap export --reports --format jsonl | head
  geomap export --mentions --columns        tells what the columns mean
"""


def add_command(verbs: Any) -> None:
    """Add `export` to the subparsers of `geomap`."""
    parser = verbs.add_parser("export", help="hand on what was found", description=_DESCRIPTION, epilog=_EXAMPLES)
    parser.add_argument("--format", choices=FORMATS, help="default: what the file's ending says, else csv")
    things = parser.add_mutually_exclusive_group()
    for thing in THINGS:
        things.add_argument(f"--{thing}", dest="thing", action="store_const", const=thing, help=f"export {thing}")
    parser.add_argument("-o", "--output", metavar="FILE", help="the file to write (default: standard output)")
    parser.add_argument("--map", metavar="MAP", help="the map whose content to export (default: output/map.html)")
    parser.add_argument("--columns", action="store_true", help="list the columns with their meaning, and end")
    parser.add_argument("-q", "--quiet", action="store_true", help="say nothing but what went wrong")
    parser.set_defaults(run=run_export, thing="places", verbose=False)


def run_export(options: argparse.Namespace) -> int:
    """Write the export to the file or standard output."""
    from pathlib import Path

    from geomap.config import open_project
    from geomap.exporting.files import export_file, export_stream
    from geomap.pipeline.built import open_built
    from geomap.pipeline.parse_stream import standard_streams

    if options.columns:
        return _list_columns(options)
    output = Path(options.output) if options.output else None
    form = choose_format(options.format, output)
    with open_built(open_project(options.project), Path(options.map) if options.map else None) as built:
        if output is None:
            export_stream(built, options.thing, form, standard_streams()[1])
            return DONE
        count = export_file(built, options.thing, form, output)
    if not options.quiet:
        complain(f"{output}: {count:,} {options.thing}")
    return DONE


def _list_columns(options: argparse.Namespace) -> int:
    from geomap.exporting.columns import COLUMNS

    for column in COLUMNS[options.thing]:
        say(f"{column.name}: {column.meaning}")
    return DONE
