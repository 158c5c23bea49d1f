"""Places that stand at the point of their unit say so in what is exported and in the map's data."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import pytest

from geomap.exporting.columns import COLUMNS, Thing
from geomap.exporting.records import iterate_records
from geomap.model import Mention, ParsedReport, Place, Report

PLACES = (
    Place("geomap:ua-11", "Ulanove", 51.15, 34.31, radius_km=18.0, approximate=True),
    Place("geonames:4", "Bilopillia", 51.15, 34.31, radius_km=2.0),
)


@dataclass
class TwoNames:
    """What was found in one report."""

    def iterate_shown(self) -> Iterator[ParsedReport]:
        text = "Ulanove and Bilopillia and Xqzzwy"
        names = ((0, 7, PLACES[0]), (12, 22, PLACES[1]), (27, 33, None))
        yield ParsedReport(Report("r", text), tuple(Mention(a, b, text[a:b], place=place) for a, b, place in names))

    iterate_reports = iterate_shown

    def read_copies(self) -> Mapping[str, str]:
        return {}


@pytest.mark.parametrize(("thing", "expected"), [("places", [True, False]), ("mentions", [True, False, None])])
def test_exports_tell_which_points_are_those_of_units(thing: Thing, expected: list[bool | None]) -> None:
    records = list(iterate_records(TwoNames(), thing))
    assert [record.values["approximate"] for record in records] == expected
    assert "approximate" in [column.name for column in COLUMNS[thing]]
