"""The store: reports by the digest of their file, mentions by the digest of their report.

Only the driver writes. Each verb is one transaction, so whatever ends a build, what was finished before stays.
"""

from __future__ import annotations

import sqlite3
import zlib
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from geomap.errors import ReportError, StoreError
from geomap.model import ParsedReport, Report
from geomap.store.rows import FileKey, decode, encode, pack_mentions, pack_report, unpack_mentions, unpack_report
from geomap.store.schema import (
    DamagedStoreError,
    UnwritableStoreError,
    connect,
    connect_without_file,
    set_aside,
    translate,
)

MAPS_REMEMBERED = 20
"""How many maps' last builds are kept; reports that none of them uses are forgotten."""

PATIENCE = 30.0
"""Seconds to wait for another build of the project that is just writing."""

_CHOSEN = """
CREATE TEMP TABLE IF NOT EXISTS chosen_files (file INTEGER PRIMARY KEY);
CREATE TEMP TABLE IF NOT EXISTS chosen (id BLOB PRIMARY KEY, report INTEGER, digest TEXT, touch TEXT DEFAULT '')
 WITHOUT ROWID;
DELETE FROM chosen_files;
DELETE FROM chosen;
"""


@dataclass(frozen=True, slots=True)
class Changes:
    """How the chosen reports differ from those of the last build of the same map."""

    new: int
    changed: int
    removed: int


