"""The engine that works on all cores, in processes of its own.

The workers are plain `python -c` processes on pipes, not multiprocessing's: those run the caller's main module again
(a script without the ``__main__`` guard starts itself over and over), outlive a killed driver, and answer Ctrl-C with
tracebacks.
Ours import geomap only, end when their pipe does, and stand outside the terminal's foreground group.
"""

from __future__ import annotations

import math
import sys
from collections import deque
from collections.abc import Callable, Generator, Iterable, Iterator, Sequence
from itertools import chain
from time import perf_counter
from typing import TYPE_CHECKING, Any

from geomap.config import Limits
from geomap.engines.apart import can_be_sent, has_long
from geomap.engines.base import Item
from geomap.engines.grouping import apply, group_items

if TYPE_CHECKING:
    from concurrent.futures import Future

    from geomap.engines.worker import Answer

CHUNK_WEIGHT = 65_536
"""What an exchange with a worker carries: enough that the pipe costs nothing, little enough that memory stays small."""

PATIENCE = 1.0
"""Seconds of work in line before workers start; starting them and loading what they need takes about that long."""

CHUNKS_PER_WORKER = 2
"""One being worked on, one waiting."""


def _weigh_alike(_item: object) -> int:
    return CHUNK_WEIGHT // 16


class ProcessEngine:
    """Runs the function in ``jobs`` processes, as soon as there is enough work for them to pay.

    ``weigh`` returns the size of an item's work: a chunk is closed at `CHUNK_WEIGHT`, so what waits is bounded by that
    and the largest item. The function has to be importable by name, or a partial or bound method of what is.
    ``give_up`` returns what stands for the result of an item that no process survives, from the item and the reason;
    without it such an item raises `GeomapError`. With ``limits`` none takes more than their time and memory, but for
    short ones at the start.
    """

    def __init__(
        self,
        jobs: int,
        *,
        weigh: Callable[[Any], int] = _weigh_alike,
        give_up: Callable[[Any, str], Any] | None = None,
        limits: Limits | None = None,
        patience: float = PATIENCE,
    ) -> None:
        self._jobs = jobs
        self._weigh = weigh
        self._give_up = give_up
        self._limits = limits
        self._patience = patience

    def map(self, function: Callable[..., Any], items: Iterable[Item]) -> Iterator[Any]:
        """Yield results in the order of the items; what a worker that dies was doing is done again."""
        groups = group_items(function, items, self._weigh)
        chunks = self._cut(chain((yield from self._map_in_line(function, groups)), groups))
        first, second = next(chunks, []), next(chunks, None)
        if second is not None:
            yield from self._map_in_workers(function, chain((first, second), chunks), self._jobs)
        elif self._is_long(first) and can_be_sent(function):
            yield from self._map_in_workers(function, [first], 1)
        else:  # one chunk is work for one process: this one
            yield from apply(function, first)

    def _is_long(self, group: Sequence[Any]) -> bool:
        return has_long(group, self._weigh, self._limits)

    def _map_in_line(
        self, function: Callable[..., Any], groups: Iterator[list[Item]]
    ) -> Generator[Any, None, list[list[Item]]]:
        """Yield the first results; return the group that was taken and not worked on, if any."""
        patience = self._patience if sys.executable else math.inf  # embedded in a program: no interpreter to start
        spent = 0.0
        while spent <= patience:
            group = next(groups, [])
            if not group:
                break
            if self._is_long(group) and can_be_sent(function):
                return [group]
            started = perf_counter()
            results = list(apply(function, group))
            spent += perf_counter() - started
            yield from results
        return []

    def _cut(self, groups: Iterable[list[Item]]) -> Iterator[list[Item]]:
        chunk: list[Item] = []
        weight = 0
        for group in groups:
            chunk += group
            weight += sum(map(self._weigh, group))
            if weight >= CHUNK_WEIGHT:
                yield chunk
                chunk, weight = [], 0
        if chunk:
            yield chunk

    def _map_in_workers(self, function: Callable[..., Any], chunks: Iterable[list[Item]], jobs: int) -> Iterator[Any]:
        from geomap.engines.crew import (
            Crew,
            await_results,
        )  # threads and subprocesses cost start-up time that one text need not pay

        pending: deque[Future[Answer]] = deque()
        with Crew(function, jobs, self._give_up, self._limits) as crew:
            for chunk in chunks:
                pending.append(crew.submit(chunk))
                if len(pending) > CHUNKS_PER_WORKER * jobs:
                    yield from await_results(pending.popleft())
            while pending:
                yield from await_results(pending.popleft())
