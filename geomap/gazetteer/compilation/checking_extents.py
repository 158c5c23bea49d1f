"""Whether the compiled gazetteer's units reach as far as their outlines, and where their extents come from."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Final

from geomap.gazetteer.compilation.extents import LEAST_PLACES, Extent
from geomap.gazetteer.compilation.outlines import Outline, Outlines, read_outlines
from geomap.gazetteer.compilation.packages import PackageFolder
from geomap.gazetteer.index import Gazetteer
from geomap.gazetteer.layout import AT_UNIT
from geomap.model import Place

_DIFFERENCE: Final = 0.1
"""By what share an extent may differ from its outline's."""
_OUTSIDE_KM: Final = 30.0
_OF_ITS_REACH: Final = 0.9
"""How far the point of a unit may lie outside of its outline: in the middle of islands, or on one that is left out."""


def count_extents(gazetteer: Gazetteer) -> dict[str, Counter[str]]:
    """Return for countries, and units of both levels, how many have their extent from where."""
    counts: dict[str, Counter[str]] = {}
    for row, place in _units(gazetteer):
        counts.setdefault(place.feature_code, Counter())[_extent_of(row, gazetteer)] += 1
    return counts


def check_extents(packages: PackageFolder, gazetteer: Gazetteer) -> Iterator[str]:
    """Yield a line for each unit whose extent or point is not its outline's, or that could have a better extent."""
    outlines = read_outlines(packages)
    populated = _Populated(gazetteer)
    for row, place in _units(gazetteer):
        extent, outline = _extent_of(row, gazetteer), _outline_of(place, outlines)
        if extent == Extent.OUTLINE:
            yield from _compare(place, outline)
        elif extent != Extent.PLACES and place.feature_code in {"ADM1", "ADM2"}:
            known = populated.count(row, place)
            if known >= LEAST_PLACES and place.admin1_code:
                yield f"{_title(place)} has {known} places, and its {extent}"


def _units(gazetteer: Gazetteer) -> Iterator[tuple[int, Place]]:
    for row in gazetteer.rows_with_feature("A.ADM1", "A.ADM2", "A.PCLI").tolist():
        yield row, gazetteer.place(row)


def _extent_of(row: int, gazetteer: Gazetteer) -> str:
    return next((part for part in gazetteer.origin(row).split("; ") if part.startswith("extent")), "")


def _outline_of(place: Place, outlines: Outlines) -> Outline | None:
    if place.feature_code.startswith("PCLI") and place.country_code in outlines.countries:
        return outlines.countries[place.country_code]
    return outlines.units.get(place.geonameid or 0)


def _compare(place: Place, outline: Outline | None) -> Iterator[str]:
    if outline is None:
        yield f"{_title(place)} is said to have an outline, and has none"
        return
    reach = outline.reach_km(place.latitude, place.longitude)
    if abs(place.radius_km - reach) > max(1.0, _DIFFERENCE * reach):
        yield f"{_title(place)} reaches {place.radius_km:.0f} km, and its outline {reach:.0f}"
    outside = outline.distance_km(place.latitude, place.longitude)
    if outside > max(_OUTSIDE_KM, _OF_ITS_REACH * reach):
        yield f"{_title(place)} has its point {outside:.0f} km outside of its outline"


def _title(place: Place) -> str:
    return f"{place.place_id}, {place.qualified_name}"


class _Populated:
    """How many populated places that stand at their own point lie in units."""

    def __init__(self, gazetteer: Gazetteer) -> None:
        self._first: Counter[str] = Counter()
        self._second: Counter[int] = Counter()
        codes, origins, columns = gazetteer.meta["admin1"], gazetteer.meta["origins"], gazetteer.columns
        for row in gazetteer.rows_with_feature("P.").tolist():
            if not origins[columns["origin"][row]].endswith(AT_UNIT):
                self._first[codes[columns["admin1"][row]]] += 1
                self._second[gazetteer.second_level(row) or 0] += 1

    def count(self, row: int, place: Place) -> int:
        return self._first[place.admin1_code] if place.feature_code == "ADM1" else self._second[row]
