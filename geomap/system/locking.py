"""One process at a time.

The lock is one of SQLite's on a small file. The system frees it when its process ends, however that is, so it never has
to be broken; and it is the same code on every system. The number of the process stands in a second file, for those who
wait.
"""

from __future__ import annotations

import logging
import os
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

from geomap.errors import GeomapError

if TYPE_CHECKING:
    import sqlite3

PATIENCE: Final = 30.0
"""Seconds to wait for another process."""

_PAUSE: Final = 0.05
_log = logging.getLogger("geomap")


@dataclass(frozen=True, slots=True)
class Lock:
    """A lock of a folder for one process at a time.

    ``action`` says what it guards, for messages to those who wait; ``error`` is what is raised if they wait in vain.
    Two locks of one folder are told apart by their names.
    """

    name: str
    action: str
    error: type[GeomapError]

    @contextmanager
    def hold(self, folder: Path, *, patience: float = PATIENCE) -> Iterator[None]:
        """Hold the lock; a process that has to wait says so.

        Raises the lock's error with the number of the other process after ``patience`` seconds. Where no file can be
        written the lock is not held: nothing can be stored there that two could fight for.
        """
        import sqlite3  # only who takes a lock pays for it

        try:
            folder.mkdir(parents=True, exist_ok=True)
            database = sqlite3.connect(folder / f"{self.name}.sqlite", isolation_level=None, timeout=0)
        except (OSError, sqlite3.Error):
            yield
            return
        with closing(database):
            if self._wait(database, folder, patience):
                self._write_holder(folder)
            yield

    def _wait(self, database: sqlite3.Connection, folder: Path, patience: float) -> bool:
        """Wait for the lock and return whether it is held now."""
        import sqlite3

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
                    _log.warning("%s is %s: waiting until it has ended.", self._name_holder(folder), self.action)
            elif time.monotonic() - begun > patience:
                holder = self._name_holder(folder)
                raise self.error(f"{holder} is still {self.action}: run again when it has ended, or end it.")
            time.sleep(min(_PAUSE, patience))

    def _write_holder(self, folder: Path) -> None:
        with suppress(OSError):
            (folder / f"{self.name}.txt").write_text(f"{os.getpid()}\n", encoding="ascii")

    def _name_holder(self, folder: Path) -> str:
        try:
            number = int((folder / f"{self.name}.txt").read_text(encoding="ascii"))
        except (OSError, ValueError):  # it has only just begun
            return "Another geomap"
        return f"Another geomap (process {number})"
