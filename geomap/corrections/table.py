"""The table of corrections as a file: made by hand, in a spreadsheet or by the map, and written back as it was."""

from __future__ import annotations

import io
import stat
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from geomap.corrections.correction import Correction
from geomap.errors import CorrectionError
from geomap.system.replacement import replacement
from geomap.text.byte_order_marks import find_marked_encoding
from geomap.text.cells import neutralise_cell
from geomap.text.tables import Rows, TableError, find_delimiter, find_stated_delimiter, write_rows

COLUMNS: Final = ("name", "scope", "action", "place", "latitude", "longitude", "usage", "note", "by", "date")
REQUIRED: Final = ("name", "scope", "action")
_SYNONYMS: Final = {"lat": "latitude", "lon": "longitude", "lng": "longitude", "place_id": "place", "place id": "place"}
_LARGEST: Final = 64_000_000


@dataclass(frozen=True, slots=True)
class Row:
    """The cells of a row as they stand in the file, and the line (from 1) where it begins."""

    line: int
    cells: tuple[str, ...]


@dataclass(slots=True)
class CorrectionTable:
    """A table as it stands in its file, with columns and rows that mean nothing to geomap."""

    header: list[str] = field(default_factory=lambda: list(COLUMNS))
    rows: list[Row] = field(default_factory=list)
    delimiter: str = ","
    states_delimiter: bool = False

    def columns(self) -> dict[str, int]:
        """Return the indices of the columns that geomap uses; the first of two of one name counts."""
        found: dict[str, int] = {}
        for index, title in enumerate(self.header):
            name = title.strip().casefold()
            found.setdefault(_SYNONYMS.get(name, name), index)
        return {name: index for name, index in found.items() if name in COLUMNS}

    def add_columns(self) -> None:
        """Append the columns that are missing."""
        known = self.columns()
        self.header.extend(name for name in COLUMNS if name not in known)


def read_table(path: Path) -> CorrectionTable:
    """Read a table in UTF-8 (or UTF-16 or UTF-32 with its mark), with commas, semicolons or tabs.

    Raises `CorrectionError` for what is no such table, with the line where known.
    """
    try:
        known = path.stat()
        if not stat.S_ISREG(known.st_mode):  # a pipe might keep us waiting for ever
            raise CorrectionError(f"{path} is not a regular file: save the table of corrections as one.")
        if known.st_size > _LARGEST:
            raise CorrectionError(f"{path} is larger than {_LARGEST // 1_000_000} MB: is it a table of corrections?")
        body = path.read_bytes()
    except OSError as error:
        raise CorrectionError(
            f"{path} cannot be read ({error.strerror}): close it in other programs, and check its permissions."
        ) from error
    return parse_table(body, str(path))


def parse_table(body: bytes, label: str) -> CorrectionTable:
    """Return the table in a file's bytes; ``label`` names it in errors."""
    return _parse_text(_decode(body, label), label)


def parse_whole_table(body: bytes, label: str) -> CorrectionTable:
    """Return a table that a program has sent: one that may have lost its end raises `CorrectionError`.

    A file that people wrote may lack its last line end, and cells at the ends of its rows. Both are demanded here, so
    that a number that was cut ("3" of 36.71) is not taken for a whole one.
    """
    text = _decode(body, label)
    table = _parse_text(text, label)
    if not table.rows:
        raise CorrectionError(f"{label} has no row")
    if not text.endswith("\n"):
        raise CorrectionError(f"{label}, line {table.rows[-1].line}: is cut off, for it has no line end")
    for row in table.rows:
        if len(row.cells) != len(table.header):
            raise CorrectionError(
                f"{label}, line {row.line}: has {len(row.cells)} cells, and the first line has {len(table.header)}"
            )
    return table


def _parse_text(text: str, label: str) -> CorrectionTable:
    lines = io.StringIO(text, newline="")
    first = lines.readline()
    stated = find_stated_delimiter(first)
    if not stated:
        lines.seek(0)
    delimiter = stated or find_delimiter(first, _is_header)
    rows = list(_read_rows(lines, delimiter, label, line=2 if stated else 1))
    if not rows:
        return CorrectionTable()
    header = [cell.strip() for cell in rows[0].cells]
    table = CorrectionTable(header, rows[1:], delimiter, states_delimiter=bool(stated))
    missing = [name for name in REQUIRED if name not in table.columns()]
    if missing:
        raise CorrectionError(
            f"{label} has no column {' and no column '.join(missing)}: its first line has to be {','.join(COLUMNS)}"
        )
    return table


def _is_header(names: Sequence[str]) -> bool:
    return {name.casefold() for name in names}.issuperset(REQUIRED)


def _decode(body: bytes, label: str) -> str:
    try:
        return body.decode(find_marked_encoding(body) or "utf-8", "surrogatepass")  # ids may hold what no name should
    except UnicodeDecodeError as error:
        line = body.count(b"\n", 0, error.start) + 1
        raise CorrectionError(f'{label}, line {line}: is not UTF-8: save the table as "CSV UTF-8".') from error


def _read_rows(lines: Iterable[str], delimiter: str, label: str, *, line: int) -> Iterator[Row]:
    rows, first = Rows(lines, delimiter=delimiter, is_strict=True), line
    try:
        for cells in rows:
            if any(map(str.strip, cells)):
                yield Row(line, tuple(cells))
            line = rows.lines_read + first
    except TableError as error:
        raise CorrectionError(f"{label}, line {line}: is not CSV ({error}): check its quotation marks.") from error


def write_table(table: CorrectionTable, path: Path) -> None:
    """Write the table as UTF-8 with a mark, so that spreadsheets read it as such; the file is replaced as a whole."""
    with replacement(path, remedy="close it in other programs, and check its permissions") as file:
        write_rows(
            [table.header, *(row.cells for row in table.rows)],
            file,
            delimiter=table.delimiter,
            encoding="utf-8-sig",
            errors="surrogatepass",
            line_end="\n",
            states_delimiter=table.states_delimiter,
        )


def lay_out(correction: Correction, header: Sequence[str], columns: dict[str, int]) -> tuple[str, ...]:
    """Return a correction as the cells of a row."""
    cells = [""] * len(header)
    for name, value in _values(correction):
        cells[columns[name]] = value
    return tuple(cells)


def _values(correction: Correction) -> Iterable[tuple[str, str]]:
    yield "name", neutralise_cell(correction.name)
    yield "scope", neutralise_cell(correction.scope)
    yield "action", correction.action
    yield "place", neutralise_cell(correction.place_id)
    yield "latitude", _degrees(correction.latitude)  # a number below zero is no formula
    yield "longitude", _degrees(correction.longitude)
    yield "usage", correction.usage
    yield "note", neutralise_cell(correction.note)
    yield "by", neutralise_cell(correction.by)
    yield "date", neutralise_cell(correction.date)


def _degrees(value: float | None) -> str:
    return "" if value is None else repr(value)
