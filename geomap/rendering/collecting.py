"""Reports and mentions taken up one by one into columns, so that a million mentions need no million objects."""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

from geomap.languages import detect_language
from geomap.model import Copy, Mention, ParsedReport, Place, is_quiet
from geomap.rendering.columns import clean_text
from geomap.rendering.offsets import utf16_offsets
from geomap.text.sentences import find_sentence_starts

PlaceKey: TypeAlias = tuple[str, str, float, float]

KINDS = {"place": 0, "demonym": 1, "coordinates": 2}
ASSOCIATIVE = 4
CORRECTED = 8
QUIET = 16


@dataclass(frozen=True, slots=True)
class PlaceRow:
    """A place, or a point at a distance from one: ``anchor`` then has the place's id, the distance and the bearing."""

    place: Place
    anchor: tuple[str, float, int] | None


@dataclass(slots=True)
class ReportRow:
    """A report without its mentions, which are the rows from ``first`` to ``last`` of the columns."""

    key: tuple[str, str]
    title: str
    source: str
    date: str
    url: str
    text: bytes
    sentences: array[int]
    first: int
    last: int
    copies: tuple[Copy, ...]


@dataclass(slots=True)
class MentionColumns:
    """What is known of each mention; places, evidence and alternatives are rows of their tables.

    A negative place is a name without one: -1 is the first row of the table of unresolved names, -2 the second.
    """

    start: array[int] = field(default_factory=lambda: array("I"))
    length: array[int] = field(default_factory=lambda: array("I"))
    place: array[int] = field(default_factory=lambda: array("i"))
    confidence: array[int] = field(default_factory=lambda: array("B"))
    literal: array[int] = field(default_factory=lambda: array("B"))
    flags: array[int] = field(default_factory=lambda: array("B"))
    evidence: array[int] = field(default_factory=lambda: array("I"))
    alternatives: array[int] = field(default_factory=lambda: array("I"))

    def as_arrays(self, rows: NDArray[np.int64]) -> dict[str, NDArray[np.int64]]:
        """Return the columns of these rows in this order."""
        names = ("start", "length", "place", "confidence", "literal", "flags", "evidence", "alternatives")
        return {name: np.asarray(getattr(self, name), np.int64)[rows] for name in names}


class Table(dict[Any, int]):
    """Numbers for values that recur, in the order in which they were first seen."""

    def __missing__(self, key: Any) -> int:
        self[key] = number = len(self)
        return number


class Collection:
    """What a map shows, in the order of adding; `geomap.rendering.payload` brings it into a stated order."""

    def __init__(self) -> None:
        self.reports: list[ReportRow] = []
        self.mentions = MentionColumns()
        self.places = Table()
        self.place_rows: list[PlaceRow] = []
        self.evidence = Table()
        self.alternatives = Table()
        self.candidates = Table()
        self.unresolved = Table()

    def add_all(self, parsed_reports: Iterable[ParsedReport]) -> Collection:
        """Add reports, one at a time, and return this collection."""
        for one in parsed_reports:
            self._add(one)
        return self

    def _add(self, one: ParsedReport) -> None:
        report = one.report
        first = len(self.mentions.start)
        self._add_mentions(report.text, sorted(one.mentions, key=lambda mention: (mention.start, mention.end)))
        self.reports.append(
            ReportRow(
                (report.id, report.digest()),
                report.title,
                report.source,
                report.date,
                report.url,
                clean_text(report.text).encode("utf-8"),
                array(
                    "I", _steps(utf16_offsets(report.text, find_sentence_starts(report.text, detect_language(report))))
                ),
                first,
                len(self.mentions.start),
                one.copies,
            )
        )

    def _add_mentions(self, text: str, mentions: list[Mention]) -> None:
        columns = self.mentions
        starts = utf16_offsets(text, [mention.start for mention in mentions])
        ends = utf16_offsets(text, [mention.end for mention in mentions])
        columns.start.extend(starts)
        columns.length.extend(end - start for start, end in zip(starts, ends, strict=True))
        for mention in mentions:
            columns.place.append(self._find_place(mention))
            columns.confidence.append(_per_cent(mention.confidence))
            columns.literal.append(_per_cent(mention.usage_probability))
            columns.flags.append(_find_flags(mention))
            columns.evidence.append(self.evidence[mention.evidence])
            columns.alternatives.append(self._find_alternatives(mention))

    def _find_place(self, mention: Mention) -> int:
        place = mention.place
        if place is None:
            return -1 - self.unresolved[mention.text]
        number = self.places[place_key(mention, place)]
        if number == len(self.place_rows):
            self.place_rows.append(_make_row(mention, place))
        elif self.place_rows[number].place != place:
            # one id, described in two ways ("near Kirkuk" is wider than Kirkuk): the choice must not depend on order
            self.place_rows[number] = min(self.place_rows[number], _make_row(mention, place), key=_width)
        return number

    def _find_alternatives(self, mention: Mention) -> int:
        found = tuple((self.candidates[each.place], round(each.confidence * 100)) for each in mention.alternatives)
        return self.alternatives[found]


def place_key(mention: Mention, place: Place) -> PlaceKey:
    """Return the key of a place: its id, and also the point if that is at a distance from the place."""
    if mention.anchor is None:
        return place.place_id, "", 0.0, 0.0
    return place.place_id, mention.anchor.place_id, round(place.latitude, 5), round(place.longitude, 5)


def _make_row(mention: Mention, place: Place) -> PlaceRow:
    anchor = mention.anchor
    if anchor is None:
        return PlaceRow(place, None)
    return PlaceRow(place, (anchor.place_id, round(anchor.distance_km, 1), round(anchor.bearing)))


def _width(row: PlaceRow) -> tuple[float, str]:
    return row.place.radius_km, repr(row)


def _find_flags(mention: Mention) -> int:
    flags = KINDS[mention.kind]
    if mention.usage == "associative":
        flags |= ASSOCIATIVE | QUIET * is_quiet(mention)
    return flags | CORRECTED if mention.corrected else flags


def _per_cent(probability: float) -> int:
    return round(min(max(probability, 0.0), 1.0) * 100)


def _steps(offsets: list[int]) -> Iterator[int]:
    """Yield each offset as its distance from the one before: small numbers compress better."""
    yield from offsets[:1]
    yield from (following - offset for offset, following in pairwise(offsets))
