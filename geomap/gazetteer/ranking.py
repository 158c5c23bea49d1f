"""Which of its places a name means where nothing but the name is known."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from geomap.gazetteer.geodesy import distance_km
from geomap.gazetteer.normalisation import fold_name, likeness
from geomap.languages import ENGLISH, Language
from geomap.model import Place

# how much less likely a name means a place of which it is not the usual name, in orders of magnitude of importance
_KIND_PENALTY = {
    "preferred": 0.0,
    "alternate": 0.5,
    "abbreviation": 0.5,
    "historical": 0.4,
    "demonym": 0.5,
    "variant": 0.4,
}
_UNLIKE_PENALTY = 0.9  # on top, for another name that has no letters in common with the usual one ...
_FOREIGN_PENALTY = 0.9  # ... and for one that English does not use
_OTHER_MARKS_PENALTY = 0.6  # of a name with accents, for places that write it otherwise
_COUNTRY_PENALTY = 2.6  # of what countries are called besides: that they are in all news speaks for their usual names
_UNKNOWN_SIZE_PENALTY = 0.5  # of first-level units of which no source tells the population
_SEAT_ADVANTAGE = 1.6  # of a town over the unit that it is the seat of, where both have the name
_LIKE_ENOUGH = 0.5  # for an alternate name to count as the town's own
_UNIT_ADVANTAGE = 0.5  # of a first-level unit over the region around it, where both have the name as their usual one
_HOME_ADVANTAGE = 0.3  # of towns in the country where English news has been written longest
_HOME = "GB"


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


def rank_places(name: str, contenders: Sequence[Contender], language: Language = ENGLISH) -> list[Place]:
    """Return the places of a name, the likeliest in world news first; the best known come first in ``contenders``."""
    towns = [each for each in contenders if each.place.feature_class == "P"]
    units = [each for each in contenders if each.place.feature_code == "ADM1" and each.match.kind == "preferred"]
    strange = {each.match.row: _strangeness(name, each, language) for each in contenders}

    def surprise(each: Contender) -> float:
        return strange[each.match.row] + _surprise(each, _find_seat(each.place, towns), units)

    return [each.place for each in sorted(contenders, key=surprise)]


def _strangeness(name: str, contender: Contender, language: Language) -> float:
    """Return how surprising it is that a place is called by this name."""
    place, _, match = contender
    is_other_way = not name.isascii() and place.name.casefold() != name.casefold()
    strangeness = _OTHER_MARKS_PENALTY if is_other_way else 0.0
    if match.kind == "preferred" or _is_short_form(name, place.name, language):
        return strangeness
    if place.feature_code == "PCLI":
        strangeness += _COUNTRY_PENALTY
    unlikeness = 1 - min(match.likeness, likeness(fold_name(name), fold_name(place.name)))
    is_foreign = match.likeness < 1 and match.kind in {"alternate", "variant", "historical"}
    return strangeness + _KIND_PENALTY[match.kind] + _UNLIKE_PENALTY * unlikeness + _FOREIGN_PENALTY * is_foreign


def _is_short_form(name: str, usual_name: str, language: Language) -> bool:
    """Return whether the usual name only says more of where the place is: "Newcastle upon Tyne"."""
    begin, folded = fold_name(name) + " ", fold_name(usual_name)
    return folded.startswith(begin) and folded.removeprefix(begin).split()[0] in language.units.lying


def _find_seat(unit: Place, towns: Sequence[Contender]) -> Contender | None:
    """Return the best known of some towns in a unit, or None."""
    inside = (town for town in towns if town.place.admin1_code == unit.admin1_code)
    if unit.feature_code == "ADM2":
        return next((town for town in inside if _apart_km(unit, town.place) <= max(unit.radius_km, 25.0)), None)
    return next(inside, None)


def _surprise(contender: Contender, town: Contender | None, units: Sequence[Contender]) -> float:
    """Return how surprising it is that news tell of this place, if its name is what they call it.

    ``town`` is the best known one of the name in it, ``units`` those that have the name as their usual one.
    """
    place, importance, match = contender
    surprise = -importance
    if place.feature_class == "P" and place.country_code == _HOME:
        surprise -= _HOME_ADVANTAGE
    if place.feature_code == "ADM1" and not place.population:
        surprise += _UNKNOWN_SIZE_PENALTY
    if place.feature_class == "L" and any(_apart_km(place, unit.place) <= place.radius_km for unit in units):
        surprise += _UNIT_ADVANTAGE
    if place.feature_code in {"ADM1", "ADM2"} and town and importance - town.importance < _SEAT_ADVANTAGE:
        is_towns_own = town.match.likeness > _LIKE_ENOUGH or match.kind != "preferred"
        surprise += _SEAT_ADVANTAGE if is_towns_own else 0.0
    return surprise


def pick_containers(name: str, contenders: Sequence[Contender], language: Language = ENGLISH) -> list[Place]:
    """Return what a name may mean that stands behind another one: units of the name, and nothing much less known."""
    strange = [_strangeness(name, each, language) for each in contenders]
    weights = [each.importance - less for each, less in zip(contenders, strange, strict=True)]
    least = max(weights) - _LESS_KNOWN
    return [
        each.place
        for each, weight in zip(contenders, weights, strict=True)
        if weight >= least or (is_unit(each.place) and each.match.kind == "preferred")
    ]


_LESS_KNOWN = 2.0  # orders of magnitude of importance


def narrow_places(places: Sequence[Place], containers: Sequence[Place]) -> list[Place]:
    """Return the places in containers that are countries or first-level units, or else in any container."""
    units = [each for each in containers if is_unit(each)]
    others = [each for each in containers if not is_unit(each)]
    for choice in (units, others):
        inside = [place for place in places if any(is_within(place, container) for container in choice)]
        if inside:
            return inside
    return []


def is_unit(place: Place) -> bool:
    """Return whether a place is a country or a first-level unit: the codes of others tell whether they are in it."""
    return place.feature_code in {"PCLI", "ADM1"}


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


def pick_towns(places: Sequence[Place]) -> list[Place]:
    """Return the towns among the places of a name, or none where the first of them is no town and has none."""
    towns = [place for place in places if place.feature_class == "P"]
    return towns if towns and (towns[0] == places[0] or is_within(towns[0], places[0])) else []
