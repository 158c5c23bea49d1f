"""Tables with a header row, one report a row: CSV with any usual delimiter, and TSV."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TextIO

from geomap.config import Limits
from geomap.errors import ReportError
from geomap.model import Report
from geomap.reports.base import Readable, open_text, too_large
from geomap.reports.encoding import find_file_encoding
from geomap.reports.fields import find_fields
from geomap.reports.records import RecordReader, missing_text
from geomap.text.cells import EXPORTED_REPORTS, restore_cell
from geomap.text.lines import read_lines
from geomap.text.tables import Rows, TableError, find_delimiter, find_stated_delimiter

_MOST_REPAIRS = 20
_LONGEST_HEADER = 100_000
_MOST_SYNONYMS = 50  # for one field


class CsvTableReader:
    """Reads CSV and TSV files row by row; memory does not grow with the file."""

    suffixes = frozenset({".csv", ".tsv", ".tab"})
    packages: tuple[str, ...] = ()

    def read(self, file: Readable, report_id: str, limits: Limits) -> Iterator[Report | ReportError]:
        """Yield a report for each row; raise `ReportError` where no column holds the text."""
        with open_text(file, encoding=find_file_encoding(file)) as stream:
            yield from _read_table(stream, report_id, limits)


def _read_table(stream: TextIO, report_id: str, limits: Limits) -> Iterator[Report | ReportError]:
    lines = _TableLines(stream, limits)
    delimiter = _find_delimiter(lines)
    rows = _read_rows(lines, delimiter)
    header = next((row for _, row in rows if isinstance(row, list) and any(row)), None)
    if header is None:
        raise ReportError("is empty")
    names = [name.strip() for name in header]
    if "text" not in find_fields(names):
        raise ReportError(missing_text(names))
    records, is_empty = RecordReader(report_id, limits), True
    is_export = names[: len(EXPORTED_REPORTS)] == EXPORTED_REPORTS
    columns = _choose_columns(names)
    for number, row in rows:
        if isinstance(row, ReportError) or any(cell.strip() for cell in row):
            is_empty = False
            if is_export and isinstance(row, list):
                row = [restore_cell(cell) for cell in row]  # as it was before it was exported
            yield row if isinstance(row, ReportError) else _read_row(records, columns, row, number, len(names))
    if is_empty:
        raise ReportError("holds no reports: there is no row below the header")


def _choose_columns(names: list[str]) -> dict[str, int]:
    """Return the indices of the columns that have a meaning, so that a row costs no more than its own cells.

    Of two columns of one name the first counts.
    """
    places: dict[str, int] = {}
    for place, name in enumerate(names):
        places.setdefault(name, place)
    return {name: places[name] for known in find_fields(places).values() for name in known[:_MOST_SYNONYMS]}


def _read_row(
    records: RecordReader, columns: dict[str, int], row: list[str], number: int, width: int
) -> Report | ReportError:
    if any(cell.strip() for cell in row[width:]):
        reason = f"has {len(row)} cells where the header has {width}; put quotation marks around cells"
        return ReportError(f"{reason} that hold the delimiter", line=number)
    record = {name: row[place] if place < len(row) else "" for name, place in columns.items()}
    return records.read(record, number=number)


class _TableLines(Iterator[str]):
    """The lines that csv reads, and what csv does not tell: where a row begins, and whether it is too large."""

    def __init__(self, stream: TextIO, limits: Limits) -> None:
        self.limits = limits
        self._lines = read_lines(stream, limit=limits.report_bytes)
        self._put_back: list[tuple[int, str]] = []
        self._row: list[tuple[int, str]] = []
        self._is_at_end = False
        self.is_too_large = False
        self.row_start = 0

    def __next__(self) -> str:
        number, text = self._put_back.pop() if self._put_back else self._take()
        self.row_start = self.row_start or number
        self._row.append((number, text))
        return text

    def _take(self) -> tuple[int, str]:
        line = next(self._lines, None)
        if line is None:
            self._is_at_end = True
            raise StopIteration
        if line.text is not None:
            return line.number, line.text
        self.is_too_large = True
        return line.number, '"\n' if line.quotes % 2 else "\n"  # keeps an open cell open and a closed one closed

    def begin_row(self) -> None:
        """Forget the lines of the row before."""
        self._row, self.is_too_large, self.row_start = [], False, 0

    def is_open_at_end(self) -> bool:
        """Return whether the row runs to the end of the file because the quotes of a cell are never closed."""
        quotes = sum(line.count('"') for _, line in self._row)
        return self._is_at_end and len(self._row) > 1 and quotes % 2 == 1

    def put_back(self, *, keep: int) -> None:
        """Give all but the first ``keep`` lines of the row back, to be read as rows of their own."""
        self._put_back += reversed(self._row[keep:])


def _find_delimiter(lines: _TableLines) -> str:
    """Return the delimiter that gives a text column, then the most columns; a line ``sep=;`` of Excel decides alone."""
    first = next(lines, "")
    if stated := find_stated_delimiter(first):
        return stated
    lines.put_back(keep=0)
    return find_delimiter(first[:_LONGEST_HEADER], lambda names: "text" in find_fields(names))


def _read_rows(lines: _TableLines, delimiter: str) -> Iterator[tuple[int, list[str] | ReportError]]:
    """Yield rows with the line where each begins; a cell that is never closed costs its own line, not the rest."""
    most = 2 * lines.limits.report_bytes
    rows = Rows(lines, delimiter=delimiter, most=most, skips_blanks=delimiter != "\t")
    repairs = 0
    while True:
        lines.begin_row()
        try:
            row = next(rows, None)
            is_broken = lines.is_open_at_end()
        except TableError:
            row, is_broken = [], True
        if row is None:
            return
        if is_broken and not lines.is_too_large:
            repairs += 1
            if repairs <= _MOST_REPAIRS:  # each may read the same lines again
                lines.put_back(keep=1)
        yield lines.row_start, _refuse(lines, is_broken=is_broken) or row


def _refuse(lines: _TableLines, *, is_broken: bool) -> ReportError | None:
    if lines.is_too_large:
        return ReportError(too_large(lines.limits), line=lines.row_start)
    if is_broken:
        size = f"more than {lines.limits.report_mb} MB"
        reason = f"has a quotation mark that is never closed, or a row of {size}; close it or take it out"
        return ReportError(reason, line=lines.row_start)
    return None
