"""Reports copied into a project's folder, each under a name that it keeps."""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

from geomap.errors import OutputError, ReportError, describe_error
from geomap.reports import SourceFile, digest_file, find_files
from geomap.system.replacement import sync_folder
from geomap.system.temporary_files import temporary_file
from geomap.text.file_names import spell_path

_UNFIT = re.compile(r'[\0-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff<>:"\\|?*]')  # what some system refuses in names
_DIGITS = 8


@dataclass(frozen=True, slots=True)
class AddedFile:
    """The outcome of adding a file: ``target`` has its content, ``is_new`` is whether it was copied there now."""

    source: Path
    target: Path
    is_new: bool


@dataclass(slots=True)
class ReportFolder:
    """A folder of reports that files are added to; what lies in it is never overwritten."""

    folder: Path
    _sizes: dict[int, list[Path]] | None = field(default=None, init=False)

    def add(self, path: Path) -> Iterator[AddedFile | ReportError]:
        """Copy a file, or the files of a folder, which keep their subfolders; what cannot be read is an error.

        A file keeps its name. Where another content has it already, eight digits of the file's digest are appended,
        so that the same file always gets the same name. A content that is there already is not copied again.
        """
        try:
            found = find_files(path)
        except ReportError as error:
            yield error
            return
        yield from found.errors
        if not found.files:
            yield ReportError("holds no file that geomap reads", path=spell_path(path))
        base = self.folder / _fit(path.resolve().name) if path.is_dir() else self.folder
        for source in found:
            try:
                yield self._add_file(source, base)
            except ReportError as error:
                yield error

    def _add_file(self, source: SourceFile, base: Path) -> AddedFile:
        digest = digest_file(source.path)
        if (known := self._find(source.path, digest)) is not None:
            return AddedFile(source.path, known, is_new=False)
        target = base.joinpath(*map(_fit, source.report_id.split("/")))
        if os.path.lexists(target):
            target = target.with_name(f"{target.stem}-{digest[:_DIGITS]}{target.suffix}")
        if os.path.lexists(target):
            raise ReportError(f"is not added: another file is called {target}; rename one", path=source.shown_path)
        if not _copy(source.path, target):  # another geomap has just taken the name
            self._sizes = None
            return self._add_file(source, base)
        self._index().setdefault(target.stat().st_size, []).append(target)
        return AddedFile(source.path, target, is_new=True)

    def _find(self, path: Path, digest: str) -> Path | None:
        """Return the file of the folder that has the same content."""
        same_size = self._index().get(path.stat().st_size, ())
        return next((each for each in same_size if digest_file(each) == digest), None)

    def _index(self) -> dict[int, list[Path]]:
        if self._sizes is None:
            self._sizes = {}
            for each in find_files(self.folder) if self.folder.is_dir() else ():
                with suppress(OSError):  # it has just been removed
                    self._sizes.setdefault(each.path.stat().st_size, []).append(each.path)
        return self._sizes


def add_reports(paths: Iterable[Path], folder: Path) -> Iterator[AddedFile | ReportError]:
    """Copy files and folders into a folder of reports and yield the outcome for each file."""
    target = ReportFolder(folder)
    for path in paths:
        yield from target.add(path)


def _fit(name: str) -> str:
    """Return a name that every system accepts and that geomap does not skip as hidden."""
    return _UNFIT.sub("_", name).lstrip(".").rstrip(". ") or "report"


def _copy(source: Path, target: Path) -> bool:
    """Copy a file so that an interruption leaves the whole file or none; return False where the name is taken."""
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        with temporary_file(target.parent) as temporary:
            with source.open("rb") as reading, temporary.open("xb") as writing:
                shutil.copyfileobj(reading, writing)
                writing.flush()
                os.fsync(writing.fileno())
            if not _give_name(temporary, target):
                return False
        sync_folder(target.parent)
    except OSError as error:
        reason = describe_error(error)
        raise OutputError(f"cannot copy {source} to {target}: {reason}; free the folder, or copy it by hand") from error
    return True


def _give_name(temporary: Path, target: Path) -> bool:
    """Give a file its name unless that is taken, perhaps just now by another geomap."""
    try:
        os.link(temporary, target)  # fails where renaming would overwrite
    except FileExistsError:
        return False
    except OSError:  # FAT and some network drives have no links
        if os.path.lexists(target):
            return False
        temporary.rename(target)
    return True
