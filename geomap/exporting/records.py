"""What was found -> records: rows with the columns of `COLUMNS`, with their points."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import asdict, dataclass, field
from typing import Any, Final, Protocol, TypeAlias

from geomap.exporting.columns import Thing
from geomap.model import Anchor, Mention, ParsedReport, Place, mention_as_json, mention_id, place_as_json
from geomap.text.excerpts import cut_excerpt

Point: TypeAlias = tuple[float, float]
"""Latitude and longitude."""

SEPARATOR: Final = "; "


@dataclass(frozen=True, slots=True)
class Record:
    """A row with its points; ``nested`` has what JSON can say in more detail than cells."""

    identity: str
    values: dict[str, Any]
    points: tuple[Point, ...]
    nested: dict[str, Any] = field(default_factory=dict)


class Findings(Protocol):
    """What a build has found, in the order of report ids."""

    def iterate_shown(self) -> Iterator[ParsedReport]:
        """Yield what the map shows: each duplicate cluster once, with its copies."""
        ...

    def iterate_reports(self) -> Iterator[ParsedReport]:
        """Yield all reports, copies as well."""
        ...

    def read_copies(self) -> Mapping[str, str]:
        """Return for the id of each copy that of the first report of its duplicate cluster."""
        ...


def iterate_records(findings: Findings, thing: Thing) -> Iterator[Record]:
    """Yield the records of a build in the order of ids; places need memory for each one, the others for one report."""
    return _READERS[thing](findings)


def _iterate_mentions(findings: Findings) -> Iterator[Record]:
    for parsed in findings.iterate_shown():
        for mention in parsed.mentions:
            yield _record_mention(parsed, mention)


def _record_mention(parsed: ParsedReport, mention: Mention) -> Record:
    report = parsed.report
    identity = mention_id(report.id, mention.start)
    context = {
        "excerpt": cut_excerpt(report.text, mention.start, mention.end, title=report.title),
        "title": report.title,
        "source": report.source,
        "date": report.date,
        "url": report.url,
    }
    values = {
        "mention_id": identity,
        "report_id": report.id,
        "start_offset": mention.start,
        "end_offset": mention.end,
        "text": mention.text,
        "kind": mention.kind,
        "usage": mention.usage,
        "usage_probability": round(mention.usage_probability, 4),
        **_flatten_place(mention.place),
        **_flatten_anchor(mention.anchor),
        "confidence": round(mention.confidence, 4),
        "corrected": mention.corrected,
        "evidence": SEPARATOR.join(mention.evidence),
        **context,
        "copies": len(parsed.copies),
    }
    nested = {
        "mention_id": identity,
        "report_id": report.id,
        **mention_as_json(mention),
        **context,
        "copies": [asdict(each) for each in parsed.copies],
    }
    return Record(identity, values, _points(mention), nested)


def _iterate_reports(findings: Findings) -> Iterator[Record]:
    first_of = findings.read_copies()
    for parsed in findings.iterate_reports():
        report, resolved = parsed.report, [each for each in parsed.mentions if each.place is not None]
        points = {point: None for mention in resolved for point in _points(mention)}
        values = {
            "id": report.id,
            "title": report.title,
            "source": report.source,
            "date": report.date,
            "url": report.url,
            "domain": report.domain,
            "language": report.language,
            "text": report.text,
            "mentions": len(resolved),
            "places": len({_identify(each.place, each.anchor) for each in resolved if each.place is not None}),
            "unresolved": len(parsed.mentions) - len(resolved),
            "copy_of": first_of.get(report.id),
        }
        nested = {
            **asdict(report),
            "copy_of": first_of.get(report.id),
            "mentions": [mention_as_json(each) for each in parsed.mentions],
        }
        yield Record(report.id, values, tuple(points), nested)


@dataclass(slots=True)
class _PlaceCount:
    place: Place
    anchor: Anchor | None
    mentions: int = 0
    reports: int = 0
    corrected: int = 0
    first_date: str = ""
    last_date: str = ""
    names: Counter[str] = field(default_factory=Counter)

    def add(self, mention: Mention, date: str) -> None:
        self.mentions += 1
        self.corrected += mention.corrected
        self.names[" ".join(mention.text.split())] += 1
        if date:
            self.first_date = min(self.first_date or date, date)
            self.last_date = max(self.last_date, date)


def _iterate_places(findings: Findings) -> Iterator[Record]:
    counts: dict[str, _PlaceCount] = {}
    for parsed in findings.iterate_shown():
        named: set[str] = set()
        for mention in parsed.mentions:
            if mention.place is not None:
                key = _identify(mention.place, mention.anchor)
                counts.setdefault(key, _PlaceCount(mention.place, mention.anchor)).add(mention, parsed.report.date)
                named.add(key)
        for key in named:
            counts[key].reports += 1
    return (_record_place(key, count) for key, count in sorted(counts.items()))


def _record_place(key: str, count: _PlaceCount) -> Record:
    names = sorted(count.names, key=lambda name: (-count.names[name], name))
    values = {
        **_flatten_place(count.place),
        **_flatten_anchor(count.anchor),
        "mentions": count.mentions,
        "reports": count.reports,
        "names": SEPARATOR.join(names),
        "first_date": count.first_date,
        "last_date": count.last_date,
        "corrected": count.corrected,
    }
    point = (count.place.latitude, count.place.longitude)
    return Record(key, values, (point,), {**values, "names": names})


def _identify(place: Place, anchor: Anchor | None) -> str:
    """Return the key of a place; displaced points are places of their own."""
    return place.place_id if anchor is None else f"{place.place_id}@{place.latitude:.5f},{place.longitude:.5f}"


def _flatten_place(place: Place | None) -> dict[str, Any]:
    return {**place_as_json(place), "approximate": None if place is None else place.approximate}


def _flatten_anchor(anchor: Anchor | None) -> dict[str, Any]:
    return {
        "anchor_place_id": None if anchor is None else anchor.place_id,
        "anchor_distance_km": None if anchor is None else anchor.distance_km,
        "anchor_bearing": None if anchor is None else anchor.bearing,
    }


def _points(mention: Mention) -> tuple[Point, ...]:
    return () if mention.place is None else ((mention.place.latitude, mention.place.longitude),)


_READERS: Final[dict[Thing, Callable[[Findings], Iterator[Record]]]] = {
    "places": _iterate_places,
    "mentions": _iterate_mentions,
    "reports": _iterate_reports,
}
