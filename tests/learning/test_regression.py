"""Our logistic regression against scikit-learn's."""

import numpy as np
import pytest

from geomap.learning.regression import fit_logistic

sparse = pytest.importorskip("scipy.sparse")
linear_model = pytest.importorskip("sklearn.linear_model")


def test_the_coefficients_are_those_of_scikit_learn():
    source = np.random.default_rng(0)
    ones = (source.random((400, 30)) < 0.1).astype(float)
    ones[:, 7] = 0  # a column that nothing uses
    dense = source.normal(size=(400, 5)).astype(np.float32)
    labels = ones[:, 0] + dense[:, 0] + source.normal(size=400) > 0.3
    weights = source.choice([0.3, 1.0], 400)
    ours, bias = fit_logistic(sparse.csr_matrix(ones), dense, labels, weights, strength=0.3)
    both = np.hstack([ones, dense])
    theirs = linear_model.LogisticRegression(C=0.3, tol=1e-8, max_iter=1000).fit(both, labels, weights)
    assert ours[7] == 0
    assert np.abs(both @ ours + bias - theirs.decision_function(both)).max() < 0.02
