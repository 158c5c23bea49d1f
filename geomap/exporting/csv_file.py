"""CSV (RFC 4180), for spreadsheets, pandas, kepler.gl and QGIS."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import chain
from typing import Any, BinaryIO

from geomap.exporting.base import clean_text
from geomap.exporting.columns import COLUMNS, Thing
from geomap.exporting.records import Record
from geomap.text.cells import neutralise_cell
from geomap.text.tables import write_rows


def write_csv(records: Iterable[Record], thing: Thing, stream: BinaryIO) -> int:
    """Write a table in UTF-8; a text that a spreadsheet would run as a formula has an apostrophe in front."""
    names = [column.name for column in COLUMNS[thing]]
    rows = ([_write_cell(record.values[name]) for name in names] for record in records)
    return write_rows(chain((names,), rows), stream) - 1


def _write_cell(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, str):
        return neutralise_cell(str(clean_text(value)))
    return str(value).lower() if isinstance(value, bool) else repr(value)
