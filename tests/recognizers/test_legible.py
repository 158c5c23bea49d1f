"""Texts as recognition reads them: markup, hashtags, lines and dashes, and the way back to what is written."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geomap.recognizers.legible import BREAK, BULLET, DASH, make_legible
from geomap.recognizers.tokens import split_tokens


def read(text: str) -> list[str]:
    """Return the words as they are read, but for signs."""
    return [word for word in split_tokens(text).texts if word[0].isalnum()]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("[Kupiansk](https://example.org/kupiansk-hit)", ["Kupiansk"]),
        ("see https://example.org/Odesa?x=Lviv and press@Kyiv.example", ["see", "and"]),
        ("<b>Sumy</b> and <a href='x'>Kyiv</a>", ["Sumy", "and", "Kyiv"]),
        ("**Palermo** _Trapani_ `Lagos`", ["Palermo", "Trapani", "Lagos"]),
        ("#SaveKharkiv #PacificPalisades #Benue_State", ["Save", "Kharkiv", "Pacific", "Palisades", "Benue", "State"]),
        ("#kherson", ["kherson"]),
        ("@Lisbon, says @borno_sema", ["Lisbon", "says"]),
        ("Trieste & Ljubljana", ["Trieste", "and", "Ljubljana"]),
        ("AT&T", ["AT", "T"]),
        ("al-Bab, l'Estaque", ["Al", "Bab", "L'Estaque"]),
    ],
)
def test_markup_is_gone_and_words_stand_apart(text: str, words: list[str]) -> None:
    assert read(text) == words


def test_lines_end_and_bullets_are_alike() -> None:
    assert make_legible("Hit today:\n- Orikhiv\n• Huliaipole").text == f"Hit today:{BREAK}* Orikhiv{BREAK}* Huliaipole"
    assert BULLET == "*"


def test_a_dash_is_no_hyphen() -> None:
    legible = make_legible("BLANTYRE - Chilobwe -- in Wei-hai-wei").text
    assert legible.count(DASH) == 2
    assert "Wei-hai-wei" in legible


def test_wrapped_lines_go_on() -> None:
    text = (
        "The column left Kupiansk at dawn and was seen again when it had reached New\n"
        "York, a village near Toretsk, where it stayed for the night and lost two of\n"
        "its lorries to drones before the road was closed for good by the commander."
    )
    assert BREAK not in make_legible(text).text
    posts = "explosions in the east, windows are gone on one side of it\nAnd now the capital"
    assert BREAK in make_legible(posts).text


@given(st.text(alphabet="ab Z#_&-*[]()<>/:.@\n\t'’é😀1", max_size=60))
def test_offsets_lead_back_to_the_text(text: str) -> None:
    tokens = split_tokens(text)
    assert tokens.text == text
    assert tokens.starts == sorted(tokens.starts)
    assert all(0 <= start < end <= len(text) for start, end in zip(tokens.starts, tokens.ends, strict=True))
    written = [text[start:end] for start, end in zip(tokens.starts, tokens.ends, strict=True)]
    pairs = [(read, own) for read, own in zip(tokens.texts, written, strict=True) if read.isalnum() and own != "&"]
    assert [read.lower() for read, _ in pairs] == [own.lower() for _, own in pairs]
