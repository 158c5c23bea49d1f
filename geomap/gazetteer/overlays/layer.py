"""One opened overlay, and how its rows become rows of the whole gazetteer."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from geomap.gazetteer.layout import ROW_MASK, row_of
from geomap.gazetteer.name_index import NameIndex
from geomap.gazetteer.overlays.folder import Overlay
from geomap.gazetteer.place_table import PlaceTable

Rows = npt.NDArray[np.uint32]


class KnownIds(NamedTuple):
    """GeoNames ids in rising order, and the rows of the whole gazetteer that their places have."""

    ids: Rows
    rows: Rows

    @classmethod
    def of_column(cls, ids: npt.NDArray[Any]) -> KnownIds:
        """Return the ids of a column of places; 0 stands for none."""
        order = np.argsort(ids, kind="stable").astype(np.uint32)
        order = order[np.searchsorted(ids[order], 1) :]
        return cls(ids[order], order)


class OverlayLayer:
    """The names of an overlay and, unless it holds names only, its places.

    A place that an earlier layer has is not shown twice: its names lead to the row there.
    """

    def __init__(self, overlay: Overlay) -> None:
        container = overlay.open()
        self.overlay = overlay
        self.container = container
        self.meta = container.meta
        self.index = NameIndex(container)
        self.table = None if self.meta["form"] == "names" else PlaceTable(container, owner="user")
        self._ids = np.frombuffer(container.section("ids"), "<u4")
        self._id_rows = np.frombuffer(container.section("id_rows"), "<u4")
        self.start = 0
        self._moved = self._targets = np.empty(0, np.uint32)

    @property
    def size(self) -> int:
        """The number of rows that it adds to the whole gazetteer."""
        return 0 if self.table is None else len(self.table)

    def place_behind(self, start: int, earlier: Iterable[KnownIds]) -> KnownIds:
        """Place the rows from ``start`` on, except places that earlier layers have; return the layer's own ids."""
        self.start = start
        found = [_find_common(KnownIds(self._ids, self._id_rows), known) for known in earlier]
        rows = np.concatenate([mine for mine, _ in found])
        self._moved, first = np.unique(rows, return_index=True)  # the earliest layer is the first occurrence
        self._targets = np.concatenate([theirs for _, theirs in found])[first]
        return KnownIds(self._ids, self._id_rows + np.uint32(start))

    def count_moved(self) -> int:
        """Return the number of its places that earlier layers have."""
        return len(self._moved)

    def hidden_rows(self) -> Rows:
        """Return the rows of the whole gazetteer that are not used, because earlier layers have the places."""
        return self._moved + np.uint32(self.start)

    def postings(self, key_id: int) -> list[int]:
        """Return the postings of a key with rows of the whole gazetteer, without places that no layer has."""
        postings = self.index.postings(key_id)
        if self.table is not None and not len(self._moved):
            return [posting + self.start for posting in postings]
        return [
            posting & ~ROW_MASK | row for posting in postings if (row := self._whole_row(row_of(posting))) is not None
        ]

    def _whole_row(self, row: int) -> int | None:
        index = int(self._moved.searchsorted(row))
        if index < len(self._moved) and self._moved[index] == row:
            return int(self._targets[index])
        return None if self.table is None else self.start + row

    def names_of(self, row: int) -> set[str]:
        """Return the folded names that the overlay gives to a row of the whole gazetteer."""
        rows = self._moved[self._targets == row].tolist()
        if self.table is not None and 0 <= row - self.start < self.size:
            rows.append(row - self.start)
        return {name for own in rows for name in self.index.names_of(own)}

    def unit_name(self, admin1_code: str) -> str:
        """Return the name of a first-level unit such as ``UA.07``, or an empty string."""
        name = self.table.unit_name(admin1_code) if self.table is not None else ""
        return name or self.meta["unit_names"].get(admin1_code, "")

    def info(self) -> dict[str, Any]:
        """Return its name, source and counts; ``new`` places are those that no earlier layer has."""
        return {
            "name": self.overlay.name,
            "source": self.meta["source"],
            "form": self.meta["form"],
            "places": self.size,
            "new": self.size - self.count_moved() if self.table is not None else 0,
            "names": len(self.index.names),
            "bytes": self.overlay.path.stat().st_size,
            "licence": self.meta["licence"],
        }


def _find_common(one: KnownIds, other: KnownIds) -> tuple[Rows, Rows]:
    """Return the rows of the ids that both have; costs a look-up of each id of the shorter in the longer."""
    if len(one.ids) > len(other.ids):
        theirs, mine = _find_common(other, one)
        return mine, theirs
    positions = np.searchsorted(other.ids, one.ids)
    positions[positions == len(other.ids)] = 0
    hits = np.flatnonzero(other.ids[positions] == one.ids) if len(other.ids) else np.empty(0, np.intp)
    return one.rows[hits], other.rows[positions[hits]]
