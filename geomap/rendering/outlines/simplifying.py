"""Lines with fewer points: Visvalingam and Whyatt's way, which drops the points that matter least."""

from __future__ import annotations

import heapq
import math
from collections.abc import Sequence

from geomap.rendering.outlines.topology import Arc, Point

_KM_PER_DEGREE = 111.195


def simplify(arc: Arc, *, least_km2: float) -> list[Point]:
    """Return the line without the points whose triangle with both neighbours is smaller than that; its ends stay.

    A closed line keeps four points, so that it remains an area.
    """
    points = list(arc)
    least = 4 if points[0] == points[-1] else 2
    before = list(range(-1, len(points) - 1))
    after = list(range(1, len(points) + 1))
    areas = [math.inf] * len(points)
    queue: list[tuple[float, int]] = []
    for at in range(1, len(points) - 1):
        areas[at] = _triangle(points, at - 1, at, at + 1)
        queue.append((areas[at], at))
    heapq.heapify(queue)
    left = len(points)
    while queue and left > least:
        area, at = heapq.heappop(queue)
        if area != areas[at]:
            continue  # its neighbours have changed since
        if area >= least_km2:
            break
        left -= 1
        areas[at] = -1.0
        after[before[at]], before[after[at]] = after[at], before[at]
        for near in (before[at], after[at]):
            if 0 < near < len(points) - 1:
                # never less than what is gone already: points go in the order of their weight
                areas[near] = max(area, _triangle(points, before[near], near, after[near]))
                heapq.heappush(queue, (areas[near], near))
    return [point for at, point in enumerate(points) if areas[at] >= 0]


def ring_area(ring: Sequence[Point]) -> float:
    """Return the area of a closed ring in square kilometres, roughly."""
    twice = sum(a[0] * b[1] - b[0] * a[1] for a, b in zip(ring, [*ring[1:], ring[0]], strict=True))
    return abs(twice) / 2 * _scale(ring[0][1])


def _triangle(points: Sequence[Point], first: int, middle: int, last: int) -> float:
    (x1, y1), (x2, y2), (x3, y3) = points[first], points[middle], points[last]
    return abs((x2 - x1) * (y3 - y1) - (x3 - x1) * (y2 - y1)) / 2 * _scale(y2)


def _scale(latitude: float) -> float:
    """Return how many square kilometres a square degree has."""
    return _KM_PER_DEGREE**2 * math.cos(math.radians(latitude))
