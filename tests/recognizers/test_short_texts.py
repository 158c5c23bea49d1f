"""Clear names are found in the shortest texts, in any usual spelling."""

from __future__ import annotations

import pytest

from geomap.gazetteer import open_gazetteer
from geomap.model import Report
from geomap.recognizers import default_recognizer


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("A large-scale assault on Kharkov was reported.", ["Kharkov"]),
        ("Fighting near Kharkov", ["Kharkov"]),
        ("Kyiv denied it.", ["Kyiv"]),
        ("Shelling in Kharkiv region", ["Kharkiv region"]),
        ("Raqqa and Mosul fell.", ["Raqqa", "Mosul"]),
        ("The Lugansk People's Republic (LPR) said so.", ["Lugansk People's Republic", "LPR"]),
        ("The convoy left Tikrit for Baiji.", ["Tikrit", "Baiji"]),
        ("The Philippines said on Monday it would protest.", ["Philippines"]),
        ("The Gambia, which signed first, left.", ["Gambia"]),
    ],
)
def test_clear_names_are_found(text: str, names: list[str]) -> None:
    assert [mention.text for mention in default_recognizer(open_gazetteer()).recognize(Report("r", text))] == names


def test_contractions_are_no_names() -> None:
    text = "I've seen Paris, I\u2019d go again, and I'LL STAY. I'm sure you've heard."
    assert [each.text for each in default_recognizer(open_gazetteer()).recognize(Report("r", text))] == ["Paris"]


def test_persons_and_words_are_no_places() -> None:
    text = "John Kent and Jack London enjoy Reading books."
    assert default_recognizer(open_gazetteer()).recognize(Report("r", text)) == []
