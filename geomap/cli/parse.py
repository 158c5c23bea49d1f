"""The command `geomap parse`."""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from functools import partial
from typing import TYPE_CHECKING, Any, BinaryIO

from geomap.cli.options import add_common
from geomap.cli.output import DONE, FAILED, complain
from geomap.errors import ReportError
from geomap.text.failures import Failures, bound_by_file

if TYPE_CHECKING:
    from geomap.pipeline.parse_stream import Answer

_DESCRIPTION = """\
Write the places that texts name as JSON, one object for each input in the order of the input:
{"id": ..., "mentions": [{"start": ..., "end": ..., "text": ..., "latitude": ..., "longitude": ..., ...}]}

Each FILE (or standard input, also as "-") is one plain text and its id is the path as given. With --jsonl each line is
an object with "text" and, if known, "id", "title", "source", "url", "domain", "date", "language", which are context
only. Blank lines are passed over. What cannot be parsed gives {"id": null, "line": n, "error": ..., "mentions": []}.
"""

_EXAMPLES = """\
examples:
  echo "Shelling near Kharkiv" | geomap parse
  geomap parse report-1.txt report-2.txt
  geomap parse --jsonl < reports.jsonl > mentions.jsonl
  geomap parse --jsonl --jobs 1             answers each line before it reads the next

exit status: 0 done, 1 not one input could be parsed, 2 wrong usage
"""


def add_command(verbs: Any) -> None:
    """Add `parse` to the subparsers of `geomap`."""
    parser = verbs.add_parser("parse", help="texts in, places as JSON out", description=_DESCRIPTION, epilog=_EXAMPLES)
    parser.add_argument("files", nargs="*", metavar="FILE", help='files to read (default, or "-": standard input)')
    parser.add_argument("--jsonl", action="store_true", help="each line is a JSON object with a text")
    add_common(parser)
    parser.set_defaults(run=run_parse)


def run_parse(options: argparse.Namespace) -> int:
    """Write the places of texts as JSON while they are read."""
    from geomap.config import open_project
    from geomap.engines import choose_engine
    from geomap.engines.base import Handling
    from geomap.pipeline import parse_stream
    from geomap.pipeline.analyser import open_analyser
    from geomap.pipeline.backends import DEFAULT_BACKENDS

    source, target = parse_stream.standard_streams()
    if sys.stdin.isatty() and set(options.files) <= {parse_stream.STANDARD_INPUT} and not options.quiet:
        complain("Reading what you type; end with Ctrl-D (on Windows: Ctrl-Z, Enter).")
    cut, read = (
        (parse_stream.read_lines, parse_stream.read_line)
        if options.jsonl
        else (parse_stream.read_files, parse_stream.read_file)
    )
    project = open_project(options.project)
    limits, backends = project.settings.limits, options.backends or DEFAULT_BACKENDS
    analyser = open_analyser(project, backends.configure(project.settings))
    most, engine = limits.mentions_per_report, choose_engine(options.jobs, project.settings.run.engine)
    handling = Handling(parse_stream.weigh_piece, parse_stream.answer_lost, limits)
    pieces = cut(options.files, source, limits.report_bytes)
    if parse_stream.comes_as_a_whole(options.files, source):
        answer_all = partial(parse_stream.answer_all, read, analyser.analyse_all, most=most)
        results = engine.map_many(answer_all, pieces, handling)
    else:
        results = engine.map(partial(parse_stream.answer, read, analyser.analyse_all, most=most), pieces, handling)
    written: Counter[bool] = Counter()
    for failure in bound_by_file(_write_answers(results, target, written)):
        complain(f"failed: {failure}")
    return FAILED if written[False] and not written[True] else DONE


def _write_answers(results: Iterable[Answer], target: BinaryIO, written: Counter[bool]) -> Iterator[ReportError]:
    """Write each answer as soon as it is there, count it by whether it is good, and yield what went wrong."""
    notes = Failures()
    for result in results:
        target.write(result.body.encode("ascii") + b"\n" if result.body else b"")
        target.flush()
        written[result.error is None] += 1
        if result.error is not None:
            yield result.error
        if result.note is not None and notes.add(result.note):
            complain(str(result.note))
    for note in notes.list_last():
        complain(str(note))
