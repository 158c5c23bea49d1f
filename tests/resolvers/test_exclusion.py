"""What stands beside a name excludes: places outside of it are not chosen, and nothing is, where none lies in it."""

from __future__ import annotations

import pytest

from geomap.gazetteer import open_gazetteer
from geomap.model import Mention, Report
from geomap.resolvers import default_resolver


def resolve(text: str, *names: str) -> list[Mention]:
    mentions, done = [], 0
    for name in names:
        start = text.index(name, done)
        mentions.append(Mention(start, start + len(name), name))
        done = start + len(name)
    return default_resolver(open_gazetteer()).resolve(Report("r", text), mentions)


@pytest.mark.parametrize(
    ("text", "names", "expected"),
    [
        ("A fire in Athens, GA, today.", ("Athens", "GA"), ["US.GA", "US.GA"]),
        ("Students of Athens (Georgia) met.", ("Athens", "Georgia"), ["US.GA", "US.GA"]),
        ("He flew to Portland Maine.", ("Portland", "Maine"), ["US.ME", "US.ME"]),
        ("Born in Birmingham, Alabama, in May.", ("Birmingham", "Alabama"), ["US.AL", "US.AL"]),
        ("She lives in Vienna in suburban Virginia.", ("Vienna", "Virginia"), ["US.VA", "US.VA"]),
        ("The store in Ipswich, Qld, shut.", ("Ipswich", "Qld"), ["AU.04", "AU.04"]),
    ],
)
def test_a_container_chooses_the_namesake_in_it(text: str, names: tuple[str, ...], expected: list[str]) -> None:
    assert [mention.place and mention.place.admin1_code for mention in resolve(text, *names)] == expected


@pytest.mark.parametrize(
    ("text", "name", "container"),
    [
        ("The hamlet of Moscow, in East Ayrshire, is small.", "Moscow", "East Ayrshire"),
        ("Whisky is made in Dallas, a village in Moray, still.", "Dallas", "Moray"),
        ("Potters from the village of Tunis, in Fayoum, sell bowls.", "Tunis", "Fayoum"),
        ("A plane crashed at Seven Springs, Pa., on Sunday.", "Seven Springs", "Pa."),
    ],
)
def test_a_name_that_its_container_lacks_has_no_place(text: str, name: str, container: str) -> None:
    inner, outer = resolve(text, name, container)
    assert inner.place is None
    assert outer.place is not None


def test_a_list_of_states_puts_none_into_the_next() -> None:
    found = resolve("Storms crossed Kansas, Oklahoma and Texas.", "Kansas", "Oklahoma", "Texas")
    assert [mention.place and mention.place.feature_code for mention in found] == ["ADM1"] * 3


@pytest.mark.parametrize(
    ("text", "names", "expected"),
    [
        ("Troops entered Pokrovsk (in Donetsk) on Sunday.", ("Pokrovsk", "Donetsk"), "ADM1"),
        ("They winter there and go home to Buffalo, New York.", ("Buffalo", "New York"), "ADM1"),
        ("A school in Saltivka, Kharkiv, was hit.", ("Saltivka", "Kharkiv"), "PPL"),
    ],
)
def test_a_container_is_the_unit_where_the_town_is_too_far(text: str, names: tuple[str, ...], expected: str) -> None:
    _, outer = resolve(text, *names)
    assert outer.place is not None
    assert outer.place.feature_code == expected


def test_the_country_is_meant_where_a_longer_name_means_the_city() -> None:
    city, country = resolve("From Mexico City buses go all over Mexico.", "Mexico City", "Mexico")
    assert city.place is not None
    assert country.place is not None
    assert (city.place.feature_code, country.place.feature_code) == ("PPLC", "PCLI")


def test_a_capital_stands_beside_a_capital() -> None:
    washington, london = resolve("Flights from Washington to London were late.", "Washington", "London")
    assert washington.place is not None
    assert washington.place.name == "Washington, D.C."
    assert london.place is not None
    assert london.place.country_code == "GB"


@pytest.mark.parametrize(
    ("text", "names", "expected"),
    [
        ("Police in York said so.", ("York",), "GB"),
        ("They live in Gold Coast now.", ("Gold Coast",), "AU"),
        ("A festival in Salvador, Brazil, began.", ("Salvador", "Brazil"), "BR"),
        ("Armies met at Danzig.", ("Danzig",), "PL"),
    ],
)
def test_a_lone_name_means_what_is_called_so(text: str, names: tuple[str, ...], expected: str) -> None:
    place = resolve(text, *names)[0].place
    assert place is not None
    assert place.country_code == expected


def test_two_places_of_one_name_are_told_apart() -> None:
    found = resolve(
        "San Jose in Costa Rica, not San Jose in California.", "San Jose", "Costa Rica", "San Jose", "California"
    )
    assert [mention.place and mention.place.country_code for mention in found] == ["CR", "CR", "US", "US"]


def test_confidences_of_a_name_add_up_to_one_at_most() -> None:
    for mention in resolve("Police in Springfield, Richmond and Paris met.", "Springfield", "Richmond", "Paris"):
        assert mention.confidence + sum(other.confidence for other in mention.alternatives) <= 1.0001


@pytest.mark.parametrize(
    ("text", "names", "expected"),
    [
        ("Pumps failed in Maradl, in southern Niger.", ("Maradl", "Niger"), "Maradi"),
        ("The dyke broke near Sukkor, in upper Sindh.", ("Sukkor", "Sindh"), "Sukkur"),
    ],
)
def test_a_misspelt_name_is_found_in_its_container(text: str, names: tuple[str, ...], expected: str) -> None:
    misspelt, _ = resolve(text, *names)
    assert misspelt.place is not None
    assert misspelt.place.name == expected
    assert misspelt.confidence <= 0.6
    assert "spelled nearly like" in misspelt.evidence[0]
