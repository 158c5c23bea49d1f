"""A folder of files -> their reports: which files there are, which reader reads each."""

from __future__ import annotations

import hashlib
import os
import stat
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from geomap.errors import MissingPackageError, ReportError
from geomap.model import Report
from geomap.reports.base import Reader
from geomap.reports.csv_table import CsvTableReader
from geomap.reports.json_lines import JsonLinesReader
from geomap.reports.json_list import JsonListReader
from geomap.reports.plain_text import PlainTextReader
from geomap.reports.web_page import WebPageReader

READER_FINGERPRINT = "reports-1"
"""Part of the key of what has been read: raise the number whenever the same file could give other reports."""

READERS: tuple[Reader, ...] = (
    PlainTextReader(),
    WebPageReader(),
    CsvTableReader(),
    JsonListReader(),
    JsonLinesReader(),
)
_READER_OF = {suffix: reader for reader in READERS for suffix in reader.suffixes}
_CHUNK_BYTES = 1 << 20
_MOST_ERRORS = 1_000


@dataclass(frozen=True, slots=True)
class SourceFile:
    """A file of reports; ``report_id`` is its POSIX path below the PATH given, or its name where PATH is the file."""

    path: Path
    report_id: str


@dataclass(slots=True)
class FoundFiles:
    """The files below a PATH in the order of their ids; iterating gives the files.

    ``errors`` are entries that cannot be read or lead out; ``skipped`` counts hidden entries and unknown endings.
    """

    files: list[SourceFile] = field(default_factory=list)
    errors: list[ReportError] = field(default_factory=list)
    skipped: int = 0

    def __iter__(self) -> Iterator[SourceFile]:
        return iter(self.files)

    def __len__(self) -> int:
        return len(self.files)


def find_files(path: Path) -> FoundFiles:
    """Return the files that a PATH gives, subfolders included; raise `ReportError` where PATH does not exist.

    A link to a file within the folder is a file; one to a folder within is skipped, because that is read anyway.
    """
    try:
        mode = path.stat().st_mode
    except (OSError, ValueError) as error:
        raise _unreadable(path, error) from error
    if stat.S_ISDIR(mode):
        return _find_below(path)
    if not stat.S_ISREG(mode):
        raise ReportError("is neither a file nor a folder", path=_printable(path))
    if path.suffix.lower() not in _READER_OF:
        raise ReportError(f"has an unknown ending; known are {' '.join(sorted(_READER_OF))}", path=_printable(path))
    return FoundFiles([SourceFile(path, path.name)])


def digest_file(path: Path) -> str:
    """Return 32 hexadecimal digits of the file's bytes; raise `ReportError` where it cannot be read."""
    digest = hashlib.blake2b(digest_size=16)
    try:
        with path.open("rb") as stream:
            while chunk := stream.read(_CHUNK_BYTES):
                digest.update(chunk)
    except OSError as error:
        raise _unreadable(path, error) from error
    return digest.hexdigest()


def read_file(source: SourceFile) -> Iterator[Report | ReportError]:
    """Yield the reports of a file with the reader for its ending, and errors that carry the file's path; raise nothing.

    A package that is missing is an error too, so that the files that do not need it are read.
    """
    reader = _READER_OF.get(source.path.suffix.lower())
    if reader is None:
        yield ReportError(
            f"has an unknown ending; known are {' '.join(sorted(_READER_OF))}", path=_printable(source.path)
        )
        return
    try:
        for found in _give_up(reader.read(source.path, source.report_id)):
            yield _with_path(found, source.path) if isinstance(found, ReportError) else found
    except ReportError as error:
        yield _with_path(error, source.path)
    except MissingPackageError as error:
        yield ReportError(str(error), path=_printable(source.path))
    except OSError as error:
        yield _unreadable(source.path, error)


def _give_up(entries: Iterator[Report | ReportError]) -> Iterator[Report | ReportError]:
    """Stop at a file that holds errors only: a binary with the ending of a table would give millions of them."""
    has_reports = False
    for count, entry in enumerate(entries, start=1):
        has_reports = has_reports or isinstance(entry, Report)
        yield entry
        if count == _MOST_ERRORS and not has_reports:
            raise ReportError(f"is given up: none of the first {_MOST_ERRORS:,} entries can be read; check its format")


def _find_below(root: Path) -> FoundFiles:
    found, waiting = FoundFiles(), [root]
    inside = root.resolve()
    while waiting:
        folder = waiting.pop()
        try:
            entries = list(os.scandir(folder))
        except OSError as error:
            found.errors.append(_unreadable(folder, error))
            continue
        for entry in entries:
            if entry.name.startswith("."):
                found.skipped += 1
            elif entry.is_dir(follow_symlinks=False):
                waiting.append(Path(entry.path))
            else:
                _add(found, Path(entry.path), root, inside)
    found.files.sort(key=lambda source: source.report_id)
    found.errors.sort(key=lambda error: error.path)
    return found


def _add(found: FoundFiles, path: Path, root: Path, inside: Path) -> None:
    is_known = path.suffix.lower() in _READER_OF
    try:
        mode = path.stat().st_mode
        is_outside = path.is_symlink() and not path.resolve().is_relative_to(inside)
    except (OSError, RuntimeError) as error:  # a dangling link, a ring of links
        if is_known or path.is_symlink():
            found.errors.append(_unreadable(path, error))
        return
    if is_outside:
        found.errors.append(ReportError("is a link that leads out of the folder; copy the file", path=_printable(path)))
    elif stat.S_ISDIR(mode) or not is_known:
        found.skipped += 1
    elif not stat.S_ISREG(mode):
        found.errors.append(ReportError("is not a regular file; remove it", path=_printable(path)))
    elif not _is_storable(report_id := path.relative_to(root).as_posix()):
        found.errors.append(ReportError("has a name that is not valid text; rename it", path=_printable(path)))
    else:
        found.files.append(SourceFile(path, report_id))


def _with_path(error: ReportError, path: Path) -> ReportError:
    return ReportError(error.reason, path=error.path or _printable(path), line=error.line)


def _unreadable(path: Path, error: Exception) -> ReportError:
    if path.is_symlink() and isinstance(error, FileNotFoundError):
        return ReportError("is a link to nothing; remove it or restore the file", path=_printable(path))
    if isinstance(error, FileNotFoundError):
        return ReportError("does not exist; check the path", path=_printable(path))
    reason = getattr(error, "strerror", None) or str(error)
    return ReportError(f"cannot be read ({reason}); check the file and its permissions", path=_printable(path))


def _printable(path: Path) -> str:
    return str(path).encode("utf-8", "replace").decode()


def _is_storable(text: str) -> bool:
    return not any("\ud800" <= character <= "\udfff" for character in text)
