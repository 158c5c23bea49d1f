"""KML 2.2 (OGC), for Google Earth and everything that reads it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any, BinaryIO, Final
from xml.sax.saxutils import escape

from geomap.exporting.base import clean_text, order_position
from geomap.exporting.columns import COLUMNS, Column, ColumnKind, Thing
from geomap.exporting.records import Point, Record

_TYPES: Final[dict[ColumnKind, str]] = {
    "text": "string",
    "integer": "int",
    "long": "double",  # KML's int has 32 bits: not enough for the people of a continent
    "number": "double",
    "truth": "bool",
}
_NOT_IN_XML: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
_TIME: Final = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|[+-]\d\d:\d\d)?")
_DAY: Final = re.compile(r"\d{4}-\d\d-\d\d")
_TITLES: Final[dict[Thing, str]] = {"places": "name", "mentions": "text", "reports": "title"}
_DESCRIPTIONS: Final[dict[Thing, str]] = {"places": "names", "mentions": "excerpt", "reports": "source"}


def write_kml(records: Iterable[Record], thing: Thing, stream: BinaryIO) -> int:
    """Write a document of placemarks with typed data, and the date of the report where there is one."""
    columns = [column for column in COLUMNS[thing] if column.name != _TITLES[thing]]  # that is the placemark's name
    for line in _begin(thing, columns):
        stream.write(line.encode())
    count = 0
    for record in records:
        stream.write("".join(_write_placemark(record, thing, columns)).encode())
        count += 1
    stream.write(b"</Document>\n</kml>\n")
    return count


def _begin(thing: Thing, columns: Iterable[Column]) -> Iterator[str]:
    yield '<?xml version="1.0" encoding="UTF-8"?>\n<kml xmlns="http://www.opengis.net/kml/2.2">\n'
    yield f'<Document>\n<name>{thing}</name>\n<Schema id="{thing}" name="{thing}">\n'
    for column in columns:
        yield f'<SimpleField type="{_TYPES[column.kind]}" name="{_rename(column)}"/>\n'
    yield "</Schema>\n"


def _write_placemark(record: Record, thing: Thing, columns: Iterable[Column]) -> Iterator[str]:
    values = record.values
    yield f"<Placemark><name>{_escape(values[_TITLES[thing]] or record.identity)}</name>"
    yield f"<description>{_escape(escape(values[_DESCRIPTIONS[thing]] or ''))}</description>"  # is read as HTML
    if time := find_time(values.get("date") or ""):
        yield f"<TimeStamp><when>{time}</when></TimeStamp>"
    yield f'<ExtendedData><SchemaData schemaUrl="#{thing}">'
    for column in columns:
        if (value := values[column.name]) is not None:
            yield f'<SimpleData name="{_rename(column)}">{_escape(_write_value(value))}</SimpleData>'
    yield f"</SchemaData></ExtendedData>{_write_geometry(record.points, thing)}</Placemark>\n"


def _rename(column: Column) -> str:
    return "place_name" if column.name == "name" else column.name  # readers take "name" for the placemark's


def _write_geometry(points: Iterable[Point], thing: Thing) -> str:
    written = ["<Point><coordinates>{!r},{!r}</coordinates></Point>".format(*order_position(each)) for each in points]
    if thing == "reports" and written:
        return f"<MultiGeometry>{''.join(written)}</MultiGeometry>"
    return "".join(written)


def find_time(date: str) -> str:
    """Return the date in the form of KML, a moment or a day, or an empty string for another form."""
    found = _TIME.fullmatch(date) or _DAY.match(date)
    return found[0] if found else ""


def _write_value(value: Any) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)


def _escape(value: str) -> str:
    return escape(_NOT_IN_XML.sub("\ufffd", str(clean_text(value))))
