"""Figures of recognition and resolution on gold corpora, as they are or cross-validated."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from geomap.gazetteer.index import Gazetteer
from geomap.learning.corpora import GoldReport
from geomap.learning.gold_mentions import make_gold_mentions
from geomap.learning.material import Material, make_materials, train
from geomap.learning.scoring import NEAR_KM, Score, error_km, score_report
from geomap.recognizers.base import Recognizer
from geomap.recognizers.gazetteer import GazetteerRecognizer
from geomap.resolvers.base import Resolver
from geomap.resolvers.ranking import RankingResolver

POOLED: Final = "pooled"


@dataclass(slots=True)
class Evaluation:
    """What came out for one corpus, or for all of them together."""

    score: Score = field(default_factory=Score)
    given: int = 0
    """Gold names with coordinates, resolved as if recognition had been perfect."""
    given_near: int = 0

    def __add__(self, other: Evaluation) -> Evaluation:
        return Evaluation(self.score + other.score, self.given + other.given, self.given_near + other.given_near)

    def figures(self) -> dict[str, Any]:
        """Return the figures by name."""
        return {**self.score.figures(), "gold_accuracy_161km": self.given_near / max(1, self.given)}


Evaluations = dict[str, Evaluation]
"""By corpus, in the order of the corpora."""


def evaluate(
    reports: Iterable[GoldReport], recognizer: Recognizer, resolver: Resolver, gazetteer: Gazetteer
) -> Evaluations:
    """Return the figures of each corpus."""
    found: Evaluations = {}
    for report in reports:
        mentions = resolver.resolve(report.report, recognizer.recognize(report.report))
        given = resolver.resolve(report.report, make_gold_mentions(report, gazetteer))
        errors = [error_km(mark, mention) for mark, mention in zip(report.gold, given, strict=True)]
        judged = [error for error in errors if error is not None]
        own = Evaluation(score_report(report.gold, mentions), len(judged), sum(error <= NEAR_KM for error in judged))
        found[report.corpus] = found.get(report.corpus, Evaluation()) + own
    return found


def cross_validate(
    reports: Sequence[GoldReport], gazetteer: Gazetteer, *, folds: int, extra: Sequence[GoldReport] = ()
) -> Evaluations:
    """Return the figures of models trained on the other folds; ``extra`` reports are only trained on."""
    return _evaluate_parts(reports, [report.fold(folds) for report in reports], gazetteer, extra)


def leave_corpora_out(
    reports: Sequence[GoldReport], gazetteer: Gazetteer, *, extra: Sequence[GoldReport] = ()
) -> Evaluations:
    """Return for each corpus the figures of models that were trained without it."""
    return _evaluate_parts(reports, [report.corpus for report in reports], gazetteer, extra)


def _evaluate_parts(
    reports: Sequence[GoldReport], parts: Sequence[object], gazetteer: Gazetteer, extra: Sequence[GoldReport]
) -> Evaluations:
    """Judge the reports of each part by models that are trained on all others."""
    materials = make_materials([*reports, *extra], gazetteer)
    own_materials, more = materials.of[: len(reports)], materials.of[len(reports) :]
    totals: Evaluations = {report.corpus: Evaluation() for report in reports}
    for part in sorted(set(parts), key=str):
        recognition, resolution = train([*_others(own_materials, parts, part), *more], materials.chances)
        recognizer, resolver = GazetteerRecognizer(gazetteer, recognition), RankingResolver(gazetteer, resolution)
        testing = [report for report, own in zip(reports, parts, strict=True) if own == part]
        for corpus, evaluation in evaluate(testing, recognizer, resolver, gazetteer).items():
            totals[corpus] += evaluation
    return totals


def _others(materials: Sequence[Material], parts: Sequence[object], part: object) -> Iterator[Material]:
    return (material for material, own in zip(materials, parts, strict=True) if own != part)


def pool(evaluations: Evaluations) -> Evaluations:
    """Return the evaluations with their sum, where there is more than one."""
    if len(evaluations) < 2:
        return evaluations
    return {**evaluations, POOLED: sum(evaluations.values(), Evaluation())}


_COLUMNS: Final = (
    ("reports", "reports"), ("gold", "gold"), ("predicted", "found"), ("precision", "P"), ("recall", "R"), ("f1", "F1"),
    ("overlap_f1", "overlap F1"), ("accuracy_161km", "acc 161"), ("gold_accuracy_161km", "acc of gold"),
    ("end_to_end_f1", "end to end F1"), ("median_km", "median km"),
)  # fmt: skip


def describe_evaluations(evaluations: Evaluations) -> Iterator[str]:
    """Yield the lines of the table of figures."""
    width = max(len("corpus"), *map(len, evaluations)) if evaluations else 0
    yield "  ".join(["corpus".ljust(width), *(title.rjust(max(6, len(title))) for _, title in _COLUMNS)])
    for corpus, evaluation in evaluations.items():
        figures = evaluation.figures()
        cells = (_cell(figures[key]).rjust(max(6, len(title))) for key, title in _COLUMNS)
        yield "  ".join([corpus.ljust(width), *cells])


def _cell(value: float | int | None) -> str:
    if value is None:
        return "-"
    return f"{value:,}" if isinstance(value, int) else f"{value:.3f}" if value < 10 else f"{value:.0f}"
