"""Learns which candidate a name means: a conditional logit on the resolver's features, then trees that decide."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

import numpy as np
import numpy.typing as npt

from geomap.errors import MissingPackageError
from geomap.gazetteer.geodesy import distances_km
from geomap.gazetteer.index import Gazetteer
from geomap.gazetteer.layout import DEGREE
from geomap.learning.boosting import export_trees
from geomap.learning.corpora import GoldReport
from geomap.learning.gold_mentions import make_gold_mentions
from geomap.learning.scoring import NEAR_KM
from geomap.model import Mention
from geomap.models.trees import Trees
from geomap.resolvers.candidates import Candidates, Floats
from geomap.resolvers.features import NAMES, ReportContext
from geomap.resolvers.name_blocks import NameBlocks
from geomap.resolvers.outlet_locations import OutletLocation
from geomap.resolvers.outlet_locator import OutletLocator
from geomap.resolvers.ranking import decide, make_context, rank
from geomap.resolvers.ranking_model import SETTLED, RankingModel
from geomap.resolvers.reranking import measure_candidates
from geomap.system.installing import install_command

PENALTY: Final = 0.5  # of squared weights
ROUNDS: Final = 3  # each fits to the context that the last one's weights make likely
CALIBRATION_FOLDS: Final = 3
_TREES: Final = {
    "max_iter": 100, "learning_rate": 0.06, "max_leaf_nodes": 12, "max_depth": 6, "min_samples_leaf": 20,
    "l2_regularization": 10.0, "max_features": 0.4, "random_state": 0, "early_stopping": False,
}  # fmt: skip
# Of a name whose place no candidate is; one that is named once has 0.7. With 0 the sure ones are right in .969 of the
# cases, with this in .985. Names whose right candidates were taken out besides cost .007 of what is right in folds.
LACKING_WEIGHT: Final = 1.0
_SAME_KM: Final = 30.0  # where no candidate has the gold's id, those within this distance of it are the right ones
LETTERS_OF_TYPE: Final = {
    **dict.fromkeys(("city", "town", "village", "quarter"), "P"),
    **dict.fromkeys(("country", "region", "district"), "A"),
    "water": "H",
    "nature": "TLV",
}
"""GeoNames' feature classes for each type of a gold mark that tells its kind."""
_START: Final = np.where(np.array(NAMES) == "importance", 23.0, 0.0).astype(np.float32)


@dataclass(slots=True)
class Lesson:
    """A report's candidates and whether each is right; ``weights`` says how much each name counts."""

    report: GoldReport
    context: ReportContext
    is_right: npt.NDArray[np.float64]
    near_right: npt.NDArray[np.bool_]
    weights: npt.NDArray[np.float64]
    is_lacking: npt.NDArray[np.bool_]
    """For each name whether gold tells its place and no candidate is near it."""
    with_outlet: Lesson | None = None
    """The same with the location of the outlet set, where its other reports tell it."""

    def as_set(self) -> Lesson:
        """Return the lesson with the outlet's location set, where that is known."""
        return self.with_outlet or self


