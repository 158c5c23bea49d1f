"""ZIP archives of any of the other formats, and of archives: read in place, never unpacked to disk."""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import IO

from geomap.config import Limits
from geomap.errors import ReportError, SpentError
from geomap.model import Report
from geomap.reports.base import Readable, read_document
from geomap.reports.formats import FORMATS, choose_reader, read_entries
from geomap.reports.zip_parts import Allowance, Member, list_members, open_zip

_SUFFIX = ".zip"
_DAMAGED = "pack it again, or unpack it"


class ArchiveReader:
    """Reads the files in a ZIP archive as if they lay in a folder; ids are ``archive.zip#folder/report.txt``."""

    suffixes = frozenset({_SUFFIX})
    packages = tuple(sorted({package for reader in FORMATS for package in reader.packages}))

    def read(self, file: Readable, report_id: str, limits: Limits) -> Iterator[Report | ReportError]:
        """Yield the reports of all files in the archive; raise `ReportError` where it holds none that geomap reads."""
        try:
            with file.open("rb") as stream:
                yield from _read_archive(stream, report_id, Allowance(limits), level=1)
        except SpentError as error:
            yield ReportError(f"{error.reason} (what came before is on the map)")


def _read_archive(
    stream: IO[bytes], report_id: str, allowance: Allowance, *, level: int
) -> Iterator[Report | ReportError]:
    labels: set[str] = set()
    with open_zip(stream, otherwise=_DAMAGED) as archive:
        for member in list_members(archive, allowance):
            if not _is_readable(member):
                continue
            if member.label in labels:
                yield ReportError(f"{member.label}: is a second file of this name; give each a name of its own")
                continue
            labels.add(member.label)
            yield from _read_member(member, f"{report_id}#{member.label}", level)
    if not labels:
        raise ReportError("holds no file that geomap reads; unpack it and see what is in it")


def _is_readable(member: Member) -> bool:
    is_hidden = any(part.startswith(".") and part.strip(".") for part in member.label.split("/"))
    is_known = choose_reader(member.name) is not None or member.name.lower().endswith(_SUFFIX)
    return is_known and not is_hidden and not member.label.startswith("__MACOSX/")


def _read_member(member: Member, report_id: str, level: int) -> Iterator[Report | ReportError]:
    reader = choose_reader(member.name) or _NestedReader(member.allowance, level + 1)
    for found in read_entries(reader, member, report_id, member.allowance.limits):
        if isinstance(found, SpentError):
            raise found
        if isinstance(found, Report):
            yield found
        else:
            line = "" if found.line is None else f", line {found.line}"
            yield type(found)(f"{member.label}{line}: {found.reason}")


class _NestedReader:
    """Reads an archive in an archive, within the same allowance."""

    suffixes = ArchiveReader.suffixes
    packages: tuple[str, ...] = ()

    def __init__(self, allowance: Allowance, level: int) -> None:
        self._allowance = allowance
        self._level = level

    def read(self, file: Readable, report_id: str, limits: Limits) -> Iterator[Report | ReportError]:
        if self._level > limits.archive_levels:
            raise ReportError(f"is an archive more than {limits.archive_levels} levels deep; unpack it")
        data = read_document(file, limits)
        yield from _read_archive(io.BytesIO(data), report_id, self._allowance, level=self._level)
