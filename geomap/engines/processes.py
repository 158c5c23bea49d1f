"""The engine that works on all cores, in processes of its own.

The workers are processes as `geomap.system.child_processes` starts them, not multiprocessing's; why, stands there.
"""

from __future__ import annotations

import math
import sys
from collections import deque
from collections.abc import Generator, Iterable, Iterator, Sequence
from itertools import chain
from time import perf_counter
from typing import TYPE_CHECKING, Final, Generic

from geomap.engines.apart import is_worked_on_apart
from geomap.engines.base import CHUNK_WEIGHT, Handling, Item, Result
from geomap.engines.grouping import GroupingEngine, Many

if TYPE_CHECKING:
    from concurrent.futures import Future

    from geomap.engines.worker import Answer

PATIENCE: Final = 1.0
"""Seconds of work in line before workers start; starting them and loading what they need takes about that long."""

CHUNKS_PER_WORKER: Final = 2
"""One being worked on, one waiting."""


class ProcessEngine(GroupingEngine):
    """Runs the function in ``jobs`` processes, once there is enough work to make up for starting them.

    A chunk of items is closed at `CHUNK_WEIGHT`, so what waits is bounded by that and the largest item. The function
    has to be importable by name, or a partial or bound method of what is. With limits none takes more than their time
    and memory, but for short ones at the start.
    """

    def __init__(self, jobs: int, *, patience: float = PATIENCE) -> None:
        self._jobs = jobs
        self._patience = patience if sys.executable else math.inf  # embedded in a program: no interpreter to start

    def run(
        self, function: Many[Item, Result], groups: Iterator[list[Item]], handling: Handling[Item, Result]
    ) -> Iterator[Result]:
        """Yield the results of the items of all groups, in their order; what a dying worker was at is done again."""
        return _Run(function, handling, self._jobs, self._patience).run(groups)


class _Run(Generic[Item, Result]):
    """One function on its way through the items: in line at first, then in workers."""

    def __init__(
        self, function: Many[Item, Result], handling: Handling[Item, Result], jobs: int, patience: float
    ) -> None:
        self._function = function
        self._handling = handling
        self._jobs = jobs
        self._patience = patience

    def run(self, groups: Iterator[list[Item]]) -> Iterator[Result]:
        """Yield results in the order of the items."""
        chunks = self._cut(chain((yield from self._run_in_line(groups)), groups))
        first, second = next(chunks, []), next(chunks, None)
        if second is not None:
            yield from self._run_in_workers(chain((first, second), chunks), self._jobs)
        elif self._is_apart(first):
            yield from self._run_in_workers([first], 1)
        else:  # one chunk is work for one process: this one
            yield from self._function(first)

    def _is_apart(self, group: Sequence[Item]) -> bool:
        return is_worked_on_apart(self._function, group, self._handling)

    def _run_in_line(self, groups: Iterator[list[Item]]) -> Generator[Result, None, list[list[Item]]]:
        """Yield the first results; return the group that was taken and not worked on, if any."""
        spent = 0.0
        while spent <= self._patience:
            group = next(groups, [])
            if not group:
                break
            if self._is_apart(group):
                return [group]
            started = perf_counter()
            results = list(self._function(group))
            spent += perf_counter() - started
            yield from results
        return []

    def _cut(self, groups: Iterable[list[Item]]) -> Iterator[list[Item]]:
        chunk: list[Item] = []
        weight = 0
        for group in groups:
            chunk += group
            weight += sum(map(self._handling.weigh, group))
            if weight >= CHUNK_WEIGHT:
                yield chunk
                chunk, weight = [], 0
        if chunk:
            yield chunk

    def _run_in_workers(self, chunks: Iterable[list[Item]], jobs: int) -> Iterator[Result]:
        from geomap.engines.pool import WorkerPool, await_results  # threads and subprocesses cost start-up time

        pending: deque[Future[Answer[Result]]] = deque()
        with WorkerPool(self._function, jobs, self._handling) as pool:
            for chunk in chunks:
                pending.append(pool.submit(chunk))
                if len(pending) > CHUNKS_PER_WORKER * jobs:
                    yield from await_results(pending.popleft())
            while pending:
                yield from await_results(pending.popleft())
