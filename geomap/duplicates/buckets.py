"""Buckets of signatures: only reports that share one are compared, and in each only so many.

Texts that share sentences share buckets with thousands of duplicate clusters, so three bounds keep the time linear. A
bucket holds at most `_ROOM` clusters: the `_FIRST` that came first and those that came last. A report looks into those
of its buckets that hold the fewest, up to `_LOOKS` clusters in all; what is in them is more than the sentences that
everybody has. And it is compared with the `_COMPARED` that it met in the most of them.
"""

from __future__ import annotations

from typing import Final

import numpy as np
import numpy.typing as npt

from geomap.duplicates.signing import SIZE, mix

_MISS: Final = 0.001  # of pairs that are just like enough, at most this part shares no bucket
_ROOM: Final = 64
_FIRST: Final = 32
_LOOKS: Final = 512
_COMPARED: Final = 64

Numbers = npt.NDArray[np.int32]
Rows = npt.NDArray[np.intp]
Values = npt.NDArray[np.uint32]


class Buckets:
    """The buckets of signatures, one for each band of values that two or more share, and the clusters in them."""

    def __init__(self, values: Values, rows: Rows, similarity: float) -> None:
        """Find the buckets of these rows of the values; a cluster has the number of its first row."""
        self._of_row, sizes = _find_buckets(values, rows, count_rows(similarity))
        self._room = np.minimum(sizes, _ROOM)
        self._begin = np.cumsum(self._room, dtype=np.int32) - self._room
        self._clusters = np.zeros(int(self._room.sum()), np.int32)
        self._added = np.zeros(len(sizes), np.int32)

    def find_shared(self) -> Rows:
        """Return the rows that are in a bucket with others."""
        return np.flatnonzero((self._of_row >= 0).any(axis=1))

    def find_clusters(self, row: int) -> Numbers:
        """Return the clusters that this row may belong to, in their order."""
        own = self._own(row)
        held = np.minimum(self._added[own], self._room[own])
        fewest = np.argsort(held, kind="stable")
        ends = np.cumsum(held[fewest])
        fewest = fewest[: np.searchsorted(ends, _LOOKS, "right")]
        held, ends = held[fewest], ends[: len(fewest)]
        places = np.repeat(self._begin[own[fewest]] - ends + held, held)
        met = self._clusters[places + np.arange(len(places))]
        clusters, times = np.unique(met, return_counts=True)
        if len(clusters) > _COMPARED:
            clusters = np.sort(clusters[np.argsort(-times, kind="stable")[:_COMPARED]])
        return clusters

    def add_cluster(self, row: int) -> None:
        """Put a cluster into the buckets of its first row.

        In a full bucket it takes the place of the oldest of those that came last.
        """
        own = self._own(row)
        place = self._added[own]
        over = np.maximum(place - _ROOM, 0)
        place = np.where(place < _ROOM, place, _FIRST + over % (_ROOM - _FIRST))
        self._clusters[self._begin[own] + place] = row
        self._added[own] += 1

    def _own(self, row: int) -> Numbers:
        own: Numbers = self._of_row[row]
        return own[own >= 0]


def count_rows(similarity: float) -> int:
    """Return how many values a band has, so that hardly a pair of that similarity shares no band."""
    fits = (rows for rows in range(16, 1, -1) if (1 - similarity**rows) ** (SIZE // rows) <= _MISS)
    return next(fits, 1)


def _find_buckets(values: Values, rows: Rows, width: int) -> tuple[Numbers, Numbers]:
    """Return the bucket of each row and band, -1 where no other row is in it, and how many are in each bucket."""
    buckets = np.empty((len(rows), SIZE // width), np.int32)
    sizes = [np.zeros(0, np.int32)]
    count = 0
    for band in range(SIZE // width):
        keys = np.zeros(len(rows), np.uint64)
        for column in range(band * width, (band + 1) * width):
            keys = mix(keys + values[rows, column])
        _, inverse, counts = np.unique(keys, return_inverse=True, return_counts=True)
        shared = counts > 1
        numbers = np.where(shared, np.cumsum(shared) - 1 + count, -1).astype(np.int32)
        buckets[:, band] = numbers[inverse]
        sizes.append(counts[shared].astype(np.int32))
        count += len(sizes[-1])
    return buckets, np.concatenate(sizes)
