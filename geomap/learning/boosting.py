"""From trees as scikit-learn has them to plain arrays."""

from __future__ import annotations

from typing import Any

import numpy as np

from geomap.trees import Trees


def export_trees(fitted: Any) -> tuple[Trees, float]:
    """Return the trees of a fitted `HistGradientBoostingClassifier` of two classes, and where their sum starts.

    There are no missing values among the measures, so where those would go is left out.
    """
    features: list[int] = []
    thresholds: list[float] = []
    above: list[int] = []
    below: list[int] = []
    values: list[float] = []
    roots: list[int] = []
    depth = 0
    for (predictor,) in fitted._predictors:
        offset = len(values)
        roots.append(offset)
        for number, node in enumerate(predictor.nodes):
            is_leaf = bool(node["is_leaf"])
            features.append(0 if is_leaf else int(node["feature_idx"]))
            thresholds.append(0.0 if is_leaf else float(node["num_threshold"]))
            below.append(offset + (number if is_leaf else int(node["left"])))
            above.append(offset + (number if is_leaf else int(node["right"])))
            values.append(float(node["value"]) if is_leaf else 0.0)
            depth = max(depth, int(node["depth"]))
    trees = Trees(
        np.array(roots, dtype=np.int32),
        np.array(features, dtype=np.int16),
        np.array(thresholds, dtype=np.float32),
        np.array([above, below], dtype=np.int32),
        np.array(values, dtype=np.float32),
        depth,
    )
    return trees, float(fitted._baseline_prediction.ravel()[0])
