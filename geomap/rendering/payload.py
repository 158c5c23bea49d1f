"""Everything that a map shows, as one JSON document in columns, and the block that carries it inside a page."""

from __future__ import annotations

import base64
import gzip
import json
import re
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from itertools import pairwise
from typing import Any

from geomap.model import Mention, ParsedReport, Place
from geomap.rendering.label import Label
from geomap.rendering.sentences import find_sentence_starts

FORMAT = 1
"""Number of the document's layout; ``viewer/src/data/payload.ts`` describes the same layout."""

_SENSES = {
    ("place", "literal"): 0,
    ("coordinates", "literal"): 1,
    ("place", "associative"): 2,
    ("demonym", "literal"): 3,
    ("demonym", "associative"): 3,
}
_LONE_SURROGATE = re.compile("[\ud800-\udfff]")
_WIDE = re.compile("[\U00010000-\U0010ffff]")  # two units each in UTF-16
_PlaceKey = tuple[str, str, float, float]


@dataclass(frozen=True, slots=True)
class MapCounts:
    """What a map holds: ``mentions`` with a place, ``unresolved`` without one, ``names`` how many names those are."""

    reports: int
    places: int
    mentions: int
    unresolved: int
    names: int


def build_payload(
    parsed_reports: Iterable[ParsedReport], *, labels: Sequence[Label] = (), title: str = "", version: str = ""
) -> dict[str, Any]:
    """Return the document that the viewer draws; the order of the reports does not matter.

    A report's text is stored once. Offsets count UTF-16 units, as the browser does.
    """
    parsed = sorted(parsed_reports, key=lambda one: (one.report.id, one.report.digest()))
    places = _number_places(parsed)
    return {
        "format": FORMAT,
        "version": version,
        "title": title,
        "counts": asdict(_count(parsed, places)),
        "reports": _report_columns(parsed),
        "places": _place_columns(places.values()),
        "mentions": _mention_columns(parsed, {key: number for number, key in enumerate(places)}),
        "labels": _label_columns(labels),
    }


def encode_block(document: object) -> str:
    """Return a JSON document as gzip in base64: ASCII that can stand in any HTML, the same for the same document."""
    text = json.dumps(document, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    return base64.b64encode(gzip.compress(clean_text(text).encode("utf-8"), 6, mtime=0)).decode("ascii")


def clean_text(text: str) -> str:
    """Return the text with lone surrogates, which no file can hold, as U+FFFD."""
    return text if text.isascii() else _LONE_SURROGATE.sub("�", text)


def utf16_offsets(text: str, offsets: Iterable[int]) -> list[int]:
    """Return offsets in code points as offsets in UTF-16 units: the one place where this change is made."""
    wide = [] if text.isascii() else [match.start() for match in _WIDE.finditer(text)]
    if not wide:
        return list(offsets)
    return [offset + bisect_left(wide, offset) for offset in offsets]


def _number_places(parsed: Sequence[ParsedReport]) -> dict[_PlaceKey, Mention]:
    """Return one mention for each place, in the order of the places; displaced points are places of their own."""
    found: dict[_PlaceKey, Mention] = {}
    for one in parsed:
        for mention in one.mentions:
            if mention.place is not None:
                found.setdefault(_place_key(mention, mention.place), mention)
    return dict(sorted(found.items(), key=lambda item: item[0]))


def _place_key(mention: Mention, place: Place) -> _PlaceKey:
    if mention.anchor is None:
        return place.place_id, "", 0.0, 0.0
    return place.place_id, mention.anchor.place_id, round(place.latitude, 5), round(place.longitude, 5)


def _count(parsed: Sequence[ParsedReport], places: dict[_PlaceKey, Mention]) -> MapCounts:
    unresolved = [mention.text for one in parsed for mention in one.mentions if mention.place is None]
    mentions = sum(len(one.mentions) for one in parsed) - len(unresolved)
    return MapCounts(len(parsed), len(places), mentions, len(unresolved), len(set(unresolved)))


def _report_columns(parsed: Sequence[ParsedReport]) -> dict[str, list[Any]]:
    reports = [one.report for one in parsed]
    columns: dict[str, list[Any]] = {
        name: [getattr(report, name) for report in reports] for name in ("id", "title", "source", "date", "url", "text")
    }
    columns["sentences"] = [_steps(utf16_offsets(report.text, find_sentence_starts(report.text))) for report in reports]
    return columns


def _place_columns(mentions: Iterable[Mention]) -> dict[str, list[Any]]:
    rows = [(mention.place, mention.anchor) for mention in mentions if mention.place is not None]
    return {
        "id": [place.place_id for place, _ in rows],
        "name": [place.name for place, _ in rows],
        "latitude": [round(place.latitude, 5) for place, _ in rows],
        "longitude": [round(place.longitude, 5) for place, _ in rows],
        "country": [place.country_code for place, _ in rows],
        "admin1": [place.admin1 for place, _ in rows],
        "feature": [f"{place.feature_class}.{place.feature_code}".rstrip(".") for place, _ in rows],
        "population": [place.population for place, _ in rows],
        "radius": [round(place.radius_km, 1) for place, _ in rows],
        "anchor": [
            None if anchor is None else [anchor.place_id, round(anchor.distance_km, 1), round(anchor.bearing)]
            for _, anchor in rows
        ],
    }


def _mention_columns(parsed: Sequence[ParsedReport], numbers: dict[_PlaceKey, int]) -> dict[str, list[int]]:
    """Return the columns of the mentions, report by report in the order of the text; -1 is "no place"."""
    columns: dict[str, list[int]] = {name: [] for name in ("count", "start", "length", "place", "sense", "confidence")}
    for one in parsed:
        mentions = sorted(one.mentions, key=lambda mention: (mention.start, mention.end))
        starts = utf16_offsets(one.report.text, [mention.start for mention in mentions])
        ends = utf16_offsets(one.report.text, [mention.end for mention in mentions])
        columns["count"].append(len(mentions))
        columns["start"].extend(_steps(starts))
        columns["length"].extend(end - start for start, end in zip(starts, ends, strict=True))
        for mention in mentions:
            columns["place"].append(-1 if mention.place is None else numbers[_place_key(mention, mention.place)])
            columns["sense"].append(_SENSES.get((mention.kind, mention.usage), 0))
            columns["confidence"].append(round(mention.confidence * 100))
    return columns


def _label_columns(labels: Sequence[Label]) -> dict[str, list[Any]]:
    ordered = sorted(labels, key=lambda label: (-label.rank, label.name, label.latitude, label.longitude))
    return {
        "name": [label.name for label in ordered],
        "latitude": [round(label.latitude, 3) for label in ordered],
        "longitude": [round(label.longitude, 3) for label in ordered],
        "rank": [label.rank for label in ordered],
        "kind": [label.kind for label in ordered],
    }


def _steps(offsets: Sequence[int]) -> list[int]:
    """Return each offset as its distance from the one before: small numbers compress better."""
    return list(offsets[:1]) + [following - offset for offset, following in pairwise(offsets)]
