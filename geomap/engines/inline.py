"""The engine that works in the calling process, but for long items that are to be held to limits."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack
from typing import TYPE_CHECKING, Any

from geomap.config import Limits
from geomap.engines.apart import can_be_sent, has_long
from geomap.engines.base import Item
from geomap.engines.grouping import apply, group_items

if TYPE_CHECKING:
    from geomap.engines.crew import Crew


class InlineEngine:
    """Runs the function where it is called; takes no item ahead but for a function of many."""

    def __init__(
        self,
        *,
        weigh: Callable[[Any], int] = lambda _item: 1,
        give_up: Callable[[Any, str], Any] | None = None,
        limits: Limits | None = None,
    ) -> None:
        self._weigh = weigh
        self._give_up = give_up
        self._limits = limits

    def map(self, function: Callable[..., Any], items: Iterable[Item]) -> Iterator[Any]:
        """Yield the function's result for each item, in their order."""
        crew: Crew | None = None
        with ExitStack() as ending:
            for group in group_items(function, items, self._weigh):
                if not has_long(group, self._weigh, self._limits) or not can_be_sent(function):
                    yield from apply(function, group)
                    continue
                crew = crew or ending.enter_context(self._start(function))
                yield from crew.ask(group)

    def _start(self, function: Callable[..., Any]) -> Crew:
        from geomap.engines.crew import Crew  # threads and subprocesses cost start-up time

        return Crew(function, 1, self._give_up, self._limits)
