"""Which of its places a name means where nothing but the name is known."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

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
    towns = {each.place.admin1_code: each for each in reversed(contenders) if each.place.feature_class == "P"}
    ranked = sorted(contenders, key=lambda each: _surprise(each, towns.get(each.place.admin1_code)))
    return [each.place for each in ranked]


def _surprise(contender: Contender, town: Contender | None) -> float:
    """Return how surprising that place is; ``town`` is the best known one of the name in its unit."""
    place, importance, match = contender
    surprise = _KIND_PENALTY[match.kind] - importance
    if match.kind in {"alternate", "variant", "historical"}:
        surprise += _UNLIKE_PENALTY * (1 - match.likeness)
    if place.feature_code in {"ADM1", "ADM2"} and town and importance - town.importance < _SEAT_ADVANTAGE:
        is_towns_own = town.match.likeness > _LIKE_ENOUGH or match.kind != "preferred"
        surprise += _SEAT_ADVANTAGE if is_towns_own else 0.0
    return surprise


def is_within(place: Place, container: Place) -> bool:
    """Tell whether a place lies in a country or first-level unit, by their codes."""
    if container.feature_code == "PCLI":
        return place.country_code == container.country_code
    return container.feature_code == "ADM1" and place.admin1_code == container.admin1_code
