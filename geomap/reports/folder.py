"""A folder of files -> their reports: which files there are, which reader reads each."""

from __future__ import annotations

import hashlib
import os
import stat
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import IO, Literal

from geomap.config import USUAL, Limits
from geomap.errors import ReportError
from geomap.model import Report
from geomap.reports.archive import ArchiveReader
from geomap.reports.base import Reader
from geomap.reports.formats import FORMATS, read_entries
from geomap.reports.ignoring import FILE_NAME, Ignored
from geomap.system.code_digests import digest_code
from geomap.text.failures import Failures, bound_failures
from geomap.text.file_names import spell_name, spell_path, spell_posix

READERS: tuple[Reader, ...] = (*FORMATS, ArchiveReader())
_READER_OF = {suffix: reader for reader in READERS for suffix in reader.suffixes}
_CHUNK_BYTES = 1 << 20


@dataclass(frozen=True, slots=True)
class SourceFile:
    """A file of reports; ``report_id`` is its POSIX path below the PATH given, or its name where PATH is the file.

    Names that are no text on one line are spelled in the id as by `geomap.text.file_names.spell_name`.
    """

    path: Path
    report_id: str
    limits: Limits = USUAL

    @property
    def shown_path(self) -> str:
        """The path as messages show it."""
        return spell_path(self.path)

    @property
    def name(self) -> str:
        """The file's name without its folder, as in the id."""
        return self.report_id.rpartition("/")[2]

    @property
    def stem(self) -> str:
        """The name without its ending."""
        return self.name.rpartition(".")[0]

    def open(self, mode: Literal["rb"], /) -> IO[bytes]:
        """Open the file's bytes."""
        return self.path.open(mode)


@dataclass(slots=True)
class FoundFiles:
    """The files below a PATH in the order of their ids; iterating gives the files.

    ``errors`` tell of entries that cannot be read or lead out; ``skipped`` counts entries that are hidden or
    ignored, and unknown endings.
    """

    files: list[SourceFile] = field(default_factory=list)
    errors: Failures = field(default_factory=Failures)
    skipped: int = 0

    def __iter__(self) -> Iterator[SourceFile]:
        return iter(self.files)

    def __len__(self) -> int:
        return len(self.files)


def find_files(path: Path, limits: Limits = USUAL) -> FoundFiles:
    """Return the files that a PATH gives, subfolders included; raise `ReportError` where PATH does not exist.

    A link to a file within the folder is a file; one to a folder within is skipped, because that is read anyway. What
    a ``.geomapignore`` in the folder, or in one below, names is skipped, too. The files will be read within ``limits``.
    """
    try:
        mode = path.stat().st_mode
    except (OSError, ValueError) as error:
        raise _unreadable(path, error) from error
    if stat.S_ISDIR(mode):
        return _find_below(path, limits)
    if not stat.S_ISREG(mode):
        raise ReportError("is neither a file nor a folder", path=spell_path(path))
    if path.suffix.lower() not in _READER_OF:
        raise _unknown_ending(path)
    return FoundFiles([SourceFile(path, spell_name(path.name), limits)])


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
    """Yield the reports of a file with the reader for its ending, and errors that carry its path; raise nothing.

    Of the errors of one kind the first are yielded where they occur, and at the end the last with the number of those
    that it stands for.
    """
    reader = _READER_OF.get(source.path.suffix.lower())
    if reader is None:
        yield _unknown_ending(source.path)
        return
    try:
        entries = read_entries(reader, source, source.report_id, source.limits)
        for found in bound_failures(entries):
            yield _with_path(found, source.path) if isinstance(found, ReportError) else found
    except OSError as error:
        yield _unreadable(source.path, error)


def reader_fingerprint(path: Path, limits: Limits = USUAL) -> str:
    """Return a digest that changes whenever a file could give other reports: by code, packages and limits."""
    reader = _READER_OF.get(path.suffix.lower())
    packages = reader.packages if reader else ()
    versions = (f"{package}={_find_version(package)}" for package in packages)
    return " ".join(filter(None, (digest_code(__name__), *versions, limits.fingerprint())))


@lru_cache(maxsize=16)
def _find_version(package: str) -> str:
    from importlib.metadata import PackageNotFoundError, version  # only formats that need packages pay for it

    try:
        return version(package)
    except PackageNotFoundError:
        return "none"


def _find_below(root: Path, limits: Limits) -> FoundFiles:
    found, inside = FoundFiles(), root.resolve()
    waiting: list[tuple[Path, tuple[str, ...], Ignored]] = [(root, (), Ignored())]
    while waiting:
        folder, parts, ignored = waiting.pop()
        try:
            entries = sorted(os.scandir(folder), key=_name)  # the same errors are told wherever the folder lies
            ignored = ignored.below(folder, depth=len(parts))
        except OSError as error:  # without its .geomapignore a folder would give what its owner keeps out
            found.errors.add(_unreadable(Path(error.filename or folder), error))
            continue
        below = []
        for entry in entries:
            names, is_folder = (*parts, entry.name), entry.is_dir(follow_symlinks=False)
            if entry.name.startswith(".") or ignored.has(names, is_folder=is_folder):
                found.skipped += entry.name != FILE_NAME
            elif is_folder:
                below.append((Path(entry.path), names, ignored))
            else:
                _add(found, SourceFile(Path(entry.path), spell_posix("/".join(names)), limits), inside)
        waiting += reversed(below)
    found.files.sort(key=lambda source: source.report_id)
    return found


def _name(entry: os.DirEntry[str]) -> str:
    return entry.name


def _add(found: FoundFiles, source: SourceFile, inside: Path) -> None:
    path = source.path
    is_known = path.suffix.lower() in _READER_OF
    try:
        mode = path.stat().st_mode
        is_outside = path.is_symlink() and not path.resolve().is_relative_to(inside)
    except (OSError, RuntimeError) as error:  # a dangling link, a ring of links
        if is_known or path.is_symlink():
            found.errors.add(_unreadable(path, error))
        return
    if is_outside:
        found.errors.add(ReportError("is a link that leads out of the folder; copy the file", path=spell_path(path)))
    elif stat.S_ISDIR(mode) or not is_known:
        found.skipped += 1
    elif not stat.S_ISREG(mode):
        found.errors.add(ReportError("is not a regular file; remove it", path=spell_path(path)))
    else:
        found.files.append(source)


def _with_path(error: ReportError, path: Path) -> ReportError:
    return error.told_as(path=error.path or spell_path(path))


def _unreadable(path: Path, error: Exception) -> ReportError:
    if path.is_symlink() and isinstance(error, FileNotFoundError):
        return ReportError("is a link to nothing; remove it or restore the file", path=spell_path(path))
    if isinstance(error, FileNotFoundError):
        return ReportError("does not exist; check the path", path=spell_path(path))
    reason = getattr(error, "strerror", None) or str(error)
    return ReportError(f"cannot be read ({reason}); check the file and its permissions", path=spell_path(path))


def _unknown_ending(path: Path) -> ReportError:
    return ReportError(f"has an unknown ending; known are {' '.join(sorted(_READER_OF))}", path=spell_path(path))
