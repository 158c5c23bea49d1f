"""Dates as reports write them come out as ISO 8601, and what is no full date stays unknown."""

from __future__ import annotations

import pytest

from geomap.reports.dates import find_dates, parse_date

WRITTEN = [
    ("2025-05-25", "2025-05-25"),
    ("2025/05/06", "2025-05-06"),
    ("2025.05.06", "2025-05-06"),
    ("2025-05-25T12:00:14", "2025-05-25T12:00:14"),
    ("2025-05-06T12:00:14Z", "2025-05-06T12:00:14+00:00"),
    ("2025-05-25T12:00:14.123+03:00", "2025-05-25T12:00:14+03:00"),
    ("2025-05-25 12:00", "2025-05-25T12:00:00"),
    ("Sunday, May 25, 2025 12:00:14 PM", "2025-05-25T12:00:14"),
    ("Sunday, May 25, 2025 12:00:14 AM", "2025-05-25T00:00:14"),
    ("May 25, 2025", "2025-05-25"),
    ("May 25 2025", "2025-05-25"),
    ("Sept. 5, 2025", "2025-09-05"),
    ("Thurs., Sept. 4th, 2025", "2025-09-04"),
    ("25 May 2025", "2025-05-25"),
    ("25th of May, 2025", "2025-05-25"),
    ("25-May-2025", "2025-05-25"),
    ("Sun, 25 May 2025 09:30:00 +0300", "2025-05-25T09:30:00+03:00"),
    ("Sun, 25 May 2025 09:30:00 GMT", "2025-05-25T09:30:00+00:00"),
    ("May 25, 2025 at 8:05 a.m. EDT", "2025-05-25T08:05:00-04:00"),
    ("May 25, 2025 8 pm", "2025-05-25T20:00:00"),
    ("25.05.2025", "2025-05-25"),
    ("25.05.2025 14:30", "2025-05-25T14:30:00"),
    ("5.6.2025", "2025-06-05"),
    ("05/06/2025", "2025-06-05"),  # ambiguous: day first
    ("05/06/2025 3:15 PM", "2025-05-06T15:15:00"),  # ambiguous, with a 12-hour clock: month first
    ("05/25/2025", "2025-05-25"),
    ("25/05/2025", "2025-05-25"),
    ("Published: 25 May 2025", "2025-05-25"),
    ("20250525", "2025-05-25"),
    ("20250525120014", "2025-05-25T12:00:14"),
    (20250525, "2025-05-25"),
    (1748174414, "2025-05-25T12:00:14+00:00"),
    (1748174414000, "2025-05-25T12:00:14+00:00"),
    (1748174414.0, "2025-05-25T12:00:14+00:00"),
    ("May 2025", ""),
    ("2025", ""),
    ("2025-13-45", ""),
    ("30 February 2025", ""),
    ("yesterday", ""),
    ("two hours ago", ""),
    ("version 1.2.3.2025.4", ""),
    ("", ""),
    (None, ""),
    (True, ""),
    (float("nan"), ""),
    (10**400, ""),
    ("9" * 5000, ""),
]


@pytest.mark.parametrize(("written", "expected"), WRITTEN)
def test_a_date_comes_out_as_iso_8601(written: object, expected: str) -> None:
    assert parse_date(written) == expected


def test_dates_are_located_in_a_line() -> None:
    line = "date 2025-05-25 Troops mass near the border Sunday, May 25, 2025 12:00:14 PM"
    found = find_dates(line)
    assert [line[date.start : date.end] for date in found] == ["2025-05-25", "Sunday, May 25, 2025 12:00:14 PM"]
    assert [date.iso for date in found] == ["2025-05-25", "2025-05-25T12:00:14"]


def test_a_time_that_cannot_be_leaves_the_day() -> None:
    assert parse_date("2025-05-25 31:77") == "2025-05-25"
