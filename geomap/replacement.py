"""Files that are replaced as a whole or not at all."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO

from geomap.errors import OutputError


@contextmanager
def replacement(path: Path, *, remedy: str = "choose another file with -o, or free this one") -> Iterator[BinaryIO]:
    """Give a stream whose content takes the file's place at the end; after an error the old file is still there.

    A reader, or a crash, sees the old one or the new one and nothing between. Missing folders are made. Raises
    `OutputError` with the remedy where the file cannot be written.
    """
    temporary = path.with_name(f".{path.name}.{os.getpid()}.tmp")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with temporary.open("wb") as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        temporary.replace(path)
    except OSError as error:
        raise OutputError(f"cannot write {path}: {error.strerror or error}; {remedy}") from error
    finally:
        with suppress(OSError):
            temporary.unlink(missing_ok=True)
