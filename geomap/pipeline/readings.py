"""One file of reports on its way into the store."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from geomap.errors import FaultError, ReportError, describe_error
from geomap.model import Report
from geomap.reports import SourceFile, read_file
from geomap.store import FileKey


@dataclass(frozen=True, slots=True)
class FoundFile:
    """A file of reports and what decides its content."""

    source: SourceFile
    key: FileKey
    size: int


def read_whole(found: FoundFile) -> list[Report | ReportError | FaultError]:
    """Return all entries of a file."""
    return list(read_entries(found))


def read_entries(found: FoundFile) -> Iterator[Report | ReportError | FaultError]:
    """Yield the entries of a file; an error is an entry, too."""
    try:
        yield from read_file(found.source)
    except ReportError as error:
        yield error
    except Exception as error:  # noqa: BLE001 -- whatever a file provokes concerns this file only
        yield FaultError(describe_error(error))


def give_up(_found: FoundFile, reason: str) -> list[Report | ReportError | FaultError]:
    """Return the error that replaces the entries of a file that no process survives."""
    return [FaultError(f"cannot be read: {reason}")]


def raise_faults(entries: Iterable[Report | ReportError | FaultError]) -> Iterator[Report | ReportError]:
    """Yield the entries and raise the first `FaultError` among them."""
    for entry in entries:
        if isinstance(entry, FaultError):
            raise entry
        yield entry
