"""The protocol of readers: one file -> its reports; and the bounds that every reader keeps."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Protocol

from geomap.errors import ReportError
from geomap.model import Report

MAX_REPORT_BYTES = 10_000_000
"""A report, or a line of a file of many, that is larger is refused and never read into memory."""

TOO_LARGE = f"is larger than {MAX_REPORT_BYTES // 1_000_000} MB, the limit for one report; split it"


class Reader(Protocol):
    """Reads the files of one format."""

    suffixes: frozenset[str]
    """File name endings in lower case, with the dot."""

    def read(self, path: Path, report_id: str) -> Iterator[Report | ReportError]:
        """Yield the reports of a file in its order, and an error for each entry that cannot be read.

        ``report_id`` is the file's id (its POSIX path below the PATH given); entries of a file of many append ``#id``.
        A file that cannot be read at all raises `ReportError`. Errors need not carry a path: the caller adds it.
        """
        ...


def read_bounded(path: Path, *, limit: int = MAX_REPORT_BYTES, too_large: str = TOO_LARGE) -> bytes:
    """Return the bytes of a file; raise `ReportError` for an empty one, with ``too_large`` for a larger one."""
    with path.open("rb") as stream:
        data = stream.read(limit + 1)
    if len(data) > limit:
        raise ReportError(too_large)
    if not data:
        raise ReportError("is empty")
    return data
