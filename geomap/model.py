"""What the stages hand to each other: reports, mentions, places. Standard library only."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any, Literal

Kind = Literal["place", "demonym", "coordinates"]
Usage = Literal["literal", "associative"]
USAGES: tuple[Usage, ...] = ("literal", "associative")

QUIET = 0.1
"""An associative name is a quiet mark on the map if the probability that it is literal is at most this."""


def digest_texts(texts: Iterable[str]) -> str:
    """Return 32 hexadecimal digits that change when any of the texts, or their number, changes."""
    framed = "".join(f"{len(text)}:{text}" for text in texts)
    return hashlib.blake2b(framed.encode("utf-8", "surrogatepass"), digest_size=16).hexdigest()


@dataclass(frozen=True, slots=True)
class Report:
    """One text and what is known about it.

    ``id`` is stable across builds (see DESIGN of ids: POSIX path, or ``path#id`` in files of many).
    ``text`` is what offsets of mentions index, in code points; a title that stands in front of the body is part of it.
    ``date`` is ISO 8601, a day (``2025-05-25``) or a moment (``2025-05-25T12:00:14``, with offset where known), or "".
    All other fields are "" where unknown.
    """

    id: str
    text: str
    title: str = ""
    source: str = ""
    date: str = ""
    url: str = ""
    domain: str = ""
    language: str = ""

    def digest(self) -> str:
        """Return 32 hexadecimal digits that change when any field changes."""
        fields = (self.id, self.text, self.title, self.source, self.date, self.url, self.domain, self.language)
        return digest_texts(fields)


@dataclass(frozen=True, slots=True)
class Place:
    """A place of a gazetteer; ``place_id`` is ``geonames:...``, ``geomap:...`` or ``user:...``.

    Latitude and longitude are WGS 84 degrees. ``radius_km`` is how far from the point the place reaches.
    ``admin1_code`` is GeoNames' (``UA.07``), ``admin1`` its English name; both are "" for what lies in none. A place is
    ``approximate`` that stands at the point of its unit, because no source gives its own.
    """

    place_id: str
    name: str
    latitude: float
    longitude: float
    geonameid: int | None = None
    country_code: str = ""
    admin1: str = ""
    admin1_code: str = ""
    feature_class: str = ""
    feature_code: str = ""
    population: int = 0
    radius_km: float = 0.0
    approximate: bool = False

    @property
    def qualified_name(self) -> str:
        """The name with what is known of its first-level unit and country: "Paris, Texas, US"."""
        return ", ".join(part for part in (self.name, self.admin1, self.country_code) if part)


@dataclass(frozen=True, slots=True)
class Candidate:
    """A place that a name may mean, with the probability that it does."""

    place: Place
    confidence: float


@dataclass(frozen=True, slots=True)
class Anchor:
    """What a displaced point was measured from ("30 km south of Kirkuk"); the bearing in degrees from north."""

    place_id: str
    distance_km: float
    bearing: float


@dataclass(frozen=True, slots=True)
class Mention:
    """A span of a report that names a place; after resolution also which one.

    ``report.text[start:end] == text``. A recognizer fills the first seven fields, a resolver the rest:
    ``usage_probability`` is the probability that the name is used literally, ``usage`` the more probable of the two;
    ``place`` is None where the name stayed unresolved; ``confidence`` is the probability that the span is a place
    name and the point is within 161 km of the right one; ``evidence`` says in words why this place was chosen.
    ``corrected`` tells that a person has said so.
    """

    start: int
    end: int
    text: str
    kind: Kind = "place"
    usage: Usage = "literal"
    usage_probability: float = 1.0
    probability: float = 1.0
    place: Place | None = None
    confidence: float = 0.0
    alternatives: tuple[Candidate, ...] = ()
    anchor: Anchor | None = None
    evidence: tuple[str, ...] = field(default=())
    corrected: bool = False


@dataclass(frozen=True, slots=True)
class Copy:
    """A duplicate of another report: it says the same in the same words, or nearly so."""

    id: str
    title: str = ""
    source: str = ""
    date: str = ""
    url: str = ""


@dataclass(frozen=True, slots=True)
class ParsedReport:
    """A report with all that was found in it, in the order of the text.

    ``corrections`` are the digests of those that took effect in it, each once for every place where it did.
    ``copies`` are the other reports of its duplicate cluster, by id; they do not stand among the others, but for names
    that only they have. With ``is_cut`` the report has more mentions than the project's limit, and these are the first.
    """

    report: Report
    mentions: tuple[Mention, ...]
    corrections: tuple[str, ...] = ()
    copies: tuple[Copy, ...] = ()
    is_cut: bool = False


def usage_of(probability: float) -> Usage:
    """Return the usage of a name that is literal with this probability."""
    return "literal" if probability >= 0.5 else "associative"


def is_quiet(mention: Mention) -> bool:
    """Return whether a name surely stands for a government, people or team: nothing need be or happen there."""
    return mention.usage == "associative" and mention.usage_probability <= QUIET


def mention_id(report_id: str, start: int) -> str:
    """Return the id of the mention that starts at ``start``; links, corrections and results use it."""
    return f"{report_id}@{start}"


def mention_as_json(mention: Mention) -> dict[str, Any]:
    """Return the mention as the flat object that ``geomap parse`` writes (the contract in the README)."""
    return {
        "start": mention.start,
        "end": mention.end,
        "text": mention.text,
        "kind": mention.kind,
        "usage": mention.usage,
        "usage_probability": round(mention.usage_probability, 4),
        **place_as_json(mention.place),
        "confidence": round(mention.confidence, 4),
        "alternatives": [
            {**place_as_json(other.place), "confidence": round(other.confidence, 4)} for other in mention.alternatives
        ],
        "anchor": _anchor_as_json(mention.anchor),
        "evidence": list(mention.evidence),
        "corrected": mention.corrected,
    }


def place_as_json(place: Place | None) -> dict[str, Any]:
    """Return the fields of a place as they stand in a mention; all None where there is no place."""
    if place is None:
        return dict.fromkeys(_PLACE_KEYS)
    return {
        "place_id": place.place_id,
        "name": place.name,
        "latitude": place.latitude,
        "longitude": place.longitude,
        "geonameid": place.geonameid,
        "country_code": place.country_code or None,
        "admin1": place.admin1 or None,
        "admin1_code": place.admin1_code or None,
        "feature_class": place.feature_class or None,
        "feature_code": place.feature_code or None,
        "population": place.population,
        "radius_km": place.radius_km,
        **({"approximate": True} if place.approximate else {}),
    }


_PLACE_KEYS = (
    "place_id",
    "name",
    "latitude",
    "longitude",
    "geonameid",
    "country_code",
    "admin1",
    "admin1_code",
    "feature_class",
    "feature_code",
    "population",
    "radius_km",
)


def _anchor_as_json(anchor: Anchor | None) -> dict[str, Any] | None:
    if anchor is None:
        return None
    return {"place_id": anchor.place_id, "distance_km": anchor.distance_km, "bearing": anchor.bearing}


def mention_from_json(row: dict[str, Any]) -> Mention:
    """Return the mention that `mention_as_json` wrote."""
    anchor = row["anchor"]
    return Mention(
        start=row["start"],
        end=row["end"],
        text=row["text"],
        kind=row["kind"],
        usage=row["usage"],
        usage_probability=row["usage_probability"],
        place=_place_from_json(row) if row["place_id"] is not None else None,
        confidence=row["confidence"],
        alternatives=tuple(Candidate(_place_from_json(other), other["confidence"]) for other in row["alternatives"]),
        anchor=None if anchor is None else Anchor(**anchor),
        evidence=tuple(row["evidence"]),
        corrected=row.get("corrected", False),
    )


def _place_from_json(row: dict[str, Any]) -> Place:
    values = {key: row[key] for key in _PLACE_KEYS}
    for key in ("country_code", "admin1", "admin1_code", "feature_class", "feature_code"):
        values[key] = values[key] or ""
    return Place(**values, approximate=row.get("approximate", False))
