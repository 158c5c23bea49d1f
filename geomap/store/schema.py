"""The store's file: its tables, its version, and what happens to a file that is not as it should be."""

from __future__ import annotations

import re
import sqlite3
from contextlib import closing
from itertools import count
from pathlib import Path

from geomap.errors import DamagedStoreError, StoreError, UnwritableStoreError
from geomap.store.migrations import can_migrate, migrate

VERSION = 6
APPLICATION_ID = 0x67656F6D  # "geom"

SCHEMA = """
CREATE TABLE files (
    number INTEGER PRIMARY KEY,
    digest TEXT NOT NULL,            -- of the file's bytes
    reader TEXT NOT NULL,            -- fingerprint of the code that read it
    report_id BLOB NOT NULL,         -- ids of reports derive from it
    UNIQUE (digest, reader, report_id)
);
CREATE TABLE reports (
    number INTEGER PRIMARY KEY,
    file INTEGER NOT NULL REFERENCES files ON DELETE CASCADE,
    id BLOB NOT NULL,                -- UTF-8; a blob, because a file name may hold what is no valid Unicode
    digest TEXT NOT NULL,
    body BLOB NOT NULL
);
CREATE INDEX reports_of_file ON reports (file);
CREATE INDEX reports_by_digest ON reports (digest);
CREATE TABLE failures (
    file INTEGER NOT NULL REFERENCES files ON DELETE CASCADE,
    line INTEGER,
    reason BLOB NOT NULL,            -- of one that stands for several of its kind with their number behind a NUL
    is_note INTEGER NOT NULL DEFAULT 0  -- of a file that was read
);
CREATE INDEX failures_of_file ON failures (file);
CREATE TABLE mentions (
    report TEXT NOT NULL,            -- digest of the report
    fingerprint TEXT NOT NULL,       -- of all else that decides what is found in it
    body BLOB NOT NULL,
    PRIMARY KEY (report, fingerprint)
);
CREATE TABLE touches (               -- what overlays of the gazetteer, or corrections, have on the names in a report
    report TEXT NOT NULL,            -- digest of the report
    cause TEXT NOT NULL,             -- fingerprint of the overlays or corrections
    digest TEXT NOT NULL,
    PRIMARY KEY (report, cause)
) WITHOUT ROWID;
CREATE TABLE signatures (            -- what near-duplicates are found by
    report TEXT PRIMARY KEY,         -- digest of the report
    version TEXT NOT NULL,           -- of the code that signs
    body BLOB NOT NULL
);
CREATE TABLE builds (                -- the last build of each map
    number INTEGER PRIMARY KEY AUTOINCREMENT,  -- later builds have higher numbers, and no number comes twice
    output BLOB NOT NULL UNIQUE,
    answers BLOB NOT NULL,           -- those of a geocoding service that the map shows
    causes BLOB NOT NULL DEFAULT X'',     -- digests of what names move by; empty for a build by an older geomap
    comparison BLOB NOT NULL DEFAULT X''  -- what the last build that changed anything has changed; empty for nothing
);
CREATE TABLE build_files (
    build INTEGER NOT NULL REFERENCES builds ON DELETE CASCADE,
    file INTEGER NOT NULL,
    PRIMARY KEY (build, file)
) WITHOUT ROWID;
CREATE TABLE build_reports (
    build INTEGER NOT NULL REFERENCES builds ON DELETE CASCADE,
    id BLOB NOT NULL,
    digest TEXT NOT NULL,
    fingerprint TEXT NOT NULL,       -- with the digest, the key of its mentions
    story BLOB,                      -- the report whose story it tells again, NULL for none
    PRIMARY KEY (build, id)
) WITHOUT ROWID;
CREATE INDEX build_reports_by_digest ON build_reports (digest, fingerprint);
CREATE TABLE build_corrections (
    build INTEGER NOT NULL REFERENCES builds ON DELETE CASCADE,
    correction TEXT NOT NULL,        -- its digest
    times INTEGER NOT NULL,          -- how often it took effect
    PRIMARY KEY (build, correction)
) WITHOUT ROWID;
"""

_TABLES = set(re.findall(r"CREATE TABLE (\w+)", SCHEMA))

_DAMAGED = {sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB}
_NOT_WRITABLE = {sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_READONLY, sqlite3.SQLITE_PERM, sqlite3.SQLITE_AUTH}
_BUSY = {sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED}


