"""How often the usage of names is judged right, by the model as it is or cross-validated."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from geomap.learning.intervals import Interval, resample
from geomap.learning.usage import UsageLesson, train_usage
from geomap.learning.word_vectors import known_words
from geomap.recognizers.usage import UsageModel

Counts = npt.NDArray[np.int64]
_COUNTS: Final = ("literal", "associative", "literal_right", "associative_right")
_COLUMNS: Final = ("names", "associative", "accuracy", "95% from", "to", "literal found", "associative found")


class UsageEvaluation:
    """The figures of one corpus; ``counts`` has the values of `_COUNTS` for each report."""

    def __init__(self, counts: Sequence[Counts]) -> None:
        self._counts = np.array(counts).reshape(-1, len(_COUNTS))

    def figures(self) -> dict[str, Any]:
        """Return the figures by name."""
        totals = dict(zip(_COUNTS, self._counts.sum(axis=0).tolist(), strict=True))
        return {
            "names": totals["literal"] + totals["associative"],
            "associative": totals["associative"],
            "accuracy": float(_accuracy(totals)),
            "literal_recall": totals["literal_right"] / max(1, totals["literal"]),
            "associative_recall": totals["associative_right"] / max(1, totals["associative"]),
            "intervals": {"accuracy": self.interval()},
        }

    def interval(self) -> Interval:
        """Return the bootstrap interval of the accuracy."""
        found = resample(
            self._counts.tolist(), lambda sums: {"accuracy": _accuracy(dict(zip(_COUNTS, sums.T, strict=True)))}
        )
        return found["accuracy"]


def _accuracy(counts: Mapping[str, Any]) -> Any:
    right = counts["literal_right"] + counts["associative_right"]
    return right / np.maximum(1, counts["literal"] + counts["associative"])


def evaluate_usage(lessons: Sequence[UsageLesson], model: UsageModel) -> dict[str, UsageEvaluation]:
    """Return the figures of a model for each corpus."""
    numbered = model.renumber(known_words())
    return _by_corpus((lesson, _count(lesson, numbered)) for lesson in lessons)


def cross_validate_usage(
    lessons: Sequence[UsageLesson], part_of: Callable[[UsageLesson], object], *, extra: Sequence[UsageLesson] = ()
) -> dict[str, UsageEvaluation]:
    """Return the figures of models that were each trained on all other parts and the extra lessons."""
    parts = [part_of(lesson) for lesson in lessons]
    counts: dict[int, Counts] = {}
    for part in sorted(set(parts), key=str):
        others = [*extra, *(lesson for lesson, own in zip(lessons, parts, strict=True) if own != part)]
        if len({bool(each) for lesson in others for each in lesson.is_associative}) < 2:
            continue  # nothing to learn the difference from
        model = train_usage(others).renumber(known_words())
        counts.update({index: _count(lessons[index], model) for index, own in enumerate(parts) if own == part})
    return _by_corpus((lessons[index], counts[index]) for index in sorted(counts))


def _count(lesson: UsageLesson, model: UsageModel) -> Counts:
    """Return the counts of one lesson; its words are numbered as those of the word vectors."""
    wanted = lesson.is_associative
    is_right = (model.log_odds(lesson.contexts, [0] * len(wanted)) > 0) == wanted
    return np.array([(~wanted).sum(), wanted.sum(), (~wanted & is_right).sum(), (wanted & is_right).sum()])


def _by_corpus(counted: Iterable[tuple[UsageLesson, Counts]]) -> dict[str, UsageEvaluation]:
    found: dict[str, list[Counts]] = {}
    for lesson, counts in counted:
        found.setdefault(lesson.report.corpus, []).append(counts)
    return {corpus: UsageEvaluation(counts) for corpus, counts in found.items()}


def describe_usage(evaluations: Mapping[str, UsageEvaluation]) -> Iterator[str]:
    """Yield the lines of the table."""
    if not evaluations:
        return
    width = max(len("usage"), *map(len, evaluations))
    yield "  ".join(["usage".ljust(width), *_COLUMNS])
    for corpus, evaluation in evaluations.items():
        figures, interval = evaluation.figures(), evaluation.interval()
        shares = (figures["accuracy"], *interval, figures["literal_recall"], figures["associative_recall"])
        cells = (f"{figures['names']:,}", f"{figures['associative']:,}", *(f"{share:.3f}" for share in shares))
        aligned = (cell.rjust(len(title)) for cell, title in zip(cells, _COLUMNS, strict=True))
        yield "  ".join([corpus.ljust(width), *aligned])