class Store:
    """The results of one project; a context manager. ``notes`` are lines the user should see."""

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

    def __enter__(self) -> Store:
        return self

    def __exit__(self, *_error: object) -> None:
        self.close()

    def close(self) -> None:
        """Close the file; what was not finished is forgotten."""
        self._database.close()

    def start_over(self) -> None:
        """Set a damaged file aside and begin with an empty one."""
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

    # Files -> reports

    def has_file(self, key: FileKey) -> bool:
        """Return whether this very file has been read."""
        return self._find_file(key) is not None

    def add_file(self, key: FileKey, entries: Iterable[Report | ReportError]) -> None:
        """Keep what a file holds, in its order; an error that ``entries`` raises leaves nothing behind."""
        with self._transaction():
            number = self._database.execute(
                "INSERT INTO files (digest, reader, report_id) VALUES (?, ?, ?)", key.columns()
            ).lastrowid
            for entry in entries:
                if isinstance(entry, Report):
                    self._database.execute(
                        "INSERT INTO reports (file, id, digest, body) VALUES (?, ?, ?, ?)",
                        (number, encode(entry.id), entry.digest(), pack_report(entry)),
                    )
                else:
                    self._database.execute(
                        "INSERT INTO failures VALUES (?, ?, ?)", (number, entry.line, encode(entry.reason))
                    )

    def choose_file(self, key: FileKey) -> list[ReportError]:
        """Make the reports of a file part of this build; return its failures, among them ids already chosen.

        The errors have no path: the store does not know how the user names the file today.
        """
        number = self._find_file(key)
        with self._transaction():
            self._database.execute("INSERT OR IGNORE INTO chosen_files VALUES (?)", (number,))
            taken = self._fetch(
                "SELECT reports.id FROM reports JOIN chosen USING (id) WHERE file = ? ORDER BY reports.number", number
            )
            self._database.execute(
                "INSERT OR IGNORE INTO chosen (id, report, digest)"
                " SELECT id, number, digest FROM reports WHERE file = ? ORDER BY number",
                (number,),
            )
        rows = self._fetch("SELECT line, reason FROM failures WHERE file = ? ORDER BY rowid", number)
        return [ReportError(decode(reason), line=line) for line, reason in rows] + [
            ReportError(f"the id {decode(each)} is taken by another report: rename one of the two") for (each,) in taken
        ]

    def _find_file(self, key: FileKey) -> int | None:
        rows = self._fetch("SELECT number FROM files WHERE digest = ? AND reader = ? AND report_id = ?", *key.columns())
        return rows[0][0] if rows else None

    def count_reports(self) -> int:
        """Return how many reports are chosen."""
        count: int = self._fetch("SELECT count(*) FROM chosen")[0][0]
        return count

    # Reports -> what the overlays of the gazetteer have on their names

    def find_unscanned(self, overlays: str) -> list[int]:
        """Return the numbers of the chosen reports of which it is not known how these overlays touch them."""
        query = (
            "SELECT report FROM chosen WHERE digest NOT IN (SELECT report FROM touches WHERE overlays = ?) ORDER BY id"
        )
        return [number for (number,) in self._fetch(query, overlays)]

    def add_touches(self, overlays: str, touches: Iterable[tuple[str, str]]) -> None:
        """Keep for digests of reports those of what the overlays have on them."""
        with self._transaction():
            self._database.executemany(
                "INSERT OR REPLACE INTO touches VALUES (?, ?, ?)",
                ((report, overlays, touch) for report, touch in touches),
            )

    def choose_touches(self, overlays: str) -> None:
        """Make the digests part of what decides the mentions of the chosen reports; call it before `find_unparsed`."""
        with self._transaction():
            self._database.execute(
                "UPDATE chosen SET touch = (SELECT touches.digest FROM touches"
                " WHERE touches.report = chosen.digest AND overlays = ?)",
                (overlays,),
            )

    # Reports -> mentions

    def find_unparsed(self, fingerprint: str) -> list[int]:
        """Return the numbers of the chosen reports without mentions of this fingerprint, by report id."""
        rows = self._fetch(
            "SELECT report FROM chosen WHERE NOT EXISTS"
            " (SELECT 1 FROM mentions WHERE mentions.report = chosen.digest AND fingerprint = ? || touch) ORDER BY id",
            fingerprint,
        )
        return [number for (number,) in rows]

    def get_report(self, number: int) -> Report:
        """Return the report of a number from `find_unparsed`."""
        (body,) = self._fetch("SELECT body FROM reports WHERE number = ?", number)[0]
        with self._damage_told():
            return unpack_report(body)

    def drop_report(self, number: int) -> None:
        """Take a report out of this build, because nothing could be found out about it."""
        with self._transaction():
            self._database.execute("DELETE FROM chosen WHERE report = ?", (number,))

    def add_mentions(self, fingerprint: str, parsed_reports: Sequence[ParsedReport]) -> None:
        """Keep what was found in reports."""
        with self._transaction():
            self._database.executemany(
                "INSERT OR REPLACE INTO mentions"
                " VALUES (?, ? || ifnull((SELECT touch FROM chosen WHERE id = ?), ''), ?)",
                (
                    (each.report.digest(), fingerprint, encode(each.report.id), pack_mentions(each))
                    for each in parsed_reports
                ),
            )

    def iterate_parsed(self, fingerprint: str) -> Iterator[ParsedReport]:
        """Yield the chosen reports whose mentions are known, by report id (in the order of code points)."""
        query = (
            "SELECT reports.body, mentions.body FROM chosen JOIN reports ON reports.number = chosen.report"
            " JOIN mentions ON mentions.report = chosen.digest AND mentions.fingerprint = ? || touch ORDER BY chosen.id"
        )
        for report, mentions in self._iterate(query, fingerprint):
            with self._damage_told():
                parsed = ParsedReport(unpack_report(report), unpack_mentions(mentions))
            yield parsed

    # Builds

    def list_outputs(self) -> list[str]:
        """Return the maps whose last build is remembered."""
        return [decode(output) for (output,) in self._fetch("SELECT output FROM builds ORDER BY number")]

    def compare(self, output: str) -> Changes:
        """Compare the chosen reports with those of the last build of ``output``."""
        last = "SELECT build_reports.* FROM build_reports JOIN builds ON number = build WHERE output = ?"
        row = self._fetch(
            f"WITH last AS ({last}) SELECT"  # noqa: S608 -- a constant of this function
            " (SELECT count(*) FROM chosen WHERE id NOT IN (SELECT id FROM last)),"
            " (SELECT count(*) FROM chosen JOIN last USING (id) WHERE chosen.digest <> last.digest),"
            " (SELECT count(*) FROM last WHERE id NOT IN (SELECT id FROM chosen))",
            encode(output),
        )[0]
        return Changes(*row)

    def record_build(self, output: str, fingerprint: str, overlays: str = "") -> None:
        """Remember the chosen files and reports as the last build of ``output``, and forget what no map uses."""
        with self._transaction():
            execute = self._database.execute
            execute("DELETE FROM builds WHERE output = ?", (encode(output),))
            execute("INSERT INTO builds SELECT ifnull(max(number), 0) + 1, ? FROM builds", (encode(output),))
            build = execute("SELECT max(number) FROM builds").fetchone()[0]
            execute("INSERT INTO build_files SELECT ?, file FROM chosen_files", (build,))
            execute("INSERT INTO build_reports SELECT ?, id, digest FROM chosen", (build,))
            self._prune(fingerprint, overlays)
        self._fetch("PRAGMA incremental_vacuum")

    def _prune(self, fingerprint: str, overlays: str) -> None:
        execute = self._database.execute
        execute(
            "DELETE FROM builds WHERE number NOT IN (SELECT number FROM builds ORDER BY number DESC LIMIT ?)",
            (MAPS_REMEMBERED,),
        )
        execute("DELETE FROM files WHERE number NOT IN (SELECT file FROM build_files)")
        execute("DELETE FROM mentions WHERE report NOT IN (SELECT digest FROM build_reports)")
        execute("DELETE FROM touches WHERE report NOT IN (SELECT digest FROM build_reports)")
        execute("DELETE FROM touches WHERE overlays <> ? AND report IN (SELECT digest FROM chosen)", (overlays,))
        execute(
            "DELETE FROM mentions WHERE report IN (SELECT digest FROM chosen)"
            " AND (report, fingerprint) NOT IN (SELECT digest, ? || touch FROM chosen)",
            (fingerprint,),
        )

    # Rows

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
            yield from self._database.execute(query, values)
        except sqlite3.Error as error:
            raise translate(error, self._path) from error

    @contextmanager
    def _damage_told(self) -> Iterator[None]:
        try:
            yield
        except (zlib.error, ValueError, TypeError) as error:
            raise DamagedStoreError(f"The store {self._path} is damaged ({error}).") from error
