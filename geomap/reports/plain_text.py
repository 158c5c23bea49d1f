"""Plain text and markdown: one file, one report."""

from __future__ import annotations

from collections.abc import Iterator

from geomap.config import Limits
from geomap.errors import ReportError
from geomap.model import Report
from geomap.reports.base import Readable, read_report
from geomap.reports.documents import make_document
from geomap.reports.encoding import decode, is_binary
from geomap.reports.fields import Metadata

_OTHER_FORMATS = {
    b"%PDF-": "a PDF",
    b"PK\x03\x04": "a ZIP or Office document",
    b"\xd0\xcf\x11\xe0": "an Office document",
    b"{\\rtf": "an RTF document",
    b"\x89PNG": "a picture",
    b"GIF8": "a picture",
    b"\xff\xd8\xff": "a picture",
    b"\x1f\x8b": "a compressed file",
    b"SQLite format 3": "a database",
    b"\x7fELF": "a program",
}


class PlainTextReader:
    """Reads plain text and markdown; what stands in front of the text as headers becomes metadata."""

    suffixes = frozenset({".txt", ".text", ".md", ".markdown"})
    packages: tuple[str, ...] = ()

    def read(self, file: Readable, report_id: str, limits: Limits) -> Iterator[Report | ReportError]:
        """Yield the one report of the file; raise `ReportError` for an empty, too large or binary one."""
        yield make_document(report_id, read_text(file, limits), Metadata(), limits, file_name=file.stem)


def read_text(file: Readable, limits: Limits) -> str:
    """Return the decoded text of a file; raise `ReportError` where it is empty, too large or not text."""
    data = read_report(file, limits)
    for magic, kind in _OTHER_FORMATS.items():
        if data.startswith(magic):
            raise ReportError(f"is not text but {kind}; save it as plain text")
    text = decode(data)
    if not text.strip():
        raise ReportError("is empty")
    if is_binary(text):
        raise ReportError("is not text; save it as plain text or remove it")
    return text
