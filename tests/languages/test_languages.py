"""What every language keeps to, so that the stages can read their texts in it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import fields
from typing import Any

import pytest

from geomap.gazetteer.normalisation import fold_name
from geomap.languages import CODES, ENGLISH, Language, detect_language, find_language
from geomap.model import Mention, Place, Report
from geomap.resolvers.displacement import _WIDER_KM, displace_mentions
from geomap.resolvers.name_blocks import CLASSES

WRITTEN_AS_IT_STANDS = {"names.possessive", "distances.leads", "distances.between_joint", "units.class_of_beginning"}
"""Blanks and capitals belong to these."""

AS_TEXTS_HAVE_THEM = {"distances.numbers", "distances.winds", "distances.units", "dates.short_months"}
"""Lower case, accents and all: their readers look at the text itself, and not at what it is folded to."""

DISTANCES = {
    "en": {
        "30 km south of": (30, 180),
        "some forty miles north-east of": (64.4, 45),
        "2,500 metres west of": (2.5, 270),
        "a dozen kilometers from": (12, None),
    },
}
"""For each language what stands before a name, and the kilometres and the bearing (degrees, None for any) it says."""

VAGUE = {"en": {"near": True, "on the outskirts of": True, "the mayor of": False}}
"""For each language what stands before a name, and whether it makes its place wider."""

GROUPS = {
    "distances.between": {"word"},
    "distances.distance": {"number", "end", "unit", "wind"},
    "heads.before": {"admin1", "admin2", "area", "country", "nature", "town", "village"},
    "heads.behind": {"admin1", "admin2", "area", "nature", "town"},
    "distances.roughly": set(_WIDER_KM),
    "rivers.before": {"word"},
    "units.description": {"where", "name"},
}
"""The named groups that readers ask for."""

languages = pytest.mark.parametrize("language", [find_language(code) for code in CODES], ids=CODES)


def list_fields(language: Language) -> Iterator[tuple[str, Any]]:
    """Yield all that a language says, with its name."""
    for field in fields(language):
        value = getattr(language, field.name)
        if hasattr(value, "_asdict"):
            yield from ((f"{field.name}.{name}", inner) for name, inner in value._asdict().items())
        else:
            yield field.name, value


@pytest.mark.parametrize("code", CODES)
def test_a_code_finds_its_language_and_always_the_same_one(code: str) -> None:
    assert re.fullmatch("[a-z]{2}", code)
    assert find_language(code).code == code
    assert find_language(code) is find_language(code)


@languages
def test_nothing_is_left_empty(language: Language) -> None:
    empty = [name for name, value in list_fields(language) if not isinstance(value, re.Pattern) and not value]
    assert set(empty) <= {"article"}, "only an article is not in every language"


@languages
def test_words_are_in_the_spelling_that_texts_are_read_in(language: Language) -> None:
    lists = {
        name: list(value)
        for name, value in list_fields(language)
        if isinstance(value, frozenset | tuple | Mapping)
        and name not in WRITTEN_AS_IT_STANDS
        and not name.endswith(".hints")
    }
    spelling = {name: str.lower if name in AS_TEXTS_HAVE_THEM else fold_name for name in lists}
    assert [(name, word) for name, words in lists.items() for word in words if word != spelling[name](word)] == []
    assert [(name, words) for name, words in lists.items() if len(set(words)) < len(words)] == []


@languages
def test_pieces_of_patterns_compile_and_have_no_groups(language: Language) -> None:
    for part, flags in ((language.coordinates, re.IGNORECASE), (language.dates, re.IGNORECASE | re.VERBOSE)):
        for piece in (value for value in part if isinstance(value, str)):
            assert re.compile(f"(?:{piece})", flags).groups == 0, piece
    blanks = [value for value in language.dates if isinstance(value, str) and " " in value]
    assert blanks == [], "a verbose pattern does not see them"


@languages
def test_patterns_have_the_groups_that_their_readers_ask_for(language: Language) -> None:
    patterns = {name: value for name, value in list_fields(language) if isinstance(value, re.Pattern)}
    found = {name: set(pattern.groupindex) for name, pattern in patterns.items() if pattern.groupindex}
    assert found == GROUPS
    assert all(pattern.groups == len(pattern.groupindex) for pattern in patterns.values())


@languages
def test_values_are_what_their_readers_know(language: Language) -> None:
    classes = {*language.units.class_of_ending.values(), *language.units.class_of_beginning.values()}
    assert classes <= set(CLASSES)
    assert set(language.distances.winds.values()) == set("nesw")
    assert language.distances.vague_numbers <= language.distances.numbers.keys()
    assert all(kilometres > 0 for kilometres in language.distances.units.values())
    assert language.rivers.form.format("Xy") != language.rivers.form
    assert "Xy" in language.rivers.form.format("Xy")
    assert len(language.dates.short_months) == 12
    assert {len(month) for month in language.dates.short_months} == {3}
    assert language.names.units <= language.names.units_in_names
    assert all(lead.endswith(" ") for lead in language.distances.leads)


@languages
def test_a_shorter_beginning_of_a_unit_comes_after_a_longer_one(language: Language) -> None:
    units = list(language.distances.units)
    hidden = [
        (first, later) for index, first in enumerate(units) for later in units[index + 1 :] if later.startswith(first)
    ]
    assert hidden == [], "the first that fits counts"


SUMY = Place("geonames:692194", "Sumy", 50.9216, 34.80029, feature_class="P", feature_code="PPLA", radius_km=5)


def displace(before: str, language: Language) -> Place:
    """Return what place a text means that says something before the name of Sumy."""
    text = f"{before} Sumy"
    (mention,) = displace_mentions(text, [Mention(len(text) - 4, len(text), "Sumy", place=SUMY)], language)
    assert mention.place is not None
    return mention.place


def test_each_language_has_its_own_sentences() -> None:
    assert set(DISTANCES) == set(VAGUE) == set(CODES)


@languages
def test_its_distances_are_read(language: Language) -> None:
    for before, (kilometres, bearing) in DISTANCES[language.code].items():
        place = displace(before, language)
        if bearing is None:
            assert place.radius_km == pytest.approx(SUMY.radius_km + kilometres, abs=0.2), before
        else:
            assert place.place_id == f"{SUMY.place_id}@{kilometres:g}km,{bearing:g}", before


@languages
def test_its_vague_places_are_wider(language: Language) -> None:
    for before, is_wider in VAGUE[language.code].items():
        assert (displace(before, language).radius_km > SUMY.radius_km) is is_wider, before


@pytest.mark.parametrize("stated", ["", "en", "uk", "ar", "xx"])
def test_every_report_is_read_as_english_as_yet(stated: str) -> None:
    assert detect_language(Report("r", "Обстріл Харкова", language=stated)) is ENGLISH
