"""The protocol of engines: where the work on reports runs."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Any, Protocol, TypeVar

Item = TypeVar("Item")


class Engine(Protocol):
    """Runs one function over many items."""

    def map(self, function: Callable[..., Any], items: Iterable[Item]) -> Iterator[Any]:
        """Yield ``function(item)`` in the order of the items, taking only a bounded number of items ahead.

        A function marked as one of `geomap.engines.grouping.Many` is given several items and returns their results.
        ``function`` and items can be sent as `geomap.engines.messages` tells, results have to be data; errors that
        ``function`` raises reach the caller.
        """
        ...
