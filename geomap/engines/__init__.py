"""Where the work on reports runs: in line, or on all cores.

With limits, an item that is worked on in another process may take their ``seconds`` and ``memory_mb`` (memory on Linux
only) and is given up beyond; a process can be ended, which the calling one cannot end in itself. So long items (see
`geomap.engines.apart`) are never worked on in the calling process, but where it cannot start another: embedded in a
program, or with a function that no other process can import. What a short one takes is bounded by its length.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from typing import Final

from geomap.engines.base import Engine
from geomap.errors import ConfigurationError, UsageError


def available_cores() -> int:
    """Return how many cores this process may use."""
    if hasattr(os, "sched_getaffinity"):  # Linux only: containers and taskset grant fewer than there are
        return len(os.sched_getaffinity(0)) or 1
    return os.cpu_count() or 1


def choose_engine(jobs: int | None, name: str = "") -> Engine:
    """Return the engine for a run by its name in `ENGINES` (an empty one: what suits ``jobs``).

    ``jobs`` is None for one process per core.
    """
    if jobs is not None and jobs < 1:
        raise UsageError(f"The number of jobs has to be 1 or more, not {jobs}.")
    jobs = jobs or available_cores()
    if name and name not in ENGINES:
        known = ", ".join(sorted(ENGINES))
        raise ConfigurationError(f"geomap.toml: run.engine has to be one of {known}, not {name!r}.")
    return ENGINES[name or ("inline" if jobs == 1 else "processes")](jobs)


def _make_inline(_jobs: int) -> Engine:
    from geomap.engines.inline import InlineEngine

    return InlineEngine()


def _make_processes(jobs: int) -> Engine:
    from geomap.engines.processes import ProcessEngine

    return ProcessEngine(jobs)


ENGINES: Final[Mapping[str, Callable[[int], Engine]]] = {"inline": _make_inline, "processes": _make_processes}
"""What makes each engine, from the number of processes, by the name that geomap.toml has for it."""
