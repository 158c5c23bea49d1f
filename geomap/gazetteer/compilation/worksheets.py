"""The cells of an .xlsx worksheet, read as what it is: a ZIP file of two XML files."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from xml.etree import ElementTree as ET

_NAMESPACE = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_MOST_BYTES = 64 << 20  # of one file of the archive; the register of Ukraine has 10 MB
_COLUMN = re.compile(r"[A-Z]+")


def read_cells(workbook: bytes) -> Iterator[dict[str, str]]:
    """Yield the rows of the first worksheet: letter of the column -> text of the cell, without cells that are empty."""
    with zipfile.ZipFile(io.BytesIO(workbook)) as archive:
        shared = [
            "".join(text.text or "" for text in item.iter(f"{_NAMESPACE}t"))
            for item in _parse(archive, "xl/sharedStrings.xml").iter(f"{_NAMESPACE}si")
        ]
        for row in _parse(archive, "xl/worksheets/sheet1.xml").iter(f"{_NAMESPACE}row"):
            yield dict(_cells(row, shared))


def _cells(row: ET.Element, shared: list[str]) -> Iterator[tuple[str, str]]:
    for cell in row:
        value, column = cell.findtext(f"{_NAMESPACE}v"), _COLUMN.match(cell.get("r", ""))
        if value is not None and column is not None:
            yield column[0], shared[int(value)] if cell.get("t") == "s" else value


def _parse(archive: zipfile.ZipFile, member: str) -> ET.Element:
    size = archive.getinfo(member).file_size
    if size > _MOST_BYTES:
        raise ValueError(f"{member} has {size:,} bytes, more than the {_MOST_BYTES:,} that are read")
    return ET.fromstring(archive.read(member))  # noqa: S314 - of a package that is pinned by its digest
