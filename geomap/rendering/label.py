"""Names that the offline base map carries for orientation."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

LabelKind = Literal["country", "region", "city", "water"]


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
