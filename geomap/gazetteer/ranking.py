"""Which of its places a name means where nothing but the name is known."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from geomap.gazetteer.geodesy import distance_km
from geomap.languages import ENGLISH, Language
from geomap.model import Place

# how much less likely a name means a place of which it is not the usual name, in orders of magnitude of importance
_KIND_PENALTY = {
    "preferred": 0.0,
    "alternate": 0.3,
    "abbreviation": 0.3,
    "historical": 0.4,
    "demonym": 0.5,
    "variant": 0.4,
}
_UNLIKE_PENALTY = 1.2  # on top, for an alternate name that has no letters in common with the usual one
_SEAT_ADVANTAGE = 1.6  # of a town over the unit that it is the seat of, where both have the name
_LIKE_ENOUGH = 0.5  # for an alternate name to count as the town's own
_UNIT_ADVANTAGE = 0.5  # of a first-level unit over the region around it, where both have the name as their usual one


class Match(NamedTuple):
    """One place under one name.

    ``kind`` tells what the name is to it (preferred, alternate, demonym ...), ``likeness`` how alike it is to the usual
    name, 0 to 1.
    """

    row: int
    kind: str
    likeness: float


class Contender(NamedTuple):
    """A place that a name may mean: how well known it is, and what the name is to it."""

    place: Place
    importance: float
    match: Match


def rank_places(contenders: Sequence[Contender]) -> list[Place]:
    """Return the places of a name, the likeliest in world news first; the best known come first in ``contenders``."""
    towns = [each for each in contenders if each.place.feature_class == "P"]
    units = [each for each in contenders if each.place.feature_code == "ADM1" and each.match.kind == "preferred"]
    ranked = sorted(contenders, key=lambda each: _surprise(each, _find_seat(each.place, towns), units))
    return [each.place for each in ranked]


def _find_seat(unit: Place, towns: Sequence[Contender]) -> Contender | None:
    """Return the best known of some towns in a unit, or None."""
    inside = (town for town in towns if town.place.admin1_code == unit.admin1_code)
    if unit.feature_code == "ADM2":
        return next((town for town in inside if _apart_km(unit, town.place) <= max(unit.radius_km, 25.0)), None)
    return next(inside, None)


def _surprise(contender: Contender, town: Contender | None, units: Sequence[Contender]) -> float:
    """Return how surprising it is that a name means this place.

    ``town`` is the best known one of the name in it, ``units`` those that have the name as their usual one.
    """
    place, importance, match = contender
    surprise = _KIND_PENALTY[match.kind] - importance
    if place.feature_class == "L" and any(_apart_km(place, unit.place) <= place.radius_km for unit in units):
        surprise += _UNIT_ADVANTAGE
    if match.kind in {"alternate", "variant", "historical"}:
        surprise += _UNLIKE_PENALTY * (1 - match.likeness)
    if place.feature_code in {"ADM1", "ADM2"} and town and importance - town.importance < _SEAT_ADVANTAGE:
        is_towns_own = town.match.likeness > _LIKE_ENOUGH or match.kind != "preferred"
        surprise += _SEAT_ADVANTAGE if is_towns_own else 0.0
    return surprise


def split_description(name: str, language: Language = ENGLISH) -> tuple[str, str]:
    """Return a name without the words before it that say what it is, and the container that these name.

    These are "Georgia" and "U.S." of "U.S. state of Georgia"; the container is an empty string if there is none.
    """
    match = language.units.description.match(name)
    return (match["name"], match["where"].strip()) if match else (name, "")


def narrow_places(places: Sequence[Place], containers: Sequence[Place]) -> list[Place]:
    """Return the places in containers that are countries or first-level units, or else in any container."""
    codes = [each for each in containers if each.feature_code in {"PCLI", "ADM1"}]
    others = [each for each in containers if each.feature_code not in {"PCLI", "ADM1"}]
    for choice in (codes, others):
        inside = [place for place in places if any(is_within(place, container) for container in choice)]
        if inside:
            return inside
    return []


def is_within(place: Place, container: Place) -> bool:
    """Return whether a place lies in another: in a country or first-level unit by its codes, else by distance."""
    if container.feature_code == "PCLI":
        return place.country_code == container.country_code
    if container.feature_code == "ADM1" and container.admin1_code:
        return place.admin1_code == container.admin1_code
    if place.place_id == container.place_id or place.country_code != container.country_code:
        return False
    return _apart_km(place, container) <= max(_AROUND * container.radius_km, _LEAST_AROUND_KM)


_AROUND = 1.5  # radii: what lies just outside of a town counts to it
_LEAST_AROUND_KM = 10.0


def _apart_km(one: Place, other: Place) -> float:
    return distance_km(one.latitude, one.longitude, other.latitude, other.longitude)
