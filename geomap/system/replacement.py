"""Files that are replaced as a whole or not at all."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO

from geomap.errors import OutputError
from geomap.system.temporary_files import temporary_file


@contextmanager
def replacement(path: Path, *, remedy: str = "choose another file with -o, or free this one") -> Iterator[BinaryIO]:
    """Give a stream whose content replaces the file at the end; after an error the old file is still there.

    A reader, or a crash, sees the old one or the new one and nothing between. Missing folders are made. Raises
    `OutputError` with the remedy where the file cannot be written.
    """
    try:
        with whole_file(path) as file:
            yield file
    except OSError as error:
        raise OutputError(f"cannot write {path}: {error.strerror or error}; {remedy}") from error


@contextmanager
def whole_file(path: Path) -> Iterator[BinaryIO]:
    """Give such a stream, but raise the system's own errors."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with temporary_file(path.parent) as temporary:
        with temporary.open("wb") as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        temporary.replace(path)
        sync_folder(path.parent)


def sync_folder(folder: Path) -> None:
    """Wait until the names in a folder are on the disk, where the system lets us: Windows and some drives do not."""
    with suppress(OSError):
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
