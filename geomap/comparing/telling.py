"""A comparison as a line, as a table for people, and as CSV."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from typing import Final

from geomap.comparing.causes import REPORT
from geomap.comparing.comparison import CHANGE_KINDS, Change, ChangeKind, Comparison, Spot
from geomap.system.replacement import replacement
from geomap.text.cells import neutralise_cell
from geomap.text.tables import write_rows

COLUMNS: Final = (
    *("change", "name", "cause", "report_id", "start_offset", "distance_km"),
    *("from_place_id", "from_place", "from_latitude", "from_longitude", "from_usage"),
    *("to_place_id", "to_place", "to_latitude", "to_longitude", "to_usage"),
    "detail",
)
_MARK: Final = b"\xef\xbb\xbf"  # Excel takes a table without it for one of an older code page
_HEAD: Final = ("", "name", "from", "to", "km", "cause", "mentions")
_TO_THE_RIGHT: Final = {4, 6}


@dataclass(frozen=True, slots=True)
class NameChange:
    """A name, and how many mentions of it have changed in the same way."""

    kind: ChangeKind
    name: str
    before: str
    now: str
    cause: str
    mentions: int
    distance_km: float | None

    def cells(self) -> tuple[str, ...]:
        """Return the change as a row of the table."""
        distance = "" if self.distance_km is None else f"{self.distance_km:,.0f}"
        return self.kind, self.name, self.before, self.now, distance, self.cause, f"{self.mentions:,}"


def gather_names(changes: Iterable[Change]) -> list[NameChange]:
    """Return the changes by name: what moved, then what appeared and vanished, each the most frequent first."""
    groups: defaultdict[tuple[str, ...], list[Change]] = defaultdict(list)
    for each in changes:
        groups[each.kind, each.name, _identify(each.before), _identify(each.now), each.cause].append(each)
    names = [
        NameChange(
            rows[0].kind,
            _on_one_line(rows[0].name),
            _describe(rows[0].before),
            _describe(rows[0].now),
            rows[0].cause,
            len(rows),
            rows[0].distance_km,
        )
        for rows in groups.values()
    ]
    return sorted(names, key=lambda each: (CHANGE_KINDS.index(each.kind), -each.mentions, each.cells()))


def summarise(comparison: Comparison) -> str:
    """Return what moved, and what appeared or vanished for another reason than its report; nothing if nothing did."""
    names = [each for each in gather_names(comparison.changes) if each.kind == "moved" or each.cause != REPORT]
    causes = ", ".join(sorted({each.cause for each in names}))
    return f"{_count_kinds(names)} ({causes})" if names else ""


def describe_comparison(comparison: Comparison, what: str) -> Iterator[str]:
    """Yield the lines of a comparison: what it is and its counts, a table by names, and what leads nowhere."""
    names = gather_names(comparison.changes)
    yield f"{what}: {_count_kinds(names) or 'none'}"
    if names:
        yield from _align([_HEAD, *(each.cells() for each in names)])
    for each in comparison.strays:
        yield f"{_STRAYS[each.kind]}: {_on_one_line(' '.join(filter(None, (each.name, each.detail))))}"


_STRAYS: Final = {
    "correction": "Correction that does not apply",
    "link": "Link that leads nowhere any more",
}


def write_changes(comparison: Comparison, output: Path) -> None:
    """Write a comparison as CSV, a row for each mention, then one for each correction or link that leads nowhere."""
    changes = map(_list_cells, comparison.changes)
    empty = [""] * (len(COLUMNS) - 3)
    strays: Iterator[list[object]] = ([each.kind, each.name, *empty, each.detail] for each in comparison.strays)
    with replacement(output, remedy="choose another file with --compare-csv, or free this one") as stream:
        stream.write(_MARK)
        rows = ([_write_cell(cell) for cell in row] for row in chain(changes, strays))
        write_rows(chain([COLUMNS], rows), stream, errors="replace")


def _write_cell(value: object) -> str:
    return neutralise_cell(value) if isinstance(value, str) else repr(value)


def _list_cells(change: Change) -> list[object]:
    distance = "" if change.distance_km is None else round(change.distance_km, 3)
    row = [change.kind, change.name, change.cause, change.report_id, change.start, distance]
    return [*row, *_list_spot(change.before), *_list_spot(change.now), ""]


def _list_spot(spot: Spot | None) -> list[object]:
    if spot is None:
        return [""] * 5
    return [spot.place_id, spot.name, spot.latitude, spot.longitude, spot.usage]


def _count_kinds(names: Sequence[NameChange]) -> str:
    counts = ((kind, sum(each.kind == kind for each in names)) for kind in CHANGE_KINDS)
    return ", ".join(f"{count:,} {kind}" for kind, count in counts if count)


def _identify(spot: Spot | None) -> str:
    return "" if spot is None else spot.key


def _describe(spot: Spot | None) -> str:
    return "" if spot is None else _on_one_line(spot.name)


def _on_one_line(text: str) -> str:
    return " ".join(text.split())


def _align(rows: Sequence[Sequence[str]]) -> Iterator[str]:
    """Yield rows as lines whose columns stand below each other."""
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    for row in rows:
        cells = (
            cell.rjust(width) if number in _TO_THE_RIGHT else cell.ljust(width)
            for number, (cell, width) in enumerate(zip(row, widths, strict=True))
        )
        yield "  ".join(cells).rstrip()
