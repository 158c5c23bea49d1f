"""The formats of single files, and the reading of a file that raises nothing."""

from __future__ import annotations

from collections.abc import Iterator

from geomap.config import Limits
from geomap.errors import MissingPackageError, ReportError, ReportNote
from geomap.model import Report
from geomap.reports.base import Readable, Reader
from geomap.reports.csv_table import CsvTableReader
from geomap.reports.email_message import EmailReader
from geomap.reports.feed import FeedReader
from geomap.reports.json_lines import JsonLinesReader
from geomap.reports.json_list import JsonListReader
from geomap.reports.pdf import PdfReader
from geomap.reports.plain_text import PlainTextReader
from geomap.reports.web_page import WebPageReader
from geomap.reports.word import WordReader

FORMATS: tuple[Reader, ...] = (
    PlainTextReader(),
    WebPageReader(),
    CsvTableReader(),
    JsonListReader(),
    JsonLinesReader(),
    PdfReader(),
    WordReader(),
    EmailReader(),
    FeedReader(),
)
_READER_OF = {suffix: reader for reader in FORMATS for suffix in reader.suffixes}
_MOST_ERRORS = 1_000


def choose_reader(name: str) -> Reader | None:
    """Return the reader for a file's name, or None if its ending is unknown."""
    _, dot, ending = name.rpartition(".")
    return _READER_OF.get(f"{dot}{ending}".lower())


def read_entries(reader: Reader, file: Readable, report_id: str, limits: Limits) -> Iterator[Report | ReportError]:
    """Yield the reports of a file, and errors without its path; raise nothing but `OSError`.

    A package that is missing is an error too, so that the files that do not need it are read.
    """
    try:
        entries = reader.read(file, report_id, limits)
        yield from _give_up(entries) if reader in FORMATS else entries  # files in an archive say nothing of each other
    except ReportError as error:
        yield error
    except MissingPackageError as error:
        yield ReportError(str(error))
    except (RecursionError, MemoryError) as error:
        yield ReportError(f"cannot be read: it is nested too deeply or too large ({type(error).__name__}); split it")


def _give_up(entries: Iterator[Report | ReportError]) -> Iterator[Report | ReportError]:
    """Yield the entries; raise `ReportError` if all the first are errors: a binary may give millions of them."""
    has_reports = False
    for count, entry in enumerate(entries, start=1):
        has_reports = has_reports or isinstance(entry, Report | ReportNote)
        yield entry
        if count == _MOST_ERRORS and not has_reports:
            raise ReportError(f"is given up: none of the first {_MOST_ERRORS:,} entries can be read; check its format")
