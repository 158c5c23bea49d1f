"""What was found as pandas DataFrames."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Final

import pandas as pd

from geomap.exporting.columns import COLUMNS, ColumnKind, Thing
from geomap.exporting.records import Record

_KINDS: Final[dict[ColumnKind, str | None]] = {
    "text": None,
    "integer": "Int64",  # with room for what is unknown
    "long": "Int64",
    "number": "float64",
    "truth": "bool",
}


def make_frame(records: Iterable[Record], thing: Thing) -> pd.DataFrame:
    """Return records of places, mentions or reports as rows, with the columns of `geomap export`."""
    names = {column.name: column.kind for column in COLUMNS[thing]}
    columns: dict[str, list[Any]] = {name: [] for name in names}
    for record in records:
        for name, values in columns.items():
            values.append(record.values[name])
    return pd.DataFrame({name: pd.Series(values, dtype=_KINDS[names[name]]) for name, values in columns.items()})
