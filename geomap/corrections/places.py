"""What corrections mean by ids and coordinates, looked up in the project's gazetteer."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from functools import cached_property
from typing import TYPE_CHECKING, Final

from geomap.corrections.correction import Correction
from geomap.corrections.reading import Problem, list_problems
from geomap.errors import ReportError
from geomap.model import Place
from geomap.text.failures import SHOWN_OF_FILE, Failures

if TYPE_CHECKING:
    from geomap.gazetteer.index import Gazetteer

_GEONAMES: Final = "geonames:"
_POINT_RADIUS_KM: Final = 1.0  # a click on a map is no more exact than that


class PlaceFinder:
    """Finds places by id; opens the gazetteer when the first one is asked for."""

    def __init__(self, open_gazetteer: Callable[[], Gazetteer]) -> None:
        self._open = open_gazetteer

    def find(self, place_id: str) -> Place | None:
        """Return the place with an id such as ``geonames:706483``, or None if the gazetteer does not have it."""
        if not place_id.startswith(_GEONAMES):
            return self._others.get(place_id) or self._gazetteer.find_village(place_id)
        number = place_id.removeprefix(_GEONAMES)
        row = self._rows.get(int(number)) if number.isdecimal() else None
        return None if row is None else self._gazetteer.place(row)

    @cached_property
    def _gazetteer(self) -> Gazetteer:
        return self._open()

    @cached_property
    def _rows(self) -> _RowsById:
        return _RowsById(self._gazetteer)

    @cached_property
    def _others(self) -> dict[str, Place]:
        """The places without a GeoNames id but villages: curated and the user's own; of two with one id the first."""
        import numpy as np

        villages = self._gazetteer.villages
        rows = np.flatnonzero(np.asarray(self._gazetteer.columns["geonameid"]) == 0).tolist()
        places = (self._gazetteer.place(row) for row in reversed(rows) if row not in villages)
        return {place.place_id: place for place in places}


class _RowsById:
    """The rows of GeoNames ids; where two layers have a place, the earlier one counts."""

    def __init__(self, gazetteer: Gazetteer) -> None:
        import numpy as np

        ids = np.asarray(gazetteer.columns["geonameid"])
        self._order = np.argsort(ids, kind="stable")
        self._ids = ids[self._order]

    def get(self, number: int) -> int | None:
        if number > 0xFFFFFFFF:
            return None
        index = int(self._ids.searchsorted(number))
        return int(self._order[index]) if index < len(self._ids) and self._ids[index] == number else None


def find_places(
    corrections: Iterable[Correction], finder: PlaceFinder
) -> tuple[tuple[Correction, ...], tuple[Problem, ...]]:
    """Return the corrections with their places, and the problems of those whose place is unknown.

    An id that the gazetteer does not have (any more) is still a place where coordinates stand beside it.
    """
    found: list[Correction] = []
    problems = Failures(SHOWN_OF_FILE)
    for each in corrections:
        place = _find_place(each, finder)
        if place is None and each.has_target and each.action != "is-not-a-place":
            reason = f"the gazetteer knows no place {each.place_id}: `geomap gazetteer find {each.name}` lists what it "
            problems.add(ReportError(f"{reason}knows; or give coordinates", line=each.line))
        else:
            found.append(replace(each, place=place))
    return tuple(found), list_problems(problems)


def _find_place(correction: Correction, finder: PlaceFinder) -> Place | None:
    if correction.action == "is-not-a-place":
        return None
    known = finder.find(correction.place_id) if correction.place_id else None
    if known is not None or correction.latitude is None or correction.longitude is None:
        return known
    return Place(
        place_id=correction.place_id or _name_point(correction.name, correction.latitude, correction.longitude),
        name=correction.name,
        latitude=correction.latitude,
        longitude=correction.longitude,
        radius_km=_POINT_RADIUS_KM,
    )


def _name_point(name: str, latitude: float, longitude: float) -> str:
    """Return the id of a place of the user's own by its name and point."""
    from geomap.gazetteer.normalisation import fold_name
    from geomap.gazetteer.overlays.own_places import make_slug

    return f"user:{make_slug(name, f'{fold_name(name)}|{latitude:.5f}|{longitude:.5f}')}"
