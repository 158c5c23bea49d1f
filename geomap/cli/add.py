"""The command `geomap add`."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from geomap.cli.build import build_map
from geomap.cli.options import add_common
from geomap.cli.output import complain, say
from geomap.errors import GeomapError, ReportError
from geomap.text.failures import SHOWN_IN_ALL, bound_failures

_DESCRIPTION = """\
Copy reports into data/reports and build the map.

Each FILE is a file that geomap reads, or a folder of such files, which keeps its subfolders. What lies in data/reports
is never overwritten: a file whose name another content has already gets eight digits of its digest in its name, and a
content that is there already is not copied again.
"""

_EXAMPLES = """\
examples:
  geomap add ~/Downloads/sitrep.pdf
  geomap add mails/*.eml march/

exit status: 0 done, 1 no file could be added, or no map written, 2 wrong usage
"""


def add_command(verbs: Any) -> None:
    """Add `add` to the subparsers of `geomap`."""
    parser = verbs.add_parser("add", help="copy reports into the project", description=_DESCRIPTION, epilog=_EXAMPLES)
    parser.add_argument("files", nargs="+", metavar="FILE", help="files and folders of reports")
    add_common(parser)
    parser.set_defaults(run=run_add)


def run_add(options: argparse.Namespace) -> int:
    """Copy the reports, then build; one that cannot be added does not stop the others."""
    from geomap.config import open_project
    from geomap.reports.adding import add_reports

    added = 0
    added_files = add_reports(map(Path, options.files), open_project(options.project).reports)
    for each in bound_failures(added_files, SHOWN_IN_ALL):
        if isinstance(each, ReportError):
            complain(f"failed: {each}")
            continue
        added += 1
        if not options.quiet:
            say(f"{'added' if each.is_new else 'already there'}: {each.target}")
    if not added:
        raise GeomapError("No file could be added: the map stays as it is.")
    return build_map(
        [], None, options, lists_unresolved=False, max_excerpts_per_place=None, compare_with=None, comparison_file=None
    )
