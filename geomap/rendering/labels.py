"""The names that a map carries for orientation, taken from the gazetteer: countries, waters, regions, cities."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

import numpy as np

from geomap.model import Place

if TYPE_CHECKING:
    from geomap.gazetteer.index import Gazetteer

LabelKind = Literal["country", "region", "city", "water"]

CITIES = 3_000
"""How many cities: enough that every part of the world has some when one zooms in; they cost about 60 KB of the map."""

WATERS = 300

REGIONS = 900
"""How many first-level regions, the best known: they appear when one zooms in."""

_WATER_CODES = frozenset({"OCN", "SEA", "GULF", "BAY", "STRT", "CHN", "LK", "LKS"})


@dataclass(frozen=True, slots=True)
class Label:
    """A name on the base map; where names collide the one with the higher ``rank`` stays.

    Latitude and longitude are WGS 84 degrees. ``rank`` is a population (for water: comparable weight); it also
    decides from which zoom on the name appears.
    """

    name: str
    latitude: float
    longitude: float
    rank: int = 0
    kind: LabelKind = "city"


def collect_labels(gazetteer: Gazetteer) -> list[Label]:
    """Return the labels, kind by kind, the best known first."""
    kinds = [_find_kind(feature) for feature in gazetteer.meta["features"]]
    limits: dict[LabelKind, int | None] = {
        "country": None,
        "water": WATERS,
        "region": REGIONS,
        "city": CITIES,
    }
    return [
        _make_label(gazetteer.place(row), kind, gazetteer.importance(row))
        for kind, limit in limits.items()
        for row in _find_rows(gazetteer, [number for number, each in enumerate(kinds) if each == kind])[:limit]
    ]


def _find_rows(gazetteer: Gazetteer, features: Sequence[int]) -> list[int]:
    rows: list[int] = np.flatnonzero(np.isin(gazetteer.columns["feature"], features)).tolist()
    return rows


def _find_kind(feature: str) -> LabelKind | None:
    feature_class, _, code = feature.partition(".")
    if feature_class == "A" and code.startswith("PCL") and code != "PCLH":  # none of the past
        return "country"
    if feature == "A.ADM1":
        return "region"
    if feature_class == "H" and code in _WATER_CODES:
        return "water"
    return "city" if feature_class == "P" else None


def _make_label(place: Place, kind: LabelKind, importance: float) -> Label:
    # waters rank by their size, so that the oceans come first and no loch stands on the map of the world
    rank = round(place.radius_km**2 * 100) if kind == "water" else place.population or round(10**importance)
    return Label(place.name, place.latitude, place.longitude, rank, kind)
