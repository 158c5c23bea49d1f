"""Names before the country or unit that has such a place: "Paris, Texas", "Lagos Nigeria", "Athens (Georgia)"."""

from __future__ import annotations

from typing import Final, NamedTuple

import numpy as np
import numpy.typing as npt

from geomap.recognizers import names as N  # noqa: N812 -- as in the features of recognition

COLUMNS: Final = ("in_next", "in_behind_sign", "holds_before", "holds_before_sign")
_GAPS: Final = (1, 2)  # tokens from the last of a name to the first of what contains it: none, or a sign between them

Integers = npt.NDArray[np.int64]
Flags = npt.NDArray[np.bool_]


class Contained(NamedTuple):
    """Which spans lie in which."""

    flags: Flags
    """A row of `COLUMNS` for each span: whether it lies in the next one, and whether it holds the one before."""
    pairs: list[tuple[int, int]]
    """The indices of a span and of the one behind it in which it lies."""


def find_contained(first: Integers, last: Integers, known: N.Known, is_joint: Flags) -> Contained:
    """Return what lies in what stands behind it.

    ``first`` and ``last`` are tokens, ``is_joint`` tells for each token whether it is a comma or an opening bracket.
    """
    found = np.zeros((len(first), len(COLUMNS)), dtype=bool)
    pairs: list[tuple[int, int]] = []
    outer = np.flatnonzero(known.is_outer())
    order = np.argsort(last, kind="stable")
    ends = last[order]
    for side, gap in enumerate(_GAPS):
        holders = outer if gap == 1 else outer[is_joint[first[outer] - 1] & (first[outer] > 0)]
        low, high = (ends.searchsorted(first[holders] - gap, side) for side in ("left", "right"))
        counts = high - low
        holder = np.repeat(holders, counts)
        inner = order[np.repeat(low - np.cumsum(counts) + counts, counts) + np.arange(int(counts.sum()))]
        fits = known.lie_within(inner, holder)
        found[inner[fits], side] = True
        found[holder[fits], 2 + side] = True
        pairs += zip(inner[fits].tolist(), holder[fits].tolist(), strict=True)
    return Contained(found, pairs)
