"""The protocol of recognizers: Report -> where place names stand."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol, runtime_checkable

from geomap.model import Mention, Report


class Recognizer(Protocol):
    """Toponym recognition."""

    fingerprint: str
    """Changes whenever the same report could give other mentions: code version, model, gazetteer."""

    def recognize(self, report: Report) -> list[Mention]:
        """Return the mentions of a report in the order of the text, not overlapping, without places."""
        ...


@runtime_checkable
class BatchRecognizer(Recognizer, Protocol):
    """A recognizer that reads several reports together in less time than one by one."""

    def recognize_all(self, reports: Sequence[Report]) -> list[list[Mention]]:
        """Return the mentions of each report, the same as `recognize` would whatever the others are."""
        ...
