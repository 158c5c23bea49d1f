"""What was decided for the candidates of a report."""

from __future__ import annotations

from typing import NamedTuple

from geomap.resolvers.candidates import Floats


class Decision(NamedTuple):
    """Log-odds that each candidate lies within 161 km of the right place, and the features that they rest upon."""

    odds: Floats
    features: Floats
    unknown: frozenset[int]
    """The names that the text puts where no candidate lies."""
