"""What every recognizer promises; the tests of each recognizer run all of it."""

from __future__ import annotations

import pytest

from geomap.model import Report, usage_of
from geomap.recognizers.base import Recognizer

ODD_TEXTS = {
    "nothing": "",
    "blanks": " \n\t ",
    "signs": "--- ... ### ,;:",
    "null": "Paris\x00London",
    "beyond the basic plane": "😀 Paris 😀😀 London 😀",
    "combining accents": "Sa\u0303o Paulo and Me\u0301xico",
    "right to left": "خاركيف Paris مكة",
    "lone surrogate": "Paris \ud800 London",
    "carriage returns": "In Paris\r\nand in\rLondon.",
    "all capitals": "SHELLING IN KHARKIV, UKRAINE",
    "one word": "Paris",
    "no end": "in " * 200 + "Paris",
}


class RecognizerContract:
    """Inherit, and make the recognizer in a fixture named ``recognizer``."""

    def test_a_clear_name_is_found(self, recognizer: Recognizer) -> None:
        text = "The minister said on Tuesday that he will travel to Germany."
        found = recognizer.recognize(Report("r", text))
        assert [mention.text for mention in found] == ["Germany"]
        assert found[0].start == text.index("Germany")

    @pytest.mark.parametrize("text", ODD_TEXTS.values(), ids=ODD_TEXTS)
    def test_odd_texts_are_read_and_mentions_fit_them(self, recognizer: Recognizer, text: str) -> None:
        end = 0
        for mention in recognizer.recognize(Report("r", text)):
            assert end <= mention.start < mention.end  # in the order of the text, not overlapping
            assert text[mention.start : mention.end] == mention.text
            assert mention.place is None
            assert 0 < mention.probability <= 1
            end = mention.end

    def test_the_same_report_gives_the_same_mentions(self, recognizer: Recognizer) -> None:
        report = Report("r", "Fighting near Kharkiv in Ukraine, said the BBC in London.")
        first = recognizer.recognize(report)
        recognizer.recognize(Report("other", "Paris, Texas"))
        assert recognizer.recognize(report) == first

    def test_articles_and_possessives_stay_outside(self, recognizer: Recognizer) -> None:
        report = Report("r", "The president flew from the United States to France. Germany's army stayed.")
        names = [mention.text for mention in recognizer.recognize(report)]
        assert {"United States", "Germany"} <= set(names)

    def test_usage_is_the_more_probable_one(self, recognizer: Recognizer) -> None:
        found = recognizer.recognize(Report("r", "Turkey's army crossed into Syria."))
        assert [mention.usage for mention in found] == ["associative", "literal"]
        assert [usage_of(mention.usage_probability) for mention in found] == ["associative", "literal"]

    def test_the_fingerprint_says_what_it_is(self, recognizer: Recognizer) -> None:
        assert recognizer.fingerprint
        assert recognizer.fingerprint == recognizer.fingerprint.strip()
