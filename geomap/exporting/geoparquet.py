"""GeoParquet 1.1, for GeoPandas, QGIS, DuckDB and large data in general."""

from __future__ import annotations

import json
import struct
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import Any, BinaryIO, Final

from geomap.errors import MissingPackageError
from geomap.exporting.base import clean_text, order_position
from geomap.exporting.columns import COLUMNS, Thing
from geomap.exporting.records import Point, Record
from geomap.system.installing import install_command

_ROWS: Final = 10_000  # of a row group: what is in memory at a time
_GEOMETRY: Final = "geometry"
_POINT, _MULTI_POINT, _LITTLE_ENDIAN = 1, 4, 1


def write_geoparquet(records: Iterable[Record], thing: Thing, stream: BinaryIO) -> int:
    """Write a Parquet file with points as WKB, in WGS 84 with longitude first (OGC:CRS84, the format's default)."""
    pyarrow, parquet = _import()
    types = {
        "text": pyarrow.string(),
        "integer": pyarrow.int64(),
        "long": pyarrow.int64(),
        "number": pyarrow.float64(),
        "truth": pyarrow.bool_(),
    }
    fields = [(column.name, types[column.kind]) for column in COLUMNS[thing]]
    schema = pyarrow.schema([*fields, (_GEOMETRY, pyarrow.binary())], metadata={"geo": _describe(thing)})
    count, iterator = 0, iter(records)
    with parquet.ParquetWriter(stream, schema, compression="zstd") as writer:
        while batch := list(islice(iterator, _ROWS)):
            writer.write_table(pyarrow.table(_make_columns(batch, thing), schema=schema))
            count += len(batch)
    return count


def _import() -> tuple[Any, Any]:
    try:
        import pyarrow
        from pyarrow import parquet
    except ImportError as error:
        raise MissingPackageError(
            f"GeoParquet needs the package pyarrow: {install_command('pyarrow')} (or choose another format)"
        ) from error
    return pyarrow, parquet


def _describe(thing: Thing) -> str:
    kind = "MultiPoint" if thing == "reports" else "Point"
    column = {"encoding": "WKB", "geometry_types": [kind]}
    return json.dumps({"version": "1.1.0", "primary_column": _GEOMETRY, "columns": {_GEOMETRY: column}})


def _make_columns(records: Sequence[Record], thing: Thing) -> dict[str, list[Any]]:
    columns = {column.name: [clean_text(record.values[column.name]) for record in records] for column in COLUMNS[thing]}
    columns[_GEOMETRY] = [_make_geometry(record.points, thing) for record in records]
    return columns


def _make_geometry(points: Sequence[Point], thing: Thing) -> bytes | None:
    """Return the well-known binary of points, or None without points."""
    if not points:
        return None
    parts = [struct.pack("<BIdd", _LITTLE_ENDIAN, _POINT, *order_position(point)) for point in points]
    return b"".join(_wrap(parts)) if thing == "reports" else parts[0]


def _wrap(parts: Sequence[bytes]) -> Iterator[bytes]:
    yield struct.pack("<BII", _LITTLE_ENDIAN, _MULTI_POINT, len(parts))
    yield from parts
