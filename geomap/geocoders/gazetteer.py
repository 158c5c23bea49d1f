"""The embedded gazetteer as one of geopy's geocoders."""

from __future__ import annotations

from os import PathLike
from typing import Any

from geopy.exc import GeocoderQueryError
from geopy.geocoders.base import DEFAULT_SENTINEL, Geocoder
from geopy.location import Location
from geopy.point import Point

from geomap.config import Project, open_project
from geomap.gazetteer import open_gazetteer_of
from geomap.gazetteer.index import Gazetteer
from geomap.model import Place, place_as_json


class GazetteerGeocoder(Geocoder):  # type: ignore[misc]  # geopy has no types
    """Geocode without a network, wherever geopy's own geocoders are used: in `RateLimiter`, in pandas' ``apply``.

    ``Location.raw`` holds the place as `geomap parse` writes it: ``place_id``, ``geonameid``, ``country_code`` ...
    ``project`` (a path or a `Project`, default: the current folder's) says what was added to the gazetteer, unless a
    ``gazetteer`` is given.
    """

    def __init__(
        self,
        *,
        gazetteer: Gazetteer | None = None,
        project: Project | str | PathLike[str] | None = None,
        **options: Any,
    ) -> None:
        super().__init__(**options)
        self._gazetteer = gazetteer or open_gazetteer_of(open_project(project).overlays)

    def geocode(
        self,
        query: str | dict[str, str],
        *,
        exactly_one: bool = True,
        limit: int | None = None,
        country_codes: str | list[str] | None = None,
        timeout: Any = DEFAULT_SENTINEL,  # noqa: ARG002 - geopy's callers pass it; nothing here takes long
    ) -> Location | list[Location] | None:
        """Return the place that a name means, or several with ``exactly_one=False``, the likeliest first.

        "Paris, Texas" narrows by what comes after the comma; a dict has ``name`` or ``city`` and what contains it
        (``state``, ``country``). ``country_codes`` are ISO 3166-1 alpha-2. None where the gazetteer has no such name.
        """
        name = query if isinstance(query, str) else ", ".join(query[key] for key in _PARTS if query.get(key))
        if not name.strip():
            return None
        wanted = {code.upper() for code in ([country_codes] if isinstance(country_codes, str) else country_codes or ())}
        places = self._gazetteer.search(name, limit=None)
        chosen = [place for place in places if not wanted or place.country_code in wanted]
        return _answer([_location(place) for place in chosen[: _count(exactly_one, limit)]], exactly_one)

    def reverse(
        self,
        query: Point | tuple[float, float] | str,
        *,
        exactly_one: bool = True,
        limit: int | None = None,
        timeout: Any = DEFAULT_SENTINEL,  # noqa: ARG002 - as above
    ) -> Location | list[Location] | None:
        """Return the populated place nearest to a point (latitude, longitude), or several, nearest first.

        Raises geopy's `GeocoderQueryError` for what is no point on Earth.
        """
        try:
            point = query if isinstance(query, Point) else Point(query)
        except (ValueError, TypeError) as error:
            raise GeocoderQueryError(f"{query!r} is no latitude and longitude: {error}") from error
        nearest = self._gazetteer.nearest(point.latitude, point.longitude, limit=_count(exactly_one, limit) or 10)
        found = [_location(place, distance_km=round(distance, 3)) for place, distance in nearest]
        return _answer(found, exactly_one)


_PARTS = ("name", "city", "county", "state", "country")


def _count(exactly_one: bool, limit: int | None) -> int | None:
    return 1 if exactly_one else limit


def _answer(found: list[Location], exactly_one: bool) -> Location | list[Location] | None:
    if not found:
        return None
    return found[0] if exactly_one else found


def _location(place: Place, **more: Any) -> Location:
    parts = dict.fromkeys(part for part in (place.name, place.admin1, place.country_code) if part)
    return Location(", ".join(parts), Point(place.latitude, place.longitude), {**place_as_json(place), **more})
