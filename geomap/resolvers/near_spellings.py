"""Names that no place has, looked up by near spelling where the text puts them: "Maradl, in southern Niger"."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from geomap.gazetteer.index import Gazetteer
from geomap.gazetteer.normalisation import fold_name
from geomap.model import Mention, Place
from geomap.resolvers.relations import PLACING, Relation

_CONTAINERS: Final = frozenset({"PCLI", "ADM1"})
_SURE: Final = 0.5  # confidence of a container
_CONFIDENCE: Final = 0.6  # of a place whose name differs by a letter or two, in a container that the text names
_ASKED: Final = 3  # places of nearly that name among which a town is taken before its district
_LIKELY: Final = 0.75  # probability that the span is a place name


def place_misspelt(mentions: Sequence[Mention], relations: Sequence[Relation], gazetteer: Gazetteer) -> list[Mention]:
    """Return the mentions with a place for names without one that are nearly those of places in their container.

    That is where the text puts a name, or the only first-level unit that the report names.
    """
    outer = {relation.inner: mentions[relation.outer].place for relation in relations if relation.kind in PLACING}
    units = {mention.place.place_id: mention.place for mention in mentions if mention.place and _is_unit(mention)}
    only = next(iter(units.values())) if len(units) == 1 else None
    return [
        _place(mention, outer.get(index) or only, gazetteer) if _is_unknown(mention, gazetteer) else mention
        for index, mention in enumerate(mentions)
    ]


def _is_unit(mention: Mention) -> bool:
    return mention.place is not None and mention.place.feature_code == "ADM1" and mention.confidence > _SURE


def _is_unknown(mention: Mention, gazetteer: Gazetteer) -> bool:
    if mention.place is not None or mention.kind != "place" or mention.probability < _LIKELY:
        return False
    return fold_name(mention.text) not in gazetteer.names  # a known name that means no place here is not misspelt


def _place(mention: Mention, container: Place | None, gazetteer: Gazetteer) -> Mention:
    if container is None or container.feature_code not in _CONTAINERS:
        return mention
    admin1_code = container.admin1_code if container.feature_code == "ADM1" else ""
    found = gazetteer.find_near(mention.text, country_code=container.country_code, admin1_code=admin1_code)
    if not found:
        return mention
    places = [gazetteer.place(match.row) for match in found[:_ASKED]]
    place = next((each for each in places if each.feature_class == "P"), places[0])
    reasons = (f"spelled nearly like {place.name}, in {container.name}, which is named in the report",)
    return replace(mention, place=place, confidence=round(_CONFIDENCE * mention.probability, 4), evidence=reasons)
