"""From trees as scikit-learn has them to plain arrays."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from geomap.models.trees import ALL_LEAVES, MOST_LEAVES, Trees


class _Exporter:
    """Collects the nodes and leaves of trees."""

    def __init__(self) -> None:
        self.starts: list[int] = []
        self.features: list[int] = []
        self.thresholds: list[float] = []
        self.masks: list[int] = []
        self.leaves: list[list[float]] = []

    def add(self, nodes: Any) -> None:
        """Add a tree, given by its nodes with the root first."""
        self.starts.append(len(self.masks))
        self.leaves.append([])
        self._add_below(nodes, 0)
        if self.starts[-1] == len(self.masks):
            self._add_node(0, np.inf, ALL_LEAVES)
        self.leaves[-1] += [0.0] * (MOST_LEAVES - len(self.leaves[-1]))

    def _add_below(self, nodes: Any, number: int) -> None:
        node, leaves = nodes[number], self.leaves[-1]
        if node["is_leaf"]:
            leaves.append(float(node["value"]))
            return
        first = len(leaves)
        self._add_below(nodes, int(node["left"]))
        gone = (1 << len(leaves)) - (1 << first)
        self._add_node(int(node["feature_idx"]), float(node["num_threshold"]), ALL_LEAVES & ~gone)
        self._add_below(nodes, int(node["right"]))

    def _add_node(self, feature: int, threshold: float, mask: int) -> None:
        self.features.append(feature)
        self.thresholds.append(threshold)
        self.masks.append(mask)


def export_trees(forests: Sequence[Any]) -> tuple[Trees, float]:
    """Return the mean of fitted `HistGradientBoostingClassifier`s of two classes as trees, and the base of their sum.

    Measures are never missing, so the branches for missing values are left out.
    """
    exporter = _Exporter()
    for forest in forests:
        for (predictor,) in forest._predictors:
            exporter.add(predictor.nodes)
    trees = Trees(
        np.array(exporter.starts, dtype=np.int32),
        np.array(exporter.features, dtype=np.int32),
        np.array(exporter.thresholds, dtype=np.float32),
        np.array(exporter.masks, dtype=np.uint16),
        (np.array(exporter.leaves) / len(forests)).astype(np.float32),
    )
    return trees, float(np.mean([forest._baseline_prediction for forest in forests]))
