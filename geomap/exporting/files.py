"""Exports as files and streams."""

from __future__ import annotations

from importlib import import_module
from pathlib import Path
from typing import BinaryIO, Final, cast

from geomap.exporting.base import Writer
from geomap.exporting.columns import Thing
from geomap.exporting.records import Findings, iterate_records
from geomap.system.replacement import replacement

_WRITERS: Final = {
    "csv": ("csv_file", "write_csv"),
    "geojson": ("geojson", "write_geojson"),
    "kml": ("kml", "write_kml"),
    "geoparquet": ("geoparquet", "write_geoparquet"),
    "jsonl": ("json_lines", "write_json_lines"),
}
_MARK: Final = b"\xef\xbb\xbf"


def export_file(findings: Findings, thing: Thing, form: str, output: Path) -> int:
    """Write what a build holds to a file, which is replaced as a whole, and return how many records that are."""
    write = _load(form)
    with replacement(output) as stream:
        if form == "csv":
            stream.write(_MARK)  # Excel takes the table for one of an older code page without it
        return write(iterate_records(findings, thing), thing, stream)


def export_stream(findings: Findings, thing: Thing, form: str, stream: BinaryIO) -> int:
    """Write the same to an open stream."""
    return _load(form)(iterate_records(findings, thing), thing, stream)


def _load(form: str) -> Writer:
    module, function = _WRITERS[form]
    return cast(Writer, getattr(import_module(f"geomap.exporting.{module}"), function))
