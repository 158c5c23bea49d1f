"""Names that differ by a letter or two are found within a country, and only there."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geomap.gazetteer import open_gazetteer
from geomap.gazetteer.near_names import count_edits_allowed, measure_edits


def find(name: str, country: str, unit: str = "") -> list[str]:
    gazetteer = open_gazetteer()
    matches = gazetteer.find_near(name, country_code=country, admin1_code=unit)
    return [gazetteer.place(match.row).name for match in matches]


@pytest.mark.parametrize(
    ("name", "country", "place"),
    [
        ("Myauk Oo", "MM", "Mrauk U"),
        ("Tharbaung", "MM", "Thabaung"),
        ("Buloburde", "SO", "Buulobarde"),
        ("Park Pendjari", "BJ", "Pendjari National Park"),
        ("Kramatorks", "UA", "Kramatorsk"),
        ("Robotino", "UA", "Robotyne"),
        ("Hassakah", "SY", "Hasakah"),
        ("Харкив", "UA", "Kharkiv"),
    ],
)
def test_spellings_that_the_gazetteer_lacks(name: str, country: str, place: str) -> None:
    assert place in find(name, country)[:3]


def test_nothing_is_near_in_another_country_or_unit() -> None:
    assert find("Tharbaung", "UA") == []
    assert find("Tharbaung", "ZZ") == []
    assert "Kramatorsk" in find("Kramatorks", "UA", "UA.05")
    assert find("Kramatorks", "UA", "UA.25") == []


def test_short_names_have_no_neighbours() -> None:
    assert find("Kyiw", "UA") == []
    assert [count_edits_allowed(name) for name in ("kyiv", "lviv s", "kharkivv")] == [0, 1, 2]


@pytest.mark.parametrize(
    ("one", "other", "edits"),
    [("kharkiv", "kharkov", 1), ("kharkiv", "khakriv", 1), ("abc", "abcde", 2), ("abc", "xyz", None), ("ab", "ba", 1)],
)
def test_edits_are_counted(one: str, other: str, edits: int | None) -> None:
    assert measure_edits(one, other, 2) == edits


def count_plainly(one: str, other: str) -> int:
    """The textbook's recursion."""
    if not one or not other:
        return len(one) + len(other)
    costs = [
        count_plainly(one[1:], other[1:]) + (one[0] != other[0]),
        count_plainly(one[1:], other) + 1,
        count_plainly(one, other[1:]) + 1,
    ]
    if len(one) > 1 and len(other) > 1 and one[0] == other[1] and one[1] == other[0]:
        costs.append(count_plainly(one[2:], other[2:]) + 1)
    return min(costs)


@given(st.text("abc", max_size=5), st.text("abc", max_size=5))
def test_edits_are_those_of_the_textbook(one: str, other: str) -> None:
    edits = count_plainly(one, other)
    assert measure_edits(one, other, 2) == (edits if edits <= 2 else None)
