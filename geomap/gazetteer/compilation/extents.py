"""How far countries and units reach, measured on their outlines, else on the places in them, else shared out."""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final, TypeVar

import numpy as np
import numpy.typing as npt

from geomap.gazetteer.compilation.draft import Draft, DraftPlace
from geomap.gazetteer.compilation.outlines import Outline, read_outlines
from geomap.gazetteer.compilation.packages import PackageFolder
from geomap.gazetteer.geodesy import distances_km

Item = TypeVar("Item")

LEAST_PLACES: Final = 5
"""From how many places in it the extent of a unit is told."""
_MOST_OF_THEM: Final = 0.9
"""The share of the places in a unit that its extent covers: some stand in the wrong unit, or at a wrong point."""
_SAMPLE: Final = 60
_FITTING: Final = 0.5
"""The share of the places inside an outline that belong to its unit, and the other way round; else it is outdated."""
_BESIDE_KM: Final = 10.0
"""How far a place of the unit may be outside: outlines leave out small islands and details of coasts."""
_LEAST_KM: Final = 1.0


class Extent(StrEnum):
    """Where the extent of a place comes from, as the gazetteer states it."""

    OUTLINE = "extent of its outline"
    PLACES = "extent of the places in it"
    SHARE = "extent as its share of the unit above"
    UNIT = "extent of its unit"
    COURSE = "extent of its course"
    PEOPLE = "extent by its population"
    CURATED = "extent curated"
    USUAL = "extent as usual for its kind"


def set_extents(draft: Draft, packages: PackageFolder) -> None:
    """Give each country and unit its extent in km, and note where that comes from; call it when all places are there.

    The extent is the distance from the place's point to the furthest corner of its outline, or to nine tenths of the
    places in it. A unit that has neither reaches as far as an equal share of the unit above would.
    """
    members = _Members(draft)
    outlines = _find_outlines(draft, packages, members)
    for place in draft.places.values():
        outline = outlines.get(place.geonameid)
        if outline is not None and place.feature_class in "AL":
            place.radius_km, place.extent = outline.reach_km(place.latitude, place.longitude), Extent.OUTLINE
        elif _is_unit(place) and len(towns := members.towns_in(place)) >= LEAST_PLACES:
            place.radius_km, place.extent = _reach_of(place, towns), Extent.PLACES
    _share_out(draft)
    for place in draft.places.values():
        place.extent = place.extent or _usual(place)
        place.radius_km = round(max(_LEAST_KM, place.radius_km) if _is_unit(place) else place.radius_km, 1)


def _is_unit(place: DraftPlace) -> bool:
    """Tell whether a place is a unit of the first or second level, of today or of the past."""
    return place.feature_code[:4] in {"ADM1", "ADM2"}


def _find_outlines(draft: Draft, packages: PackageFolder, members: _Members) -> dict[int, Outline]:
    """Return the outlines of the draft's units and countries by GeoNames id, without those that were redrawn since."""
    outlines, found = read_outlines(packages), {}
    for place in draft.places.values():
        if place.feature_code[:4] == "PCLI" and place.country_code in outlines.countries:
            found[place.geonameid] = outlines.countries[place.country_code]
        elif place.geonameid in outlines.units and members.fit(place, outlines.units[place.geonameid]):
            found[place.geonameid] = outlines.units[place.geonameid]
    return found


@dataclass(slots=True)
class _Towns:
    """Populated places, and their points as an array of latitude and longitude."""

    places: list[DraftPlace]
    points: npt.NDArray[np.float64]


class _Members:
    """The populated places of units and of countries; villages at a unit's point say nothing."""

    def __init__(self, draft: Draft) -> None:
        by_unit: dict[str | int, list[DraftPlace]] = defaultdict(list)
        for place in draft.places.values():
            if place.feature_class == "P" and not place.is_approximate:
                units: list[str | int] = [place.admin1_code, place.admin2_id, place.country_code]
                for unit in dict.fromkeys(units):
                    by_unit[unit].append(place)
        self._by_unit = {unit: some for unit, some in by_unit.items() if unit}
        self._countries: dict[str, _Towns] = {}

    def towns_in(self, unit: DraftPlace) -> Sequence[DraftPlace]:
        """Return the populated places of a unit as the sources tell it."""
        return self._by_unit.get(unit.admin1_code if unit.feature_code == "ADM1" else unit.geonameid, ())

    def fit(self, unit: DraftPlace, outline: Outline) -> bool:
        """Tell whether the places inside an outline are those of the unit, or too few to tell."""
        own = _sample(self.towns_in(unit))
        near = (outline.distance_km(one.latitude, one.longitude) <= _BESIDE_KM for one in own)
        if len(own) >= LEAST_PLACES and _share(near) < _FITTING:
            return False
        inside = _sample(list(self._inside(unit.country_code, outline)))
        belongs = {id(one) for one in self.towns_in(unit)}
        return len(inside) < LEAST_PLACES or not belongs or _share(id(one) in belongs for one in inside) >= _FITTING

    def _inside(self, country: str, outline: Outline) -> Iterator[DraftPlace]:
        towns = self._country(country)
        corners = np.concatenate(outline.rings)
        (west, south), (east, north) = corners.min(axis=0), corners.max(axis=0)
        in_box = np.all((towns.points >= (south, west)) & (towns.points <= (north, east)), axis=1)
        for number in _sample(np.flatnonzero(in_box).tolist(), 2 * _SAMPLE):
            if outline.contains(*towns.points[number]):
                yield towns.places[number]

    def _country(self, code: str) -> _Towns:
        if code not in self._countries:
            places = self._by_unit.get(code, [])
            points = np.array([(one.latitude, one.longitude) for one in places]).reshape(-1, 2)
            self._countries[code] = _Towns(places, points)
        return self._countries[code]


def _sample(items: Sequence[Item], most: int = _SAMPLE) -> Sequence[Item]:
    """Return at most so many, spread over the whole."""
    return items[:: -(-len(items) // most)] if items else items


def _share(hits: Iterator[bool]) -> float:
    counts = Counter(hits)
    return counts[True] / counts.total()


def _reach_of(place: DraftPlace, towns: Sequence[DraftPlace]) -> float:
    latitudes, longitudes = (np.array([getattr(town, name) for town in towns]) for name in ("latitude", "longitude"))
    away = np.sort(distances_km(place.latitude, place.longitude, latitudes, longitudes))
    return float(away[math.ceil(_MOST_OF_THEM * len(away)) - 1])


def _share_out(draft: Draft) -> None:
    """Give the units without an extent an equal share of the area of the unit above."""
    countries = {one.country_code: one for one in draft.places.values() if one.feature_code == "PCLI"}
    units = {one.admin1_code: one for one in draft.places.values() if one.feature_code == "ADM1" and one.admin1_code}
    for level, above in (("ADM1", countries), ("ADM2", units)):
        rows = [one for one in draft.places.values() if one.feature_code[:4] == level]
        keys = [one.admin1_code if level == "ADM2" and one.admin1_code in units else one.country_code for one in rows]
        number = Counter(keys)
        for place, key in zip(rows, keys, strict=True):
            parent = above.get(key) or countries.get(key)
            if not place.extent and parent is not None:
                place.radius_km = min(parent.radius_km / math.sqrt(number[key]), parent.radius_km)
                place.extent = Extent.SHARE


def _usual(place: DraftPlace) -> Extent:
    if place.is_approximate:
        return Extent.UNIT
    if place.source.startswith("curated"):
        return Extent.CURATED
    return Extent.PEOPLE if place.feature_class == "P" and place.population else Extent.USUAL
