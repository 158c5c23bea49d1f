"""The protocol of engines: where the work on reports runs."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Protocol, TypeVar

Item = TypeVar("Item")
Result = TypeVar("Result")


class Engine(Protocol):
    """Runs one function over many items."""

    def map(self, function: Callable[[Item], Result], items: Iterable[Item]) -> Iterator[Result]:
        """Yield ``function(item)`` in the order of the items, taking only a bounded number of items ahead.

        ``function`` and items can be sent as `geomap.engines.messages` tells, results have to be data; errors that
        ``function`` raises reach the caller.
        """
        ...
