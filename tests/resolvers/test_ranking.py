from __future__ import annotations

import time
from pathlib import Path

import numpy as np
import pytest
from resolver_contract import check_resolver

from geomap.errors import GeomapError
from geomap.gazetteer import open_gazetteer
from geomap.model import Mention, Place, Report
from geomap.resolvers import default_resolver
from geomap.resolvers.ranking import MODEL, MOST_AT_ONCE
from geomap.resolvers.ranking_model import RankingModel


def resolve(text: str, *names: str, domain: str = "", sources: dict[str, str] | None = None) -> list[Mention]:
    """Resolve the names, which stand in the text in this order."""
    mentions, end = [], 0
    for name in names:
        start = text.index(name, end)
        end = start + len(name)
        mentions.append(Mention(start, end, name))
    return default_resolver(open_gazetteer(), sources=sources).resolve(Report("r", text, domain=domain), mentions)


def places(mentions: list[Mention]) -> list[tuple[str, str]]:
    found = [mention.place for mention in mentions]
    return [("", "") if place is None else (place.name, place.admin1 or place.country_code) for place in found]


def test_the_contract_of_resolvers_holds() -> None:
    check_resolver(default_resolver(open_gazetteer()))


def test_a_name_means_what_the_text_puts_it_into_and_elsewhere_what_is_known_best() -> None:
    text = "A storm hit Paris, Texas, on Monday. Ministers in Paris, the capital of France, did not notice."
    found = resolve(text, "Paris", "Texas", "Paris", "France")
    assert places(found) == [("Paris", "Texas"), ("Texas", "Texas"), ("Paris", "Île-de-France"), ("France", "FR")]


@pytest.mark.parametrize(
    "name",
    "Turkey Syria Greece Brazil Russia Finland Egypt Lebanon Cuba Poland Italy Peru Mexico Berlin Moscow".split(),
)
@pytest.mark.parametrize(
    "text",
    [
        "Aid came from {}, the United States and Britain.",
        "Ministers of {}, the United States, France and Canada met.",
        "Talks between {}, Russia and Iran went on.",
    ],
)
def test_a_list_of_countries_puts_none_into_the_next(name: str, text: str) -> None:
    names = [each for each in ("United States", "Britain", "France", "Canada", "Russia", "Iran") if each in text]
    first = resolve(text.format(name), name, *sorted(names, key=text.index))[0]
    assert first.place is not None
    assert first.place.country_code not in {"US", "CA", "GB", "IR"}


def test_a_country_is_still_what_a_name_before_it_lies_in() -> None:
    assert (
        places(resolve("Officials from Georgia, United States, arrived.", "Georgia", "United States"))[0][0]
        == "Georgia"
    )
    hague = resolve("The court in The Hague, the Netherlands, ruled.", "The Hague", "Netherlands")[0]
    assert hague.place is not None
    assert hague.place.country_code == "NL"


def test_a_direction_before_a_name_does_not_hide_the_place() -> None:
    text = "They fled from Southern Iraq to West Mosul, and on to South Korea."
    assert places(resolve(text, "Southern Iraq", "West Mosul", "South Korea")) == [
        ("Iraq", "IQ"), ("Mosul", "Nineveh Governorate"), ("South Korea", "KR"),
    ]  # fmt: skip


def test_a_direction_on_its_own_is_no_region_of_some_country() -> None:
    assert places(resolve("Western travellers left Syria.", "Western", "Syria")) == [("", ""), ("Syria", "SY")]


@pytest.mark.parametrize(
    ("text", "name", "river"),
    [
        ("Troops dug in on the left bank of the Dnipro.", "Dnipro", "Dnieper"),
        ("Barges on the Mississippi waited near Memphis.", "Mississippi", "Mississippi River"),
        ("Farmers along the Jordan, many of them poor, left.", "Jordan", "Jordan River"),
        ("The Niger flooded villages.", "Niger", "Niger River"),
    ],
)
def test_a_name_with_an_article_and_no_noun_is_a_river(text: str, name: str, river: str) -> None:
    assert places(resolve(text, name))[0][0] == river


@pytest.mark.parametrize(
    ("text", "name", "code"),
    [
        ("Shells hit the Dnipro region.", "Dnipro", "UA"),
        ("Shells hit Dnipro and Kherson.", "Dnipro", "UA"),
        ("He flew from the Gambia to Mali.", "Gambia", "GM"),
        ("the Jordan government said no.", "Jordan", "JO"),
        ("Jordan and Egypt met.", "Jordan", "JO"),
        ("Trade with Brazil and the USA.", "USA", "US"),
    ],
)
def test_without_article_or_with_a_noun_it_is_none(text: str, name: str, code: str) -> None:
    place = resolve(text, name)[0].place
    assert place is not None
    assert (place.feature_class, place.country_code) in {("P", code), ("A", code)}


