"""The mentions found in gold reports as files: to keep them, and to judge what other systems found."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from geomap.errors import OutputError, ReportError
from geomap.learning.corpora import GoldReport, load_lines
from geomap.learning.evaluation import Outcome
from geomap.model import Mention, Place, mention_as_json


def write_predictions(outcomes: Iterable[Outcome], path: Path) -> None:
    """Write an object for each report, as `geomap parse --jsonl` does."""
    try:
        with path.open("w", encoding="ascii", newline="\n") as file:
            for outcome in outcomes:
                mentions = [mention_as_json(mention) for mention in outcome.mentions]
                file.write(json.dumps({"id": outcome.report.report.id, "mentions": mentions}) + "\n")
    except OSError as error:
        raise OutputError(f"{path} cannot be written ({error.strerror}): choose another file.") from error


def read_predictions(path: Path, reports: Sequence[GoldReport]) -> list[Outcome]:
    """Return the mentions that a file has for each report; a report that it lacks counts as without mentions.

    Mentions need "start" and "end"; "latitude", "longitude" and "confidence" where they are known.
    """
    _refuse_same_ids(reports)
    found = dict(load_lines(path, _read_row, what="object with id and mentions"))
    return [Outcome(report, found.get(report.report.id, [])) for report in reports]


def _refuse_same_ids(reports: Sequence[GoldReport]) -> None:
    seen: dict[str, str] = {}
    for report in reports:
        other = seen.setdefault(report.report.id, report.corpus)
        if other != report.corpus:
            reason = f"{other} and {report.corpus} both have a report {report.report.id}: judge them one by one"
            raise ReportError(reason)


def _read_row(row: Any) -> tuple[str, list[Mention]]:
    return str(row["id"]), [_read_mention(mention) for mention in row["mentions"]]


def _read_mention(row: Mapping[str, Any]) -> Mention:
    latitude, longitude = row.get("latitude"), row.get("longitude")
    place = None
    if latitude is not None and longitude is not None:
        place = Place(
            place_id=row.get("place_id") or "",
            name=row.get("name") or "",
            latitude=latitude,
            longitude=longitude,
            country_code=row.get("country_code") or "",
            admin1=row.get("admin1") or "",
        )
    confidence = row.get("confidence")
    return Mention(
        row["start"],
        row["end"],
        row.get("text") or "",
        place=place,
        confidence=1.0 if confidence is None else confidence,
    )
