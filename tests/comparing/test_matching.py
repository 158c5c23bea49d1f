"""Which mention is the same in two builds, what counts as moved, and what is told as the cause."""

from __future__ import annotations

from dataclasses import replace

import pytest

from geomap.comparing.causes import CORRECTION, GAZETTEER, MODEL, SETTINGS, Judge
from geomap.comparing.comparison import Comparison
from geomap.comparing.matching import compare
from geomap.model import Anchor, Mention, ParsedReport, Place, Report

KHARKIV = Place("geonames:706483", "Kharkiv", 49.98, 36.25, country_code="UA", radius_km=15.0)
KYIV = Place("geonames:703448", "Kyiv", 50.45, 30.52, country_code="UA", radius_km=20.0)
VILLAGE = Place("geonames:1", "Novosilka", 49.0, 33.0, radius_km=0.5)
BEFORE = {CORRECTION: "1", GAZETTEER: "1", MODEL: "1", SETTINGS: "1"}
TEXT = "Kharkiv was shelled. People left Kharkiv for Kyiv."


def parse(text: str = TEXT, name: str = "a.txt", places: dict[str, Place] | None = None) -> ParsedReport:
    """Return a report with a mention wherever a place's name stands."""
    known = {"Kharkiv": KHARKIV, "Kyiv": KYIV, "Novosilka": VILLAGE} if places is None else places
    found = [(text.index(word, at), word) for at, word in split(text) if word in known]
    mentions = (Mention(start, start + len(word), word, place=known[word]) for start, word in found)
    return ParsedReport(Report(name, text), tuple(mentions))


def split(text: str) -> list[tuple[int, str]]:
    at, words = 0, []
    for part in text.split(" "):
        words.append((at, part.strip(".,")))
        at += len(part) + 1
    return words


def differ(
    before: list[ParsedReport], now: list[ParsedReport], *changed: str, older: dict[str, str] | None = None
) -> Comparison:
    versions = BEFORE if older is None else older
    return compare(before, now, Judge(versions, {**BEFORE, **dict.fromkeys(changed, "2")}))


def describe(found: Comparison) -> list[tuple[str, str, int, str]]:
    return [(each.kind, each.name, each.start, each.cause) for each in found.changes]


def move(parsed: ParsedReport, number: int, **values: object) -> ParsedReport:
    mentions = list(parsed.mentions)
    mentions[number] = replace(mentions[number], **values)
    return replace(parsed, mentions=tuple(mentions))


def test_a_mention_at_another_place_has_moved_and_the_others_have_not() -> None:
    found = differ([parse()], [move(parse(), 1, place=KYIV)], MODEL)
    assert describe(found) == [("moved", "Kharkiv", 33, "model")]
    (change,) = found.changes
    assert change.distance_km == pytest.approx(410, abs=5)


def test_a_place_that_its_gazetteer_moves_has_moved_but_not_within_itself() -> None:
    inside = replace(KHARKIV, latitude=KHARKIV.latitude + 0.1)
    outside = replace(KHARKIV, latitude=KHARKIV.latitude + 0.2)
    assert not differ([parse()], [move(parse(), 0, place=inside)], GAZETTEER, MODEL)
    assert describe(differ([parse()], [move(parse(), 0, place=outside)], GAZETTEER, MODEL)) == [
        ("moved", "Kharkiv", 0, "gazetteer")
    ]


def test_a_point_that_is_measured_from_the_same_place_has_moved_only_if_it_is_far() -> None:
    def displace(kilometres: float, latitude: float) -> ParsedReport:
        point = replace(VILLAGE, place_id=f"geonames:1@{kilometres}km,0", latitude=latitude)
        return move(parse("Novosilka"), 0, place=point, anchor=Anchor("geonames:1", kilometres, 0.0))

    near, nearer, far = displace(5.0, 49.045), displace(5.4, 49.049), displace(9.0, 49.081)
    assert not differ([near], [nearer], MODEL)
    assert describe(differ([near], [far], MODEL)) == [("moved", "Novosilka", 0, "model")]
    assert describe(differ([parse("Novosilka")], [far], GAZETTEER, MODEL)) == [
        ("moved", "Novosilka", 0, "gazetteer or model")
    ]


def test_a_name_that_gets_a_place_appears_and_one_that_loses_it_vanishes() -> None:
    without = move(parse(), 0, place=None)
    assert describe(differ([without], [parse()], MODEL)) == [("appeared", "Kharkiv", 0, "model")]
    assert describe(differ([parse()], [without], MODEL)) == [("vanished", "Kharkiv", 0, "model")]


