"""The embedded gazetteer as one of geopy's geocoders."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sized
from os import PathLike
from typing import Any, Final

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
        query: str | Mapping[str, str | None],
        *,
        exactly_one: bool = True,
        limit: int | None = None,
        country_codes: str | Iterable[str] | None = None,
        timeout: Any = DEFAULT_SENTINEL,  # noqa: ARG002 - geopy's callers pass it; nothing here takes long
    ) -> Location | list[Location] | None:
        """Return the place that a name or an address means, or several with ``exactly_one=False``, likeliest first.

        What stands beside a name narrows: "Paris, Texas", "Chicago, IL 60601", "Paris FR"; of an address the town is
        found. A mapping is structured as Nominatim's: ``street``, ``city``, ``county``, ``state``, ``country``,
        ``postalcode``, and ``name`` for what is no town. ``country_codes`` are ISO 3166-1 alpha-2. None where the
        gazetteer has no such place. Raises geopy's `GeocoderQueryError` for what is no query, `ValueError` for a limit
        below 1.
        """
        count = _count(exactly_one, limit)
        codes = country_codes.split(",") if isinstance(country_codes, str) else country_codes or ()
        wanted = {code.strip().upper() for code in codes}
        places = self._gazetteer.search(_write_query(query), limit=None)
        chosen = [place for place in places if not wanted or place.country_code in wanted]
        return _answer([_location(place) for place in chosen[:count]], exactly_one)

    def reverse(
        self,
        query: Point | tuple[float, float] | str,
        *,
        exactly_one: bool = True,
        limit: int | None = None,
        timeout: Any = DEFAULT_SENTINEL,  # noqa: ARG002 - as above
    ) -> Location | list[Location] | None:
        """Return the populated place nearest to a point (latitude, longitude), or several, nearest first.

        None where there is none within `FARTHEST_KM`. Raises geopy's `GeocoderQueryError` for what is no point on
        Earth, `ValueError` for a limit below 1.
        """
        count, point = _count(exactly_one, limit), _read_point(query)
        nearest = self._gazetteer.nearest(point.latitude, point.longitude, limit=count or 10)
        found = [
            _location(place, distance_km=round(distance, 3)) for place, distance in nearest if distance <= FARTHEST_KM
        ]
        return _answer(found, exactly_one)


FARTHEST_KM: Final = 100.0
"""From a point to the town that it is said to be at: four fifths of all land has one nearer; the rest is sea or desert.

The share is that of 1,500 points drawn at random on land without Greenland and Antarctica.
"""

_STREET, _POSTCODE = "street", "postalcode"
_PARTS: Final = ("name", "city", "county", "state", "country")


def _write_query(query: object) -> str:
    """Return a query as one text, a structured one with its parts from the smallest on."""
    if isinstance(query, str):
        return query
    if not isinstance(query, Mapping):
        raise GeocoderQueryError(f"{query!r} is no query: give a name as a text, or a mapping with {_list_parts()}")
    unknown = next((key for key in query if key not in {_STREET, _POSTCODE, *_PARTS}), None)
    if unknown is not None:
        raise GeocoderQueryError(f"{unknown!r} is no part of a query: take {_list_parts()}")
    odd = next((value for value in query.values() if not isinstance(value, str | None)), None)
    if odd is not None:
        raise GeocoderQueryError(f"{odd!r} is no part of a query: write it as a text")
    parts = [query[key] for key in _PARTS if (query.get(key) or "").strip()]
    has_town = any(query.get(key) for key in _PARTS[:3])
    address = [query[key] for key in (_STREET, _POSTCODE) if query.get(key) and not has_town]
    return ", ".join([*address, *parts])


def _list_parts() -> str:
    return ", ".join((_STREET, *_PARTS, _POSTCODE))


def _read_point(query: object) -> Point:
    if query is None or (isinstance(query, Sized) and not len(query)):  # geopy takes nothing for the point 0, 0
        raise GeocoderQueryError(f"{query!r} is no latitude and longitude")
    try:
        return Point(query)
    except (ValueError, TypeError) as error:
        raise GeocoderQueryError(f"{query!r} is no latitude and longitude: {error}") from error


def _count(exactly_one: bool, limit: int | None) -> int | None:
    if limit is not None and int(limit) < 1:
        raise ValueError("Limit cannot be less than 1")  # as geopy's Nominatim says it
    return 1 if exactly_one else limit and int(limit)


def _answer(found: list[Location], exactly_one: bool) -> Location | list[Location] | None:
    if not found:
        return None
    return found[0] if exactly_one else found


def _location(place: Place, **more: Any) -> Location:
    parts = dict.fromkeys(part for part in (place.name, place.admin1, place.country_code) if part)
    return Location(", ".join(parts), Point(place.latitude, place.longitude), {**place_as_json(place), **more})
