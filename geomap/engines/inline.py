"""The engine that works in the calling process."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Any

from geomap.engines.base import Item
from geomap.engines.grouping import apply, group_items


class InlineEngine:
    """Runs the function where it is called; takes no item ahead but for a function of many."""

    def __init__(self, *, weigh: Callable[[Any], int] = lambda _item: 1) -> None:
        self._weigh = weigh

    def map(self, function: Callable[..., Any], items: Iterable[Item]) -> Iterator[Any]:
        """Yield the function's result for each item, in their order."""
        for group in group_items(function, items, self._weigh):
            yield from apply(function, group)
