"""How a store of an older geomap becomes one of this: what was read is kept, what the oldest found is found again."""

from __future__ import annotations

import sqlite3
from typing import Final

from geomap.store.rows import DAMAGES, pack, unpack

_FROM_1: Final = """
DELETE FROM mentions;
CREATE TABLE touches (
    report TEXT NOT NULL,
    overlays TEXT NOT NULL,
    digest TEXT NOT NULL,
    PRIMARY KEY (report, overlays)
) WITHOUT ROWID;
"""

_FROM_2: Final = """
DELETE FROM mentions;
CREATE INDEX reports_by_digest ON reports (digest);
DROP TABLE touches;
CREATE TABLE touches (
    report TEXT NOT NULL,
    cause TEXT NOT NULL,
    digest TEXT NOT NULL,
    PRIMARY KEY (report, cause)
) WITHOUT ROWID;
CREATE TABLE signatures (
    report TEXT PRIMARY KEY,
    version TEXT NOT NULL,
    body BLOB NOT NULL
);
CREATE TABLE new_builds (
    number INTEGER PRIMARY KEY AUTOINCREMENT,
    output BLOB NOT NULL UNIQUE,
    answers BLOB NOT NULL
);
INSERT INTO new_builds SELECT number, output, CAST('[]' AS BLOB) FROM builds;
DROP TABLE builds;
ALTER TABLE new_builds RENAME TO builds;
CREATE TABLE new_build_reports (
    build INTEGER NOT NULL REFERENCES builds ON DELETE CASCADE,
    id BLOB NOT NULL,
    digest TEXT NOT NULL,
    fingerprint TEXT NOT NULL,
    story BLOB,
    PRIMARY KEY (build, id)
) WITHOUT ROWID;
INSERT INTO new_build_reports SELECT build, id, digest, '', NULL FROM build_reports;
DROP TABLE build_reports;
ALTER TABLE new_build_reports RENAME TO build_reports;
CREATE INDEX build_reports_by_digest ON build_reports (digest, fingerprint);
CREATE TABLE build_corrections (
    build INTEGER NOT NULL REFERENCES builds ON DELETE CASCADE,
    correction TEXT NOT NULL,
    times INTEGER NOT NULL,
    PRIMARY KEY (build, correction)
) WITHOUT ROWID;
"""

_FROM_3: Final = """
ALTER TABLE builds ADD COLUMN causes BLOB NOT NULL DEFAULT X'';
ALTER TABLE builds ADD COLUMN comparison BLOB NOT NULL DEFAULT X'';
"""

_FROM_4: Final = "UPDATE mentions SET body = add_usage_probability(body);"

_FROM_5: Final = "ALTER TABLE failures ADD COLUMN is_note INTEGER NOT NULL DEFAULT 0;"

_STEPS: Final = {1: _FROM_1, 2: _FROM_2, 3: _FROM_3, 4: _FROM_4, 5: _FROM_5}

_OLDEST_TABLES: Final = frozenset(
    {"files", "reports", "failures", "mentions", "builds", "build_files", "build_reports"}
)
_LATER_TABLES: Final = {2: {"touches"}, 3: {"signatures", "build_corrections"}}


def can_migrate(version: int, tables: set[str]) -> bool:
    """Return whether a store of this version with these tables can be migrated."""
    later = (names for first, names in _LATER_TABLES.items() if version >= first)
    return version in _STEPS and tables >= _OLDEST_TABLES.union(*later)


def migrate(database: sqlite3.Connection, version: int) -> None:
    """Bring the tables up to date, within the transaction and with foreign keys off."""
    database.create_function("add_usage_probability", 1, _add_usage_probability)
    for step in range(version, max(_STEPS) + 1):
        for statement in _STEPS[step].strip().split(";\n"):
            database.execute(statement)


def _add_usage_probability(body: bytes) -> bytes:
    """Return packed mentions with the probability that each is used literally: of older ones, 1 or 0 is known."""
    try:
        mentions, *rest = unpack(body)
        for each in mentions:
            each["usage_probability"] = float(each["usage"] == "literal")
        return pack([mentions, *rest])
    except DAMAGES:  # told when somebody reads it
        return body
