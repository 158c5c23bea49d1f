"""PDF: the text of the pages, with pypdf in a process of its own."""

from __future__ import annotations

from collections.abc import Iterator

from geomap.config import Limits
from geomap.errors import ReportError
from geomap.model import Report
from geomap.reports.base import Readable, read_document
from geomap.reports.confinement import run_confined
from geomap.reports.dates import parse_date
from geomap.reports.documents import clean_author, clean_title, make_document
from geomap.reports.fields import Metadata


class PdfReader:
    """Reads PDF files that hold text; needs the package pypdf, of the extra ``pdf``."""

    suffixes = frozenset({".pdf"})
    packages: tuple[str, ...] = ("pypdf",)

    def read(self, file: Readable, report_id: str, limits: Limits) -> Iterator[Report | ReportError]:
        """Yield the one report of the file; raise `ReportError` for one without text, damaged or encrypted."""
        data = read_document(file, limits)
        if b"%PDF-" not in data[:1024]:
            raise ReportError("is no PDF, whatever its name says; give it the ending of what it is")
        found = run_confined("geomap.reports.pdf_text:read_pdf", data, limits)
        stated = Metadata(
            title=clean_title(found["title"]),
            source=clean_author(found["author"]),
            date=parse_date(_plain_date(found["date"])),
        )
        yield make_document(report_id, found["text"], stated, limits, file_name=file.stem)


def _plain_date(date: str) -> str:
    """Return ``D:20250525120014+03'00'`` as digits; the zone is left out, because few programs write it right."""
    digits = date.removeprefix("D:")[:14]
    return next((digits[:length] for length in (14, 12, 8) if digits[:length].isdecimal()), "")
