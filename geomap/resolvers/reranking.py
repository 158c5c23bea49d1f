"""What the trees see of each candidate once the rounds of ranking have settled: its features, and how it compares."""

from __future__ import annotations

from typing import Final

import numpy as np

from geomap.resolvers.candidates import Floats, Indices
from geomap.resolvers.features import NAMES, ReportContext
from geomap.resolvers.ranking_model import SETTLED

_COMPARED: Final = [
    NAMES.index(name)
    for name in (
        "within_50", "within_150", "within_500", "country_share", "admin1_share", "importance", "country_named",
        "admin1_named", "likeness", "home_150", "home_admin1",
    )
]  # fmt: skip


def measure_candidates(
    context: ReportContext, likely: Floats, matrix: Floats, weights: Floats, asked: Indices
) -> Floats:
    """Return a row of measures for each asked candidate: the columns that the trees were trained with.

    They are its features, how far its score and the compared features fall short of the best of its name, how likely
    the last round found it, how many candidates its name has and how many names the report, the highest importance
    among them, whether it is the choice of no place, whether the outlet has a location, and how often it is mentioned.
    ``likely`` is what the last round made of all candidates, ``matrix`` their features by that.
    """
    found = context.candidates
    scores = matrix @ (weights + SETTLED)
    compared = np.concatenate([scores[:, None], matrix[:, _COMPARED]], axis=1)
    names = found.name_of[asked]
    best = np.maximum.reduceat(compared, found.starts, axis=0)[names]
    mentioned = np.array([len(group) for group in found.mentions_of])
    single = np.stack(
        [
            likely[asked],
            found.sizes[names],
            np.full(len(asked), context.count),
            found.importance[found.starts[names]],
            found.country[asked] == 0,
            np.full(len(asked), context.has_outlet_location()),
            mentioned[names],
        ],
        axis=1,
    )
    measures: Floats = np.concatenate([matrix[asked], compared[asked] - best, single], axis=1, dtype=np.float32)
    return measures
