"""The engine that works in the calling process, one item after the other."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from geomap.engines.base import Item, Result


class InlineEngine:
    """Runs the function where it is called; takes no item ahead."""

    def map(self, function: Callable[[Item], Result], items: Iterable[Item]) -> Iterator[Result]:
        """Yield ``function(item)`` in the order of the items."""
        for item in items:
            yield function(item)
