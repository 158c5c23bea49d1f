"""Options that several commands take, and how their values are read."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from geomap.gazetteer.index import Gazetteer


class Parser(argparse.ArgumentParser):
    """A parser that keeps the line ends of its texts."""

    def __init__(self, **settings: Any) -> None:
        super().__init__(formatter_class=argparse.RawDescriptionHelpFormatter, **settings)


def add_common(parser: argparse.ArgumentParser) -> None:
    """Add what every command that works on reports takes: processes, and how much it says."""
    parser.add_argument("--jobs", type=read_count, metavar="N", help="processes to use (default: one per core)")
    loudness = parser.add_mutually_exclusive_group()
    loudness.add_argument("-q", "--quiet", action="store_true", help="say nothing but what failed")
    loudness.add_argument("-v", "--verbose", action="store_true", help="say more, and show where an error came from")


def add_paths(parser: argparse.ArgumentParser) -> None:
    """Add the reports to build from, and the map to write."""
    parser.add_argument("paths", nargs="*", metavar="PATH", help="files and folders (default: data/reports)")
    parser.add_argument("-o", "--output", metavar="FILE", help="the map (default: output/map.html)")


def add_compiled(parser: argparse.ArgumentParser) -> None:
    """Add the choice of another compiled gazetteer; `open_compiled` opens it."""
    parser.add_argument("--gazetteer", metavar="FILE", help="another compiled gazetteer than geomap's own")


def open_compiled(options: argparse.Namespace) -> Gazetteer:
    """Return the compiled gazetteer that was chosen, without overlays."""
    from geomap.gazetteer import open_gazetteer
    from geomap.gazetteer.index import Gazetteer

    return Gazetteer(Path(options.gazetteer)) if options.gazetteer else open_gazetteer()


def read_count(text: str, *, least: int = 1) -> int:
    """Return a whole number that is not less than ``least``."""
    if not text.isdecimal() or int(text) < least:
        raise argparse.ArgumentTypeError(f"has to be a whole number from {least}, not {text}")
    return int(text)
