"""Outlines of countries and units, with what can be measured on them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from functools import cache, cached_property
from typing import Final, NamedTuple

import numpy as np
import numpy.typing as npt

from geomap.gazetteer.compilation.packages import PackageFolder
from geomap.gazetteer.compilation.polygons import Counties, group_units, join_arcs, read_units
from geomap.gazetteer.compilation.polygons import Ring as Corners
from geomap.gazetteer.compilation.subdivisions import read_subdivisions
from geomap.gazetteer.geodesy import distances_km

Ring = npt.NDArray[np.float64]
"""Corners as rows of longitude and latitude in degrees, the first again at the end."""

_MAIN_PART: Final = 0.05
"""An island or exclave belongs to the body of a unit from this share of the largest part's area on ..."""
_TOUCH: Final = 0.1  # degrees between the boxes of neighbours
_BODY_LENGTHS: Final = 1.0
"""... if it is no further away than the largest part is long: Alaska, but neither French Guiana nor the Azores."""


class Outline:
    """The rings of one country or unit."""

    def __init__(self, rings: Iterable[Corners]) -> None:
        self.rings: list[Ring] = [np.array(ring, dtype=np.float64) for ring in rings]

    def contains(self, latitude: float, longitude: float) -> bool:
        """Tell whether a point lies inside."""
        return sum(_crosses(ring, latitude, longitude) for ring in self.rings) % 2 == 1

    def distance_km(self, latitude: float, longitude: float) -> float:
        """Return how far a point is from the outline, 0 inside of it; measured to its corners."""
        if self.contains(latitude, longitude):
            return 0.0
        corners = np.concatenate(self.rings)
        return float(distances_km(latitude, longitude, corners[:, 1], corners[:, 0]).min())

    def reach_km(self, latitude: float, longitude: float) -> float:
        """Return how far the body reaches from a point, to its furthest corner, without distant parts of the unit."""
        return max(float(distances_km(latitude, longitude, ring[:, 1], ring[:, 0]).max()) for ring in self.body)

    @cached_property
    def body(self) -> list[Ring]:
        """The rings of the largest part, and of the others that are large enough and near."""
        parts = _join_neighbours(self.rings)
        areas = [sum(map(_area, part)) for part in parts]
        largest = np.concatenate(parts[int(np.argmax(areas))])
        middle = (largest.min(axis=0) + largest.max(axis=0)) / 2
        most = distances_km(middle[1], middle[0], largest[:, 1], largest[:, 0]).max() * (1 + 2 * _BODY_LENGTHS)
        return [
            ring
            for part, area in zip(parts, areas, strict=True)
            if area >= _MAIN_PART * max(areas)
            and min(distances_km(middle[1], middle[0], ring[:, 1], ring[:, 0]).min() for ring in part) <= most
            for ring in part
        ]


def _join_neighbours(rings: Sequence[Ring]) -> list[list[Ring]]:
    """Return the rings in groups of those whose boxes touch: units of one mainland, and islands close to it."""
    boxes = np.array([(*ring.min(axis=0), *ring.max(axis=0)) for ring in rings])
    left = list(range(len(rings)))
    parts = []
    while left:
        part, new = [], [left.pop(0)]
        while new:
            part.append(one := new.pop())
            west, south, east, north = boxes[one] + (-_TOUCH, -_TOUCH, _TOUCH, _TOUCH)
            other = boxes[left]
            touches = (other[:, 0] <= east) & (other[:, 2] >= west) & (other[:, 1] <= north) & (other[:, 3] >= south)
            new += [number for number, is_near in zip(left, touches, strict=True) if is_near]
            left = [number for number, is_near in zip(left, touches, strict=True) if not is_near]
        parts.append([rings[number] for number in sorted(part)])
    return parts


def _area(ring: Ring) -> float:
    """Return the area of a ring on the sphere, up to a factor."""
    x, y = np.radians(ring[:, 0]), np.sin(np.radians(ring[:, 1]))
    return abs(float(np.sum(np.diff(x) * (y[:-1] + y[1:])))) / 2


def _crosses(ring: Ring, latitude: float, longitude: float) -> int:
    """Return how often a ray to the east crosses a ring."""
    if not ring[:, 1].min() <= latitude <= ring[:, 1].max() or longitude > ring[:, 0].max():
        return 0
    x, y = ring[:-1, 0], ring[:-1, 1]
    next_x, next_y = ring[1:, 0], ring[1:, 1]
    straddles = (y > latitude) != (next_y > latitude)
    at = x[straddles] + (latitude - y[straddles]) * (next_x - x)[straddles] / (next_y - y)[straddles]
    return int((at > longitude).sum())


class Outlines(NamedTuple):
    """Outlines by GeoNames id and, of countries as made of their units, by code.

    ``labels`` are latitude and longitude of the points where maps write the names of units, by GeoNames id.
    For Natural Earth, where they come from, some units stand that were redrawn since.
    """

    units: dict[int, Outline]
    countries: dict[str, Outline]
    labels: dict[int, tuple[float, float]]

    def label(self, geonameid: int) -> tuple[float, float] | None:
        """Return the point that stands for a unit, or None where there is no outline of it."""
        if geonameid in self.labels or geonameid not in self.units:
            return self.labels.get(geonameid)
        largest = max(self.units[geonameid].rings, key=_area)
        longitude, latitude = (largest.min(axis=0) + largest.max(axis=0)) / 2
        return round(float(latitude), 5), round(float(longitude), 5)


@cache
def read_outlines(packages: PackageFolder) -> Outlines:
    """Return the outlines of first-level units, of counties of the United States, and of countries."""
    units = read_units(packages)
    by_key = {unit.key: unit for unit in units}
    rings = {
        int(key): [ring for each in keys for ring in by_key[each].rings] for key, keys in group_units(units).items()
    }
    counties = Counties(packages)
    rings |= {int(key): [join_arcs(counties.arcs, arcs) for arcs in shape] for key, shape in counties.shapes.items()}
    countries: dict[str, list[Corners]] = defaultdict(list)
    first = (row for row in read_subdivisions(packages) if row.level == "1" and row.geonameid)
    codes = {int(row.geonameid): row.code[:2] for row in first}
    for unit in units:
        countries[codes.get(unit.geonameid) or unit.country].extend(unit.rings)
    return Outlines(
        {geonameid: Outline(some) for geonameid, some in rings.items()},
        {code: Outline(some) for code, some in countries.items()},
        {unit.geonameid: unit.label for unit in units if unit.geonameid > 0},
    )
