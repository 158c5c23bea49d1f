"""The protocol of readers: one file -> its reports."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Protocol

from geomap.errors import ReportError
from geomap.model import Report


class Reader(Protocol):
    """Reads the files of one format."""

    suffixes: frozenset[str]
    """File name endings in lower case, with the dot."""

    def read(self, path: Path, report_id: str) -> Iterator[Report | ReportError]:
        """Yield the reports of a file in its order, and an error for each entry that cannot be read.

        ``report_id`` is the file's id (its POSIX path below the PATH given); entries of a file of many append ``#id``.
        A file that cannot be read at all raises `ReportError`.
        """
        ...
