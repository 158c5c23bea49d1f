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
from geomap.languages import ENGLISH
from geomap.learning.boosting import export_trees
from geomap.learning.corpora import GoldReport
from geomap.learning.regression import EXACT, ROUGH, fit_logistic
from geomap.learning.sentences import lend_names, recase_some, split_report
from geomap.learning.synthetic_sentences import CORPUS as SENTENCES
from geomap.learning.word_vectors import DIMENSIONS, read_word_vectors
from geomap.models.trees import Trees
from geomap.recognizers.casing import Caser
from geomap.recognizers.features import POSITIONS, SpanFeatures, code_offsets
from geomap.recognizers.model import SETS, RecognitionModel
from geomap.recognizers.names import NameTable
from geomap.recognizers.scanning import Scanner
from geomap.recognizers.spans import Span
from geomap.recognizers.surroundings import Sites, relate_spans
from geomap.recognizers.tokens import split_tokens
from geomap.recognizers.vocabulary import TokenTable
from geomap.system.installing import install_command

STRENGTH: Final = 0.3  # how freely weights may grow (C of the regression)
RAREST: Final = 2  # a word or code counts when it was seen so often
SENTENCE_WEIGHT: Final = 0.2  # of an example from a sentence on its own
VARIED_WEIGHT: Final = 1.2  # of an example from a report that was written to teach
SYNTHETIC: Final = 0  # the number of the corpus of synthetic sentences
SYNTHETIC_WEIGHT: Final = 0.6  # of an example from a synthetic sentence, for the trees
# what synthetic sentences count for the weights of corpora, and corpora for theirs
SYNTHETIC_IN_CORPORA: Final = 0.03
CORPORA_IN_SYNTHETIC: Final = 0.1
INNER_FOLDS: Final = 4
VECTOR_SCALE: Final = 2.0  # how much vectors count beside the words themselves
_WITH_VECTORS: Final = tuple(number for number, name in enumerate(POSITIONS) if name not in {"run_end", "unknown"})
FORESTS: Final = 2  # whose mean decides, which is steadier than one of twice the size
_DEMONYM: Final = KIND_NAMES.index("demonym")
_TREES: Final = {
    "max_iter": 120, "learning_rate": 0.1, "max_leaf_nodes": 16, "max_depth": 6, "min_samples_leaf": 15,
    "l2_regularization": 5.0, "max_features": 0.4, "early_stopping": False,
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
    sites: tuple[Sites, ...]
    """Of the reports, one after the other."""

    @classmethod
    def join(cls, parts: Sequence[Examples]) -> Examples:
        """Return the examples of several reports as one."""
        names = ("words", "codes", "measures", "is_place", "weights", "corpora", "folds")
        arrays = {name: np.concatenate([getattr(part, name) for part in parts]) for name in names}
        return cls(**arrays, sites=tuple(sites for part in parts for sites in part.sites))


class ExampleMaker:
    """Turns gold reports into examples."""

    def __init__(self, gazetteer: Gazetteer, chances: npt.NDArray[np.float32], lent: Sequence[str]) -> None:
        self._chances = chances
        self._lent = lent
        known = read_word_vectors()
        self._tokens = TokenTable({word: number for number, word in enumerate(known.words, 1)}, gazetteer)
        self._recase = Caser(gazetteer).recase
        self._scanner = Scanner(gazetteer)
        self._names = NameTable(gazetteer)
        self._corpora = {SENTENCES: SYNTHETIC}

    def make(self, report: GoldReport, *, marks_demonyms: bool) -> Examples | None:
        """Return the spans of a report, and those of its sentences as if each were a report of its own.

        News repeats its names, so without the sentences the model would miss clear names in short texts. Names in
        sentences are exchanged for others, so that the model learns from the words around them; but not in reports that
        were written to teach, whose names hardly come twice.
        """
        is_varied = any(mark.usage for mark in report.gold)
        weight = VARIED_WEIGHT if is_varied else 1.0
        sentences = [each if is_varied else lend_names(each, self._lent) for each in split_report(report)]
        parts = [
            self._make(report, weight, marks_demonyms=marks_demonyms),
            *(
                self._make(each, weight * SENTENCE_WEIGHT, marks_demonyms=marks_demonyms)
                for each in (*sentences, *recase_some(sentences))
            ),
        ]
        found = [part for part in parts if part is not None]
        return Examples.join(found) if found else None

    def make_synthetic(self, sentence: GoldReport) -> Examples | None:
        """Return the spans of a synthetic sentence (see `geomap.learning.synthetic_sentences`)."""
        return self._make(sentence, SYNTHETIC_WEIGHT, marks_demonyms=True)

    def _make(self, report: GoldReport, weight: float, *, marks_demonyms: bool) -> Examples | None:
        tokens = split_tokens(report.report.text, recase=self._recase)
        rows = self._tokens.rows_of(tokens)
        spans = self._scanner.find_spans(tokens, rows)
        if not spans:
            return None
        features = SpanFeatures(tokens, spans, rows, self._names.find(spans))
        marked = {(mark.start, mark.end) for mark in report.gold}
        is_place = np.array([(span.start, span.end) in marked for span in spans])
        kept = is_place | (True if marks_demonyms else np.array([not _is_unclear(span, report) for span in spans]))
        count = int(kept.sum())
        corpus = self._corpora.setdefault(report.corpus, len(self._corpora))
        return Examples(
            features.words()[kept].astype(np.int32),
            features.codes()[kept].astype(np.int32),
            features.measures(np.flatnonzero(kept), self._chances),
            is_place[kept],
            np.full(count, weight, dtype=np.float32),
            np.full(count, corpus, dtype=np.int32),
            np.full(count, report.fold(INNER_FOLDS * 7) % INNER_FOLDS, dtype=np.int32),
            (features.sites.take(kept),),
        )


def _is_unclear(span: Span, report: GoldReport) -> bool:
    """Return whether a corpus of another convention (wider spans, no demonyms) says nothing about a span."""
    if span.postings and kind_of(span.postings[0]) == _DEMONYM:
        return True
    return any(mark.start < span.end and span.start < mark.end for mark in report.gold)


def train_recognition(examples: Examples, chances: npt.NDArray[np.float32]) -> RecognitionModel:
    """Learn the model of the recognizer; the same examples give the same model."""
    design = _Design(examples)
    every = np.ones(len(examples.is_place), dtype=bool)
    sets = [design.weights(*design.fit(every, weights)) for weights in _weights_of_sets(examples)]
    trees, base = _fit_trees(design, examples)
    words, codes, biases = (np.stack(each, axis=-1).astype(np.float32) for each in zip(*sets, strict=True))
    return RecognitionModel(read_word_vectors().words, words, chances, codes, biases, trees, base)


def _weights_of_sets(examples: Examples) -> list[npt.NDArray[np.float64]]:
    """Return the weight of each example for each of `geomap.recognizers.model.SETS`."""
    is_synthetic, weights = examples.corpora == SYNTHETIC, examples.weights.astype(np.float64)
    return [
        np.where(is_synthetic, SYNTHETIC_IN_CORPORA, weights),
        np.where(is_synthetic, 1.0, weights * CORPORA_IN_SYNTHETIC),
    ]


class _Design:
    """The columns of the regression: a one for each word in each position, for codes, for corpora; and vectors."""

    def __init__(self, examples: Examples) -> None:
        try:
            from scipy.sparse import csr_matrix, hstack
        except ImportError as error:
            raise MissingPackageError(
                f"training needs scikit-learn: {install_command('geomap-reports[train]')}"
            ) from error
        known = read_word_vectors()
        count, vocabulary = len(examples.is_place), len(known.vectors)
        words = examples.words + np.arange(len(POSITIONS)) * vocabulary
        corpora = int(examples.corpora.max(initial=0)) + 1
        code_count = int(code_offsets(ENGLISH)[-1])
        self._examples = examples
        self._ones = hstack(
            [
                _one_hot(words, vocabulary * len(POSITIONS), csr_matrix, present=examples.words > 0),
                _one_hot(examples.codes, code_count, csr_matrix),
                _one_hot(examples.corpora[:, None], corpora, csr_matrix),
            ]
        ).tocsr()
        self._vectors = VECTOR_SCALE * known.vectors[examples.words[:, list(_WITH_VECTORS)]].reshape(count, -1)
        self.ends = tuple(accumulate((len(POSITIONS) * vocabulary, code_count, corpora)))

    def fit(
        self, chosen: npt.NDArray[np.bool_], weights: npt.NDArray[np.float64], *, tolerance: float = EXACT
    ) -> tuple[npt.NDArray[np.float64], float]:
        """Return coefficients and bias that fit the chosen examples."""
        labels = self._examples.is_place[chosen]
        parts = (self._ones[chosen], self._vectors[chosen], labels, weights[chosen])
        return fit_logistic(*parts, strength=STRENGTH, tolerance=tolerance)

    def weights(
        self, coefficients: npt.NDArray[np.float64], bias: float
    ) -> tuple[npt.NDArray[np.float64], npt.NDArray[np.float64], float]:
        """Return the weights of words in each position, those of codes, and the bias."""
        words, codes, _, vectors = np.split(coefficients, self.ends)
        by_word = words.reshape(len(POSITIONS), -1).T.copy()
        by_word[:, list(_WITH_VECTORS)] += (
            VECTOR_SCALE * read_word_vectors().vectors @ vectors.reshape(-1, DIMENSIONS).T
        )
        by_word[0] = 0.0
        return by_word, codes, bias

    def log_odds(self, coefficients: npt.NDArray[np.float64], bias: float) -> npt.NDArray[np.float64]:
        """Return the log-odds of all examples as if their corpora were not known."""
        _, codes_end, width = self.ends
        ones = np.append(coefficients[:codes_end], np.zeros(width - codes_end))
        odds: npt.NDArray[np.float64] = self._ones @ ones + self._vectors @ coefficients[width:] + bias
        return odds


def _one_hot(numbers: npt.NDArray[np.integer[Any]], size: int, matrix: Any, *, present: Any = None) -> Any:
    """Return a sparse matrix of ones, without columns for numbers seen less than `RAREST` times."""
    kept = np.bincount(numbers.ravel(), minlength=size)[numbers] >= RAREST
    if present is not None:
        kept &= present
    ends = np.concatenate([[0], np.cumsum(kept.sum(axis=1))])
    return matrix((np.ones(int(ends[-1])), numbers[kept], ends), shape=(len(numbers), size))


def _fit_trees(design: _Design, examples: Examples) -> tuple[Trees, float]:
    """Fit the trees on log-odds of regressions that had not seen the same report."""
    from sklearn.ensemble import HistGradientBoostingClassifier

    odds = np.zeros((len(examples.is_place), len(SETS)), dtype=np.float32)
    for fold in range(INNER_FOLDS):
        unseen = examples.folds == fold
        if unseen.any() and not unseen.all() and len(set(examples.is_place[~unseen].tolist())) == 2:
            for number, weights in enumerate(_weights_of_sets(examples)):
                odds[unseen, number] = design.log_odds(*design.fit(~unseen, weights, tolerance=ROUGH))[unseen]
    ends = np.cumsum([len(sites.names) for sites in examples.sites])
    parts = zip(examples.sites, np.split(odds, ends[:-1]), strict=True)
    related = np.concatenate([relate_spans(sites, own) for sites, own in parts if len(own)])
    measures = np.hstack([examples.measures, odds, related])
    fitted = [
        HistGradientBoostingClassifier(**_TREES, random_state=seed).fit(measures, examples.is_place, examples.weights)
        for seed in range(FORESTS)
    ]
    return export_trees(fitted)