class LessonMaker:
    """Makes lessons of gold reports."""

    def __init__(self, gazetteer: Gazetteer) -> None:
        self._gazetteer = gazetteer
        self._blocks = NameBlocks(gazetteer)
        self._outlets = OutletLocator(gazetteer, {})
        self._letters = np.array([name[:1] for name in gazetteer.meta["features"]])

    def make(
        self, report: GoldReport, *, mentions: Sequence[Mention] | None = None, outlet: OutletLocation | None = None
    ) -> Lesson | None:
        """Return what a report teaches, or None if no name of it has a candidate.

        ``mentions`` are those of `make_gold_mentions`, ``outlet`` where its outlet is, if the caller has them.
        """
        mentions = make_gold_mentions(report, self._gazetteer) if mentions is None else mentions
        plain = self._make(report, mentions, self._outlets.find(report.report))
        return replace(plain, with_outlet=self._make(report, mentions, outlet)) if plain and outlet else plain

    def _make(self, report: GoldReport, mentions: Sequence[Mention], outlet: OutletLocation) -> Lesson | None:
        context = make_context(report.report, mentions, self._blocks, outlet)
        if context is None:
            return None
        is_right, near, weights, is_lacking = self._judge(report, context.candidates)
        return Lesson(report, context, is_right, near, np.log1p(weights), is_lacking)

    def _judge(
        self, report: GoldReport, candidates: Candidates
    ) -> tuple[npt.NDArray[np.float64], npt.NDArray[np.bool_], npt.NDArray[np.float64], npt.NDArray[np.bool_]]:
        rows = candidates.rows
        latitudes, longitudes = self._gazetteer.latitudes[rows] / DEGREE, self._gazetteer.longitudes[rows] / DEGREE
        ids = self._gazetteer.columns["geonameid"][rows]
        letters = self._letters[self._gazetteer.columns["feature"][rows]]
        is_right, near = np.zeros(len(rows)), np.zeros(len(rows), dtype=bool)
        weights, is_lacking = np.zeros(len(candidates.names)), np.zeros(len(candidates.names), dtype=bool)
        for name, indices in enumerate(candidates.mentions_of):
            own = candidates.slices[name]
            for mark in (report.gold[index] for index in indices):
                if mark.latitude is None or mark.longitude is None:
                    continue
                distances = distances_km(mark.latitude, mark.longitude, latitudes[own], longitudes[own])
                near[own] |= distances <= NEAR_KM
                right = ids[own] == (mark.geonameid or -1)
                if not right.any():
                    right = (distances <= max(_SAME_KM, distances.min())) & (distances <= NEAR_KM)
                    right = _prefer_kind(right, letters[own], mark.type)
                is_right[own][right] = 1.0
                weights[name] += right.any()
                is_lacking[name] |= not right.any()
        return is_right, near, weights, is_lacking & (weights == 0)


def _prefer_kind(right: npt.NDArray[np.bool_], letters: npt.NDArray[np.str_], mark_type: str) -> npt.NDArray[np.bool_]:
    """Return those of the right candidates that are of the kind that gold tells, or all where none is."""
    asked = LETTERS_OF_TYPE.get(mark_type)
    of_kind = right & np.isin(letters, list(asked)) if asked else right
    return of_kind if of_kind.any() else right


def train_resolution(lessons: Sequence[Lesson]) -> RankingModel:
    """Learn the model of the resolver; the same lessons give the same model."""
    plain = _fit_calibrated(lessons)
    if not any(lesson.with_outlet for lesson in lessons):
        return plain
    return replace(plain, with_outlet=_fit_calibrated([lesson.as_set() for lesson in lessons]))


def _fit_calibrated(lessons: Sequence[Lesson]) -> RankingModel:
    return replace(_fit_model(lessons), calibration=_calibrate(lessons))


def _fit_model(lessons: Sequence[Lesson]) -> RankingModel:
    weights = fit_weights(lessons)
    return RankingModel(weights, *_fit_trees(lessons, weights))


def _fit_trees(lessons: Sequence[Lesson], weights: Floats) -> tuple[Trees, float]:
    """Fit the trees that tell right candidates from wrong ones after the rounds of ranking."""
    from sklearn.ensemble import HistGradientBoostingClassifier

    measures, right, counts = [], [], []
    for lesson in lessons:
        context = lesson.context
        names = context.candidates.name_of
        has_right = np.bincount(names, lesson.is_right, minlength=context.count) > 0
        kept = np.flatnonzero((has_right | lesson.is_lacking)[names])
        likely = rank(context, weights)
        measures.append(measure_candidates(context, likely, context.matrix(likely), weights, kept))
        right.append(lesson.is_right[kept] > 0)
        counts.append(np.where(lesson.is_lacking, LACKING_WEIGHT, lesson.weights)[names[kept]])
    fitted = HistGradientBoostingClassifier(**_TREES)
    return export_trees([fitted.fit(np.vstack(measures), np.concatenate(right), np.concatenate(counts))])


def fit_weights(lessons: Sequence[Lesson]) -> Floats:
    """Fit the weights of the features, round by round as `rank` works."""
    weights = _START
    for number in range(ROUNDS):
        weights = _fit_once(lessons, weights, is_first=number == 0)
    return weights


