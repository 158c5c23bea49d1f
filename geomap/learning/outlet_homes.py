"""Where the outlets of gold reports are at home, read off their other reports: what a user would have configured."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from typing import Final

import numpy as np

from geomap.gazetteer.geodesy import distances_km
from geomap.gazetteer.index import Gazetteer
from geomap.learning.corpora import GoldReport
from geomap.resolvers.home_settings import home_at
from geomap.resolvers.homes import Home

_AROUND_KM: Final = 50.0
_LEAST_REPORTS: Final = 2  # others of the outlet that have to tell
_LEAST_SHARE: Final = 0.3  # of their names around the home: an outlet that reports on the world has none


def infer_homes(reports: Sequence[GoldReport], gazetteer: Gazetteer) -> list[Home | None]:
    """Return for each report the home of its outlet as the outlet's other reports show it, None where they do not."""
    of_outlet: dict[tuple[str, str], list[int]] = defaultdict(list)
    for index, report in enumerate(reports):
        if report.report.domain:
            of_outlet[report.corpus, report.group].append(index)
    homes: list[Home | None] = [None] * len(reports)
    known: dict[tuple[float, float], Home] = {}
    for group in of_outlet.values():
        for index in group if len(group) > _LEAST_REPORTS else ():
            point = _find_centre([reports[other] for other in group if other != index])
            if point is not None:
                if point not in known:
                    known[point] = home_at(*point, gazetteer.nearest(*point)[0][0], "", gazetteer)
                homes[index] = known[point]
    return homes


def _find_centre(reports: Sequence[GoldReport]) -> tuple[float, float] | None:
    """Return the point that most names lie around."""
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
