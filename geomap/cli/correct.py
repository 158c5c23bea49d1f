"""The command `geomap correct`."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING, Any

from geomap.cli.output import complain, say, try_each

if TYPE_CHECKING:
    from geomap.corrections import Merged

_DESCRIPTION = """\
Put the corrections of files, such as one that the map has saved, into data/corrections.csv.

A correction of the same name and scope replaces the one that is there, others are appended; the rest of the table
stays as it is. The next `geomap build` applies them, and does again only what they touch.
"""

_EXAMPLES = """\
examples:
  geomap correct ~/Downloads/corrections.csv && geomap build
"""


def add_command(verbs: Any) -> None:
    """Add `correct` to the subparsers of `geomap`."""
    parser = verbs.add_parser(
        "correct", help="take over corrections from a file", description=_DESCRIPTION, epilog=_EXAMPLES
    )
    parser.add_argument("files", nargs="+", metavar="FILE", help="tables of corrections")
    parser.add_argument("-q", "--quiet", action="store_true", help="say nothing but what went wrong")
    parser.set_defaults(run=run_correct, verbose=False)


def run_correct(options: argparse.Namespace) -> int:
    """Merge each file; one that fails does not stop the others."""
    from pathlib import Path

    from geomap.config import open_project
    from geomap.corrections import merge_file

    project = open_project(options.project)

    def merge(file: str) -> None:
        merged = merge_file(Path(file), project.corrections, lock_folder=project.store.parent)
        _tell(file, merged, quiet=options.quiet)

    return try_each(options.files, merge)


def _tell(file: str, merged: Merged, *, quiet: bool) -> None:
    for problem in merged.problems:
        complain(f"{file}, line {problem.line}: {problem.reason}")
    if not quiet:
        what = f"{merged.added:,} added, {merged.replaced:,} replaced, {merged.unchanged:,} there already"
        hint = "; `geomap build` applies them" if merged.added or merged.replaced else ""
        say(f"{file}: {what}{hint}")