def translate(error: sqlite3.Error, path: Path) -> StoreError:
    """Return the error of geomap that stands for one of SQLite's."""
    code = getattr(error, "sqlite_errorcode", 0) & 0xFF  # the upper bits say more than we need
    if code in _DAMAGED:
        return DamagedStoreError(f"The store {path} is damaged ({error}).")
    if code in _NOT_WRITABLE:
        return UnwritableStoreError(f"The store {path} cannot be written ({error}).")
    if code in _BUSY:
        return StoreError(f"The store {path} is in use by another program: wait until that has ended, then run again.")
    return StoreError(
        f"The store {path} cannot be used ({error}). Free space on the disk, or delete it: only time is lost."
    )


def connect(path: Path, *, patience: float) -> tuple[sqlite3.Connection, str]:
    """Open the store, made or remade if needed; also return a line that says so, or an empty string.

    ``patience`` is how many seconds to wait for another build that is just writing. A store of a newer geomap raises
    `StoreError` and is not touched.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        note = _prepare(path, patience)
        return _open(path, patience), note
    except sqlite3.Error as error:
        raise translate(error, path) from error
    except OSError as error:
        raise UnwritableStoreError(f"The store {path} cannot be written ({error.strerror}).") from error


def connect_without_file() -> sqlite3.Connection:
    """Open an empty store that vanishes when it is closed; SQLite keeps what outgrows memory in a temporary file."""
    return _set_up(sqlite3.connect("", isolation_level=None))


def _prepare(path: Path, patience: float) -> str:
    try:
        reason = _find_fault(path, patience)
    except DamagedStoreError:
        reason = "damaged"
    if not reason:
        return ""
    kept = set_aside(path)
    return f"The store was {reason}: it is set aside as {kept.name}, and everything is read again."


def _find_fault(path: Path, patience: float) -> str:
    """Return what is wrong with the store, or an empty string; only reads."""
    if path.is_dir():
        return "a folder"
    if not path.exists() or path.stat().st_size == 0:
        return ""
    try:
        with closing(sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True, timeout=patience)) as database:
            owner = database.execute("PRAGMA application_id").fetchone()[0]
            version = database.execute("PRAGMA user_version").fetchone()[0]
            tables = {name for (name,) in database.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
    except sqlite3.DatabaseError as error:
        raise translate(error, path) from error
    if owner == version == 0 and not tables:
        return ""  # its maker was interrupted before the first table
    if owner != APPLICATION_ID:
        return "not geomap's"
    if version > VERSION:
        raise StoreError(
            f"The store {path} was made by a newer geomap (version {version} of the store, this one knows {VERSION}): "
            "update geomap, or delete the store, which loses nothing but time."
        )
    if version < VERSION:
        return "" if can_migrate(version, tables) else "of an older geomap"
    return "" if tables >= _TABLES else "damaged"


def set_aside(path: Path) -> Path:
    """Rename a store that is not open, with its journal, over any that was set aside before; return its new path."""
    names = (path.with_name(f"{path.name}.damaged{number or ''}") for number in count())
    kept = next(each for each in names if not each.is_dir())  # a folder is never replaced
    for ending in ("", "-wal", "-shm"):
        part = path.with_name(path.name + ending)
        target = kept.with_name(kept.name + ending)
        target.unlink(missing_ok=True)
        if part.exists():
            part.replace(target)
    return kept


def _open(path: Path, patience: float) -> sqlite3.Connection:
    database = sqlite3.connect(path, isolation_level=None, timeout=patience)
    try:
        return _set_up(database)
    except BaseException:
        database.close()
        raise


def _set_up(database: sqlite3.Connection) -> sqlite3.Connection:
    database.execute("PRAGMA auto_vacuum = INCREMENTAL")  # before the first table, or never
    database.execute("PRAGMA journal_mode = WAL")  # a killed process leaves a sound file, and commits cost little
    database.execute("PRAGMA synchronous = NORMAL")
    database.execute("PRAGMA secure_delete = ON")  # a report that is removed is gone from the file, too
    database.execute("BEGIN IMMEDIATE")  # of two that start together one makes the tables
    version = database.execute("PRAGMA user_version").fetchone()[0]
    if version != VERSION:
        _make_tables(database, version)
        database.execute(f"PRAGMA application_id = {APPLICATION_ID}")
        database.execute(f"PRAGMA user_version = {VERSION}")
    database.execute("COMMIT")
    database.execute("PRAGMA foreign_keys = ON")
    return database


def _make_tables(database: sqlite3.Connection, version: int) -> None:
    """Make the tables, or migrate those of an older geomap."""
    if version:
        migrate(database, version)
        return
    for statement in SCHEMA.split(";\n"):
        database.execute(statement)
