"""The columns of several tables of places as one."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from typing import Any, Final, NamedTuple

import numpy as np
import numpy.typing as npt

from geomap.gazetteer.layout import COLUMNS
from geomap.gazetteer.place_table import PlaceTable

_VALUES: Final = {"country": "countries", "admin1": "admin1", "feature": "features", "origin": "origins"}
"""Columns that hold indices, and the lists of `PlaceTable.meta` that they point into."""


def merge_values(tables: Sequence[PlaceTable]) -> dict[str, list[str]]:
    """Return the lists of values that columns point into; those of the first table keep their indices."""
    return {
        name: list(dict.fromkeys(value for table in tables for value in table.meta[name])) for name in _VALUES.values()
    }


def chain_columns(tables: Sequence[PlaceTable], values: dict[str, list[str]]) -> dict[str, ChainedColumn]:
    """Return the columns of tables behind each other, pointing into ``values`` (see `merge_values`)."""
    indices = {name: {value: index for index, value in enumerate(each)} for name, each in values.items()}
    return {
        column: ChainedColumn(
            [_make_part(table, column, indices.get(_VALUES.get(column, ""))) for table in tables], COLUMNS[column]
        )
        for column in tables[0].columns
    }


def _make_part(table: PlaceTable, column: str, indices: dict[str, int] | None) -> ColumnPart:
    values = table.columns[column]
    if indices is None:
        return ColumnPart(values)
    return ColumnPart(values, np.array([indices[value] for value in table.meta[_VALUES[column]]], COLUMNS[column]))


class ColumnPart(NamedTuple):
    """A column of one file; ``translation`` maps its values to those of the whole, or is None if they are the same."""

    values: npt.NDArray[Any]
    translation: npt.NDArray[Any] | None = None


class ChainedColumn:
    """Columns behind each other, looked up by row or array of rows without copying them."""

    def __init__(self, parts: Sequence[ColumnPart], kind: str) -> None:
        self._parts = parts
        self._starts = np.cumsum([0, *(len(part.values) for part in parts)]).tolist()
        self.dtype = np.dtype(kind)

    def __len__(self) -> int:
        return int(self._starts[-1])

    def __getitem__(self, rows: Any) -> Any:
        if isinstance(rows, int | np.integer):
            return self._at(int(rows))
        wanted = np.asarray(rows)
        if wanted.dtype.kind not in "iu":  # masks and slices are rare
            return np.asarray(self)[rows]
        found = np.empty(wanted.shape, self.dtype)
        numbers = np.searchsorted(self._starts, wanted, side="right") - 1
        for number in np.unique(numbers).tolist():
            chosen = numbers == number
            found[chosen] = _translate(self._parts[number], wanted[chosen] - self._starts[number])
        return found

    def _at(self, row: int) -> Any:
        number = bisect_right(self._starts, row) - 1
        values, translation = self._parts[number]
        value = values[row - self._starts[number]]
        return value if translation is None else translation[value]

    def __array__(self, dtype: Any = None, copy: bool | None = None) -> npt.NDArray[Any]:
        whole = np.concatenate([_translate(part, slice(None)) for part in self._parts])
        return whole if dtype is None else whole.astype(dtype)


def _translate(part: ColumnPart, rows: Any) -> npt.NDArray[Any]:
    found: npt.NDArray[Any] = part.values[rows]
    return found if part.translation is None else part.translation[found]
