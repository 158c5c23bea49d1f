"""Gold corpora: reports whose place names people have marked."""

from __future__ import annotations

import json
import zlib
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Final, TypeVar

from geomap.config import USUAL
from geomap.errors import ReportError
from geomap.model import Report
from geomap.text.lines import read_lines

Row = TypeVar("Row")

# GeoWebNews marks many things that are no place names, and tells them by their type; what its authors count as gold is
# what has coordinates
_TYPES_BEYOND_NAMES: Final = frozenset({"Non_Toponym", "Literal_Expression", "Non_Lit_Expression"})


@dataclass(frozen=True, slots=True)
class GoldMention:
    """A place name as people marked it, with coordinates if they gave any."""

    start: int
    end: int
    latitude: float | None
    longitude: float | None
    geonameid: int | None
    type: str = ""
    usage: str = ""
    """As in a mention, or an empty string where the corpus does not say."""


@dataclass(frozen=True, slots=True)
class GoldReport:
    """A report of a corpus with its marked names; ``group`` keeps reports of one outlet in one fold."""

    report: Report
    gold: tuple[GoldMention, ...]
    corpus: str
    group: str

    def fold(self, folds: int) -> int:
        """Return the fold that the report belongs to, the same on every machine."""
        return zlib.crc32((self.corpus + self.group).encode()) % folds


def read_corpora(paths: Iterable[Path], *, geocoded_only: bool = False) -> list[GoldReport]:
    """Return the reports of several JSONL corpora."""
    return [report for path in paths for report in read_corpus(path, geocoded_only=geocoded_only)]


def read_corpus(path: Path, *, geocoded_only: bool = False) -> list[GoldReport]:
    """Return the reports of a JSONL corpus.

    With ``geocoded_only``, and in corpora that mark more than names, marks without coordinates are no gold.
    """
    reports = _read_rows(path)
    if geocoded_only or any(mark.type in _TYPES_BEYOND_NAMES for report in reports for mark in report.gold):
        return [replace(report, gold=_with_coordinates(report.gold)) for report in reports]
    return reports


def _with_coordinates(gold: Sequence[GoldMention]) -> tuple[GoldMention, ...]:
    return tuple(mark for mark in gold if mark.latitude is not None)


def _read_rows(path: Path) -> list[GoldReport]:
    return load_lines(path, lambda row: _read_report(row, path.stem), what="gold report")


def load_lines(path: Path, load: Callable[[Any], Row], *, what: str) -> list[Row]:
    """Return what ``load`` makes of the JSON of each line; raises `ReportError` for a line that it cannot read."""
    rows = []
    try:
        with path.open("rb") as file:
            for line in read_lines(file, limit=USUAL.report_bytes):
                try:
                    if line.text is None:
                        raise ValueError(f"longer than {USUAL.report_mb} MB")
                    rows.append(load(json.loads(line.text)))
                except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
                    raise ReportError(f"is no {what} ({error!r})", path=str(path), line=line.number) from error
    except OSError as error:
        raise ReportError(f"cannot be read ({error.strerror})", path=str(path)) from error
    return rows


def _read_report(row: dict[str, Any], corpus: str) -> GoldReport:
    report = Report(
        id=str(row["id"]),
        text=row["text"],
        title=row.get("title") or "",
        source=row.get("source") or "",
        domain=row.get("domain") or "",
    )
    gold = tuple(_read_mark(mark) for mark in row.get("gold", ()))
    return GoldReport(report, tuple(sorted(gold, key=lambda mark: mark.start)), corpus, report.domain or report.id)


def _read_mark(mark: dict[str, Any]) -> GoldMention:
    geonameid = str(mark.get("geonameid") or "")
    return GoldMention(
        start=mark["start"],
        end=mark["end"],
        latitude=mark.get("lat"),
        longitude=mark.get("lon"),
        geonameid=int(geonameid) if geonameid.isdigit() else None,
        type=mark.get("type") or "",
        usage=mark.get("usage") or "",
    )
