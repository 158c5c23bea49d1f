import random
from dataclasses import replace
from itertools import accumulate
from typing import Any

import numpy as np
import pytest
from block_reader import read_block, read_texts
from hypothesis import given
from hypothesis import strategies as st

from geomap.model import Candidate, Copy, Mention, ParsedReport, Place, Report, usage_of
from geomap.rendering.columns import Block, encode_varints
from geomap.rendering.offsets import utf16_offsets
from geomap.rendering.payload import Payload, build_payload


def read(payload: Payload) -> tuple[dict[str, Any], dict[str, Any]]:
    return read_block(payload.block.encode())


def texts_of(payload: Payload) -> list[str]:
    return [text for part in payload.texts for text in read_texts(part.encoded)]


def written(payload: Payload) -> str:
    return "".join([payload.block.encode(), *(part.encoded for part in payload.texts)])


def test_the_map_says_how_much_it_holds(parsed_reports: list[ParsedReport]) -> None:
    document, columns = read(build_payload(parsed_reports))
    counts = document["counts"]
    assert {name: counts[name] for name in ("reports", "places", "mentions", "unresolved", "names")} == {
        "reports": 3,
        "places": 5,
        "mentions": 9,
        "unresolved": 1,
        "names": 1,
    }
    assert columns["perReport"] == [5, 4, 1]
    assert len(columns["place"]) == 10


def test_the_same_reports_in_any_order_give_the_same_block(parsed_reports: list[ParsedReport]) -> None:
    shuffled = list(parsed_reports)
    random.Random(7).shuffle(shuffled)
    assert shuffled != parsed_reports
    assert written(build_payload(shuffled)) == written(build_payload(parsed_reports))


@given(st.lists(st.integers(-(2**31), 2**31 - 1), max_size=30))
def test_numbers_come_back_as_they_went_in(numbers: list[int]) -> None:
    block = Block({})
    block.add_signed("signed", numbers)
    block.add_numbers("plain", [abs(number) for number in numbers])
    _, columns = read_block(block.encode())
    assert columns["signed"] == numbers
    assert columns["plain"] == [abs(number) for number in numbers]
    assert len(encode_varints(np.zeros(3, np.int64))) == 3