def test_in_a_text_that_was_edited_names_are_found_by_their_place_and_then_by_their_order() -> None:
    longer = parse("On Monday " + TEXT)
    assert not differ([parse()], [longer])
    assert describe(differ([parse()], [move(longer, 0, place=KYIV)], MODEL)) == [("moved", "Kharkiv", 10, "report")]
    without_first = parse("People left Kharkiv for Kyiv.")
    before = move(parse(), 0, place=KYIV)  # the first Kharkiv stands elsewhere, and only that sentence goes
    assert describe(differ([before], [without_first])) == [("vanished", "Kharkiv", 0, "report")]


def test_a_report_that_is_new_or_removed_is_the_cause_and_its_id_is_told() -> None:
    found = differ([parse(name="b.txt")], [parse("Kyiv was quiet.", name="a.txt")], MODEL)
    assert describe(found) == [
        ("appeared", "Kyiv", 0, "report"),
        ("vanished", "Kharkiv", 0, "report"),
        ("vanished", "Kharkiv", 33, "report"),
        ("vanished", "Kyiv", 45, "report"),
    ]
    assert found.gone == ("b.txt",)


def test_a_renamed_report_is_the_same_one() -> None:
    others = [parse("Kyiv was quiet.", name="m.txt")]
    found = differ([parse(name="a.txt"), *others], [*others, parse(name="z.txt")])
    assert (found.changes, found.gone) == ((), ("a.txt",))
    moved = differ([*others, parse(name="z.txt")], [move(parse(name="a.txt"), 1, place=KYIV), *others], MODEL)
    assert describe(moved) == [("moved", "Kharkiv", 33, "model")]


def test_of_two_copies_that_were_one_the_other_is_new() -> None:
    found = differ([parse(name="a.txt")], [parse(name="b.txt"), parse(name="c.txt")])
    assert {each.report_id for each in found.changes} == {"c.txt"}


@pytest.mark.parametrize(
    ("before", "now", "changed", "cause"),
    [
        (False, True, (), "correction"),
        (True, False, (GAZETTEER, MODEL), "correction"),
        (True, True, (CORRECTION, MODEL), "correction"),
        (True, True, (GAZETTEER, MODEL), "gazetteer or model"),
        (False, False, (CORRECTION, MODEL), "model"),
        (False, False, (CORRECTION,), "correction"),
        (False, False, (SETTINGS,), "settings"),
    ],
)
def test_the_cause_is_what_has_changed_and_concerned_the_report(
    before: bool, now: bool, changed: tuple[str, ...], cause: str
) -> None:
    former = move(parse(), 0, corrected=before, confidence=1.0 if before else 0.9)
    current = move(parse(), 0, place=KYIV, corrected=now, confidence=1.0 if now else 0.9)
    assert describe(differ([former], [current], *changed)) == [("moved", "Kharkiv", 0, cause)]


def test_a_name_that_is_used_otherwise_has_neither_moved_nor_appeared_nor_vanished() -> None:
    quiet = move(parse(), 0, usage="associative", usage_probability=0.02)
    assert not differ([parse()], [quiet], MODEL)
    assert not differ([quiet], [move(quiet, 0, usage="literal", usage_probability=1.0, corrected=True)], CORRECTION)


def test_a_correction_of_the_usage_alone_has_moved_nothing() -> None:
    current = replace(move(parse(), 0, place=KYIV, confidence=0.9, corrected=True), corrections=("digest",))
    assert describe(differ([parse()], [current], GAZETTEER)) == [("moved", "Kharkiv", 0, "gazetteer")]


def test_another_correction_of_the_report_may_have_moved_its_other_names() -> None:
    current = replace(move(parse(), 0, place=KYIV), corrections=("digest",))
    assert describe(differ([parse()], [current], CORRECTION, MODEL)) == [("moved", "Kharkiv", 0, "correction or model")]


def test_without_versions_only_reports_and_corrections_are_known_as_causes() -> None:
    former, current = parse(), move(move(parse(), 0, place=KYIV), 1, place=KYIV, corrected=True, confidence=1.0)
    assert describe(differ([former], [current], MODEL, older={})) == [
        ("moved", "Kharkiv", 0, "unknown version"),
        ("moved", "Kharkiv", 33, "correction"),
    ]


def test_what_a_geocoding_service_has_answered_is_its_doing() -> None:
    answer = Place("nominatim:1,2", "Kharkiv", 1.0, 2.0)
    judge = Judge(BEFORE, BEFORE, frozenset({answer.place_id}))
    found = compare([move(parse(), 0, place=None)], [move(parse(), 0, place=answer)], judge)
    assert describe(found) == [("appeared", "Kharkiv", 0, "service")]
