"""The protocol of readers: one file -> its reports; and the bounds that every reader keeps."""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import IO, Literal, Protocol

from geomap.config import Limits
from geomap.errors import ReportError
from geomap.model import Report


class Readable(Protocol):
    """What a reader sees of a file: `pathlib.Path` has it, and so has a member of an archive."""

    @property
    def name(self) -> str:
        """The file's name without its folder."""
        ...

    @property
    def stem(self) -> str:
        """The name without its ending."""
        ...

    def open(self, mode: Literal["rb"], /) -> IO[bytes]:
        """Open the file's bytes."""
        ...


class Reader(Protocol):
    """Reads the files of one format."""

    suffixes: frozenset[str]
    """File name endings in lower case, with the dot."""

    packages: tuple[str, ...]
    """The packages that decide how a file is read: with another version the same file may give other reports."""

    def read(self, file: Readable, report_id: str, limits: Limits) -> Iterator[Report | ReportError]:
        """Yield the reports of a file in its order, an error for each entry that cannot be read, and notes.

        A `geomap.errors.ReportNote` tells what a user would want to know of a file that is read: what was chosen for
        them (the list of records, the order of day and month) and what was left out (pages without text, equal rows).

        ``report_id`` is the file's id (its POSIX path below the PATH given); entries of a file of many append ``#id``.
        What is over one of the ``limits`` is such an error, and never in memory.
        A file that cannot be read at all raises `ReportError`. Errors need not carry a path: the caller adds it.
        """
        ...


def too_large(limits: Limits) -> str:
    """Return the reason for refusing a report of too many bytes."""
    return f"is larger than {limits.report_mb} MB, the limit for one report; split it"


def text_too_large(limits: Limits) -> str:
    """Return the reason for refusing a document whose text is too long."""
    return f"holds more than {limits.report_mb} MB of text, the limit for one report; split it"


def read_report(file: Readable, limits: Limits) -> bytes:
    """Return the bytes of a file of one report; raise `ReportError` for an empty or too large one."""
    return read_bounded(file, limit=limits.report_bytes, too_large=too_large(limits))


def read_document(file: Readable, limits: Limits) -> bytes:
    """Return the bytes of a file that holds more than text; raise `ReportError` for an empty or too large one."""
    reason = f"is larger than {limits.document_mb} MB, the limit for a document; save its text as plain text"
    return read_bounded(file, limit=limits.document_bytes, too_large=reason)


def read_bounded(file: Readable, *, limit: int, too_large: str) -> bytes:
    """Return the bytes of a file; raise `ReportError` for an empty one, with ``too_large`` for a larger one."""
    with file.open("rb") as stream:
        data = stream.read(limit + 1)
    if len(data) > limit:
        raise ReportError(too_large)
    if not data:
        raise ReportError("is empty")
    return data


def open_text(file: Readable, *, encoding: str) -> io.TextIOWrapper:
    """Open a file as text, newlines untouched; what cannot be decoded becomes U+FFFD."""
    return io.TextIOWrapper(file.open("rb"), encoding=encoding, errors="replace", newline="")
