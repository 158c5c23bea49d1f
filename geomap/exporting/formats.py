"""The formats of exports: one table, and which of them a file has."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Final, cast

from geomap.errors import UsageError

if TYPE_CHECKING:
    from geomap.exporting.base import Writer


@dataclass(frozen=True, slots=True)
class Format:
    """A format: the function that writes it (``module:name``), the endings of its files in lower case.

    ``is_text`` says that it can go to standard output; ``mark`` stands at the beginning of a file, not of a stream.
    """

    writer: str
    endings: tuple[str, ...]
    is_text: bool = True
    mark: bytes = b""

    def load_writer(self) -> Writer:
        """Return the function; it brings what its format needs."""
        module, _, function = self.writer.partition(":")
        return cast("Writer", getattr(import_module(module), function))


FORMATS: Final[Mapping[str, Format]] = {
    # Excel takes a table without the mark for one of an older code page.
    "csv": Format("geomap.exporting.csv_file:write_csv", (".csv",), mark=b"\xef\xbb\xbf"),
    "geojson": Format("geomap.exporting.geojson:write_geojson", (".geojson", ".json")),
    "kml": Format("geomap.exporting.kml:write_kml", (".kml",)),
    "geoparquet": Format("geomap.exporting.geoparquet:write_geoparquet", (".parquet", ".geoparquet"), is_text=False),
    "jsonl": Format("geomap.exporting.json_lines:write_json_lines", (".jsonl", ".ndjson")),
}


def choose_format(name: str | None, output: Path | None) -> Format:
    """Return the format of that name, else that of the file's ending, else CSV.

    Raises `UsageError` where the ending tells none, or the format is no text and there is no file.
    """
    found = name or (_find_by_ending(output) if output else "csv")
    chosen = FORMATS[found]
    if output is None and not chosen.is_text:
        raise UsageError(
            f"{found} is no text for standard output: name a file with -o, such as -o places{chosen.endings[0]}."
        )
    return chosen


def _find_by_ending(output: Path) -> str:
    ending = output.suffix.lower()
    for name, each in FORMATS.items():
        if ending in each.endings:
            return name
    raise UsageError(f"{output} has no ending that tells a format: name one with --format ({', '.join(FORMATS)}).")
