"""Learns which spans are place names: a logistic regression on words and codes, and boosted trees on top of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from geomap.errors import MissingPackageError
from geomap.gazetteer.index import Gazetteer
from geomap.gazetteer.layout import KIND_NAMES, kind_of
from geomap.learning.boosting import export_trees
from geomap.learning.corpora import GoldReport
from geomap.learning.sentences import lend_names, split_report
from geomap.learning.word_vectors import DIMENSIONS, read_word_vectors
from geomap.recognizers.features import CODE_COUNT, POSITIONS, SpanFeatures
from geomap.recognizers.model import RecognitionModel
from geomap.recognizers.names import NameTable
from geomap.recognizers.scanning import Span, find_spans
from geomap.recognizers.vocabulary import TokenTable

STRENGTH: Final = 0.3  # how freely weights may grow (C of the regression)
RAREST: Final = 2  # a word or code counts when it was seen so often
SENTENCE_WEIGHT: Final = 0.3  # of an example from a sentence on its own
INNER_FOLDS: Final = 4
VECTOR_SCALE: Final = 2.0  # how much vectors count beside the words themselves
_WITH_VECTORS: Final = tuple(
    number for number, name in enumerate(POSITIONS) if name in {"before2", "before", "after", "after2", "first", "last"}
)
_DEMONYM: Final = KIND_NAMES.index("demonym")
_TREES: Final = {
    "max_iter": 120, "learning_rate": 0.07, "max_leaf_nodes": 16, "max_depth": 6, "min_samples_leaf": 15,
    "l2_regularization": 5.0, "max_features": 0.4, "random_state": 0, "early_stopping": False,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Examples:
    """Spans with their features (see `SpanFeatures`) and whether they are place names; ``measures`` lacks log-odds."""

    words: npt.NDArray[np.int32]
    codes: npt.NDArray[np.int32]
    measures: npt.NDArray[np.float32]
    is_place: npt.NDArray[np.bool_]
    weights: npt.NDArray[np.float32]
    corpora: npt.NDArray[np.int32]
    folds: npt.NDArray[np.int32]

    @classmethod
    def join(cls, parts: Sequence[Examples]) -> Examples:
        """Return the examples of several reports as one."""
        return cls(
            *(
                np.concatenate([getattr(part, name) for part in parts])
                for name in ("words", "codes", "measures", "is_place", "weights", "corpora", "folds")
            )
        )


class ExampleMaker:
    """Turns gold reports into examples."""

    def __init__(self, gazetteer: Gazetteer, chances: npt.NDArray[np.float32], lent: Sequence[str]) -> None:
        self._gazetteer = gazetteer
        self._chances = chances
        self._lent = lent
        known = read_word_vectors()
        self._tokens = TokenTable({word: number for number, word in enumerate(known.words, 1)}, gazetteer)
        self._names = NameTable(gazetteer)
        self._corpora: dict[str, int] = {}

    def make(self, report: GoldReport, *, marks_demonyms: bool) -> Examples | None:
        """Return the spans of a report, and those of its sentences as if each were a report of its own.

        Without the latter the model would miss clear names in short texts, as news names them again and again. The
        names in sentences are exchanged for others, so that it learns from what stands around them.
        """
        sentences = (lend_names(each, self._lent) if self._lent else each for each in split_report(report))
        parts = [
            self._make(report, 1.0, marks_demonyms),
            *(self._make(s, SENTENCE_WEIGHT, marks_demonyms) for s in sentences),
        ]
        found = [part for part in parts if part is not None]
        return Examples.join(found) if found else None

    def _make(self, report: GoldReport, weight: float, marks_demonyms: bool) -> Examples | None:
        tokens, spans = find_spans(report.report.text, self._gazetteer)
        if not spans:
            return None
        features = SpanFeatures(tokens, spans, self._tokens.rows_of(tokens), self._names.rows_of(spans))
        marked = {(mark.start, mark.end) for mark in report.gold}
        is_place = np.array([(span.start, span.end) in marked for span in spans])
        kept = is_place | (True if marks_demonyms else np.array([not _is_unclear(span, report) for span in spans]))
        count = int(kept.sum())
        corpus = self._corpora.setdefault(report.corpus, len(self._corpora))
        return Examples(
            features.words()[kept].astype(np.int32),
            features.codes()[kept].astype(np.int32),
            features.measures(self._chances, np.zeros(len(spans), dtype=np.float32))[kept],
            is_place[kept],
            np.full(count, weight, dtype=np.float32),
            np.full(count, corpus, dtype=np.int32),
            np.full(count, report.fold(INNER_FOLDS * 7) % INNER_FOLDS, dtype=np.int32),
        )


def _is_unclear(span: Span, report: GoldReport) -> bool:
    """Tell whether a corpus of another convention (wider spans, no demonyms) says nothing about a span."""
    if span.postings and kind_of(span.postings[0]) == _DEMONYM:
        return True
    return any(mark.start < span.end and span.start < mark.end for mark in report.gold)


def train_recognition(examples: Examples, chances: npt.NDArray[np.float32]) -> RecognitionModel:
    """Learn the model of the recognizer; the same examples give the same model."""
    matrix = _design(examples)
    coefficients, bias = _fit_linear(matrix, examples, np.ones(len(examples.is_place), dtype=bool))
    trees, base = _fit_trees(matrix, examples)
    known = read_word_vectors()
    words, vectors, codes, _ = np.split(coefficients, _ends(len(known.vectors)))
    word_weights = words.reshape(len(POSITIONS), -1).T.copy()
    word_weights[:, list(_WITH_VECTORS)] += VECTOR_SCALE * known.vectors @ vectors.reshape(-1, DIMENSIONS).T
    word_weights[0] = 0.0
    return RecognitionModel(
        known.words, word_weights.astype(np.float32), chances, codes.astype(np.float32), bias, trees, base
    )


def _ends(vocabulary: int) -> list[int]:
    """Return where words, vectors and codes end among the columns."""
    sizes = (len(POSITIONS) * vocabulary, len(_WITH_VECTORS) * DIMENSIONS, CODE_COUNT)
    return list(accumulate(sizes))


def _design(examples: Examples) -> Any:
    """Return the matrix of the regression: a column for each word in each position, vectors, codes, corpora."""
    try:
        from scipy.sparse import csr_matrix, hstack
    except ImportError as error:
        raise MissingPackageError("training needs scikit-learn: pip install 'geomap-reports[train]'") from error
    known = read_word_vectors()
    count, vocabulary = len(examples.is_place), len(known.vectors)
    words = examples.words + np.arange(len(POSITIONS)) * vocabulary
    vectors = VECTOR_SCALE * known.vectors[examples.words[:, list(_WITH_VECTORS)]].reshape(count, -1)
    ones = _one_hot(words, vocabulary * len(POSITIONS), csr_matrix, present=examples.words > 0)
    codes = _one_hot(examples.codes, CODE_COUNT, csr_matrix)
    corpora = _one_hot(examples.corpora[:, None], int(examples.corpora.max(initial=0)) + 1, csr_matrix)
    return hstack([ones, csr_matrix(vectors), codes, corpora]).tocsr()


def _one_hot(numbers: npt.NDArray[np.integer[Any]], size: int, matrix: Any, *, present: Any = None) -> Any:
    """Return a sparse matrix of ones; what was seen less than `RAREST` times has none."""
    kept = np.bincount(numbers.ravel(), minlength=size)[numbers] >= RAREST
    if present is not None:
        kept &= present
    ends = np.concatenate([[0], np.cumsum(kept.sum(axis=1))])
    return matrix((np.ones(int(ends[-1])), numbers[kept], ends), shape=(len(numbers), size))


def _fit_linear(
    matrix: Any, examples: Examples, chosen: npt.NDArray[np.bool_]
) -> tuple[npt.NDArray[np.float64], float]:
    from sklearn.linear_model import LogisticRegression

    fitted = LogisticRegression(C=STRENGTH, solver="liblinear", max_iter=300, random_state=0)
    fitted.fit(matrix[chosen], examples.is_place[chosen], examples.weights[chosen])
    return fitted.coef_[0], float(fitted.intercept_[0])


def _fit_trees(matrix: Any, examples: Examples) -> tuple[Any, float]:
    """Fit the trees; the log-odds they see come from regressions that had not seen the report."""
    from sklearn.ensemble import HistGradientBoostingClassifier

    odds = np.zeros(len(examples.is_place), dtype=np.float32)
    for fold in range(INNER_FOLDS):
        unseen = examples.folds == fold
        if unseen.any() and not unseen.all() and len(set(examples.is_place[~unseen].tolist())) == 2:
            coefficients, bias = _fit_linear(matrix, examples, ~unseen)
            odds[unseen] = matrix[unseen] @ coefficients + bias
    measures = np.hstack([examples.measures[:, :-1], odds[:, None]])
    fitted = HistGradientBoostingClassifier(**_TREES).fit(measures, examples.is_place, examples.weights)
    return export_trees(fitted)
