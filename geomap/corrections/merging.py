"""Corrections from elsewhere, such as a file that the map has saved, into the project's own table."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import nullcontext
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from geomap.corrections.correction import Correction
from geomap.corrections.reading import Problem, read_corrections, read_row
from geomap.corrections.table import (
    CorrectionTable,
    Row,
    lay_out,
    parse_whole_table,
    read_table,
    write_table,
)
from geomap.errors import CorrectionError, RowError
from geomap.system.locking import Lock

MERGING: Final = Lock("corrections-lock", "taking over corrections in this project", CorrectionError)
"""Two merges that both read the table before either has written it would cost one of them."""


@dataclass(frozen=True, slots=True)
class Merged:
    """The result of a merge: how many corrections were new, replaced another, or were there already."""

    added: int = 0
    replaced: int = 0
    unchanged: int = 0
    problems: tuple[Problem, ...] = ()


def merge_file(source: Path, target: Path, *, lock_folder: Path | None = None) -> Merged:
    """Merge a table of corrections into ``target``; rows of the source that cannot be used are its problems.

    Merges with the same ``lock_folder`` wait for each other. Raises `CorrectionError` or
    `OutputError`, and then nothing has changed.
    """
    read = read_corrections(read_table(source))
    with nullcontext() if lock_folder is None else MERGING.hold(lock_folder):
        merged = merge_corrections(read.corrections, target)
    return Merged(merged.added, merged.replaced, merged.unchanged, read.problems)


def merge_sent(body: bytes, target: Path, *, lock_folder: Path) -> Merged:
    """Merge a table that a program has sent: all of it, or nothing where a row cannot be used, or is not whole.

    Whoever has sent it still has it and can send it again. Raises `CorrectionError` or `OutputError`.
    """
    label = "what was sent"
    read = read_corrections(parse_whole_table(body, label))
    for problem in read.problems:
        raise CorrectionError(f"{label}, line {problem.line}: {problem.reason}")
    with MERGING.hold(lock_folder):
        return merge_corrections(read.corrections, target)


def merge_corrections(corrections: Iterable[Correction], target: Path) -> Merged:
    """Put corrections into the table ``target``: one of the same name and scope is replaced where it stands.

    New rows follow in their order. What else is in the table, rows that cannot be read too, stays as it was; the file
    is replaced as a whole, and not touched where nothing changes. An empty table is made where there is none.
    """
    table = read_table(target) if target.exists() else CorrectionTable()
    table.add_columns()
    columns = table.columns()
    places = _find_rows(table, columns)
    added = replaced = unchanged = 0
    for each in corrections:
        row = Row(each.line, lay_out(each, table.header, columns))
        index = places.get(each.key)
        if index is None:
            places[each.key] = len(table.rows)
            table.rows.append(row)
            added += 1
        elif _is_same(read_row(table.rows[index], columns), each):
            unchanged += 1
        else:
            table.rows[index] = _keep_foreign_cells(table.rows[index], row, columns)
            replaced += 1
    if added or replaced:
        write_table(table, target)
    return Merged(added, replaced, unchanged)


def _find_rows(table: CorrectionTable, columns: dict[str, int]) -> dict[tuple[str, str], int]:
    """Return the row of each correction by name and scope; of two of one key the row that counts."""
    found: dict[tuple[str, str], int] = {}
    for index, row in enumerate(table.rows):
        try:
            found[read_row(row, columns).key] = index
        except RowError:
            continue
    return found


def _is_same(one: Correction, other: Correction) -> bool:
    return one.says_the_same(other) and (one.note, one.by, one.date) == (other.note, other.by, other.date)


def _keep_foreign_cells(old: Row, new: Row, columns: dict[str, int]) -> Row:
    """Return the new row with what the old one has in columns of the user's own."""
    own = set(columns.values())
    cells = (
        cell if index in own or index >= len(old.cells) else old.cells[index] for index, cell in enumerate(new.cells)
    )
    return Row(old.line, tuple(cells))
