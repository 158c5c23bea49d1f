"""Plain text and markdown: one file, one report."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from geomap.errors import ReportError
from geomap.model import Report
from geomap.reports.base import read_bounded
from geomap.reports.encoding import decode, is_binary
from geomap.reports.fields import make_report
from geomap.reports.headers import split_headers
from geomap.reports.openings import read_opening

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

    def read(self, path: Path, report_id: str) -> Iterator[Report | ReportError]:
        """Yield the one report of the file; raise `ReportError` for an empty, too large or binary one."""
        text = read_text(path)
        headed = split_headers(text)
        if not headed.text.strip() and not headed.metadata.title:
            raise ReportError("is empty")
        opening = read_opening(headed.text[headed.opening :], file_name=path.stem)
        report = make_report(report_id, headed.text, headed.metadata)
        metadata = headed.metadata.or_else(opening)
        yield make_report(report_id, report.text, metadata, with_title=False)


def read_text(path: Path) -> str:
    """Return the decoded text of a file; raise `ReportError` where it is empty, too large or not text."""
    data = read_bounded(path)
    for magic, kind in _OTHER_FORMATS.items():
        if data.startswith(magic):
            raise ReportError(f"is not text but {kind}; save it as plain text")
    text = decode(data)
    if not text.strip():
        raise ReportError("is empty")
    if is_binary(text):
        raise ReportError("is not text; save it as plain text or remove it")
    return text