def test_a_small_namesake_far_from_all_else_in_the_report_is_doubted() -> None:
    text = "Shells hit Aleppo, Homs, Hama and Idlib. In {} a school was closed."
    names = ("Aleppo", "Homs", "Hama", "Idlib")
    far = resolve(text.format("Arona"), *names, "Arona")[-1]
    assert far.confidence <= 0.3
    assert far.evidence[-1] == "nothing else in the report lies near it"
    assert resolve(text.format("Saraqib"), *names, "Saraqib")[-1].confidence > 0.6
    assert resolve("In Arona a school was closed.", "Arona")[0].confidence > 0.5  # where nothing else is named


def test_the_choice_is_explained_in_words() -> None:
    first, texas = resolve("A storm hit Paris, Texas, on Monday.", "Paris", "Texas")
    assert first.evidence[0] == "Texas is named beside it"
    assert 1 <= len(first.evidence) <= 4
    assert "Texas is named in the report" not in texas.evidence
    syria, aleppo = resolve("Syria said that Aleppo was calm.", "Syria", "Aleppo")
    assert "Syria is named in the report" in aleppo.evidence
    assert not any("Syria" in reason for reason in syria.evidence)


def test_an_abbreviation_says_what_it_was_read_as() -> None:
    (mention,) = resolve("Officials in Ky. said so.", "Ky.")
    assert places([mention]) == [("Kentucky", "Kentucky")]
    assert any("abbreviation of Kentucky" in reason for reason in mention.evidence)


def test_the_home_that_is_set_for_an_outlet_decides_between_places_of_one_name() -> None:
    text = "Police in Springfield said on Monday that a man was arrested."
    for home, unit in (("Springfield, Missouri", "Missouri"), ("Springfield, Massachusetts", "Massachusetts")):
        (mention,) = resolve(text, "Springfield", domain="www.example.com", sources={"example.com": home})
        assert places([mention]) == [("Springfield", unit)]
        assert "the outlet is at home in Springfield" in mention.evidence
    (other,) = resolve(text, "Springfield", domain="example.org", sources={"example.com": "Springfield, Oregon"})
    assert other == resolve(text, "Springfield", domain="example.org")[0]


def test_the_country_of_a_domain_decides_between_places_of_one_name() -> None:
    text = "The council in Cambridge met on Monday."
    (mention,) = resolve(text, "Cambridge", domain="cambridge-news.co.uk")
    assert places([mention]) == [("Cambridge", "England")]


def test_the_distance_in_the_text_displaces_the_point() -> None:
    (mention,) = resolve("The blast was 30 km south of Kirkuk on Monday.", "Kirkuk")
    assert mention.place is not None
    assert mention.anchor is not None
    assert mention.anchor.place_id != mention.place.place_id
    assert mention.place.latitude == pytest.approx(35.47 - 0.27, abs=0.05)


def test_coordinates_keep_the_place_that_they_name() -> None:
    point = Place("geo:35.5,44.4", "35.5, 44.4", 35.5, 44.4)
    mention = Mention(0, 10, "35.5, 44.4", kind="coordinates", place=point, confidence=0.97)
    kirkuk = Mention(15, 21, "Kirkuk")
    found = default_resolver(open_gazetteer()).resolve(Report("r", "35.5, 44.4 and Kirkuk."), [mention, kirkuk])
    assert found[0] == mention
    assert places(found[1:]) == [("Kirkuk", "Kirkuk Governorate")]


@pytest.mark.slow
def test_a_very_long_report_takes_time_by_its_length_and_loses_no_name() -> None:
    names = "Paris London Springfield Columbus Athens Victoria Alexandria Santiago Georgia Cambridge".split()

    def seconds(count: int) -> float:
        words = [names[index % len(names)] for index in range(count)]
        text = " or ".join(words)
        started = time.process_time()
        found = resolve(text, *words)
        assert all(mention.place for mention in found)
        return time.process_time() - started

    seconds(MOST_AT_ONCE)
    assert min(seconds(8 * MOST_AT_ONCE) for _ in range(2)) < 14 * min(seconds(MOST_AT_ONCE) for _ in range(3)) + 0.1


def test_a_stored_model_is_read_back_as_it_was(tmp_path: Path) -> None:
    model = RankingModel.load(MODEL)
    model.save(tmp_path / "model.npz")
    again = RankingModel.load(tmp_path / "model.npz")
    assert again.fingerprint == model.fingerprint
    assert again.for_outlet(is_set=True).fingerprint == model.for_outlet(is_set=True).fingerprint


def test_a_model_for_other_features_is_refused_with_the_remedy(tmp_path: Path) -> None:
    path = tmp_path / "model.npz"
    with np.load(MODEL) as file:
        arrays = dict(file)
    arrays["names"] = np.frombuffer(b"one\ntwo", dtype=np.uint8)
    np.savez(path, **arrays)
    with pytest.raises(GeomapError, match="made for other features: install geomap again"):
        RankingModel.load(path)
    path.write_bytes(b"nothing")
    with pytest.raises(GeomapError, match="cannot be read"):
        RankingModel.load(path)
