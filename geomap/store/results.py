"""The store: reports by the digest of their file, mentions by the digest of their report.

Only the driver writes. Each verb is one transaction, so whatever ends a build, what was finished before stays.
"""

from __future__ import annotations

import json
import sqlite3
import zlib
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import astuple, dataclass
from pathlib import Path
from typing import Any

from geomap.errors import ReportError, StoreError
from geomap.model import Mention, ParsedReport, Report, mention_as_json, mention_from_json
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
CREATE TEMP TABLE IF NOT EXISTS chosen (id BLOB PRIMARY KEY, report INTEGER, digest TEXT) WITHOUT ROWID;
DELETE FROM chosen_files;
DELETE FROM chosen;
"""


@dataclass(frozen=True, slots=True)
class FileKey:
    """What decides the reports of a file: its bytes, the code that reads it, and the id that theirs derive from."""

    digest: str
    reader: str
    report_id: str


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
            for statement in _CHOSEN.strip().split("\n"):
                self._database.execute(statement)

    # Files -> reports

    def has_file(self, key: FileKey) -> bool:
        """Return whether this very file has been read."""
        return self._find_file(key) is not None

    def add_file(self, key: FileKey, entries: Iterable[Report | ReportError]) -> None:
        """Keep what a file holds, in its order; an error that ``entries`` raises leaves nothing behind."""
        with self._transaction():
            number = self._database.execute(
                "INSERT INTO files (digest, reader, report_id) VALUES (?, ?, ?)", _key_values(key)
            ).lastrowid
            for entry in entries:
                if isinstance(entry, Report):
                    self._database.execute(
                        "INSERT INTO reports (file, id, digest, body) VALUES (?, ?, ?, ?)",
                        (number, _encode(entry.id), entry.digest(), _pack(astuple(entry))),
                    )
                else:
                    self._database.execute(
                        "INSERT INTO failures VALUES (?, ?, ?)", (number, entry.line, _encode(entry.reason))
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
                "INSERT OR IGNORE INTO chosen SELECT id, number, digest FROM reports WHERE file = ? ORDER BY number",
                (number,),
            )
        rows = self._fetch("SELECT line, reason FROM failures WHERE file = ? ORDER BY rowid", number)
        return [ReportError(_decode(reason), line=line) for line, reason in rows] + [
            ReportError(f"the id {_decode(each)} is taken by another report: rename one of the two")
            for (each,) in taken
        ]

    def _find_file(self, key: FileKey) -> int | None:
        rows = self._fetch(
            "SELECT number FROM files WHERE digest = ? AND reader = ? AND report_id = ?", *_key_values(key)
        )
        return rows[0][0] if rows else None

    # Reports -> mentions

    def count_reports(self) -> int:
        """Return how many reports are chosen."""
        count: int = self._fetch("SELECT count(*) FROM chosen")[0][0]
        return count

    def find_unparsed(self, fingerprint: str) -> list[int]:
        """Return the numbers of the chosen reports without mentions of this fingerprint, by report id."""
        rows = self._fetch(
            "SELECT report FROM chosen WHERE NOT EXISTS"
            " (SELECT 1 FROM mentions WHERE mentions.report = chosen.digest AND fingerprint = ?) ORDER BY id",
            fingerprint,
        )
        return [number for (number,) in rows]

    def get_report(self, number: int) -> Report:
        """Return the report of a number from `find_unparsed`."""
        return self._unpack_report(self._fetch("SELECT body FROM reports WHERE number = ?", number)[0][0])

    def drop_report(self, number: int) -> None:
        """Take a report out of this build, because nothing could be found out about it."""
        with self._transaction():
            self._database.execute("DELETE FROM chosen WHERE report = ?", (number,))

    def add_mentions(self, fingerprint: str, parsed_reports: Sequence[ParsedReport]) -> None:
        """Keep what was found in reports."""
        with self._transaction():
            self._database.executemany(
                "INSERT OR REPLACE INTO mentions VALUES (?, ?, ?)",
                (
                    (each.report.digest(), fingerprint, _pack([mention_as_json(mention) for mention in each.mentions]))
                    for each in parsed_reports
                ),
            )

    def iterate_parsed(self, fingerprint: str) -> Iterator[ParsedReport]:
        """Yield the chosen reports whose mentions are known, by report id (in the order of code points)."""
        query = (
            "SELECT reports.body, mentions.body FROM chosen JOIN reports ON reports.number = chosen.report"
            " JOIN mentions ON mentions.report = chosen.digest AND mentions.fingerprint = ? ORDER BY chosen.id"
        )
        for report, mentions in self._iterate(query, fingerprint):
            yield ParsedReport(self._unpack_report(report), self._unpack_mentions(mentions))

    # Builds

    def list_outputs(self) -> list[str]:
        """Return the maps whose last build is remembered."""
        return [_decode(output) for (output,) in self._fetch("SELECT output FROM builds ORDER BY number")]

    def compare(self, output: str) -> Changes:
        """Compare the chosen reports with those of the last build of ``output``."""
        last = "SELECT build_reports.* FROM build_reports JOIN builds ON number = build WHERE output = ?"
        row = self._fetch(
            f"WITH last AS ({last}) SELECT"  # noqa: S608 -- a constant of this function
            " (SELECT count(*) FROM chosen WHERE id NOT IN (SELECT id FROM last)),"
            " (SELECT count(*) FROM chosen JOIN last USING (id) WHERE chosen.digest <> last.digest),"
            " (SELECT count(*) FROM last WHERE id NOT IN (SELECT id FROM chosen))",
            _encode(output),
        )[0]
        return Changes(*row)

    def record_build(self, output: str, fingerprint: str) -> None:
        """Remember the chosen files and reports as the last build of ``output``, and forget what no map uses."""
        with self._transaction():
            execute = self._database.execute
            execute("DELETE FROM builds WHERE output = ?", (_encode(output),))
            execute("INSERT INTO builds SELECT ifnull(max(number), 0) + 1, ? FROM builds", (_encode(output),))
            build = execute("SELECT max(number) FROM builds").fetchone()[0]
            execute("INSERT INTO build_files SELECT ?, file FROM chosen_files", (build,))
            execute("INSERT INTO build_reports SELECT ?, id, digest FROM chosen", (build,))
            self._prune(fingerprint)
        self._fetch("PRAGMA incremental_vacuum")

    def _prune(self, fingerprint: str) -> None:
        execute = self._database.execute
        execute(
            "DELETE FROM builds WHERE number NOT IN (SELECT number FROM builds ORDER BY number DESC LIMIT ?)",
            (MAPS_REMEMBERED,),
        )
        execute("DELETE FROM files WHERE number NOT IN (SELECT file FROM build_files)")
        execute("DELETE FROM mentions WHERE report NOT IN (SELECT digest FROM build_reports)")
        execute("DELETE FROM mentions WHERE fingerprint <> ? AND report IN (SELECT digest FROM chosen)", (fingerprint,))

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

    def _unpack_report(self, body: bytes) -> Report:
        return Report(*self._unpack(body))

    def _unpack_mentions(self, body: bytes) -> tuple[Mention, ...]:
        return tuple(mention_from_json(row) for row in self._unpack(body))

    def _unpack(self, body: bytes) -> Any:
        try:
            return json.loads(zlib.decompress(body).decode("utf-8", "surrogatepass"))
        except (zlib.error, ValueError, TypeError) as error:
            raise DamagedStoreError(f"The store {self._path} is damaged ({error}).") from error


def _pack(value: object) -> bytes:
    return zlib.compress(_encode(json.dumps(value, ensure_ascii=False, separators=(",", ":"))), 1)


def _encode(text: str) -> bytes:
    return text.encode("utf-8", "surrogatepass")


def _decode(text: bytes) -> str:
    return text.decode("utf-8", "surrogatepass")


def _key_values(key: FileKey) -> tuple[str, str, bytes]:
    return key.digest, key.reader, _encode(key.report_id)
