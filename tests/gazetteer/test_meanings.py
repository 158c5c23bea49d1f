"""Agencies, currencies and acronyms are nobody's alternate name, and words that are stay marked."""

import pytest

from geomap.cli.main import main
from geomap.gazetteer import open_gazetteer
from geomap.gazetteer.compilation.draft import Draft, DraftPlace, NameKind
from geomap.gazetteer.compilation.meanings import drop_other_meanings


@pytest.mark.parametrize("word", ["Hamas", "WASH", "DPA", "IDPs", "NSAG", "US$", "UNHCR", "EUR"])
def test_what_means_something_else_is_no_place(word: str) -> None:
    assert open_gazetteer().matches(word) == []


@pytest.mark.parametrize(
    ("word", "place"), [("UK", "United Kingdom"), ("UAE", "United Arab Emirates"), ("AP", "Andhra Pradesh")]
)
def test_abbreviations_of_places_stay(word: str, place: str) -> None:
    gazetteer = open_gazetteer()
    assert place in {gazetteer.place(match.row).name for match in gazetteer.matches(word)}


def test_what_english_uses_or_is_the_usual_name_stays() -> None:
    draft = Draft()
    hamm = draft.add(DraftPlace("Hamm", 51.7, 7.8, "P", "PPL", "DE", geonameid=1))
    hamm.add_name("Hamas", NameKind.ALTERNATE)
    known = draft.add(DraftPlace("Ngo", 1.0, 1.0, "P", "PPL", "CG", geonameid=2))
    other = draft.add(DraftPlace("Nova", 1.0, 1.0, "P", "PPL", "CG", geonameid=3))
    other.add_name("TASS", NameKind.ALTERNATE)
    other.english.add("tass")
    drop_other_meanings(draft)
    assert (set(hamm.names), set(known.names), set(other.names)) == ({"Hamm"}, {"Ngo"}, {"Nova", "TASS"})


def test_the_audit_lists_words_that_are_somebodys_other_name(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["gazetteer", "audit"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert 100 < len(lines) < 20_000
    assert all("word: " in line or "acronym: " in line or "agency: " in line or "currency: " in line for line in lines)
    assert not any("preferred" in line for line in lines)
