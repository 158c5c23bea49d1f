"""Boosted trees as plain arrays, evaluated for many rows at once.

As in QuickScorer (Lucchese et al. 2015): each inner node carries a mask of the leaves that stay possible when a row
goes right there; the leaf reached is the lowest bit that all masks of a tree leave. That takes a few operations on
whole arrays, where a walk down the trees takes several for each level.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float32]
MOST_LEAVES: Final = 16
ALL_LEAVES: Final = (1 << MOST_LEAVES) - 1
_ROWS_AT_ONCE: Final = 256
_BITS: Final = np.arange(1, ALL_LEAVES + 1)
_LOWEST_BIT: Final = np.append(0, np.log2(_BITS & -_BITS)).astype(np.int32)


@dataclass(frozen=True, slots=True)
class Trees:
    """The inner nodes of all trees, one tree after the other, and their leaves from left to right.

    Rows go left where their feature is at most the threshold.
    """

    starts: npt.NDArray[np.int32]
    """The first node of each tree; a tree without nodes has one that all rows pass to the left."""
    features: npt.NDArray[np.int32]
    thresholds: Floats
    masks: npt.NDArray[np.uint16]
    leaves: Floats
    """Trees x `MOST_LEAVES`."""

    def sum(self, rows: Floats) -> Floats:
        """Return for each row the sum of the values of the leaves that it reaches."""
        parts = [self._sum(rows[begin : begin + _ROWS_AT_ONCE]) for begin in range(0, len(rows), _ROWS_AT_ONCE)]
        return np.concatenate(parts) if parts else np.zeros(0, dtype=np.float32)

    def _sum(self, rows: Floats) -> Floats:
        goes_left = rows.take(self.features, axis=1) <= self.thresholds
        masks = self.masks | (-goes_left.view(np.int8)).astype(np.uint16)  # minus one has all bits
        leaves = _LOWEST_BIT.take(np.bitwise_and.reduceat(masks, self.starts, axis=1))
        leaves += np.arange(len(self.starts), dtype=np.int32) * MOST_LEAVES
        total: Floats = self.leaves.take(leaves).sum(axis=1)
        return total

    def as_arrays(self) -> dict[str, npt.NDArray[np.generic]]:
        """Return the arrays to store, by name."""
        return {
            "tree_starts": self.starts,
            "tree_features": self.features,
            "tree_thresholds": self.thresholds,
            "tree_masks": self.masks,
            "tree_leaves": self.leaves,
        }

    @classmethod
    def from_arrays(cls, arrays: Mapping[str, Any]) -> Trees:
        """Return the trees that `as_arrays` gave."""
        names = ("starts", "features", "thresholds", "masks", "leaves")
        return cls(**{name: arrays[f"tree_{name}"] for name in names})
