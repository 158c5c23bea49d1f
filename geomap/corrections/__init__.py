"""Corrections that stick: what people have said about names, applied to every report that it concerns."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from geomap.corrections.applying import correct_report
from geomap.corrections.book import CorrectionBook
from geomap.corrections.merging import Merged, merge_corrections, merge_file, merge_sent
from geomap.corrections.places import PlaceFinder, find_places
from geomap.corrections.reading import Problem, read_corrections
from geomap.corrections.table import read_table

if TYPE_CHECKING:
    from geomap.gazetteer.index import Gazetteer

__all__ = [
    "CorrectionBook",
    "LoadedCorrections",
    "Merged",
    "Problem",
    "correct_report",
    "load_corrections",
    "merge_corrections",
    "merge_file",
    "merge_sent",
]


@dataclass(frozen=True, slots=True)
class LoadedCorrections:
    """The corrections of a file that can be applied, and the problems of other rows, by line."""

    book: CorrectionBook
    problems: tuple[Problem, ...] = ()


def load_corrections(path: Path, open_gazetteer: Callable[[], Gazetteer]) -> LoadedCorrections:
    """Read a table of corrections and look its places up; without a file there are none.

    Raises `CorrectionError` where the file cannot be used at all.
    """
    if not path.is_file():
        return LoadedCorrections(CorrectionBook())
    read = read_corrections(read_table(path))
    corrections, unknown = find_places(read.corrections, PlaceFinder(open_gazetteer))
    problems = sorted((*read.problems, *unknown), key=lambda each: each.line)
    return LoadedCorrections(CorrectionBook(corrections), tuple(problems))
