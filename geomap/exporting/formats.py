"""The formats of exports, and which one a file has."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from geomap.errors import UsageError

FORMATS: Final = ("csv", "geojson", "kml", "geoparquet", "jsonl")

_ENDINGS: Final = {
    ".csv": "csv",
    ".geojson": "geojson",
    ".json": "geojson",
    ".kml": "kml",
    ".parquet": "geoparquet",
    ".geoparquet": "geoparquet",
    ".jsonl": "jsonl",
    ".ndjson": "jsonl",
}


def choose_format(name: str | None, output: Path | None) -> str:
    """Return the format of that name, else that of the file's ending, else CSV."""
    if name is not None:
        return name
    if output is None:
        return "csv"
    ending = output.suffix.lower()
    if ending not in _ENDINGS:
        raise UsageError(f"{output} has no ending that tells a format: name one with --format ({', '.join(FORMATS)}).")
    return _ENDINGS[ending]
