"""How far figures would move if other reports of the same kind had been judged: the bootstrap over reports."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final

import numpy as np

from geomap.learning.scoring import COUNTS, Score, ratios_of

RESAMPLES: Final = 2000
LEVEL: Final = 0.95
_SEED: Final = 1

Interval = tuple[float, float]


def intervals_of(scores: Sequence[Score]) -> dict[str, Interval]:
    """Return for each ratio of `ratios_of` its confidence interval at `LEVEL`.

    There is a score for each report; whole reports are drawn with replacement (percentile bootstrap).
    """
    counts = [score.counts() for score in scores]
    return resample(counts, lambda totals: ratios_of(dict(zip(COUNTS, totals.T, strict=True))))


def resample(
    counts: Sequence[Sequence[int]], figures: Callable[[Any], Mapping[str, Any]], *, seed: int = _SEED
) -> dict[str, Interval]:
    """Return the intervals of figures that are made of totals; ``counts`` has a row for each report.

    ``figures`` gets an array of totals with a row for each of `RESAMPLES` draws; the same counts give the same result.
    """
    if not counts:
        return {}
    table = np.array(counts, dtype=np.int64)
    draws = np.random.default_rng(seed).multinomial(len(table), np.full(len(table), 1 / len(table)), RESAMPLES)
    tail = (1 - LEVEL) / 2
    bounds = {name: np.quantile(values, [tail, 1 - tail]) for name, values in figures(draws @ table).items()}
    return {name: (float(low), float(high)) for name, (low, high) in bounds.items()}
