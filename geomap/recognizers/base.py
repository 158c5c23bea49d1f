"""The protocol of recognizers: Report -> where place names stand."""

from __future__ import annotations

from typing import Protocol

from geomap.model import Mention, Report


class Recognizer(Protocol):
    """Toponym recognition."""

    fingerprint: str
    """Changes whenever the same report could give other mentions: code version, model, gazetteer."""

    def recognize(self, report: Report) -> list[Mention]:
        """Return the mentions of a report in the order of the text, not overlapping, without places."""
        ...
