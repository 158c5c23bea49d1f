"""The columns of what is exported: the same in every format."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final, Literal, TypeAlias

Thing: TypeAlias = Literal["places", "mentions", "reports"]
THINGS: Final[tuple[Thing, ...]] = ("places", "mentions", "reports")

ColumnKind: TypeAlias = Literal["text", "integer", "long", "number", "truth"]


@dataclass(frozen=True, slots=True)
class Column:
    """A column; an empty cell (null) says that something is unknown or does not apply.

    ``page`` is false for what a map does not carry: its own exports lack it.
    """

    name: str
    kind: ColumnKind
    meaning: str
    page: bool = True


_TABLE: Final = Path(__file__).with_name("columns.json")


def _read_columns() -> dict[Thing, tuple[Column, ...]]:
    table = json.loads(_TABLE.read_text(encoding="utf-8"))
    return {thing: tuple(_list_columns(table[thing], table)) for thing in THINGS}


def _list_columns(entries: list[Any], groups: dict[str, Any]) -> Iterator[Column]:
    for entry in entries:
        rows = groups[entry] if isinstance(entry, str) else [entry]  # a text stands for a group of columns
        yield from (Column(**row) for row in rows)


COLUMNS: Final = _read_columns()
"""What a row has, by what the rows are. ``start_offset`` and not ``start``: readers of KML give `end` a meaning.

They stand in ``columns.json``, because the map's own exports (viewer/src/export/rows.ts) are made from them, too.
"""
