"""The protocol of export formats: records -> bytes."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any, BinaryIO, Final, Protocol

from geomap.exporting.columns import Thing
from geomap.exporting.records import Point, Record

_NO_CHARACTERS: Final = re.compile("[\ud800-\udfff\0]")


class Writer(Protocol):
    """Writes records into a stream in one format and returns their number."""

    def __call__(self, records: Iterable[Record], thing: Thing, stream: BinaryIO, /) -> int:
        """Write the records as they come and return how many those were."""
        ...


def clean_text(value: Any) -> Any:
    """Return a value with U+FFFD for lone surrogates and NULs, which no file can hold or no reader takes."""
    return _NO_CHARACTERS.sub("\ufffd", value) if isinstance(value, str) else value


def order_position(point: Point) -> tuple[float, float]:
    """Return a point in the order of GeoJSON, KML and WKB, longitude first: the one place where this change is made."""
    latitude, longitude = point
    return round(longitude, 6), round(latitude, 6)
