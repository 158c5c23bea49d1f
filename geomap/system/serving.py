"""The other end of `geomap.system.child_processes`: what a process is that answers questions, and what bounds it."""

from __future__ import annotations

import faulthandler
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from functools import cache
from pathlib import Path
from typing import Final, TextIO

from geomap.system.channels import Channel

OUT_OF_MEMORY: Final = 71
"""Exit status of a process that lacks memory."""

TOO_LATE: Final = 1
"""Exit status of a process that takes longer than its `deadline`; others end with it, too."""


@contextmanager
def open_channel() -> Iterator[Channel]:
    """Give the channel of questions and answers; the process ends when the other end is gone.

    Whatever a library prints goes to standard error: nothing must get between the answers.
    """
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    try:
        yield Channel(sys.stdin.buffer, answers)
    except (EOFError, BrokenPipeError):
        os._exit(0)  # nobody to tell, nothing to save
    except MemoryError:
        os._exit(OUT_OF_MEMORY)


def bound_memory(size: int) -> None:
    """Limit the memory of this process to so many bytes more than it has, where the system can (Linux)."""
    with suppress(ImportError, ValueError, OSError):  # Windows has no such limits, others refuse some
        import resource

        most = _measure_memory() + size
        resource.setrlimit(resource.RLIMIT_AS, (most, most))


def _measure_memory() -> int:
    import resource

    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[0])
    return pages * resource.getpagesize()


@contextmanager
def deadline(seconds: int) -> Iterator[None]:
    """End this process if the block takes longer; 0 is no limit.

    A thread ends it that needs no interpreter: on every system, also while a parser holds the interpreter.
    """
    if not seconds:
        yield
        return
    faulthandler.dump_traceback_later(seconds, exit=True, file=_open_nowhere())  # the user is told in words
    try:
        yield
    finally:
        faulthandler.cancel_dump_traceback_later()


@cache
def _open_nowhere() -> TextIO:
    return Path(os.devnull).open("w", encoding="ascii")
