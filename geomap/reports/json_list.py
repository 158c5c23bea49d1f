"""JSON: a list of objects, or an object that holds one such list (``{"articles": [...]}``)."""

from __future__ import annotations

import json
from collections.abc import Iterator
from itertools import islice

from geomap.config import Limits
from geomap.errors import ReportError
from geomap.model import Report
from geomap.reports.base import Readable, read_bounded
from geomap.reports.encoding import decode
from geomap.reports.fields import find_fields, one_line
from geomap.reports.records import RecordReader

_MARKS = ",[{"
_MOST_VALUES = 5_000_000
"""Of one file: an empty list takes thirty times the memory of its brackets. Texts hold commas, but not as many."""


class JsonListReader:
    """Reads JSON files of one list of objects; the line of an error is the number of the object in the list."""

    suffixes = frozenset({".json"})
    packages: tuple[str, ...] = ()

    def read(self, file: Readable, report_id: str, limits: Limits) -> Iterator[Report | ReportError]:
        """Yield a report for each object; raise `ReportError` where the file is no JSON or has no list of objects."""
        reason = (
            f"is larger than {limits.document_mb} MB, the limit for JSON, which is read as a whole; "
            "save it as JSON Lines (.jsonl), which has no limit"
        )
        text = decode(read_bounded(file, limit=limits.document_bytes, too_large=reason))
        if not text.strip():
            raise ReportError("is empty")
        if sum(map(text.count, _MARKS)) > _MOST_VALUES:
            reason = f"holds more than {_MOST_VALUES:,} values"
            raise ReportError(f"{reason}; save it as JSON Lines (.jsonl), which has no limit")
        entries = _find_list(load_json(text))
        if not entries:
            raise ReportError("holds no reports: the list is empty")
        records = RecordReader(report_id, limits, unit="object")
        for number, entry in enumerate(entries, start=1):
            yield records.read(entry, number=number)


def load_json(text: str) -> object:
    """Return the value of JSON text; raise `ReportError` where it is broken or nested too deeply."""
    try:
        return json.loads(text)
    except json.JSONDecodeError as error:
        raise ReportError(f"is not valid JSON ({error.msg} at column {error.colno})", line=error.lineno) from error
    except (ValueError, RecursionError) as error:  # an integer of thousands of digits; brackets in brackets
        raise ReportError("is not usable JSON: nested too deeply, or a number too long") from error


def _find_list(value: object) -> list[object]:
    if isinstance(value, list):
        return value
    if not isinstance(value, dict):
        raise ReportError('is not a list of objects; write [{"text": ...}, ...]')
    if "text" in find_fields(value) and not _lists_of_objects(value):
        return [value]
    lists = _lists_of_objects(value)
    if len(lists) != 1:
        keys = ", ".join(one_line(key)[:40] for key in islice(sorted(lists) if lists else value, 20))
        found = f"{len(lists)} lists of objects" if lists else "no list of objects"
        raise ReportError(f"holds {found}, where one is needed (keys found: {keys[:300] or 'none'})")
    (entries,) = lists.values()
    return entries


def _lists_of_objects(value: dict[str, object]) -> dict[str, list[object]]:
    return {key: held for key, held in value.items() if isinstance(held, list) and held and isinstance(held[0], dict)}
