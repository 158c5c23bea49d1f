"""Words beside a name that say what kind of place it is, and the word that several names share."""

from __future__ import annotations

import pytest

from geomap.gazetteer import open_gazetteer
from geomap.model import Mention
from geomap.resolvers.heads import find_classes, spell_out_heads
from geomap.resolvers.name_blocks import NameBlocks


def mark(text: str, *names: str) -> list[Mention]:
    return [Mention(text.index(name), text.index(name) + len(name), name) for name in names]


@pytest.mark.parametrize(
    ("text", "name", "expected"),
    [
        ("the city of New York", "New York", "town"),
        ("New York state police", "New York", "admin1"),
        ("the state of Mexico voted", "Mexico", "admin1"),
        ("In the capital Luxembourg", "Luxembourg", "town"),
        ("the hamlet of Moscow", "Moscow", "village"),
        ("in southern Quebec", "Quebec", "area"),
        ("the Quebec government", "Quebec", "area"),
        ("the country next door, Niger", "Niger", "country"),
        ("the Columbia valley", "Columbia", "nature"),
        ("from Kyiv to Lviv", "Kyiv", ""),
    ],
)
def test_words_beside_a_name_ask_for_a_class(text: str, name: str, expected: str) -> None:
    assert find_classes(text, mark(text, name)) == [expected]


@pytest.mark.parametrize(
    ("text", "names", "expected"),
    [
        ("The Darling and Warrego rivers met.", ("Darling", "Warrego"), ["darling river", "warrego river"]),
        ("Lakes Erie and Huron are low.", ("Erie", "Huron"), ["lake erie", "lake huron"]),
        ("Mounts Shasta and Hood were climbed.", ("Shasta", "Hood"), ["mount shasta", "mount hood"]),
        ("Yolo and Napa counties burnt.", ("Yolo", "Napa"), ["yolo county", "napa county"]),
        ("The rivers Severn and Tay rose.", ("Severn", "Tay"), ["river severn", "river tay"]),
        ("the middle of Indiana counties", ("Indiana",), ["Indiana"]),
        ("Erie and Huron are low.", ("Erie", "Huron"), ["Erie", "Huron"]),
    ],
)
def test_names_get_the_word_that_they_share(text: str, names: tuple[str, ...], expected: list[str]) -> None:
    found = spell_out_heads(text, mark(text, *names), NameBlocks(open_gazetteer()))
    assert [mention.text for mention in found] == expected
