"""The engine that works in the calling process, but for long items that are to be held to limits."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack
from typing import TYPE_CHECKING

from geomap.engines.apart import is_worked_on_apart
from geomap.engines.base import Handling, Item, Result
from geomap.engines.grouping import GroupingEngine, Many

if TYPE_CHECKING:
    from geomap.engines.pool import WorkerPool


class InlineEngine(GroupingEngine):
    """Runs the function in the calling process; takes no item ahead, except for a function of many."""

    def run(
        self, function: Many[Item, Result], groups: Iterator[list[Item]], handling: Handling[Item, Result]
    ) -> Iterator[Result]:
        """Yield the results of the items of all groups, in their order."""
        pool: WorkerPool[Item, Result] | None = None
        with ExitStack() as ending:
            for group in groups:
                if is_worked_on_apart(function, group, handling):
                    pool = pool or ending.enter_context(_start(function, handling))
                    yield from pool.ask(group)
                else:
                    yield from function(group)


def _start(function: Many[Item, Result], handling: Handling[Item, Result]) -> WorkerPool[Item, Result]:
    from geomap.engines.pool import WorkerPool  # threads and subprocesses cost start-up time

    return WorkerPool(function, 1, handling)
