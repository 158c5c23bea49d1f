"""What corrections do, by vectors that the map's own code follows, too (viewer/tests/correction_rules.test.ts)."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any, cast

import pytest

from geomap.corrections import CorrectionBook, correct_report
from geomap.corrections.places import PlaceFinder, find_places
from geomap.corrections.reading import ReadCorrections, read_corrections
from geomap.corrections.table import COLUMNS, parse_table
from geomap.model import Anchor, Candidate, Mention, ParsedReport, Place, Report
from geomap.text.cells import neutralise_cell, restore_cell

VECTORS: dict[str, Any] = json.loads(
    (Path(__file__).parents[1] / "vectors" / "corrections.json").read_text(encoding="utf-8")
)
ANCHORS = {key: Anchor(**each["anchor"]) for key, each in VECTORS["places"].items() if "anchor" in each}
PLACES = {
    key: Place(**{name: each[name] for name in each if name != "anchor"}) for key, each in VECTORS["places"].items()
}
KEYS = {place.place_id: key for key, place in PLACES.items()}
MARKED = re.compile(r"\[([^|\]]+)\|([^\]]+)\]")
"""A name in a text with its place behind a bar, ? for none, ! where it is corrected."""


class KnownPlaces:
    """A gazetteer of the places that the vectors name."""

    def find(self, place_id: str) -> Place | None:
        return PLACES[KEYS[place_id]] if place_id in KEYS else None


@pytest.mark.parametrize("case", VECTORS["cases"], ids=[each["rule"] for each in VECTORS["cases"]])
def test_corrections_do_what_the_vectors_say(case: dict[str, Any]) -> None:
    read = read_corrections(parse_table(write_rows(case["rows"]), "corrections.csv"))
    corrections, unknown = find_places(read.corrections, cast(PlaceFinder, KnownPlaces()))
    assert not unknown
    book, parsed = CorrectionBook(corrections), {}
    for report_id, marked in case["reports"].items():
        text, mentions = read_marked(marked)
        if "associative" in case:
            mentions = [replace(each, usage="associative", usage_probability=0.2) for each in mentions]
        if "demonym" in case:
            mentions = [replace(each, kind="demonym") for each in mentions]
        report = Report(report_id, text, source=case.get("sources", {}).get(report_id, ""))
        parsed[report_id] = correct_with(book, report, mentions)
    assert {each.report.id: write_marked(each) for each in parsed.values()} == {**case["reports"], **case["expected"]}
    for wanted in case.get("details", ()):
        mention = next(each for each in parsed[wanted["report"]].mentions if each.start == wanted["start"])
        for name in wanted.keys() - {"report", "start"}:
            assert describe(mention)[name] == wanted[name]


def write_rows(rows: Sequence[dict[str, Any]]) -> bytes:
    stream = io.StringIO()
    writer = csv.DictWriter(stream, COLUMNS)
    writer.writeheader()
    for row in rows:
        latitude, longitude = row.get("point", ("", ""))
        texts = {
            name: neutralise_cell(row.get(name, "")) for name in ("name", "scope", "action", "usage", "note", "date")
        }
        place_id = PLACES[row["place"]].place_id if "place" in row else ""
        writer.writerow({**texts, "place": place_id, "latitude": latitude, "longitude": longitude})
    return stream.getvalue().encode()


def read_marked(marked: str) -> tuple[str, list[Mention]]:
    text, at, mentions = "", 0, []
    for found in MARKED.finditer(marked):
        text += marked[at : found.start()] + found[1]
        at = found.end()
        mentions.append(place_mention(Mention(len(text) - len(found[1]), len(text), found[1]), found[2]))
    return text + marked[at:], mentions


def place_mention(mention: Mention, key: str) -> Mention:
    if key == "?":
        return mention
    return Mention(
        mention.start,
        mention.end,
        mention.text,
        place=PLACES[key],
        confidence=0.8,
        alternatives=(Candidate(PLACES["Lviv"], 0.1),),
        anchor=ANCHORS.get(key),
        evidence=("the capital",),
    )


def correct_with(book: CorrectionBook, report: Report, mentions: Sequence[Mention]) -> ParsedReport:
    known = {(each.start, each.end): each for each in mentions}

    def resolve(_report: Report, spans: Sequence[Mention]) -> Sequence[Mention]:
        return [known.get((each.start, each.end), each) for each in spans]

    spans = [replace(each, place=None, confidence=0.0, alternatives=(), anchor=None, evidence=()) for each in mentions]
    return correct_report(report, spans, resolve, book)


def write_marked(parsed: ParsedReport) -> str:
    marked, at = "", 0
    for each in parsed.mentions:
        key = name_place(each.place) + "!" * each.corrected
        marked += f"{parsed.report.text[at : each.start]}[{each.text}|{key}]"
        at = each.end
    return marked + parsed.report.text[at:]


def name_place(place: Place | None) -> str:
    if place is None:
        return "?"
    if place.place_id.startswith("user:"):
        return f"{place.latitude:g},{place.longitude:g}"
    return KEYS.get(place.place_id, place.place_id)


def describe(mention: Mention) -> dict[str, Any]:
    place, anchor = mention.place, mention.anchor
    fields = ("name", "latitude", "longitude", "country_code", "admin1", "feature_class", "feature_code")
    return {
        "place": place and {name: getattr(place, name) for name in fields},
        "anchor": anchor and {name: getattr(anchor, name) for name in ("place_id", "distance_km", "bearing")},
        "kind": mention.kind,
        "usage": mention.usage,
        "usage_probability": mention.usage_probability,
        "confidence": mention.confidence,
        "evidence": list(mention.evidence),
        "alternatives": [each.place.place_id for each in mention.alternatives],
    }


@pytest.mark.parametrize("vector", VECTORS["rows"], ids=[each["rule"] for each in VECTORS["rows"]])
def test_a_row_that_the_map_writes_is_read_as_it_was_meant(vector: dict[str, Any]) -> None:
    (correction,) = read_one(f"{','.join(COLUMNS)}\r\n{vector['line']}\r\n").corrections
    wanted = {"place_id" if name == "place" else name: value for name, value in vector["values"].items()}
    assert {name: getattr(correction, name) for name in wanted} == wanted


@pytest.mark.parametrize(("text", "cell"), VECTORS["cells"])
def test_cells_are_neutralised_and_come_back(text: str, cell: str) -> None:
    assert neutralise_cell(text) == cell
    assert restore_cell(cell) == text


@pytest.mark.parametrize(("place_id", "is_id"), VECTORS["ids"])
def test_what_is_an_id(place_id: str, is_id: bool) -> None:
    stream = io.StringIO()
    csv.writer(stream).writerows((COLUMNS, ("Kyiv", "*", "is", place_id)))
    assert bool(read_one(stream.getvalue()).corrections) is is_id


@pytest.mark.parametrize(("latitude", "longitude", "is_point"), VECTORS["points"])
def test_what_is_a_point(latitude: float, longitude: float, is_point: bool) -> None:
    found = read_one(f"{','.join(COLUMNS)}\nKyiv,*,is,,{latitude},{longitude}\n").corrections
    assert [(each.latitude, each.longitude) for each in found] == ([(latitude, longitude)] if is_point else [])


def read_one(table: str) -> ReadCorrections:
    return read_corrections(parse_table(table.encode(), "corrections.csv"))
