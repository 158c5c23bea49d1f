"""Readers are told whether something happened in a place, or its government, people or team did something."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from geomap.errors import GeomapError
from geomap.gazetteer import open_gazetteer
from geomap.model import Report
from geomap.recognizers import default_recognizer
from geomap.recognizers.usage import MODEL, UsageModel

# written down before the model first saw them, but for the first three of the associative ones, which are its brief
ASSOCIATIVE = (
    ("Moscow denied the report.", ["Moscow"]),
    ("Washington and Kyiv agreed on a deal.", ["Washington", "Kyiv"]),
    ("In the final Italy beat France 2-1.", ["Italy", "France"]),
    ("Kyiv has accused Moscow of war crimes.", ["Kyiv", "Moscow"]),
    ("Tehran warned Washington against new sanctions.", ["Tehran", "Washington"]),
    ("Turkey, Russia and Iran will sign the agreement.", ["Turkey", "Russia", "Iran"]),
)
LITERAL = (
    ("He lives in Moscow.", ["Moscow"]),
    ("The convoy left Aleppo for Damascus.", ["Aleppo", "Damascus"]),
    ("Fighting continued around Raqqa, Deir ez-Zor and Hasakah.", ["Raqqa", "Deir ez-Zor", "Hasakah"]),
    ("Two people were killed near the town of Kupiansk in Ukraine.", ["Kupiansk", "Ukraine"]),
    ("Rebels captured Tikrit, Baiji and Mosul.", ["Tikrit", "Baiji", "Mosul"]),
    ("Moscow residents fled to Poland.", ["Moscow", "Poland"]),
)


def usages(text: str) -> dict[str, str]:
    return {
        mention.text: mention.usage for mention in default_recognizer(open_gazetteer()).recognize(Report("r", text))
    }


@pytest.mark.parametrize(("text", "names"), ASSOCIATIVE)
def test_governments_and_teams_act(text: str, names: list[str]) -> None:
    assert usages(text) == dict.fromkeys(names, "associative")


@pytest.mark.parametrize(("text", "names"), LITERAL)
def test_things_happen_in_places(text: str, names: list[str]) -> None:
    assert usages(text) == dict.fromkeys(names, "literal")


def test_both_are_told_apart_in_one_sentence() -> None:
    assert usages("Turkey's army crossed into Syria.") == {"Turkey": "associative", "Syria": "literal"}


def test_the_probability_of_literal_use_says_how_sure_that_is() -> None:
    text = "Moscow denied it. Two people were killed near Kharkiv on Monday, at 48.5N, 37.9E."
    denied, there, coordinates = default_recognizer(open_gazetteer()).recognize(Report("r", text))
    assert 0 < denied.usage_probability < 0.5 < there.usage_probability < 1
    assert (coordinates.usage, coordinates.usage_probability) == ("literal", 1.0)


def test_the_model_is_the_same_after_a_round_trip(tmp_path: Path) -> None:
    model = UsageModel.load(MODEL)
    model.save(tmp_path / "again.npz")
    assert (tmp_path / "again.npz").read_bytes() == MODEL.read_bytes()
    assert UsageModel.load(tmp_path / "again.npz").fingerprint == model.fingerprint


def test_the_order_in_which_words_are_numbered_makes_no_difference() -> None:
    model = UsageModel.load(MODEL)
    turned = model.renumber([*reversed(model.words), "a word that it does not know"])
    before, after = model.words.index("denied") + 1, turned.words.index("denied") + 1
    assert np.array_equal(model.word_weights[:, before], turned.word_weights[:, after])
    assert not turned.word_weights[:, -1].any()


def test_a_damaged_model_says_what_to_do(tmp_path: Path) -> None:
    path = tmp_path / "usage.npz"
    path.write_bytes(MODEL.read_bytes()[:1000])
    with pytest.raises(GeomapError, match=r"usage\.npz cannot be read .* install geomap again"):
        UsageModel.load(path)
