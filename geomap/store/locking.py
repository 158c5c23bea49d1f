"""One build of a project at a time: two would take each other's results for what nobody needs any more.

The lock is one of SQLite's on a small file beside the store. The system frees it when its process ends, however that
is, so it never has to be broken; and it is the same code on every system. The number of the process stands in a second
file, for those who wait.
"""

from __future__ import annotations

import logging
import os
import sqlite3
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from typing import Final

from geomap.errors import StoreError

PATIENCE: Final = 30.0
"""Seconds to wait for another build of the project."""

_PAUSE: Final = 0.05
_log = logging.getLogger("geomap")


class BuildInProgressError(StoreError):
    """Another process is building in the project."""


@contextmanager
def build_lock(folder: Path, *, patience: float = PATIENCE) -> Iterator[None]:
    """Hold the lock of the project whose store is in ``folder``; who has to wait for it is told so.

    Raises `BuildInProgressError` with the number of the process that builds, after ``patience`` seconds. Where no file
    can be written the lock is not held: nothing is kept there that two could fight for.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
        database = sqlite3.connect(folder / "lock.sqlite", isolation_level=None, timeout=0)
    except (OSError, sqlite3.Error):
        yield
        return
    with closing(database):
        if _wait(database, folder, patience):
            _write_holder(folder)
        yield


def _wait(database: sqlite3.Connection, folder: Path, patience: float) -> bool:
    """Return whether the lock is held now."""
    begun: float | None = None
    while True:
        try:
            database.execute("BEGIN EXCLUSIVE")
        except sqlite3.Error as error:
            if getattr(error, "sqlite_errorcode", 0) & 0xFF != sqlite3.SQLITE_BUSY:
                return False  # a file that is no lock, or cannot be written
        else:
            return True
        if begun is None:
            begun = time.monotonic()
            if patience:
                _log.warning("%s is building in this project: waiting until it has ended.", _name_holder(folder))
        elif time.monotonic() - begun > patience:
            raise BuildInProgressError(
                f"{_name_holder(folder)} is still building in this project: run again when it has ended, or end it."
            )
        time.sleep(min(_PAUSE, patience))


def _write_holder(folder: Path) -> None:
    with suppress(OSError):
        (folder / "lock.txt").write_text(f"{os.getpid()}\n", encoding="ascii")


def _name_holder(folder: Path) -> str:
    try:
        return f"Another geomap (process {int((folder / 'lock.txt').read_text(encoding='ascii'))})"
    except (OSError, ValueError):  # it has only just begun
        return "Another geomap"
