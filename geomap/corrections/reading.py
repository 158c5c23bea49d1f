"""Rows of the table -> corrections; a row that cannot be used is a problem with its line, and the others count."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final, Literal

from geomap.corrections.correction import ACTIONS, EVERYWHERE, REPORT, SOURCE, Action, Correction
from geomap.corrections.table import CorrectionTable, Row
from geomap.errors import ReportError, RowError
from geomap.model import USAGES, Usage
from geomap.text.cells import restore_cell
from geomap.text.failures import SHOWN_OF_FILE, Failures

_NUMBER: Final = re.compile(r"[+-]?(?:\d+(?:[.,]\d*)?|[.,]\d+)(?:[eE][+-]?\d+)?")
_PLACE_ID: Final = re.compile(r"[a-z][a-z0-9_-]*:\S.*")


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong with a row of the table, or with the last of many rows that have the same fault."""

    line: int
    reason: str


@dataclass(frozen=True, slots=True)
class ReadCorrections:
    """The corrections of a table, one for each name and scope, and what is wrong with other rows."""

    corrections: tuple[Correction, ...]
    problems: tuple[Problem, ...]


def read_corrections(table: CorrectionTable) -> ReadCorrections:
    """Return the corrections of a table; of two rows that conflict the later one counts."""
    columns = table.columns()
    found: dict[tuple[str, str], Correction] = {}
    problems = Failures(SHOWN_OF_FILE)
    for row in table.rows:
        try:
            correction = read_row(row, columns)
        except RowError as error:
            problems.add(ReportError(str(error), line=row.line))
            continue
        earlier = found.get(correction.key)
        if earlier is None:
            found[correction.key] = correction
        elif not earlier.says_the_same(correction):
            problems.add(ReportError(_describe_conflict(earlier, correction), line=correction.line))
            found[correction.key] = correction
    return ReadCorrections(tuple(sorted(found.values(), key=lambda each: each.line)), list_problems(problems))


def list_problems(failures: Failures) -> tuple[Problem, ...]:
    """Return the problems to show for the rows that cannot be used."""
    return tuple(Problem(each.line or 0, each.text) for each in failures)


def _describe_conflict(earlier: Correction, later: Correction) -> str:
    return (
        f"conflicts with line {earlier.line} about {later.name} in {later.scope}; line {later.line} counts: "
        "take one of them out"
    )


def read_row(row: Row, columns: dict[str, int]) -> Correction:
    """Return the correction of a row; raises `RowError`."""
    cell = _cells(row.cells, columns)
    name = cell("name")
    if not name:
        raise RowError("has no name")
    action = _read_action(cell("action"))
    latitude, longitude = _read_degrees(cell("latitude"), 90), _read_degrees(cell("longitude"), 180)
    if (latitude is None) != (longitude is None):
        raise RowError(f"has no {'latitude' if latitude is None else 'longitude'}")
    correction = Correction(
        name=name,
        scope=_read_scope(cell("scope")),
        action=action,
        place_id=_read_place(cell("place")),
        latitude=latitude,
        longitude=longitude,
        usage=_read_usage(cell("usage")),
        note=cell("note"),
        by=cell("by"),
        date=cell("date"),
        line=row.line,
    )
    if action == "is" and not correction.has_target and not correction.usage:
        remedy = "give a place (`geomap gazetteer find` has ids), coordinates or a usage"
        raise RowError(f"does not say what {name} is: {remedy}")
    return correction


def _cells(cells: Sequence[str], columns: dict[str, int]) -> Callable[[str], str]:
    def cell(column: str) -> str:
        index = columns.get(column, len(cells))
        return restore_cell(cells[index]).strip() if index < len(cells) else ""

    return cell


def _read_action(text: str) -> Action:
    wanted = re.sub(r"[\s_]+", "-", text.casefold())
    for action in ACTIONS:
        if wanted == action:
            return action
    raise RowError(f"the action {text!r} is none of {', '.join(ACTIONS)}" if text else "has no action")


def _read_scope(text: str) -> str:
    if text == EVERYWHERE:
        return text
    for prefix in (REPORT, SOURCE):
        rest = text[len(prefix) :].strip()
        if text[: len(prefix)].casefold() == prefix and rest:
            return prefix + rest
    reason = f"the scope {text!r} is none of" if text else "has no scope: write one of"
    raise RowError(f"{reason} report:ID@START, report:ID, source:NAME and * (everywhere)")


def _read_usage(text: str) -> Usage | Literal[""]:
    for usage in USAGES:
        if text.casefold() == usage:
            return usage
    if not text:
        return ""
    raise RowError(f"the usage {text!r} is none of {', '.join(USAGES)}")


def _read_place(text: str) -> str:
    if text.isdecimal():  # what people copy from GeoNames
        return f"geonames:{int(text)}"
    if text and not _PLACE_ID.fullmatch(text):
        raise RowError(f"the place {text!r} is no id: `geomap gazetteer find` gives it, such as geonames:706483")
    return text


def _read_degrees(text: str, limit: int) -> float | None:
    if not text:
        return None
    if not _NUMBER.fullmatch(text):
        raise RowError(f"{text!r} is no number of degrees, such as {'49.98' if limit == 90 else '36.25'}")
    degrees = float(text.replace(",", "."))
    if abs(degrees) > limit:
        raise RowError(f"{text} degrees are more than {limit}")
    return degrees
