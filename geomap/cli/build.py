"""The command `geomap build`."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from contextlib import nullcontext
from typing import TYPE_CHECKING, Any

from geomap.cli.options import add_common, add_paths, read_count
from geomap.cli.output import DONE, complain, say, shown_log
from geomap.errors import NothingReadError, UsageError

if TYPE_CHECKING:
    from geomap.comparing.comparison import Comparison

_DESCRIPTION = """\
Read reports, find the places they name, and write one map. What an earlier build has read and found is not done again.

PATH is a folder or a file: .txt, .md, .html, .pdf, .docx, .eml (a report each), .csv, .tsv, .json, .jsonl, .rss, .atom,
.xml (many reports), .zip (any of these). What a .geomapignore in the folder names, as in .gitignore, is passed over.
"""

_EXAMPLES = """\
examples:
  geomap build                              data/reports -> output/map.html
  geomap build data/reports extra.csv       both on one map
  geomap build march -o march.html          another map of other reports
  geomap build --unresolved                 also list the names that no place was found for
  geomap build --compare last               also list the names that the last update has moved, and why
  geomap build --compare old.html --compare-csv moved.csv

exit status: 0 done (single failures are listed on standard error), 1 nothing could be read or written, 2 wrong usage
"""


def add_command(verbs: Any) -> None:
    """Add `build` to the subparsers of `geomap`."""
    parser = verbs.add_parser("build", help="reports in, map out", description=_DESCRIPTION, epilog=_EXAMPLES)
    add_paths(parser)
    parser.add_argument(
        "--unresolved", action="store_true", help="list the names without a place, with an excerpt each"
    )
    parser.add_argument(
        "--max-excerpts-per-place",
        type=read_count,
        metavar="N",
        help="show only the newest N mentions of each place (default: all)",
    )
    parser.add_argument(
        "--compare",
        metavar="OLD",
        help="list the names that moved, appeared and vanished since a map that geomap wrote earlier, and the cause "
        "of each; `last` stands for the last build of this map that changed anything",
    )
    parser.add_argument("--compare-csv", metavar="FILE", help="write the same as CSV, a row for each mention")
    add_common(parser)
    parser.set_defaults(run=run_build)


def run_build(options: argparse.Namespace) -> int:
    """Build a map and print the summary."""
    if options.compare_csv and not options.compare:
        raise UsageError("--compare-csv needs --compare: name an older map, or the word last.")
    return build_map(
        options.paths,
        options.output,
        options,
        lists_unresolved=options.unresolved,
        max_excerpts_per_place=options.max_excerpts_per_place,
        compare_with=options.compare,
        comparison_file=options.compare_csv,
    )


def build_map(
    paths: Sequence[str],
    output: str | None,
    common: argparse.Namespace,
    *,
    lists_unresolved: bool,
    max_excerpts_per_place: int | None,
    compare_with: str | None,
    comparison_file: str | None,
) -> int:
    """Build a map of files and folders (none: the project's own) and print the summary.

    ``common`` are the options of `add_common`, with the backends and the project of `geomap.cli.main`. Other commands
    that build call this: it has no default, so that each of them says what every option of `geomap build` is for it.
    """
    from geomap.pipeline.backends import DEFAULT_BACKENDS
    from geomap.pipeline.build import build
    from geomap.pipeline.result import describe_build, describe_unresolved
    from geomap.system.progress import choose_progress

    progress = choose_progress(sys.stderr, quiet=common.quiet, with_lines=common.verbose)
    try:
        with shown_log() if common.verbose else nullcontext():
            result = build(
                paths or None,
                output,
                project=common.project,
                jobs=common.jobs,
                backends=common.backends or DEFAULT_BACKENDS,
                progress=progress,
                max_excerpts_per_place=max_excerpts_per_place,
                compare_with=compare_with,
            )
    except NothingReadError as error:
        for failure in error.failures:
            complain(f"failed: {failure}")
        raise
    for note in result.notes:
        complain(note)
    for failure in result.failures:
        complain(f"failed: {failure}")
    for line in describe_unresolved(result) if lists_unresolved else ():
        say(line)
    if result.comparison is not None and compare_with is not None:
        _tell_comparison(result.comparison, compare_with, comparison_file)
    for line in () if common.quiet else describe_build(result):
        say(line)
    return DONE


def _tell_comparison(comparison: Comparison, compare_with: str, file: str | None) -> None:
    from pathlib import Path

    from geomap.comparing.telling import describe_comparison, write_changes
    from geomap.pipeline.changes import LAST

    what = "Names that the last update changed" if compare_with == LAST else f"Names since {compare_with}"
    for line in describe_comparison(comparison, what):
        say(line)
    if file:
        write_changes(comparison, Path(file))
