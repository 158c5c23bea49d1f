"""Rows of tables and objects of JSON -> reports, with the ids of files of many."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from itertools import islice

from geomap.config import Limits
from geomap.errors import ReportError
from geomap.model import Report
from geomap.reports.base import too_large
from geomap.reports.fields import Metadata, find_fields, make_report, one_line, read_metadata
from geomap.reports.headlines import read_headline_metadata

_MOST_NAMES_SHOWN = 20


class RecordReader:
    """Turns the records of one file into reports with unique ids: of two equal ids the first counts.

    ``unit`` says what records are counted in: the number of a "line" goes into the errors as such, that of an
    "object" into their words.
    """

    def __init__(self, report_id: str, limits: Limits, *, unit: str = "line") -> None:
        self._file_id = report_id
        self._limits = limits
        self._unit = unit
        self._numbers: dict[str, int] = {}

    def read(self, record: object, *, number: int) -> Report | ReportError:
        """Return the report of the record of that number, or the reason why there is none."""
        try:
            return self._make(record, number)
        except ReportError as error:
            if self._unit == "line":
                return ReportError(error.reason, line=number)
            return ReportError(f"{self._unit} {number} {error.reason}")

    def _make(self, record: object, number: int) -> Report:
        if not isinstance(record, Mapping):
            raise ReportError(f'is not an object but {type(record).__name__}; write {{"text": ...}}')
        names = find_fields(record)
        if "text" not in names:
            raise ReportError(missing_text(record))
        values = {field: _first_filled(record, candidates) for field, candidates in names.items()}
        body, title = _body(values.get("text"), self._limits), one_line(values.get("title"))
        if not body.strip() and not title:
            raise ReportError("has an empty text")
        text = make_report(self._file_id, body, Metadata(title)).text
        report_id = self._unique_id(one_line(values.get("id")), text, number)  # all that equal rows cost
        # "(REUTERS)" in the text counts where no column names the source; the text keeps its own words.
        metadata = read_metadata(values).or_else(read_headline_metadata(body))
        return make_report(report_id, text, metadata, with_title=False)

    def _unique_id(self, written: str, text: str, number: int) -> str:
        digest = hashlib.blake2b(text.encode(), digest_size=16).hexdigest()
        report_id = f"{self._file_id}#{written or digest[:8]}"
        first = self._numbers.setdefault(report_id, number)
        if first != number:
            remedy = "give each report an id of its own" if written else "remove it, or give each report an id"
            raise ReportError(f"is a duplicate of {self._unit} {first} (id {report_id}); {remedy}")
        return report_id


def missing_text(names: Iterable[str]) -> str:
    """Return the message that no column holds the text; it lists the columns found."""
    found = [one_line(name)[:40] for name in islice(names, _MOST_NAMES_SHOWN + 1)]
    if len(found) > _MOST_NAMES_SHOWN:
        found[-1] = "..."
    return f"has no text column; name one of them 'text' (found: {', '.join(found) or 'none'})"


def _first_filled(record: Mapping[str, object], names: Iterable[str]) -> object:
    values = (record[name] for name in names)
    return next((value for value in values if value is not None and value != "" and value == value), None)


def _body(value: object, limits: Limits) -> str:
    if isinstance(value, list) and all(isinstance(paragraph, str) for paragraph in value):
        value = "\n\n".join(value)
    if value is None:
        return ""
    if not isinstance(value, str):
        raise ReportError(f"has a text that is {type(value).__name__}; write it as a string")
    if len(value) > limits.report_bytes:
        raise ReportError(too_large(limits))
    return value
