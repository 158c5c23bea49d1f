"""Tables with a delimiter, opened and written in one way, whatever they hold.

How large a cell may be is a setting of Python's csv module, and so of the whole process, of which geomap may be a small
part. geomap has that module a second time, for itself and without the limit: whoever reads a table bounds its rows.
"""

from __future__ import annotations

import io
import struct
from collections.abc import Callable, Iterable, Iterator, Sequence
from importlib.util import find_spec, module_from_spec
from itertools import chain, repeat
from pathlib import Path
from typing import Any, BinaryIO, Final

DELIMITERS: Final = ",;\t|"
_STATEMENT: Final = "sep="


def _load_csv() -> Any:
    spec = find_spec("_csv")
    assert spec is not None
    assert spec.loader is not None
    module: Any = module_from_spec(spec)
    spec.loader.exec_module(module)
    module.field_size_limit((1 << 8 * struct.calcsize("l") - 1) - 1)
    return module


_csv: Final = _load_csv()
TableError: Final[type[Exception]] = _csv.Error
"""A row is none: a quotation mark is misplaced, or the row is larger than it may be."""


class Rows(Iterator[list[str]]):
    """The rows of a table, from its lines; after a `TableError` it goes on with the next line.

    ``most`` is how many characters a row may have: a quotation mark that is never closed would take all that follows.
    ``lines_read`` tells how many lines the rows so far have taken.
    """

    def __init__(
        self,
        lines: Iterable[str],
        *,
        delimiter: str = ",",
        most: int | None = None,
        is_strict: bool = False,
        has_quotes: bool = True,
        skips_blanks: bool = False,
    ) -> None:
        self._most = most
        self._size = 0
        self.lines_read = 0
        self._reader = _csv.reader(
            map(self._weigh, lines),
            delimiter=delimiter,
            strict=is_strict,
            quoting=_csv.QUOTE_MINIMAL if has_quotes else _csv.QUOTE_NONE,
            skipinitialspace=skips_blanks,
        )

    def __next__(self) -> list[str]:
        self._size = 0
        row: list[str] = next(self._reader)
        return row

    def _weigh(self, line: str) -> str:
        self.lines_read += 1
        self._size += len(line)
        if self._most is not None and self._size > self._most:
            reason = f"is a row of more than {self._most:,} characters: close its quotation mark, or shorten it"
            raise TableError(reason)
        return line


def find_stated_delimiter(line: str) -> str:
    """Return the delimiter of Excel's first line ``sep=;``, or an empty string for another line."""
    stated = line[len(_STATEMENT) : len(_STATEMENT) + 1]
    return stated if line[: len(_STATEMENT)].lower() == _STATEMENT and stated.strip(" \r\n") else ""


def find_delimiter(header: str, is_header: Callable[[list[str]], bool]) -> str:
    """Return the delimiter that makes a line a header; of several the one that gives the most columns."""

    def score(delimiter: str) -> tuple[bool, int]:
        names = split_line(header, delimiter)
        return is_header(names), len(names)

    return max(DELIMITERS, key=score)


def split_line(line: str, delimiter: str) -> list[str]:
    """Return the cells of one line without blanks around them."""
    return [cell.strip() for cell in next(Rows([line], delimiter=delimiter), [])]


def read_records(path: Path) -> Iterator[tuple[int, dict[str, str]]]:
    """Yield the rows of a table in UTF-8 by the names of its columns, with the line where each ends."""
    with path.open(encoding="utf-8", newline="") as file:
        rows = Rows(file)
        names = next(rows, [])
        for row in filter(None, rows):
            yield rows.lines_read, dict(zip(names, chain(row, repeat("")), strict=False))


def write_rows(
    rows: Iterable[Sequence[str]],
    stream: BinaryIO,
    *,
    delimiter: str = ",",
    encoding: str = "utf-8",
    errors: str = "strict",
    line_end: str = "\r\n",
    states_delimiter: bool = False,
) -> int:
    """Write a table and return its number of rows; with ``states_delimiter`` Excel's line ``sep=`` comes first."""
    text = io.TextIOWrapper(stream, encoding=encoding, errors=errors, newline="")
    if states_delimiter:
        text.write(f"{_STATEMENT}{delimiter}{line_end}")
    writer = _csv.writer(text, delimiter=delimiter, lineterminator=line_end)
    count = 0
    for row in rows:
        writer.writerow(row)
        count += 1
    text.detach()
    return count
