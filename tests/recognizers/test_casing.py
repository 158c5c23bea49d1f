"""Words in the case of sentences, in texts that have them all in capitals or without any."""

from __future__ import annotations

import pytest

from geomap.gazetteer import open_gazetteer
from geomap.model import Report
from geomap.recognizers import default_recognizer
from geomap.recognizers.casing import Caser


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("QUAKE SHAKES LONG BEACH, CA", "quake shakes Long Beach, CA"),
        ("STRIKE SHUTS PORTS OF LE HAVRE AND ANTWERP", "strike shuts ports of Le Havre and Antwerp"),
        ("NATANZ HIT AGAIN. Isfahan sky is orange", "Natanz hit again. Isfahan sky is orange"),
        ("smoke in long beach is so bad, go to kharkiv", "smoke in Long Beach is so bad, go to Kharkiv"),
        ("RT: she is trapped in maiduguri, call #Borno", "RT: she is trapped in Maiduguri, call #Borno"),
        ("SHANGHAI, same day", "SHANGHAI, same day"),
        ("The mayor of kharkiv said so", "The mayor of kharkiv said so"),
        ("nice weather and good reading", "nice weather and good reading"),
    ],
)
def test_words_are_in_the_case_of_sentences(text: str, expected: str) -> None:
    assert Caser(open_gazetteer()).recase(text) == expected


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("earthquake in nepal, 12 dead", ["nepal"]),
        ("EARTHQUAKE IN NEPAL, 12 DEAD", ["NEPAL"]),
        ("anyone know if the road from pokhara is open yet", ["pokhara"]),
    ],
)
def test_names_are_found_and_quoted_as_they_are_written(text: str, names: list[str]) -> None:
    found = default_recognizer(open_gazetteer()).recognize(Report("r", text))
    assert [mention.text for mention in found] == names
    assert all(text[mention.start : mention.end] == mention.text for mention in found)
