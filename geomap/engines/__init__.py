"""Where the work on reports runs: in line, or on all cores.

With limits, an item that is worked on in another process may take their ``seconds`` and ``memory_mb`` (memory on Linux
only) and is given up beyond; a process can be ended, which the calling one cannot end in itself. So long items (see
`geomap.engines.apart`) are never worked on in the calling process, but where it cannot start another: embedded in a
program, or with a function that no other process can import. What a short one takes is bounded by its length.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from typing import Any

from geomap.config import Limits
from geomap.engines.base import Engine
from geomap.errors import UsageError


def available_cores() -> int:
    """Return how many cores this process may use."""
    if hasattr(os, "sched_getaffinity"):  # Linux only: containers and taskset grant fewer than there are
        return len(os.sched_getaffinity(0)) or 1
    return os.cpu_count() or 1


def choose_engine(
    jobs: int | None,
    *,
    weigh: Callable[[Any], int],
    give_up: Callable[[Any, str], Any] | None = None,
    limits: Limits | None = None,
) -> Engine:
    """Return the engine for ``jobs`` processes (None: one per core).

    ``weigh`` tells the size of an item's work, ``give_up`` what stands for the result of an item that no process
    survives, from the item and the reason (default: it raises `GeomapError`), ``limits`` what one may take.
    """
    if jobs is not None and jobs < 1:
        raise UsageError(f"The number of jobs has to be 1 or more, not {jobs}.")
    if (jobs or available_cores()) == 1:
        from geomap.engines.inline import InlineEngine

        return InlineEngine(weigh=weigh, give_up=give_up, limits=limits)
    from geomap.engines.processes import ProcessEngine

    return ProcessEngine(jobs or available_cores(), weigh=weigh, give_up=give_up, limits=limits)
