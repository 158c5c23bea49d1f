"""The store's open file: transactions, queries, and errors that name the remedy."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TypeVar

from geomap.errors import DamagedStoreError, StoreError, UnwritableStoreError
from geomap.model import ParsedReport
from geomap.store.rows import DAMAGES, unpack_parsed
from geomap.store.schema import connect, connect_without_file, set_aside, translate

PATIENCE = 30.0
"""Seconds to wait for another program that is just writing."""

_CHOSEN = """
CREATE TEMP TABLE IF NOT EXISTS chosen_files (file INTEGER PRIMARY KEY);
CREATE TEMP TABLE IF NOT EXISTS chosen
 (id BLOB PRIMARY KEY, report INTEGER, digest TEXT, touch TEXT DEFAULT '', story BLOB) WITHOUT ROWID;
DELETE FROM chosen_files;
DELETE FROM chosen;
"""

Self = TypeVar("Self", bound="Database")


class Database:
    """The store's file, and the files and reports that are chosen for the running build; a context manager.

    ``notes`` are lines the user should see.
    """

    def __init__(self, path: Path, *, patience: float = PATIENCE) -> None:
        self._path = path
        self._patience = patience
        self.notes: list[str] = []
        self._database = self._connect()
        self.begin()

    def _connect(self) -> sqlite3.Connection:
        try:
            database, note = connect(self._path, patience=self._patience)
        except UnwritableStoreError as error:
            database, note = connect_without_file(), f"{error} Nothing is kept for the next build."
        if note:
            self.notes.append(note)
        return database

    def __enter__(self: Self) -> Self:
        return self

    def __exit__(self, *_error: object) -> None:
        self.close()

    def close(self) -> None:
        """Close the file; an unfinished transaction is undone."""
        self._database.close()

    def start_over(self) -> None:
        """Set the damaged file aside and open an empty one."""
        self.close()
        try:
            kept = set_aside(self._path)
        except OSError as error:
            raise StoreError(f"The store {self._path} is damaged and cannot be renamed: delete it.") from error
        self.notes.append(f"The store was damaged: it is set aside as {kept.name}, and everything is read again.")
        self._database = self._connect()
        self.begin()

    def begin(self) -> None:
        """Forget which files and reports were chosen, as each build does at its start."""
        with self._transaction():
            for statement in _CHOSEN.strip().split(";\n"):
                self._database.execute(statement)

    @contextmanager
    def snapshot(self) -> Iterator[None]:
        """Read the store as it is now until the end, whatever another process writes; nothing can be written."""
        self._fetch("BEGIN")
        try:
            yield
        finally:
            self._database.rollback()

    def count_reports(self) -> int:
        """Return how many reports are chosen."""
        count: int = self._fetch("SELECT count(*) FROM chosen")[0][0]
        return count

    @contextmanager
    def _transaction(self) -> Iterator[None]:
        try:
            self._database.execute("BEGIN IMMEDIATE")
            try:
                yield
                self._database.execute("COMMIT")
            except BaseException:
                self._database.rollback()
                raise
        except sqlite3.Error as error:
            raise translate(error, self._path) from error

    def _fetch(self, query: str, *values: object) -> list[Any]:
        return list(self._iterate(query, *values))

    def _iterate(self, query: str, *values: object) -> Iterator[Any]:
        try:
            for row in self._database.execute(query, values):  # noqa: UP028 -- an end would close what is closed already
                yield row
        except sqlite3.Error as error:
            raise translate(error, self._path) from error

    def _iterate_parsed(self, query: str, *values: object) -> Iterator[ParsedReport]:
        """Yield the parsed reports of a query for packed reports and packed mentions."""
        for report, mentions in self._iterate(query, *values):
            with self._damage_told():
                parsed = unpack_parsed(report, mentions)
            yield parsed

    @contextmanager
    def _damage_told(self) -> Iterator[None]:
        try:
            yield
        except DAMAGES as error:
            raise DamagedStoreError(f"The store {self._path} is damaged ({error}).") from error
