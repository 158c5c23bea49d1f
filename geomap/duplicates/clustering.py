"""Signatures -> clusters of duplicates.

A cluster is its first report, by date, then id. Each other report joins the cluster whose first report is most like it,
or begins one of its own. So a chain of small edits does not tie the last text to the first, and what comes out is a
function of the reports alone, whatever the order in which they came.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Final

import numpy as np
import numpy.typing as npt

from geomap.duplicates.buckets import Buckets, Rows, Values
from geomap.duplicates.signing import SIZE, Signature

DAYS_APART: Final = 7
"""An edited text that comes again after more days than this is news: forms filled in every week stay apart."""

_UNDATED: Final = "~"  # after every day
_NO_DAY: Final = 0  # the ordinals of days begin at 1


@dataclass(frozen=True, slots=True)
class _Signatures:
    """Signatures in columns, for there may be a million; ``place`` is the row of the values, -1 for a short text."""

    ids: list[bytes]
    days: list[str]
    words: npt.NDArray[np.bytes_]
    place: Rows
    values: Values


def cluster_duplicates(
    signatures: Iterable[tuple[bytes, bytes]], *, similarity: float, preferred: Collection[bytes] = ()
) -> dict[bytes, bytes]:
    """Return for each copy the first report of its duplicate cluster.

    Reports come as ids with packed signatures. ``similarity`` is the least part of all sequences of three words that
    two texts have to share (Jaccard), from 0.5; at 1 only exact copies are grouped, which do so always. ``preferred``
    come before others as the first of a cluster. Time grows with the reports, however many sentences they share.
    """
    known = _collect(signatures)
    order = _sort(known, preferred)
    firsts = _find_exact(known.words[order])
    if similarity < 1:
        different = np.flatnonzero((firsts == np.arange(len(order))) & (known.place[order] >= 0))
        near = np.arange(len(order))
        near[different] = different[_find_near(known, order[different], similarity)]
        firsts = near[firsts]
    copies = np.flatnonzero(firsts != np.arange(len(order)))
    pairs = zip(order[copies].tolist(), order[firsts[copies]].tolist(), strict=True)
    return {known.ids[copy]: known.ids[first] for copy, first in pairs}


def _collect(signatures: Iterable[tuple[bytes, bytes]]) -> _Signatures:
    ids, days, words, place, values = [], [], bytearray(), [], bytearray()
    for report_id, body in signatures:
        signature = Signature.unpack(body)
        ids.append(report_id)
        days.append(signature.day)
        words += signature.words
        place.append(len(values) // (4 * SIZE) if signature.values else -1)
        values += signature.values
    return _Signatures(
        ids,
        days,
        np.frombuffer(words, "S16"),
        np.array(place, np.intp),
        np.frombuffer(values, "<u4").reshape(-1, SIZE),
    )


def _sort(known: _Signatures, preferred: Collection[bytes]) -> Rows:
    """Return the rows in the order in which reports may be the first of a cluster."""
    ids, days = known.ids, known.days
    rows = sorted(range(len(ids)), key=lambda row: (ids[row] not in preferred, days[row] or _UNDATED, ids[row]))
    return np.array(rows, np.intp)


def _find_exact(words: npt.NDArray[np.bytes_]) -> Rows:
    """Return for each digest of words the row of the first that is the same."""
    _, first, same = np.unique(words, return_index=True, return_inverse=True)
    firsts: Rows = first[same]
    return firsts


def _find_near(known: _Signatures, rows: Rows, similarity: float) -> Rows:
    """Return for each of the rows, by its number among them, the number of the cluster that it belongs to."""
    clusters = np.arange(len(rows))
    places = known.place[rows]
    days = np.array([_number_day(known.days[row]) for row in rows], np.int32)
    buckets = Buckets(known.values, places, similarity)
    for row in buckets.find_shared():
        candidates = buckets.find_clusters(row)
        candidates = candidates[_are_near(days[row], days[candidates])]
        likeness = (known.values[places[candidates]] == known.values[places[row]]).mean(axis=1)
        if likeness.max(initial=0) >= similarity:
            clusters[row] = candidates[likeness.argmax()]  # the first of two that are equally like it
        else:
            buckets.add_cluster(row)
    return clusters


def _are_near(day: np.int32, others: npt.NDArray[np.int32]) -> npt.NDArray[np.bool_]:
    near: npt.NDArray[np.bool_] = (np.abs(others - day) <= DAYS_APART) | (others == _NO_DAY) | (day == _NO_DAY)
    return near


def _number_day(day: str) -> int:
    try:
        return date.fromisoformat(day).toordinal()
    except ValueError:
        return _NO_DAY
