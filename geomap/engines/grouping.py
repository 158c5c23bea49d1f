"""What a function is given at a time: one item, or as many as pay."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final, Generic, TypeAlias

from geomap.engines.base import Handling, Item, Result

MOST: Final = 64
"""Items of a group: what an interruption may cost."""
HEAVIEST: Final = 32_768
"""Weight of a group of several items; more at once gains nothing."""

Many: TypeAlias = Callable[[Sequence[Item]], Iterable[Result]]
"""A function of several items: what all engines run."""


@dataclass(frozen=True, slots=True)
class Each(Generic[Item, Result]):
    """Turns a function of one item into one of several, which yields each result as soon as it is there."""

    function: Callable[[Item], Result]

    def __call__(self, items: Sequence[Item]) -> Iterator[Result]:
        """Return the results of items."""
        return map(self.function, items)


def take_singly(items: Iterable[Item]) -> Iterator[list[Item]]:
    """Yield each item by itself."""
    return ([item] for item in items)


def group_items(items: Iterable[Item], weigh: Callable[[Item], int]) -> Iterator[list[Item]]:
    """Yield items in groups of at most `MOST`, which weigh at most `HEAVIEST` but for those of one item."""
    group: list[Item] = []
    weight = 0
    for item in items:
        more = weigh(item)
        if group and (len(group) == MOST or weight + more > HEAVIEST):
            yield group
            group, weight = [], 0
        group.append(item)
        weight += more
    if group:
        yield group


class GroupingEngine(ABC):
    """An engine by how it runs a function of several items over groups of them."""

    def map(
        self,
        function: Callable[[Item], Result],
        items: Iterable[Item],
        handling: Handling[Item, Result] | None = None,
    ) -> Iterator[Result]:
        """Yield the function's result for each item, in their order."""
        return self.run(Each(function), take_singly(items), handling or Handling())

    def map_many(
        self,
        function: Callable[[Sequence[Item]], Sequence[Result]],
        items: Iterable[Item],
        handling: Handling[Item, Result] | None = None,
    ) -> Iterator[Result]:
        """Yield the results of items in their order, from a function that takes several at once."""
        handling = handling or Handling()
        return self.run(function, group_items(items, handling.weigh), handling)

    @abstractmethod
    def run(
        self, function: Many[Item, Result], groups: Iterator[list[Item]], handling: Handling[Item, Result]
    ) -> Iterator[Result]:
        """Yield the results of the items of all groups, in their order."""