def _fit_once(lessons: Sequence[Lesson], weights: Floats, *, is_first: bool) -> Floats:
    try:
        from scipy.optimize import minimize
    except ImportError as error:
        raise MissingPackageError(f"training needs scipy: {install_command('geomap-reports[train]')}") from error
    features, groups, right, counts = _stack(lessons, weights, is_first=is_first)
    number = int(groups.max()) + 1
    importance = np.zeros(number)
    importance[groups] = counts

    features = features.astype(np.float64)

    def loss(tried: npt.NDArray[np.float64]) -> tuple[float, npt.NDArray[np.float64]]:
        shares = _softmax(features @ (tried + SETTLED), groups, number)
        hits = np.bincount(groups, shares * right, minlength=number)
        wanted = shares * right / hits[groups]
        gradient = -(features * ((wanted - shares) * importance[groups])[:, None]).sum(axis=0)
        value = -(importance * np.log(hits)).sum() + PENALTY * (tried * tried).sum()
        return float(value), gradient + 2 * PENALTY * tried

    start = np.zeros(len(NAMES)) if is_first else weights
    fitted: Floats = minimize(loss, start, jac=True, method="L-BFGS-B", options={"maxiter": 300}).x.astype(np.float32)
    return fitted


def _softmax(scores: npt.NDArray[np.float64], groups: npt.NDArray[np.intp], count: int) -> npt.NDArray[np.float64]:
    """Return the softmax of scores within each group."""
    best = np.full(count, -np.inf)
    np.maximum.at(best, groups, scores)
    raised = np.exp(scores - best[groups])
    shares: npt.NDArray[np.float64] = raised / np.bincount(groups, raised, minlength=count)[groups]
    return shares


def _stack(
    lessons: Sequence[Lesson], weights: Floats, *, is_first: bool
) -> tuple[Floats, npt.NDArray[np.intp], Floats, Floats]:
    """Return features, numbers of names, rightness and weights of the candidates of names that have a right one."""
    parts = []
    offset = 0
    for lesson in lessons:
        context = lesson.context
        names = context.candidates.name_of
        likely = context.prior() if is_first else rank(context, weights)
        has_right = np.bincount(names, lesson.is_right, minlength=context.count) > 0
        kept = has_right[names]
        parts.append(
            (context.matrix(likely)[kept], names[kept] + offset, lesson.is_right[kept], lesson.weights[names[kept]])
        )
        offset += context.count
    features, groups, right, counts = (np.concatenate(column) for column in zip(*parts, strict=True))
    return features, np.unique(groups, return_inverse=True)[1], right, counts


def _calibrate(lessons: Sequence[Lesson]) -> tuple[float, float]:
    """Return slope and shift of log-odds (Platt scaling), fitted on reports that the ranking had not seen."""
    from scipy.optimize import minimize

    odds: list[float] = []
    hits: list[bool] = []
    for fold in range(CALIBRATION_FOLDS):
        others = [lesson for lesson in lessons if lesson.report.fold(CALIBRATION_FOLDS) != fold]
        if not any(lesson.is_right.any() for lesson in others):
            continue
        model = _fit_model(others)
        for lesson in lessons:
            if lesson.report.fold(CALIBRATION_FOLDS) == fold:
                collect_choices(lesson, model, odds, hits)
    if not odds:
        return 1.0, 0.0
    found, signs = np.clip(odds, -12.0, 12.0), 2.0 * np.array(hits) - 1
    slope, shift = minimize(lambda line: np.mean(np.log1p(np.exp(-signs * (line[0] * found + line[1])))), [1.0, 0.0]).x
    return round(float(slope), 4), round(float(shift), 4)


def collect_choices(lesson: Lesson, model: RankingModel, odds: list[float], hits: list[bool]) -> None:
    """Add for each name with coordinates the log-odds of the chosen candidate, and whether it is near."""
    decided = decide(lesson.context, model).odds
    for name, indices in enumerate(lesson.context.candidates.mentions_of):
        own = lesson.context.candidates.slices[name]
        judged = sum(lesson.report.gold[index].latitude is not None for index in indices)
        if judged:
            best = own.start + int(np.argmax(decided[own]))
            odds += [float(decided[best])] * judged
            hits += [bool(lesson.near_right[best])] * judged
