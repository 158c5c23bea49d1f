"""What `geomap evaluate` says of outcomes: as lines to read, and as JSON."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from typing import Any, Final

from geomap.learning.calibration import Calibration, calibrate, describe_calibration
from geomap.learning.evaluation import Outcome
from geomap.learning.intervals import LEVEL, Interval, intervals_of
from geomap.learning.mistakes import MistakenName, count_mistakes, describe_mistakes, find_mistakes
from geomap.learning.scoring import Score

POOLED: Final = "pooled"
_COLUMNS: Final = (
    ("reports", "reports"), ("gold", "gold"), ("predicted", "found"), ("precision", "P"), ("recall", "R"), ("f1", "F1"),
    ("overlap_f1", "overlap F1"), ("located_recall", "located"), ("accuracy_161km", "acc 161"),
    ("gold_accuracy_161km", "acc of gold"), ("end_to_end_f1", "end to end F1"), ("median_km", "median km"),
)  # fmt: skip
_NARROWEST: Final = 6


class Evaluation:
    """The figures of one corpus, or of all corpora together."""

    def __init__(self, outcomes: Sequence[Outcome], *, most_mistakes: int = 10) -> None:
        self._outcomes = outcomes
        self._most_mistakes = most_mistakes
        self._scores = [outcome.score() for outcome in outcomes]
        self.score = sum(self._scores, Score())

    @cached_property
    def intervals(self) -> dict[str, Interval]:
        """The bootstrap intervals of the ratios."""
        return intervals_of(self._scores)

    @cached_property
    def calibration(self) -> Calibration | None:
        """How confidence and being right agree."""
        return calibrate([verdict for outcome in self._outcomes for verdict in outcome.verdicts()])

    @cached_property
    def mistakes(self) -> dict[str, list[MistakenName]]:
        """The commonest mistakes of each kind."""
        found = (each for outcome in self._outcomes for each in find_mistakes(outcome.report, outcome.verdicts()))
        return count_mistakes(found, most=self._most_mistakes)

    def figures(self) -> dict[str, Any]:
        """Return all figures by name, as in JSON."""
        return {
            **self.score.figures(),
            "intervals": self.intervals,
            "calibration": None if self.calibration is None else self.calibration.figures(),
            "mistakes": {kind: [name.figures() for name in names] for kind, names in self.mistakes.items()},
        }


def evaluate_corpora(outcomes: Sequence[Outcome], *, most_mistakes: int = 10) -> dict[str, Evaluation]:
    """Return the figures of each corpus in the order of the outcomes, and pooled where there are several."""
    parts: dict[str, list[Outcome]] = {}
    for outcome in outcomes:
        parts.setdefault(outcome.report.corpus, []).append(outcome)
    if len(parts) > 1:
        parts[POOLED] = list(outcomes)
    return {corpus: Evaluation(part, most_mistakes=most_mistakes) for corpus, part in parts.items()}


def describe_evaluations(evaluations: Mapping[str, Evaluation]) -> Iterator[str]:
    """Yield the lines of all tables; calibration and mistakes are those of all corpora together."""
    if not evaluations:
        return
    yield from _describe_scores(evaluations)
    overall = list(evaluations.values())[-1]
    if overall.calibration is not None:
        yield ""
        yield from describe_calibration(overall.calibration)
    if any(overall.mistakes.values()):
        yield ""
        yield from describe_mistakes(overall.mistakes)


def _describe_scores(evaluations: Mapping[str, Evaluation]) -> Iterator[str]:
    """Yield a row for each corpus, and below it the bounds of the intervals."""
    width = max(len("corpus"), *map(len, evaluations))
    yield _row("corpus", [title for _, title in _COLUMNS], width)
    for corpus, evaluation in evaluations.items():
        figures, intervals = evaluation.score.figures(), evaluation.intervals
        yield _row(corpus, [_cell(figures[key]) for key, _ in _COLUMNS], width)
        bounds = [intervals[key] if key in intervals and figures[key] is not None else None for key, _ in _COLUMNS]
        for side, label in enumerate((f"{LEVEL:.0%} from", "to")):
            yield _row(label.rjust(width), ["" if each is None else _cell(each[side]) for each in bounds], width)


def _row(name: str, cells: Sequence[str], width: int) -> str:
    columns = zip(cells, _COLUMNS, strict=True)
    return "  ".join(
        [name.ljust(width), *(cell.rjust(max(_NARROWEST, len(title))) for cell, (_, title) in columns)]
    ).rstrip()


def _cell(value: float | int | None) -> str:
    if value is None:
        return "-"
    return f"{value:,}" if isinstance(value, int) else f"{value:.3f}" if value < 10 else f"{value:.0f}"
