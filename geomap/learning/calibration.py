"""Whether confidence means what it says: of the mentions with a confidence of 0.8, are eight in ten right?"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from typing import Any, Final

import numpy as np

from geomap.learning.scoring import Verdict

BINS: Final = 15


@dataclass(frozen=True, slots=True)
class Bin:
    """The mentions of similar confidence."""

    mentions: int
    lowest: float
    highest: float
    confidence: float
    """Their mean confidence."""
    right: float
    """The share of them that is right."""


@dataclass(frozen=True, slots=True)
class Calibration:
    """How confidence and being right agree, over all mentions that have a place and that gold can judge."""

    mentions: int
    right: float
    bins: tuple[Bin, ...]
    expected_error: float
    """Expected calibration error: the mean distance of `Bin.confidence` and `Bin.right`, by mentions."""
    brier: float
    """The mean square distance of confidence and being right (Brier score)."""
    constant_brier: float
    """The Brier score of giving every mention the share that is right."""
    skill: float
    """By which share the Brier score is better than the constant's."""
    confident_half_right: float
    """The share that is right among the more confident half."""

    def figures(self) -> dict[str, Any]:
        """Return the values by name."""
        return asdict(self)


def calibrate(verdicts: Sequence[Verdict]) -> Calibration | None:
    """Return how confidence and being right agree, or None without any mention to judge."""
    judged = [each for each in verdicts if each.mention.place is not None and each.is_right is not None]
    if not judged:
        return None
    return compare_confidence([each.mention.confidence for each in judged], [bool(each.is_right) for each in judged])


def compare_confidence(confidences: Sequence[float], is_right: Sequence[bool]) -> Calibration:
    """Return how confidences agree with what was right, in `BINS` bins of equal mass; ties keep their order."""
    confidence, right = np.array(confidences, dtype=np.float64), np.array(is_right, dtype=np.float64)
    order = np.argsort(confidence, kind="stable")
    confidence, right = confidence[order], right[order]
    parts = [part for part in np.array_split(np.arange(len(order)), BINS) if len(part)]
    bins = tuple(_describe_bin(confidence[part], right[part]) for part in parts)
    brier, constant = float(((confidence - right) ** 2).mean()), float(right.var())
    return Calibration(
        mentions=len(right),
        right=float(right.mean()),
        bins=bins,
        expected_error=sum(each.mentions * abs(each.confidence - each.right) for each in bins) / len(right),
        brier=brier,
        constant_brier=constant,
        skill=1 - brier / constant if constant else 0.0,
        confident_half_right=float(right[len(right) // 2 :].mean()),
    )


def _describe_bin(confidence: Any, right: Any) -> Bin:
    return Bin(len(right), float(confidence[0]), float(confidence[-1]), float(confidence.mean()), float(right.mean()))


def describe_calibration(calibration: Calibration) -> Iterator[str]:
    """Yield the lines of the table of bins, and the figures."""
    yield "confidence           mean  right  mentions"
    for each in calibration.bins:
        yield (f"{each.lowest:.3f} to {each.highest:.3f}  {each.confidence:7.3f}  {each.right:.3f}  {each.mentions:8,}")
    yield (
        f"of {calibration.mentions:,} mentions {calibration.right:.3f} are right; expected calibration error "
        f"{calibration.expected_error:.3f}; Brier score {calibration.brier:.3f}, {calibration.skill:.0%} better than a "
        f"constant's {calibration.constant_brier:.3f}; right among the more confident half "
        f"{calibration.confident_half_right:.3f}"
    )
