"""Outlet locations: where a report's outlet is at home, as far as that is known."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt


@dataclass(frozen=True, slots=True)
class OutletLocation:
    """What is known of an outlet's location: a folded ``name`` that may mean several places, or a ``point``.

    ``country`` and ``admin1`` are the gazetteer's numbers, 0 where unknown; ``point`` is a unit vector,
    ``label`` the name that people use.
    """

    name: str = ""
    country: int = 0
    point: npt.NDArray[np.float32] | None = None
    admin1: int = 0
    label: str = ""


NO_LOCATION: Final = OutletLocation()
