"""The whole command line: arguments in, the library called, errors out as one line and an exit code."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Sequence
from os import PathLike
from typing import TYPE_CHECKING, Any

from geomap.cli import add, build, correct, corrections, export, gazetteer, learning, parse, watch
from geomap.cli.options import Parser
from geomap.cli.output import FAILED, INTERRUPTED, WRONG_USAGE, complain, say
from geomap.errors import GeomapError, TerminationError, UsageError, describe_error
from geomap.system.interruption import termination_heeded

if TYPE_CHECKING:
    from geomap.config import Project
    from geomap.pipeline.backends import Backends

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


def main(
    arguments: Sequence[str] | None = None,
    *,
    backends: Backends | None = None,
    project: Project | str | PathLike[str] | None = None,
) -> int:
    """Run a command and return its exit status; nothing but `SystemExit` from wrong arguments is raised.

    ``backends`` are other backends than the default ones, ``project`` is another one than the current folder's.
    """
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):  # code pages that lack a letter must not end a build
            stream.reconfigure(errors="replace")
    options = _make_parser().parse_args(arguments, argparse.Namespace(backends=backends, project=project))
    try:
        with termination_heeded():
            status: int = options.run(options)
            sys.stdout.flush()
    except KeyboardInterrupt as error:
        complain("Stopped. What was finished is kept for the next time.")
        return error.status if isinstance(error, TerminationError) else INTERRUPTED
    except OSError as error:
        return _end_output(error, options) if _is_closed_pipe(error) else _report(error, options)
    except Exception as error:  # noqa: BLE001 -- the last place where it can become one clear line
        return _report(error, options)
    return status


def _make_parser() -> argparse.ArgumentParser:
    parser = Parser(prog="geomap", description=_DESCRIPTION, epilog=_EXAMPLES)
    parser.add_argument("--version", action=_Version, nargs=0, help="show the version and exit")
    verbs = parser.add_subparsers(title="commands", metavar="COMMAND", required=True, parser_class=Parser)
    for command in (build, add, watch, parse, corrections, correct, export, gazetteer, learning):
        command.add_command(verbs)
    return parser


class _Version(argparse.Action):
    """Prints the version, which is looked up only then."""

    def __call__(self, parser: argparse.ArgumentParser, *_arguments: Any) -> None:
        from geomap.version import __version__

        say(f"geomap {__version__}")
        parser.exit()


def _is_closed_pipe(error: OSError) -> bool:
    # Windows says "invalid argument" where the reader of our output has left
    return isinstance(error, BrokenPipeError) or (sys.platform == "win32" and error.errno == 22 and not error.filename)


def _end_output(_error: OSError, _options: argparse.Namespace) -> int:
    """Leave quietly, as programs do whose reader has seen enough (``geomap parse | head``)."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # the interpreter flushes once more at its end
    return FAILED


def _report(error: Exception, options: argparse.Namespace) -> int:
    if options.verbose:
        import traceback

        traceback.print_exc()
    if isinstance(error, GeomapError):
        complain(f"geomap: {describe_error(error)}")
        return WRONG_USAGE if isinstance(error, UsageError) else FAILED
    hint = "" if options.verbose else " Run again with -v to see where, and please report it."
    complain(f"geomap: unexpected error: {describe_error(error)}.{hint}")
    return FAILED
