"""The protocol of readers: one file -> its reports; and the bounds that every reader keeps."""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import IO, Literal, Protocol

from geomap.errors import ReportError
from geomap.model import Report

MAX_REPORT_BYTES = 10_000_000
"""A report, or a line of a file of many, that is larger is refused and never read into memory."""

MAX_DOCUMENT_BYTES = 64_000_000
"""A document that holds more than text (PDF, Word, e-mail) may be larger; its text has the limit of a report."""

TOO_LARGE = f"is larger than {MAX_REPORT_BYTES // 1_000_000} MB, the limit for one report; split it"

DOCUMENT_TOO_LARGE = (
    f"is larger than {MAX_DOCUMENT_BYTES // 1_000_000} MB, the limit for a document; save its text as plain text"
)

TEXT_TOO_LARGE = f"holds more than {MAX_REPORT_BYTES // 1_000_000} MB of text, the limit for one report; split it"


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

    def read(self, file: Readable, report_id: str) -> Iterator[Report | ReportError]:
        """Yield the reports of a file in its order, and an error for each entry that cannot be read.

        ``report_id`` is the file's id (its POSIX path below the PATH given); entries of a file of many append ``#id``.
        A file that cannot be read at all raises `ReportError`. Errors need not carry a path: the caller adds it.
        """
        ...


def read_bounded(file: Readable, *, limit: int = MAX_REPORT_BYTES, too_large: str = TOO_LARGE) -> bytes:
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
