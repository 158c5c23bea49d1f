"""Everything that a map shows, in columns and in a stated order, as the blocks that carry it inside a page."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from geomap.model import ParsedReport, Place
from geomap.rendering.collecting import Collection, PlaceRow, ReportRow
from geomap.rendering.columns import Block
from geomap.rendering.labels import Label
from geomap.rendering.narrowing import keep_newest
from geomap.rendering.texts import TextPart, cut_parts

FORMAT = 4
"""Number of the layout; ``viewer/src/data/payload.ts`` describes the same layout."""

INLINE_EXCERPTS = 100_000
"""How many excerpts one file holds with their texts; above that the texts go into files beside it."""


@dataclass(frozen=True, slots=True)
class MapCounts:
    """What a map holds: ``mentions`` with a place, ``unresolved`` without one, ``names`` how many names those are.

    ``left_out`` are mentions that are older than the newest ones of their place that were asked for; ``shards`` the
    files beside the map that hold its texts, 0 where it holds them itself.
    """

    reports: int
    places: int
    mentions: int
    unresolved: int
    names: int
    left_out: int = 0
    shards: int = 0


@dataclass(frozen=True, slots=True)
class Payload:
    """What a page carries: the block with everything but the texts, the texts in parts, and the counts of both."""

    block: Block
    texts: tuple[TextPart, ...]
    counts: MapCounts


def build_payload(
    parsed_reports: Iterable[ParsedReport],
    *,
    labels: Sequence[Label] = (),
    title: str = "",
    version: str = "",
    versions: Mapping[str, str] | None = None,
    max_excerpts_per_place: int | None = None,
) -> Payload:
    """Return the payload of some reports; their order does not matter.

    A report's text is stored once. Offsets count UTF-16 units, as the browser does. With ``max_excerpts_per_place``
    only the newest mentions of each place stay, and reports that lose all of theirs go with them. ``versions`` are
    digests of what the mentions were found by: a later build that is compared with the map tells causes by them.
    """
    collection = Collection().add_all(parsed_reports)
    reports = sorted(collection.reports, key=lambda report: report.key)
    kept, left_out = keep_newest(collection.mentions, reports, max_excerpts_per_place)
    kept_reports = [(report, rows) for report, rows in zip(reports, kept, strict=True) if rows is not None]
    payload = _assemble(collection, kept_reports, left_out, labels, title, version)
    payload.block.document["versions"] = dict(versions or {})
    return payload


def _assemble(
    collection: Collection,
    reports: Sequence[tuple[ReportRow, NDArray[np.int64]]],
    left_out: int,
    labels: Sequence[Label],
    title: str,
    version: str,
) -> Payload:
    rows = np.concatenate([np.zeros(0, np.int64), *(rows for _, rows in reports)])
    columns = collection.mentions.as_arrays(rows)
    places, columns["place"], names = _number_places(collection, columns["place"])
    counts = MapCounts(
        reports=len(reports),
        places=len(places),
        mentions=int((columns["place"] >= 0).sum()),
        unresolved=int((columns["place"] < 0).sum()),
        names=len(names),
        left_out=left_out,
    )
    texts = cut_parts([report for report, _ in reports])
    document = {
        "format": FORMAT,
        "version": version,
        "title": title,
        "counts": {name: count for name, count in asdict(counts).items() if name != "shards"},
        "reports": _report_columns([report for report, _ in reports]),
        "places": _place_columns(places),
        "names": names,
        "labels": _label_columns(labels),
        "texts": {"first": [part.first for part in texts]},
    }
    block = Block(document)
    block.add_json("titles", [report.title for report, _ in reports])
    _add_mentions(block, collection, columns, [len(rows) for _, rows in reports])
    return Payload(block, tuple(texts), counts)


def _number_places(
    collection: Collection, numbers: NDArray[np.int64]
) -> tuple[list[PlaceRow], NDArray[np.int64], list[str]]:
    """Return the used places by name, the row of each mention's place among them, and the unresolved names."""
    keys = list(collection.places)
    used, renumbered = _renumber(numbers, lambda number: (collection.place_rows[number].place.name, keys[number]))
    places = [collection.place_rows[number] for number in used]
    unresolved = list(collection.unresolved)
    missing, renamed = _renumber(-1 - numbers, lambda number: unresolved[number])
    return places, np.where(numbers >= 0, renumbered, -1 - renamed), [unresolved[number] for number in missing]


