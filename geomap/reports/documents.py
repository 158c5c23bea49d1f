"""A document of one text -> its report: what stands in front of the text, and what the format states about it."""

from __future__ import annotations

import re

from geomap.config import Limits
from geomap.errors import ReportError
from geomap.model import Report
from geomap.reports.base import text_too_large
from geomap.reports.fields import Metadata, make_report, one_line
from geomap.reports.headers import split_headers
from geomap.reports.headlines import read_headline_metadata

_PROGRAM = re.compile(r"Microsoft (?:Word|PowerPoint|Excel) - ", re.IGNORECASE)
_FILE_ENDING = re.compile(r"\.(?:docx?|pdf|rtf|odt|indd|pages|pptx?|txt|html?)$", re.IGNORECASE)
_NO_TITLE = re.compile(
    r"\W*(?:untitled|unspecified|unbenannt|title|document|word document|(?:document|dokument|doc)\s?\d+"
    r"|powerpoint presentation)\W*$",
    re.IGNORECASE,
)
_NO_AUTHOR = re.compile(
    r"\W*(?:unspecified|anonymous|unknown|author|user|admin|administrator|owner|windows user|microsoft office user"
    r"|python-docx|\w+\.\w+)?\W*$",
    re.IGNORECASE,
)


def make_document(report_id: str, text: str, stated: Metadata, limits: Limits, *, file_name: str) -> Report:
    """Return the report of a document.

    Headers in front of the text count first, then the title that the format states, the first lines and the file's
    name (without its ending), and what else the format states last: its date is that of the file, not of the events.
    Raises `ReportError` where there is no text, or too much of it.
    """
    if len(text) > limits.report_bytes:
        raise ReportError(text_too_large(limits))
    headed = split_headers(text)
    if not headed.text.strip() and not headed.metadata.title:
        raise ReportError("is empty")
    headline = read_headline_metadata(headed.text[headed.opening :], file_name=file_name)
    report = make_report(report_id, headed.text, headed.metadata)
    metadata = headed.metadata.or_else(Metadata(title=stated.title)).or_else(headline).or_else(stated)
    return make_report(report_id, report.text, metadata, with_title=False)


def clean_title(title: str) -> str:
    """Return the title that an office program stored, or an empty string for ones like ``Microsoft Word - a.doc``."""
    title = one_line(title)
    named = _PROGRAM.sub("", title)
    return "" if named != title or _FILE_ENDING.search(title) or _NO_TITLE.match(title) else title


def clean_author(author: str) -> str:
    """Return the author that an office program stored, or an empty string if it is no name (``admin``)."""
    author = one_line(author)
    return "" if _NO_AUTHOR.match(author) else author
