"""What cannot be used of a file: a line for each of the first of a kind, and how many there are."""

from __future__ import annotations

from collections.abc import Iterator

from geomap.errors import ReportError
from geomap.text.failures import SHOWN_OF_FILE, Failures

TOO_LONG = "is longer than 10 MB: take it out"
"""Why a line is refused that nobody has read."""


class Refusals:
    """The rows of one file that were refused."""

    def __init__(self, label: str) -> None:
        self._label = label
        self._failures = Failures(SHOWN_OF_FILE)

    def add(self, line: int, reason: str) -> None:
        """Note that a row was refused; ``line`` counts from 1."""
        self._failures.add(ReportError(reason, path=self._label, line=line))

    @property
    def count(self) -> int:
        """How many rows were refused."""
        return self._failures.count

    def list_lines(self) -> Iterator[str]:
        """Yield the lines about the refused rows."""
        return map(str, self._failures)