def _renumber(numbers: NDArray[np.int64], key: Callable[[int], Any]) -> tuple[list[int], NDArray[np.int64]]:
    """Return the numbers from 0 that occur, in the order of their keys, and each number's row among them."""
    used = sorted(np.unique(numbers[numbers >= 0]).tolist(), key=key)
    rows = np.zeros(max(used, default=0) + 1, np.int64)
    rows[used] = np.arange(len(used))
    return used, rows[np.maximum(numbers, 0).clip(max=len(rows) - 1)]


def _add_mentions(
    block: Block, collection: Collection, columns: dict[str, NDArray[np.int64]], per_report: Sequence[int]
) -> None:
    block.add_numbers("perReport", per_report)
    block.add_numbers("start", _find_steps(columns["start"], per_report))
    block.add_numbers("length", columns["length"])
    block.add_signed("place", columns["place"])
    block.add_bytes("confidence", columns["confidence"])
    block.add_bytes("literal", columns["literal"])
    block.add_bytes("flags", columns["flags"])
    block.add_numbers("evidence", _add_evidence(block, collection, columns["evidence"]))
    block.add_numbers("alternatives", _add_alternatives(block, collection, columns["alternatives"]))


def _find_steps(starts: NDArray[np.int64], per_report: Sequence[int]) -> NDArray[np.int64]:
    """Return each offset as its distance from the one before in its report: small numbers compress better."""
    firsts = np.concatenate([[0], np.cumsum(per_report, dtype=np.int64)])
    steps = np.diff(starts, prepend=0)
    firsts = firsts[firsts < len(starts)]
    steps[firsts] = starts[firsts]
    return steps


def _add_evidence(block: Block, collection: Collection, numbers: NDArray[np.int64]) -> NDArray[np.int64]:
    known = list(collection.evidence)
    used, renumbered = _renumber(numbers, lambda number: known[number])
    block.add_json("reasons", [known[number] for number in used])
    return renumbered


def _add_alternatives(block: Block, collection: Collection, numbers: NDArray[np.int64]) -> NDArray[np.int64]:
    """Add the lists of candidates, each of which many mentions share, and return the row of each mention's list."""
    lists: list[tuple[tuple[int, int], ...]] = list(collection.alternatives)
    candidates: list[Place] = list(collection.candidates)
    there = {number for row in np.unique(numbers).tolist() for number, _ in lists[row]}
    order = sorted(there, key=lambda number: (candidates[number].place_id, repr(candidates[number])))
    rows = {number: row for row, number in enumerate(order)}
    named = [tuple((rows.get(number, -1), confidence) for number, confidence in one) for one in lists]
    used, renumbered = _renumber(numbers, lambda number: named[number])
    block.add_json("candidates", _candidate_columns([candidates[number] for number in order]))
    block.add_numbers("listSize", [len(named[number]) for number in used])
    block.add_numbers("candidate", [row for number in used for row, _ in named[number]])
    block.add_bytes("candidateConfidence", [confidence for number in used for _, confidence in named[number]])
    return renumbered


def _report_columns(reports: Sequence[ReportRow]) -> dict[str, Any]:
    sources = sorted({report.source for report in reports})
    rows = {source: row for row, source in enumerate(sources)}
    return {
        "id": [report.key[0] for report in reports],
        "sources": sources,
        "source": [rows[report.source] for report in reports],
        "date": [report.date for report in reports],
        "url": [report.url for report in reports],
        "copies": {str(row): list(map(asdict, report.copies)) for row, report in enumerate(reports) if report.copies},
    }


def _place_columns(rows: Sequence[PlaceRow]) -> dict[str, list[Any]]:
    places = [row.place for row in rows]
    return {
        **_candidate_columns(places),
        "population": [place.population for place in places],
        "radius": [round(place.radius_km, 1) for place in places],
        "approximate": [row for row, place in enumerate(places) if place.approximate],
        "anchor": [row.anchor for row in rows],
    }


def _candidate_columns(places: Sequence[Place]) -> dict[str, list[Any]]:
    return {
        "id": [place.place_id for place in places],
        "name": [place.name for place in places],
        "latitude": [round(place.latitude, 5) for place in places],
        "longitude": [round(place.longitude, 5) for place in places],
        "country": [place.country_code for place in places],
        "admin1": [place.admin1 for place in places],
        "feature": [f"{place.feature_class}.{place.feature_code}".rstrip(".") for place in places],
    }


def _label_columns(labels: Sequence[Label]) -> dict[str, list[Any]]:
    ordered = sorted(labels, key=lambda label: (-label.rank, label.name, label.latitude, label.longitude))
    return {
        "name": [label.name for label in ordered],
        "latitude": [round(label.latitude, 3) for label in ordered],
        "longitude": [round(label.longitude, 3) for label in ordered],
        "rank": [label.rank for label in ordered],
        "kind": [label.kind for label in ordered],
    }
