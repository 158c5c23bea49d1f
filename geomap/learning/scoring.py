"""How well mentions agree with gold: the counts, and the figures made of them."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from statistics import fmean, median

from geomap.learning.corpora import GoldMention
from geomap.model import Mention

NEAR_KM = 161.0
"""100 miles: within them a place counts as right, as is usual for geoparsers."""
_FARTHEST_KM = 20039.0  # the error of a name that got no place: half the way around the Earth
_EARTH_KM = 6371.0


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
    errors_km: list[float] = field(default_factory=list)

    def __add__(self, other: Score) -> Score:
        return Score(
            self.reports + other.reports,
            self.gold + other.gold,
            self.gold_with_point + other.gold_with_point,
            self.predicted + other.predicted,
            self.exact + other.exact,
            self.overlapping + other.overlapping,
            self.unjudged + other.unjudged,
            self.errors_km + other.errors_km,
        )

    def figures(self) -> dict[str, float | int | None]:
        """Return the figures by name; accuracies count gold names that were found at all."""
        near = sum(error <= NEAR_KM for error in self.errors_km)
        judged = self.predicted - self.unjudged
        return {
            "reports": self.reports,
            "gold": self.gold,
            "predicted": self.predicted,
            "precision": self.exact / max(1, self.predicted),
            "recall": self.exact / max(1, self.gold),
            "f1": _f1(self.exact, self.predicted, self.gold),
            "overlap_f1": _f1(self.overlapping, self.predicted, self.gold),
            "accuracy_161km": near / max(1, len(self.errors_km)),
            "mean_km": fmean(self.errors_km) if self.errors_km else None,
            "median_km": median(self.errors_km) if self.errors_km else None,
            "end_to_end_f1": _f1(near, judged, self.gold_with_point) if self.gold_with_point else None,
        }


def _f1(right: int, predicted: int, gold: int) -> float:
    return 2 * right / max(1, predicted + gold)


def score_report(gold: Sequence[GoldMention], mentions: Iterable[Mention]) -> Score:
    """Count how the mentions of a report agree with its gold; each gold name answers for one mention at most."""
    mentions = sorted(mentions, key=lambda mention: mention.start)
    score = Score(1, len(gold), sum(mark.latitude is not None for mark in gold), len(mentions))
    marked = {(mark.start, mark.end) for mark in gold}
    score.exact = len(marked & {(mention.start, mention.end) for mention in mentions})
    left = list(gold)
    for mention in mentions:
        hit = next((mark for mark in left if mark.start < mention.end and mention.start < mark.end), None)
        if hit is None:
            continue
        left.remove(hit)
        score.overlapping += 1
        error = error_km(hit, mention)
        if error is None:
            score.unjudged += 1
        else:
            score.errors_km.append(error)
    return score


def error_km(mark: GoldMention, mention: Mention) -> float | None:
    """Return how far a mention's place is from the gold's, None where the gold has no point."""
    if mark.latitude is None or mark.longitude is None:
        return None
    if mention.place is None:
        return _FARTHEST_KM
    return distance_km(mark.latitude, mark.longitude, mention.place.latitude, mention.place.longitude)


def distance_km(latitude: float, longitude: float, latitude2: float, longitude2: float) -> float:
    """Return the great-circle distance of two points in km, on a sphere of 6371 km (haversine formula)."""
    phi, phi2 = math.radians(latitude), math.radians(latitude2)
    half = math.sin((phi2 - phi) / 2) ** 2
    half += math.cos(phi) * math.cos(phi2) * math.sin(math.radians(longitude2 - longitude) / 2) ** 2
    return 2 * _EARTH_KM * math.asin(min(1.0, math.sqrt(half)))
