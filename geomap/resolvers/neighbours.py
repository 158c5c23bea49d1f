"""Names that no place has, in a list with places that lie together: somewhere among these, says the map."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from statistics import fmean
from typing import Final

from geomap.gazetteer.geodesy import distance_km
from geomap.model import Mention, Place
from geomap.resolvers.relations import Relation

_LISTED: Final = frozenset({"list", "comma", "bracket"})
_TOGETHER_KM: Final = 80.0  # apart, at most, the known places of a list
_AROUND_KM: Final = 20.0  # what the circle around them grows by
_SURE: Final = 0.6  # confidence of a known place, and probability that an unknown name is one of a place
_CONFIDENCE: Final = 0.5


def place_among_neighbours(mentions: Sequence[Mention], relations: Sequence[Relation]) -> list[Mention]:
    """Return the mentions with a circle for unknown names in lists whose known places lie together."""
    placed = list(mentions)
    for chain in _find_chains(len(mentions), relations):
        known = [place for index in chain if (place := mentions[index].place) and _is_town(mentions[index])]
        if len(known) < 2 or _spread(known) > _TOGETHER_KM:
            continue
        middle = _make_middle(known)
        for index in chain:
            if mentions[index].place is None and mentions[index].probability > _SURE:
                placed[index] = _place(mentions[index], middle, known)
    return placed


def _find_chains(count: int, relations: Sequence[Relation]) -> Iterator[list[int]]:
    """Yield the indices of mentions of which each stands in one list with the next."""
    linked = {min(each.inner, each.outer) for each in relations if each.kind in _LISTED}
    chain: list[int] = []
    for index in range(count):
        chain.append(index)
        if index not in linked:
            if len(chain) > 2:
                yield chain
            chain = []


def _is_town(mention: Mention) -> bool:
    return mention.place is not None and mention.place.feature_class == "P" and mention.confidence > _SURE


def _spread(places: Sequence[Place]) -> float:
    first = places[0]
    return max(distance_km(first.latitude, first.longitude, each.latitude, each.longitude) for each in places)


def _make_middle(places: Sequence[Place]) -> Place:
    """Return the middle of places that lie together, as one that reaches beyond them."""
    is_of_one_country = len({each.country_code for each in places}) == 1
    is_of_one_unit = len({each.admin1_code for each in places}) == 1
    return Place(
        place_id=f"{places[0].place_id}@among:{places[-1].place_id}",
        name=f"near {places[0].name} and {places[-1].name}",
        latitude=round(fmean(each.latitude for each in places), 5),
        longitude=round(fmean(each.longitude for each in places), 5),
        country_code=places[0].country_code if is_of_one_country else "",
        admin1=places[0].admin1 if is_of_one_unit else "",
        admin1_code=places[0].admin1_code if is_of_one_unit else "",
        radius_km=round(_spread(places) + _AROUND_KM, 1),
    )


def _place(mention: Mention, middle: Place, known: Sequence[Place]) -> Mention:
    names = ", ".join(dict.fromkeys(each.name for each in known))
    reasons = (f"not in the gazetteer: it stands in a list with {names}, which lie together",)
    return replace(mention, place=middle, confidence=round(_CONFIDENCE * mention.probability, 4), evidence=reasons)
