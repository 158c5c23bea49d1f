"""The courses of rivers, ranges, coasts and seas: a line, and how far the feature reaches to both sides of it.

A circle round one point says little of a river: it would cover provinces that the river never sees.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Final, NamedTuple

import numpy as np

from geomap.gazetteer.container import Container
from geomap.gazetteer.geodesy import distances_km, find_point

_UNIT: Final = 1000  # of a degree
_STEP_KM: Final = 10.0
_ROUND: Final = 6  # points of the half circle at each end


class Course(NamedTuple):
    """A line of points (latitude, longitude, in degrees), and how far the feature reaches from it."""

    points: tuple[tuple[float, float], ...]
    width_km: float

    def distance_km(self, latitude: float, longitude: float) -> float:
        """Return how far a point is from the feature, 0 within its width."""
        line = np.array(list(self._walk()))
        return max(0.0, float(distances_km(latitude, longitude, line[:, 0], line[:, 1]).min()) - self.width_km)

    def reach_km(self, latitude: float, longitude: float) -> float:
        """Return how far the feature reaches from a point."""
        line = np.array(self.points)
        return float(distances_km(latitude, longitude, line[:, 0], line[:, 1]).max()) + self.width_km

    def draw(self) -> list[tuple[float, float]]:
        """Return the ring round the feature, as longitudes and latitudes; longitudes may go beyond 180 degrees."""
        points = list(_unroll(self.points))
        bearings = [_bearing(one, other) for one, other in pairwise(points)]
        turns = [bearings[0], *(_between(one, other) for one, other in pairwise(bearings)), bearings[-1]]
        left = [_move(point, self.width_km, turn - 90) for point, turn in zip(points, turns, strict=True)]
        right = [_move(point, self.width_km, turn + 90) for point, turn in zip(points, turns, strict=True)]
        ends = [_move(points[-1], self.width_km, bearings[-1] - 90 + 180 * each / _ROUND) for each in range(1, _ROUND)]
        starts = [_move(points[0], self.width_km, bearings[0] + 90 + 180 * each / _ROUND) for each in range(1, _ROUND)]
        ring = [*left, *ends, *reversed(right), *starts]
        return [*ring, ring[0]]

    def _walk(self) -> Iterator[tuple[float, float]]:
        """Yield points of the line that are close to each other."""
        points = list(_unroll(self.points))
        yield points[0]
        for (latitude, longitude), (to_latitude, to_longitude) in pairwise(points):
            away = distances_km(latitude, longitude, np.array([to_latitude]), np.array([to_longitude]))[0]
            steps = max(1, math.ceil(away / _STEP_KM))
            for step in range(1, steps + 1):
                share = step / steps
                yield latitude + share * (to_latitude - latitude), longitude + share * (to_longitude - longitude)


def _unroll(points: Sequence[tuple[float, float]]) -> Iterator[tuple[float, float]]:
    """Yield the points without jumps from 180 to -180 degrees."""
    before = points[0][1]
    for latitude, longitude in points:
        before = longitude + 360 * round((before - longitude) / 360)
        yield latitude, before


def _bearing(one: tuple[float, float], other: tuple[float, float]) -> float:
    """Return the direction on a map that is true to angles, in degrees from north."""
    east = (other[1] - one[1]) * math.cos(math.radians((one[0] + other[0]) / 2))
    return math.degrees(math.atan2(east, other[0] - one[0]))


def _between(one: float, other: float) -> float:
    """Return the direction in the middle of two."""
    return one + ((other - one + 180) % 360 - 180) / 2


def _move(point: tuple[float, float], kilometres: float, bearing: float) -> tuple[float, float]:
    """Return the longitude and latitude of a point beside another, on the same turn of the globe."""
    latitude, longitude = find_point(*point, kilometres=kilometres, bearing=bearing)
    return longitude + 360 * round((point[1] - longitude) / 360), latitude


def read_courses(container: Container) -> Iterator[tuple[int, Course]]:
    """Yield the courses of a compiled file by row; overlays have none."""
    if "course_rows" not in container:
        return
    kinds = {"course_rows": "<u4", "course_ends": "<u4", "course_widths": "<u2", "course_points": "<i4"}
    rows, ends, widths, points = (np.frombuffer(container.section(name), kind) for name, kind in kinds.items())
    pairs = (points.reshape(-1, 2) / _UNIT).tolist()
    begin = 0
    for row, end, width in zip(rows.tolist(), ends.tolist(), widths.tolist(), strict=True):
        yield row, Course(tuple((latitude, longitude) for latitude, longitude in pairs[begin:end]), float(width))
        begin = end


def pack_courses(courses: Sequence[tuple[int, Course]]) -> dict[str, bytes]:
    """Return the sections of courses, by rising row."""
    points = [point for _, course in courses for point in course.points]
    return {
        "course_rows": np.array([row for row, _ in courses], "<u4").tobytes(),
        "course_ends": np.cumsum([len(course.points) for _, course in courses], dtype="<u4").tobytes(),
        "course_widths": np.array([round(course.width_km) for _, course in courses], "<u2").tobytes(),
        "course_points": np.round(np.array(points).reshape(-1, 2) * _UNIT).astype("<i4").tobytes(),
    }
