"""GeoJSON (RFC 7946)."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any, BinaryIO

from geomap.exporting.base import clean_text, order_position
from geomap.exporting.columns import COLUMNS, Thing
from geomap.exporting.records import Record


def write_geojson(records: Iterable[Record], thing: Thing, stream: BinaryIO) -> int:
    """Write a FeatureCollection, a feature a line; without a point the geometry is null."""
    names = [column.name for column in COLUMNS[thing]]
    stream.write(b'{"type": "FeatureCollection", "features": [')
    count = 0
    for record in records:
        feature = {
            "type": "Feature",
            "id": clean_text(record.identity),
            "geometry": make_geometry(record, thing),
            "properties": {name: clean_text(record.values[name]) for name in names},
        }
        separator = ",\n" if count else "\n"
        stream.write(f"{separator}{json.dumps(feature, allow_nan=False)}".encode("ascii"))
        count += 1
    stream.write(b"\n]}\n")
    return count


def make_geometry(record: Record, thing: Thing) -> dict[str, Any] | None:
    """Return the geometry of a record: a point, for reports all their points, or None without points."""
    positions = [list(order_position(point)) for point in record.points]
    if not positions:
        return None
    if thing == "reports":
        return {"type": "MultiPoint", "coordinates": positions}
    return {"type": "Point", "coordinates": positions[0]}
