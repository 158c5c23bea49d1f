"""Boosted trees as plain arrays, evaluated for many rows at once."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Trees:
    """All nodes of all trees; a leaf is its own left and right child.

    Rows go left where their feature is at most the threshold.
    """

    roots: npt.NDArray[np.int32]
    features: npt.NDArray[np.int16]
    thresholds: Floats
    children: npt.NDArray[np.int32]
    """2 x nodes: where rows go that are above, and that are not above the threshold."""
    values: Floats
    depth: int

    def sum(self, rows: Floats) -> Floats:
        """Return for each row the sum of the values of the leaves that it reaches."""
        count = len(rows)
        where = np.tile(self.roots, (count, 1))
        flat, offsets = rows.ravel(), (np.arange(count) * rows.shape[1])[:, None]
        children, nodes = self.children.ravel(), len(self.values)
        for _ in range(self.depth):
            is_below = flat.take(offsets + self.features.take(where)) <= self.thresholds.take(where)
            where = children.take(where + is_below * nodes)
        total: Floats = self.values.take(where).sum(axis=1)
        return total

    def as_arrays(self) -> dict[str, npt.NDArray[np.generic]]:
        """Return the arrays to store, by name."""
        return {
            "tree_roots": self.roots,
            "tree_features": self.features,
            "tree_thresholds": self.thresholds,
            "tree_children": self.children,
            "tree_values": self.values,
            "tree_depth": np.array(self.depth),
        }

    @classmethod
    def from_arrays(cls, arrays: Mapping[str, Any]) -> Trees:
        """Return the trees that `as_arrays` gave."""
        return cls(
            roots=arrays["tree_roots"],
            features=arrays["tree_features"],
            thresholds=arrays["tree_thresholds"],
            children=arrays["tree_children"],
            values=arrays["tree_values"],
            depth=int(arrays["tree_depth"]),
        )
