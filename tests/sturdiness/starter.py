"""Starts geomap again and again without loading it anew: a process that forks, on POSIX systems only.

A line of JSON asks for a command: its folder and arguments. The answer is the number of the process, which leads a
process group of its own, and then, in a second line, how it ended.
"""

from __future__ import annotations

import json
import os
import sys
from dataclasses import replace
from typing import NoReturn

from geomap.cli.main import main
from geomap.pipeline.backends import MapDrawer
from geomap.testing import SMALL_BACKENDS

STAGES = replace(SMALL_BACKENDS, draw=MapDrawer())


def load_everything() -> None:
    """Import what commands import when they run, so that a fork has it."""
    import geomap.cli.corrections
    import geomap.cli.gazetteer_overlays
    import geomap.cli.watch
    import geomap.duplicates
    import geomap.gazetteer.overlays.adding
    import geomap.pipeline.build
    import geomap.rendering.page
    import geomap.reports.adding
    import geomap.text.lines  # noqa: F401


def run(folder: str, arguments: list[str], *, log: bool = True) -> NoReturn:
    """Run a command in this process and end it; what it says goes to a file in the folder."""
    os.setpgid(0, 0)
    os.chdir(folder)  # as a user does, in a process that ends with the command: the current folder tells the project
    if log:
        output = os.open("log.txt", os.O_CREAT | os.O_WRONLY | os.O_TRUNC)
        os.dup2(output, 1)
        os.dup2(output, 2)
    status = 70
    try:
        status = main(arguments, backends=STAGES)
        sys.stdout.flush()
        sys.stderr.flush()
    finally:
        os._exit(status)


def answer(number: int) -> None:
    """Write a line."""
    sys.stdout.write(f"{number}\n")
    sys.stdout.flush()


def serve() -> None:
    """Run what standard input asks for, one after the other."""
    load_everything()
    for line in sys.stdin:
        question = json.loads(line)
        child = os.fork()
        if not child:
            run(question["folder"], question["arguments"])
        answer(child)
        _, status = os.waitpid(child, 0)
        answer(os.waitstatus_to_exitcode(status))


if __name__ == "__main__":
    serve()
