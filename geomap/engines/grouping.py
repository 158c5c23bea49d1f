"""Functions that take several items at once, in less time than one by one, and what they are given at a time."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Final, TypeVar

Item = TypeVar("Item")

MOST: Final = 64
"""Items of a group: what an interruption may cost."""
HEAVIEST: Final = 32_768
"""Weight of a group of several items; more at once gains nothing."""


@dataclass(frozen=True, slots=True)
class Many:
    """Marks a function that returns the results of all items that it is given, the same whichever come together."""

    function: Callable[[Sequence[Any]], Sequence[Any]]

    def __call__(self, items: Sequence[Any]) -> Sequence[Any]:
        """Return a result for each item."""
        return self.function(items)


def group_items(
    function: Callable[..., object], items: Iterable[Item], weigh: Callable[[Item], int]
) -> Iterator[list[Item]]:
    """Yield what the function is to be given at a time: one item, or groups where it is one of `Many`."""
    if not isinstance(function, Many):
        yield from ([item] for item in items)
        return
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


def apply(function: Callable[..., Any], items: Sequence[Any]) -> Iterator[Any]:
    """Yield the results of items, each as soon as it is there."""
    if isinstance(function, Many):
        yield from function(items)
    else:
        yield from map(function, items)
