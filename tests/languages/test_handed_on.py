"""Stages read a text in the language that they are handed: here one that is like English but for a few words."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from geomap.gazetteer import open_gazetteer
from geomap.gazetteer.queries import split_description
from geomap.languages import ENGLISH, Language
from geomap.model import Mention, Place, Report
from geomap.recognizers import vocabulary as W  # noqa: N812 -- columns, as in recognition
from geomap.recognizers.choosing import extend_to_units, find_bonus
from geomap.recognizers.coordinates import find_coordinates
from geomap.recognizers.features import code_offsets
from geomap.recognizers.gazetteer import GazetteerRecognizer
from geomap.recognizers.spacy import _trim
from geomap.recognizers.spans import Span
from geomap.recognizers.tokens import split_tokens
from geomap.recognizers.vocabulary import TokenTable
from geomap.resolvers.displacement import displace_mentions
from geomap.resolvers.name_blocks import NameBlocks, NameKey
from geomap.resolvers.outlet_locator import OutletLocator
from geomap.resolvers.relations import find_relations
from geomap.resolvers.rivers import spell_out_rivers
from geomap.text.sentences import find_sentence_starts

KIRKUK = Place("geonames:98717", "Kirkuk", 35.46806, 44.39222, 98717, "IQ", feature_class="P", feature_code="PPLA")

OTHER = replace(
    ENGLISH,
    code="xx",
    article="der",
    abbreviations=("bzw",),
    names=ENGLISH.names._replace(
        locatives=frozenset({"bei"}),
        kinds=frozenset({"fluss", "gebiet", "see"}),
        units=frozenset({"gebiet"}),
        units_in_names=frozenset({"gebiet"}),
    ),
    units=ENGLISH.units._replace(
        ending=re.compile(" gebiet$"),
        spelled_out={"geb.": "region"},
        class_of_ending={"gebiet": "admin1"},
        class_of_beginning={"gebiet ": "admin1"},
        description=re.compile("^(?P<where>)gebiet (?P<name>.+)$"),
    ),
    relations=ENGLISH.relations._replace(loose=re.compile("^ unweit von $")),
    distances=ENGLISH.distances._replace(
        leads=("von ",),
        distance=re.compile(r"(?P<number>\w+)(?P<end>\d*) (?P<unit>meilen) (?P<wind>nord|süd)lich von $"),
        numbers={"zehn": 10},
        units={"meilen": 1.609344},
        winds={"nord": "n", "süd": "s"},
        roughly=re.compile("(?P<near>unweit von)"),
        close=re.compile(" $"),
    ),
    rivers=ENGLISH.rivers._replace(
        before=re.compile("am $"), behind=re.compile("$"), never=frozenset(), form="River {}"
    ),
    coordinates=ENGLISH.coordinates._replace(
        latitude_side="Zuid|Noord",
        longitude_side="West|Oost",
        negative=frozenset("zw"),
        hints=("Zuid|Noord",),
    ),
    dates=ENGLISH.dates._replace(short_months=("deb",)),
    outlets=ENGLISH.outlets._replace(title_words=frozenset({"zeitung"})),
)

both = pytest.mark.parametrize(("language", "is_other"), [(ENGLISH, False), (OTHER, True)], ids=["english", "other"])


@both
def test_ends_of_sentences(language: Language, is_other: bool) -> None:
    text = "Kirkuk bzw. Erbil."
    assert len(find_sentence_starts(text, language)) == (1 if is_other else 2)
    assert len(find_sentence_starts("Then Gen. Smith spoke.", language)) == (2 if is_other else 1)


@both
def test_relations(language: Language, is_other: bool) -> None:
    mentions = [Mention(0, 4, "Homs"), Mention(16, 21, "Syria")]
    relations = find_relations("Homs unweit von Syria", mentions, language)
    assert [relation.kind for relation in relations] == (["loose"] if is_other else [])


@both
def test_the_article_that_makes_a_comma_a_list(language: Language, is_other: bool) -> None:
    mentions = [Mention(0, 5, "Syria"), Mention(11, 14, "USA")]
    assert find_relations("Syria, the USA.", mentions, language)[0].kind == ("bracket" if is_other else "list")


@both
def test_distances(language: Language, is_other: bool) -> None:
    text = "zehn meilen südlich von Kirkuk"
    (mention,) = displace_mentions(text, [Mention(24, 30, "Kirkuk", place=KIRKUK)], language)
    assert (mention.anchor is not None) == is_other
    if mention.anchor:
        assert (mention.anchor.distance_km, mention.anchor.bearing) == (16.1, 180.0)


@both
def test_what_is_roughly_there(language: Language, is_other: bool) -> None:
    (mention,) = displace_mentions("unweit von Kirkuk", [Mention(11, 17, "Kirkuk", place=KIRKUK)], language)
    assert mention.place is not None
    assert mention.place.radius_km == KIRKUK.radius_km + 15 * is_other


@both
def test_rivers(language: Language, is_other: bool) -> None:
    blocks = NameBlocks(open_gazetteer())
    (mention,) = spell_out_rivers("am Tees", [Mention(3, 7, "Tees")], blocks, language)
    assert mention.text == ("River Tees" if is_other else "Tees")


@both
def test_coordinates(language: Language, is_other: bool) -> None:
    text = "49.9935 Noord, 36.2304 Oost"
    assert len(find_coordinates(text, open_gazetteer(), language)) == is_other
    south = find_coordinates("19.9935 Zuid, 36.2304 Oost", open_gazetteer(), language)
    assert [mention.place.latitude for mention in south if mention.place] == [-19.9935] * is_other


@both
def test_dates_that_look_like_grid_references(language: Language, is_other: bool) -> None:
    dates = {
        text: find_coordinates(f"On {text}.", open_gazetteer(), language) == [] for text in ("7 DEC 2024", "7 DEB 2024")
    }
    assert dates == {"7 DEC 2024": not is_other, "7 DEB 2024": is_other}


@both
def test_words_around_names(language: Language, is_other: bool) -> None:
    tokens = split_tokens("bei Erbil gebiet in")
    rows = TokenTable({}, open_gazetteer(), language).rows_of(tokens)[W.PADDING : -W.PADDING]
    assert rows[:, W.IS_LOCATIVE].astype(bool).tolist() == (
        [True, False, False, False] if is_other else [False] * 3 + [True]
    )
    assert rows[2, W.TYPE] == (2 if is_other else 0)
    assert bool(rows[2, W.FLAGS] & W.BREAKS_NAME) != is_other
    types = code_offsets(language)[2] - code_offsets(language)[1]
    assert types == (len(language.names.kinds) + 1) * 2


@both
def test_kinds_of_units_behind_names(language: Language, is_other: bool) -> None:
    tokens = split_tokens("Kharkiv gebiet")
    short, long = Span(0, 0, 0, 7, [1]), Span(0, 1, 0, 14, [1])
    assert extend_to_units([(short, 1.0)], tokens, [short, long], language) == [(long if is_other else short, 1.0)]
    assert bool(find_bonus(long, tokens, is_country=False, language=language)) == is_other


@both
def test_names_with_a_word_that_the_gazetteer_lacks(language: Language, is_other: bool) -> None:
    blocks = NameBlocks(open_gazetteer(), language)
    found, short = blocks.find([NameKey("kharkiv gebiet", is_upper=False), NameKey("kharkiv geb.", is_upper=False)])
    assert bool(len(found.codes)) == is_other
    assert bool(len(short.codes)) == is_other
    assert split_description("gebiet Kharkiv", language) == (("Kharkiv", "") if is_other else ("gebiet Kharkiv", ""))


@both
def test_names_of_outlets(language: Language, is_other: bool) -> None:
    outlet = OutletLocator(open_gazetteer(), {}, language).find(Report("r", "", domain="kharkivzeitung.com"))
    assert outlet.name == ("kharkiv" if is_other else "")


@both
def test_articles(language: Language, is_other: bool) -> None:
    recognizer = GazetteerRecognizer(open_gazetteer(), language=language)
    assert recognizer._article == ("Der" if is_other else "The")
    assert _trim("der Iran", 0, 8, language.article) == ((4, 8) if is_other else (0, 8))
