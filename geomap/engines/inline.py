"""The engine that works in the calling process, but for long items that are to be held to limits."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import ExitStack
from typing import TYPE_CHECKING

from geomap.engines.apart import is_worked_on_apart
from geomap.engines.base import Handling, Item, Result
from geomap.engines.grouping import Each, Many, group_items, take_singly

if TYPE_CHECKING:
    from geomap.engines.pool import WorkerPool


class InlineEngine:
    """Runs the function in the calling process; takes no item ahead, except for a function of many."""

    def map(
        self,
        function: Callable[[Item], Result],
        items: Iterable[Item],
        handling: Handling[Item, Result] | None = None,
    ) -> Iterator[Result]:
        """Yield the function's result for each item, in their order."""
        return _run(Each(function), take_singly(items), handling or Handling())

    def map_many(
        self,
        function: Callable[[Sequence[Item]], Sequence[Result]],
        items: Iterable[Item],
        handling: Handling[Item, Result] | None = None,
    ) -> Iterator[Result]:
        """Yield the results of items in their order, from a function that takes several at once."""
        handling = handling or Handling()
        return _run(function, group_items(items, handling.weigh), handling)


def _run(
    function: Many[Item, Result], groups: Iterable[list[Item]], handling: Handling[Item, Result]
) -> Iterator[Result]:
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
