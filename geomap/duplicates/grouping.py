"""Signatures -> which reports tell the same story.

A story is its first report, by date, then id. Each other report joins the story whose first report is most like it, or
begins one of its own. So a chain of small edits does not tie the last text to the first, and what comes out is a
function of the reports alone, whatever the order in which they came.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

import numpy as np
import numpy.typing as npt

from geomap.duplicates.signing import SIZE, Signature, mix

DAYS_APART: Final = 7
"""An edited text that comes again after more days than this is news: forms filled in every week stay apart."""

_MISS: Final = 0.001  # of pairs that are just like enough, at most this part is not compared
_MOST_STORIES: Final = 64  # that are compared with a report for one band: what bounds the time
_UNDATED: Final = "~"  # after every day

Rows = npt.NDArray[np.uint32]


@dataclass(frozen=True, slots=True)
class _Signed:
    report_id: bytes
    signature: Signature


def group_stories(
    signatures: Iterable[tuple[bytes, bytes]], *, similarity: float, preferred: Collection[bytes] = ()
) -> dict[bytes, bytes]:
    """Return for each report that tells a story again the report that tells it first.

    Reports come as ids with packed signatures. ``similarity`` is the least part of all sequences of three words that
    two texts have to share (Jaccard), from 0.5; at 1 only exact copies are grouped, which do so always. ``preferred``
    come before others as the first of a story.
    """
    reports = [_Signed(report_id, Signature.unpack(body)) for report_id, body in signatures]
    reports.sort(key=lambda one: (one.report_id not in preferred, one.signature.day or _UNDATED, one.report_id))
    exact = _find_exact(reports)
    different = [one for one in reports if one.report_id not in exact and one.signature.values]
    near = _find_near(different, similarity) if similarity < 1 else {}
    return near | {copy: near.get(first, first) for copy, first in exact.items()}


def _find_exact(reports: Iterable[_Signed]) -> dict[bytes, bytes]:
    firsts: dict[bytes, bytes] = {}
    copies: dict[bytes, bytes] = {}
    for one in reports:
        first = firsts.setdefault(one.signature.words, one.report_id)
        if first != one.report_id:
            copies[one.report_id] = first
    return copies


def _find_near(reports: Sequence[_Signed], similarity: float) -> dict[bytes, bytes]:
    if len(reports) < 2:
        return {}
    values = np.frombuffer(b"".join(one.signature.values for one in reports), "<u4").reshape(len(reports), SIZE)
    days = [_number_day(one.signature.day) for one in reports]
    buckets = _fill_buckets(values, count_rows(similarity))
    stories: dict[int, list[int]] = {}  # by bucket
    copies: dict[bytes, bytes] = {}
    for row, own in enumerate(buckets):
        candidates = sorted({story for bucket in own for story in stories.get(bucket, ())})
        story = _choose(row, candidates, values, days, similarity)
        if story is not None:
            copies[reports[row].report_id] = reports[story].report_id
            continue
        for bucket in own:
            if len(known := stories.setdefault(bucket, [])) < _MOST_STORIES:
                known.append(row)
    return copies


def _choose(
    row: int, candidates: Sequence[int], values: Rows, days: Sequence[int | None], similarity: float
) -> int | None:
    """Return the story most like a report, the first of two that are equally so, None where none is like enough."""
    near = [each for each in candidates if _is_near(days[row], days[each])]
    if not near:
        return None
    likeness = (values[near] == values[row]).mean(axis=1)
    best = int(likeness.argmax())
    return near[best] if likeness[best] >= similarity else None


def _is_near(one: int | None, other: int | None) -> bool:
    return one is None or other is None or abs(one - other) <= DAYS_APART


def _number_day(day: str) -> int | None:
    try:
        return date.fromisoformat(day).toordinal()
    except ValueError:
        return None


def count_rows(similarity: float) -> int:
    """Return how many values a band has, so that hardly a pair of that similarity shares no band."""
    fits = (rows for rows in range(16, 1, -1) if (1 - similarity**rows) ** (SIZE // rows) <= _MISS)
    return next(fits, 1)


def _fill_buckets(values: Rows, rows: int) -> list[list[int]]:
    """Return for each report the buckets that it shares with others: one for each band of values that is the same."""
    shared: list[list[int]] = [[] for _ in range(len(values))]
    number = 0
    for begin in range(0, SIZE - rows + 1, rows):
        keys = np.zeros(len(values), np.uint64)
        for column in range(begin, begin + rows):
            keys = mix(keys + values[:, column])
        _, inverse, counts = np.unique(keys, return_inverse=True, return_counts=True)
        for row in np.flatnonzero(counts[inverse] > 1):
            shared[row].append(number + int(inverse[row]))
        number += len(counts)
    return shared