@given(st.text(max_size=60), st.data())
def test_offsets_point_at_the_same_words_in_the_browser(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    first, last = utf16_offsets(text, [start, end])
    units = text.encode("utf-16-le", "surrogatepass")
    assert units[2 * first : 2 * last] == text[start:end].encode("utf-16-le", "surrogatepass")


def test_a_name_after_emoji_is_found(parsed_reports: list[ParsedReport]) -> None:
    payload = build_payload(parsed_reports)
    start = sum(read(payload)[1]["start"][:2])
    text = texts_of(payload)[0].encode("utf-16-le")
    assert text[2 * start : 2 * start + 14].decode("utf-16-le") == "Kharkiv"


def test_a_displaced_point_is_a_place_of_its_own(parsed_reports: list[ParsedReport]) -> None:
    places = read(build_payload(parsed_reports))[0]["places"]
    sumy = [row for row, place_id in enumerate(places["id"]) if place_id == "geonames:692194"]
    assert [places["latitude"][row] for row in sumy] == [50.9216, 50.65]
    assert [places["anchor"][row] for row in sumy] == [None, ["geonames:692194", 30.0, 180]]


def test_a_text_is_stored_once_whatever_is_mentioned_in_it(parsed_reports: list[ParsedReport]) -> None:
    payload = build_payload(parsed_reports)
    assert "".join(texts_of(payload)).count("Crews worked all night") == 1
    assert "Crews worked all night" not in str(read(payload)[0])


def test_lone_surrogates_become_replacement_characters() -> None:
    report = Report("broken.txt", "\ud800 in Kharkiv")
    payload = build_payload([ParsedReport(report, (Mention(5, 12, "Kharkiv"),))])
    assert texts_of(payload) == ["\ufffd in Kharkiv"]
    assert read(payload)[1]["start"] == [5]


def test_reports_with_one_id_do_not_depend_on_their_order(parsed_reports: list[ParsedReport]) -> None:
    twin = ParsedReport(replace(parsed_reports[2].report, text="Another text."), ())
    both = [parsed_reports[2], twin]
    assert written(build_payload(both)) == written(build_payload(both[::-1]))


@pytest.mark.parametrize(("probability", "flags"), [(0.5, 0), (0.4, 4), (0.11, 4), (0.1, 4 | 16), (0.0, 4 | 16)])
def test_what_surely_stands_for_a_government_is_marked(probability: float, flags: int) -> None:
    mention = Mention(0, 4, "Sumy", usage=usage_of(probability), usage_probability=probability)
    _, columns = read(build_payload([ParsedReport(Report("r", "Sumy denied it."), (mention,))]))
    assert list(columns["flags"]) == [flags]


def test_doubt_goes_with_each_mention(parsed_reports: list[ParsedReport]) -> None:
    other = Place("geonames:1", "Sumy", 1.5, 2.5, country_code="XX", admin1="Elsewhere", feature_class="P")
    evidence = ("the largest place of this name", "in the same region as Kharkiv")
    doubtful = Mention(
        5,
        9,
        "Sumy",
        usage="associative",
        usage_probability=0.3,
        place=replace(other, place_id="geonames:2"),
        confidence=0.456,
        alternatives=(Candidate(other, 0.3),),
        evidence=evidence,
        corrected=True,
    )
    report = Report("r", "From Sumy.")
    _, columns = read(build_payload([*parsed_reports, ParsedReport(report, (doubtful,))]))
    row = len(columns["place"]) - 2  # "r" stands before "undated.txt"
    assert columns["confidence"][row] == 46
    assert columns["literal"][row] == 30
    assert columns["flags"][row] == 4 | 8
    assert columns["reasons"][columns["evidence"][row]] == list(evidence)
    begin = sum(columns["listSize"][: columns["alternatives"][row]])
    assert columns["listSize"][columns["alternatives"][row]] == 1
    assert columns["candidateConfidence"][begin] == 30
    candidates = columns["candidates"]
    assert [candidates[name][columns["candidate"][begin]] for name in candidates] == [
        "geonames:1",
        "Sumy",
        1.5,
        2.5,
        "XX",
        "Elsewhere",
        "P",
    ]


def test_names_without_a_place_can_be_listed_without_the_texts(parsed_reports: list[ParsedReport]) -> None:
    document, columns = read(build_payload(parsed_reports))
    assert document["names"] == ["Zarichkove"]
    assert columns["place"].count(-1) == 1


def test_copies_of_a_story_stand_with_the_one_that_is_shown(parsed_reports: list[ParsedReport]) -> None:
    copy = Copy("elsewhere.txt", "Strikes", "The Other Courier", "2025-05-26", "https://example.org/other")
    reports = [replace(parsed_reports[0], copies=(copy,)), *parsed_reports[1:]]
    copies = read(build_payload(reports))[0]["reports"]["copies"]
    assert list(copies) == ["0"]
    assert copies["0"][0]["source"] == "The Other Courier"


def test_only_the_newest_mentions_of_each_place_stay_on_demand(parsed_reports: list[ParsedReport]) -> None:
    payload = build_payload(parsed_reports, max_excerpts_per_place=1)
    document, columns = read(payload)
    assert document["counts"]["left_out"] == payload.counts.left_out == 4
    assert document["counts"]["mentions"] == 5 == payload.counts.places
    kharkiv = document["places"]["id"].index("geonames:706483")
    assert columns["place"].count(kharkiv) == 1
    assert kharkiv in columns["place"][: columns["perReport"][0]]  # the evening is later than the morning
    assert payload.counts.unresolved == 1


def test_the_mentions_that_stay_are_at_their_names(parsed_reports: list[ParsedReport]) -> None:
    payload = build_payload(parsed_reports[:1], max_excerpts_per_place=1)
    _, columns = read(payload)
    (text,) = texts_of(payload)
    units, names = text.encode("utf-16-le"), []
    for start, length in zip(accumulate(columns["start"]), columns["length"], strict=True):
        names.append(units[2 * start : 2 * (start + length)].decode("utf-16-le"))
    assert names == ["Kharkiv", "Zarichkove", "Sumy"]


def test_reports_that_lose_all_their_mentions_go_too(parsed_reports: list[ParsedReport]) -> None:
    evening = parsed_reports[0].report
    old = Report("old.txt", "Kharkiv in winter.", date="2020-01-01")
    mention = replace(parsed_reports[0].mentions[0], start=0, end=7)
    empty = Report("empty.txt", "Nothing is named here.")
    reports = [*parsed_reports, ParsedReport(old, (mention,)), ParsedReport(empty, ())]
    document, _ = read(build_payload(reports, max_excerpts_per_place=2))
    assert document["reports"]["id"] == ["empty.txt", evening.id, "morning.txt", "undated.txt"]
