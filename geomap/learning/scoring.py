"""How well mentions agree with gold: the counts, and the figures made of them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from statistics import fmean, median
from typing import Any, Final

import numpy as np

from geomap.gazetteer.geodesy import distance_km
from geomap.learning.corpora import GoldMention
from geomap.model import Mention

NEAR_KM = 161.0
"""100 miles: within them a place counts as right, as is usual for geoparsers."""
_FARTHEST_KM = 20039.0  # the error of a name that got no place: half the way around the Earth
COUNTS: Final = (
    "reports", "gold", "gold_with_point", "predicted", "exact", "overlapping", "unjudged", "located", "near", "given",
    "given_near",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Verdict:
    """The verdict of gold on one mention."""

    mention: Mention
    mark: GoldMention | None
    """The gold name that it overlaps."""
    error_km: float | None
    """How far its place is from the gold's; None where there is no gold name, or none with a point."""

    @property
    def is_right(self) -> bool | None:
        """Whether this is a place name with the right place; None where gold has the name without a point."""
        if self.mark is not None and self.error_km is None:
            return None
        return self.error_km is not None and self.error_km <= NEAR_KM


@dataclass(slots=True)
class Score:
    """Counts of one or more reports; add them up with ``+``."""

    reports: int = 0
    gold: int = 0
    gold_with_point: int = 0
    predicted: int = 0
    exact: int = 0
    overlapping: int = 0
    unjudged: int = 0
    """Mentions that overlap gold without coordinates: they count neither way end to end."""
    given: int = 0
    """Gold names with coordinates, resolved as if recognition had been perfect."""
    given_near: int = 0
    errors_km: list[float] = field(default_factory=list)

    @property
    def located(self) -> int:
        """How many gold names with coordinates were found."""
        return len(self.errors_km)

    @property
    def near(self) -> int:
        """How many found gold names got a place within `NEAR_KM`."""
        return sum(error <= NEAR_KM for error in self.errors_km)

    def __add__(self, other: Score) -> Score:
        return Score(
            self.reports + other.reports,
            self.gold + other.gold,
            self.gold_with_point + other.gold_with_point,
            self.predicted + other.predicted,
            self.exact + other.exact,
            self.overlapping + other.overlapping,
            self.unjudged + other.unjudged,
            self.given + other.given,
            self.given_near + other.given_near,
            self.errors_km + other.errors_km,
        )

    def counts(self) -> tuple[int, ...]:
        """Return the values of `COUNTS`."""
        return tuple(getattr(self, name) for name in COUNTS)

    def figures(self) -> dict[str, float | int | None]:
        """Return the figures by name; accuracies count gold names that were found at all."""
        ratios = {
            name: float(value) for name, value in ratios_of(dict(zip(COUNTS, self.counts(), strict=True))).items()
        }
        return {
            "reports": self.reports,
            "gold": self.gold,
            "predicted": self.predicted,
            **ratios,
            "mean_km": fmean(self.errors_km) if self.errors_km else None,
            "median_km": median(self.errors_km) if self.errors_km else None,
            "end_to_end_f1": ratios["end_to_end_f1"] if self.gold_with_point else None,
            "gold_accuracy_161km": ratios["gold_accuracy_161km"] if self.given else None,
        }


def ratios_of(counts: dict[str, Any]) -> dict[str, Any]:
    """Return the figures that are ratios of `COUNTS`, for numbers or for arrays of them alike."""
    judged = counts["predicted"] - counts["unjudged"]
    return {
        "precision": _share(counts["exact"], counts["predicted"]),
        "recall": _share(counts["exact"], counts["gold"]),
        "f1": _share(2 * counts["exact"], counts["predicted"] + counts["gold"]),
        "overlap_f1": _share(2 * counts["overlapping"], counts["predicted"] + counts["gold"]),
        "located_recall": _share(counts["located"], counts["gold_with_point"]),
        "accuracy_161km": _share(counts["near"], counts["located"]),
        "gold_accuracy_161km": _share(counts["given_near"], counts["given"]),
        "end_to_end_f1": _share(2 * counts["near"], judged + counts["gold_with_point"]),
    }


def _share(part: Any, whole: Any) -> Any:
    return part / np.maximum(1, whole)


def score_verdicts(gold: Sequence[GoldMention], verdicts: Sequence[Verdict]) -> Score:
    """Return the counts of the verdicts on all mentions of a report."""
    marked = {(mark.start, mark.end) for mark in gold}
    found = [verdict for verdict in verdicts if verdict.mark is not None]
    return Score(
        reports=1,
        gold=len(gold),
        gold_with_point=sum(mark.latitude is not None for mark in gold),
        predicted=len(verdicts),
        exact=len(marked & {(verdict.mention.start, verdict.mention.end) for verdict in verdicts}),
        overlapping=len(found),
        unjudged=sum(verdict.error_km is None for verdict in found),
        errors_km=[verdict.error_km for verdict in found if verdict.error_km is not None],
    )


def judge_mentions(gold: Sequence[GoldMention], mentions: Iterable[Mention]) -> list[Verdict]:
    """Return the verdict of gold on each mention; each gold name counts for one mention at most."""
    left = list(gold)
    verdicts = []
    for mention in sorted(mentions, key=lambda mention: mention.start):
        hit = next((mark for mark in left if mark.start < mention.end and mention.start < mark.end), None)
        if hit is not None:
            left.remove(hit)
        verdicts.append(Verdict(mention, hit, None if hit is None else error_km(hit, mention)))
    return verdicts


def error_km(mark: GoldMention, mention: Mention) -> float | None:
    """Return how far a mention's place is from the gold's, or None if the gold has no point."""
    if mark.latitude is None or mark.longitude is None:
        return None
    if mention.place is None:
        return _FARTHEST_KM
    return distance_km(mark.latitude, mark.longitude, mention.place.latitude, mention.place.longitude)
