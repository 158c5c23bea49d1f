"""What the trees see of each candidate once the rounds of ranking have settled: its features, and how it compares."""

from __future__ import annotations

from typing import Final

import numpy as np

from geomap.resolvers.candidates import Floats
from geomap.resolvers.features import NAMES, ReportContext
from geomap.resolvers.ranking_model import SETTLED

_COMPARED: Final = [
    NAMES.index(name)
    for name in (
        "within_50", "within_150", "within_500", "country_share", "admin1_share", "importance", "country_named",
        "admin1_named", "likeness",
    )
]  # fmt: skip


def measure_candidates(context: ReportContext, likely: Floats, weights: Floats) -> Floats:
    """Return a row of measures for each candidate; ``likely`` is what the last round made of them."""
    names, count = context.candidates.name_of, context.count
    matrix = context.matrix(likely)
    scores = matrix @ (weights + SETTLED)
    sizes = np.bincount(names, minlength=count)[names]
    gaps = [value - _best(value, names, count) for value in (scores, *matrix[:, _COMPARED].T)]
    highest = _best(context.candidates.importance, names, count)
    single = [likely, sizes, np.full(len(names), count), highest, context.candidates.country == 0]
    measures: Floats = np.hstack([matrix, np.stack([*gaps, *single], axis=1)])
    return measures


def _best(values: Floats, groups: np.ndarray, count: int) -> Floats:
    """Return for each candidate the highest value among those of its name."""
    best = np.full(count, -np.inf)
    np.maximum.at(best, groups, values)
    highest: Floats = best[groups]
    return highest
