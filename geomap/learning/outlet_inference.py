"""Locations of the outlets of gold reports, read off their other reports: what a user would have configured."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from typing import Final

import numpy as np

from geomap.gazetteer.geodesy import distances_km
from geomap.gazetteer.index import Gazetteer
from geomap.learning.corpora import GoldReport
from geomap.resolvers.outlet_locations import OutletLocation
from geomap.resolvers.outlet_settings import locate_outlet

_AROUND_KM: Final = 50.0
_LEAST_REPORTS: Final = 2  # others of the outlet that have to tell
_LEAST_SHARE: Final = 0.3  # of their names around the outlet: one that reports on the world has no location


def infer_outlet_locations(reports: Sequence[GoldReport], gazetteer: Gazetteer) -> list[OutletLocation | None]:
    """Return for each report the location of its outlet as its other reports show it, or None if they do not."""
    of_outlet: dict[tuple[str, str], list[int]] = defaultdict(list)
    for index, report in enumerate(reports):
        if report.report.domain:
            of_outlet[report.corpus, report.group].append(index)
    locations: list[OutletLocation | None] = [None] * len(reports)
    known: dict[tuple[float, float], OutletLocation] = {}
    for group in of_outlet.values():
        for index in group if len(group) > _LEAST_REPORTS else ():
            point = _find_centre([reports[other] for other in group if other != index])
            if point is not None:
                if point not in known:
                    known[point] = locate_outlet(*point, gazetteer.nearest(*point)[0][0], "", gazetteer)
                locations[index] = known[point]
    return locations


def _find_centre(reports: Sequence[GoldReport]) -> tuple[float, float] | None:
    """Return the point that most names lie around, or None if too few lie around any."""
    points = [
        (mark.latitude, mark.longitude)
        for report in reports
        for mark in report.gold
        if mark.latitude is not None and mark.longitude is not None
    ]
    if not points:
        return None
    latitudes, longitudes = np.array(points).T
    near = [(distances_km(*point, latitudes, longitudes) <= _AROUND_KM).mean() for point in points]
    best = int(np.argmax(near))
    return points[best] if near[best] >= _LEAST_SHARE else None
