"""Which mentions a map keeps where a place may have only so many."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from geomap.rendering.collecting import MentionColumns, ReportRow


def keep_newest(
    mentions: MentionColumns, reports: Sequence[ReportRow], limit: int | None
) -> tuple[list[NDArray[np.int64] | None], int]:
    """Return for each report the rows of its mentions that stay, or None if the report goes; and the number that go.

    The newest mentions of a place stay: by the reports' dates as they are written, those without a date last, then by
    the order of ``reports`` and of the text. A report goes where it had mentions and has lost all.
    """
    rows = [np.arange(report.first, report.last) for report in reports]
    if limit is None:
        return list(rows), 0
    stays = _judge(np.asarray(mentions.place, np.int64), reports, limit)
    kept = [some[stays[some]] for some in rows]
    staying = [some if len(some) or not len(all_) else None for some, all_ in zip(kept, rows, strict=True)]
    return staying, int((~stays).sum())


def _judge(places: NDArray[np.int64], reports: Sequence[ReportRow], limit: int) -> NDArray[np.bool_]:
    newest = sorted(range(len(reports)), key=lambda row: reports[row].date, reverse=True)  # stable: equal dates keep
    age = np.zeros(len(places), np.int64)
    for rank, row in enumerate(newest):
        age[reports[row].first : reports[row].last] = rank
    order = np.lexsort((np.arange(len(places)), age, places))
    begins = np.r_[True, places[order][1:] != places[order][:-1]] if len(order) else np.zeros(0, bool)
    rank_in_place = np.arange(len(order)) - np.maximum.accumulate(np.where(begins, np.arange(len(order)), 0))
    stays = np.ones(len(places), bool)
    stays[order] = (rank_in_place < limit) | (places[order] < 0)
    return stays
