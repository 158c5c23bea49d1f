"""The protocol of engines: where the work on reports runs."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final, Generic, Protocol, TypeVar

from geomap.config import Limits

Item = TypeVar("Item")
Result = TypeVar("Result")

CHUNK_WEIGHT: Final = 65_536
"""What an exchange with a worker carries: enough that the pipe costs nothing, little enough that memory stays small."""


def _weigh_alike(_item: object) -> int:
    return CHUNK_WEIGHT // 16


@dataclass(frozen=True, slots=True)
class Handling(Generic[Item, Result]):
    """How the items of a step are to be handled.

    ``weigh`` returns the size of an item's work, in about the characters of a report. ``give_up`` returns what stands
    for the result of an item that no process survives, from the item and the reason; without it such an item raises
    `GeomapError`. ``limits`` are what an item may take where it is worked on in another process.
    """

    weigh: Callable[[Item], int] = _weigh_alike
    give_up: Callable[[Item, str], Result] | None = None
    limits: Limits | None = None


class Engine(Protocol):
    """Runs one function over many items.

    Functions and items have to be such as `geomap.system.messages` can send, results have to be data; errors that a
    function raises reach the caller. Only a bounded number of items is taken ahead.
    """

    def map(
        self,
        function: Callable[[Item], Result],
        items: Iterable[Item],
        handling: Handling[Item, Result] | None = None,
    ) -> Iterator[Result]:
        """Yield ``function(item)`` in the order of the items."""
        ...

    def map_many(
        self,
        function: Callable[[Sequence[Item]], Sequence[Result]],
        items: Iterable[Item],
        handling: Handling[Item, Result] | None = None,
    ) -> Iterator[Result]:
        """Yield the results of items in their order, from a function that takes several in less time than one by one.

        It returns a result for each item that it is given, the same whichever come together.
        """
        ...
