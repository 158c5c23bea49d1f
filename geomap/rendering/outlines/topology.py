"""Rings of neighbouring areas cut into the arcs that they share, so that a border is simplified once and fits both."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import TypeAlias

Point: TypeAlias = tuple[float, float]
Ring: TypeAlias = Sequence[Point]
Arc: TypeAlias = tuple[Point, ...]


class Topology:
    """Areas by key, each as rings of arcs; an arc is a number from 0, or ``~number`` where it runs backwards."""

    def __init__(self, areas: dict[str, list[Ring]]) -> None:
        self.arcs: list[Arc] = []
        self.rings: dict[str, list[list[int]]] = {}
        self._numbers: dict[Arc, int] = {}
        junctions = _find_junctions(ring for rings in areas.values() for ring in rings)
        for key, rings in areas.items():
            self.rings[key] = [[self._number(arc) for arc in _cut(ring, junctions)] for ring in rings]

    def dissolve(self, keys: Iterable[str]) -> list[list[int]]:
        """Return the rings around several areas as one, without the borders between them."""
        directed = [arc for key in keys for ring in self.rings[key] for arc in ring]
        count = Counter(directed)
        return list(self._chain([arc for arc in directed if count[~arc] == 0]))

    def owners(self) -> dict[int, list[str]]:
        """Return the areas on both sides of each arc."""
        found: dict[int, list[str]] = defaultdict(list)
        for key, rings in self.rings.items():
            for ring in rings:
                for arc in ring:
                    found[arc if arc >= 0 else ~arc].append(key)
        return found

    def _number(self, arc: Arc) -> int:
        backwards = arc[::-1]
        if backwards in self._numbers:
            return ~self._numbers[backwards]
        if arc not in self._numbers:
            self._numbers[arc] = len(self.arcs)
            self.arcs.append(arc)
        return self._numbers[arc]

    def _chain(self, directed: Sequence[int]) -> Iterator[list[int]]:
        """Yield rings of arcs, each of which begins where the one before ends."""
        waiting: dict[Point, list[int]] = defaultdict(list)
        for arc in reversed(directed):
            waiting[self._ends(arc)[0]].append(arc)
        for first in directed:
            if first not in waiting[self._ends(first)[0]]:
                continue
            ring, (start, at) = [first], self._ends(first)
            waiting[start].remove(first)
            while at != start and waiting[at]:
                ring.append(waiting[at].pop())
                at = self._ends(ring[-1])[1]
            yield ring

    def _ends(self, arc: int) -> tuple[Point, Point]:
        points = self.arcs[arc if arc >= 0 else ~arc]
        return (points[0], points[-1]) if arc >= 0 else (points[-1], points[0])


def _find_junctions(rings: Iterable[Ring]) -> set[Point]:
    """Return the points at which more than two lines meet."""
    neighbours: dict[Point, set[Point]] = defaultdict(set)
    for ring in rings:
        points = _open(ring)
        for at, point in enumerate(points):
            neighbours[point] |= {points[at - 1], points[(at + 1) % len(points)]}
    return {point for point, near in neighbours.items() if len(near) > 2}


def _cut(ring: Ring, junctions: set[Point]) -> Iterator[Arc]:
    points = _open(ring)
    starts = [at for at, point in enumerate(points) if point in junctions]
    if not starts:  # a ring of its own begins at the same point for both of its sides
        starts = [points.index(min(points))]
    for at, start in enumerate(starts):
        end = starts[at + 1] if at + 1 < len(starts) else starts[0] + len(points)
        yield tuple(points[number % len(points)] for number in range(start, end + 1))


def _open(ring: Ring) -> list[Point]:
    """Return the ring without its last point, which repeats the first, and without points that stand twice."""
    points = [point for at, point in enumerate(ring[:-1]) if point != ring[at - 1 if at else -2]]
    return points or list(ring[:1])
