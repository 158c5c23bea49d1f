"""The command `geomap watch`."""

from __future__ import annotations

import argparse
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from geomap.cli.build import build_map
from geomap.cli.options import add_common, add_paths
from geomap.cli.output import DONE, FAILED, complain, say
from geomap.errors import BuildInProgressError, GeomapError, describe_error

if TYPE_CHECKING:
    from geomap.config import Project
    from geomap.watching.changes import Watched
    from geomap.watching.server import MapServer

_DESCRIPTION = """\
Build the map, and build it again whenever its reports, geomap.toml, the corrections or the added places change, until
Ctrl-C. PATHs and map are those of `geomap build`.

With --serve the map is also shown at an address of this machine that nobody else can reach; the page reloads itself.
The address is secret: whoever has it, on this machine, can read the map.
"""

_EXAMPLES = """\
examples:
  geomap watch
  geomap watch --serve                      then open the address that it prints
  geomap watch march -o march.html --serve --port 8000
"""


def add_command(verbs: Any) -> None:
    """Add `watch` to the subparsers of `geomap`."""
    parser = verbs.add_parser("watch", help="build on every change", description=_DESCRIPTION, epilog=_EXAMPLES)
    add_paths(parser)
    parser.add_argument("--serve", action="store_true", help="show the map in a browser, reloading itself")
    parser.add_argument(
        "--port", type=_read_port, default=0, metavar="N", help="port for --serve (default: a free one)"
    )
    add_common(parser)
    parser.set_defaults(run=run_watch)


def _read_port(text: str) -> int:
    if not (text.isascii() and text.isdecimal() and len(text) < 6 and 0 < int(text) < 65_536):
        raise argparse.ArgumentTypeError(f"has to be a number from 1 to 65535, not {text}")
    return int(text)


def run_watch(options: argparse.Namespace) -> int:
    """Build on every change until Ctrl-C."""
    try:
        if not options.serve:
            return _follow(options, None)
        from geomap.config import open_project
        from geomap.watching.server import MapServer

        with MapServer(
            port=options.port, actions={"corrections": partial(save_corrections, open_project(options.project))}
        ) as server:
            say(f"Serving the map at {server.url}")
            return _follow(options, server)
    except KeyboardInterrupt:
        complain("Stopped watching.")
        return DONE


def save_corrections(project: Project, table: bytes) -> str:
    """Merge a table of corrections that the map has posted into a project's own; return what came of it as JSON.

    A table with a row that is cut or cannot be used is refused as a whole: the map still has it. Building again is left
    to the watch, which sees the change. Raises `CorrectionError` or `OutputError`.
    """
    import json
    from dataclasses import asdict

    from geomap.corrections import merge_sent

    return json.dumps(asdict(merge_sent(table, project.corrections, lock_folder=project.store.parent)))


def _follow(options: argparse.Namespace, server: MapServer | None) -> int:
    import sys

    from geomap.watching.changes import wait_for_change

    watched, output = _find_watched(options)
    while True:
        state = watched.look()  # before the build: what changes meanwhile is a change
        _build_once(options)
        if server is not None:
            server.show(output.read_bytes() if output.is_file() else None)
        complain("Watching for changes; end with Ctrl-C.")
        sys.stdout.flush()
        wait_for_change(watched.look, state)


def _find_watched(options: argparse.Namespace) -> tuple[Watched, Path]:
    from geomap.config import open_project
    from geomap.watching.changes import Watched

    project = open_project(options.project)
    output = Path(options.output) if options.output else project.output
    reports = [Path(path) for path in options.paths] or [project.reports]
    others = (project.settings_file, project.corrections, project.overlays)
    return Watched(reports, others, left_out=(output,)), output


def _build_once(options: argparse.Namespace) -> int:
    while True:
        try:
            return build_map(
                options.paths,
                options.output,
                options,
                lists_unresolved=False,
                max_excerpts_per_place=None,
                compare_with=None,
                comparison_file=None,
            )
        except BuildInProgressError as error:  # what it builds may be older than the change
            complain(f"geomap: {describe_error(error)}")
        except GeomapError as error:  # what is wrong now may be mended by the next change
            complain(f"geomap: {describe_error(error)}")
            return FAILED
