"""The last build of each map: what it holds, and what nobody needs any more."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from geomap.comparing.comparison import Comparison
from geomap.model import ParsedReport
from geomap.store.database import Database
from geomap.store.rows import (
    KnownAnswer,
    decode,
    encode,
    pack_answers,
    pack_comparison,
    unpack_answers,
    unpack_comparison,
)

MAPS_REMEMBERED = 20
"""How many maps' last builds are kept; reports that none of them uses are forgotten."""


@dataclass(frozen=True, slots=True)
class Changes:
    """How the chosen reports differ from those of the last build of the same map."""

    new: int
    changed: int
    removed: int


class Builds(Database):
    """The last build of each map, whose results can be read without building again."""

    def list_outputs(self) -> list[str]:
        """Return the maps whose last build is remembered, the one built last at the end."""
        return [decode(output) for (output,) in self._fetch("SELECT output FROM builds ORDER BY number")]

    def find_build(self, output: str) -> int | None:
        """Return the number of the last build of a map; another build of it has another number.

        It is also None if an older geomap built the map: its results are not known any more.
        """
        rows = self._fetch(
            "SELECT number FROM builds WHERE output = ?"
            " AND NOT EXISTS (SELECT 1 FROM build_reports WHERE build = number AND fingerprint = '')",
            encode(output),
        )
        return rows[0][0] if rows else None

    def has_build(self, build: int) -> bool:
        """Return whether a build is still the last one of its map."""
        return bool(self._fetch("SELECT 1 FROM builds WHERE number = ?", build))

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

    def record_build(
        self,
        output: str,
        fingerprint: str,
        *,
        corrections: Mapping[str, int] | None = None,
        answers: tuple[KnownAnswer, ...] = (),
        causes: Mapping[str, str] | None = None,
        comparison: Comparison | None = None,
    ) -> int:
        """Record the chosen reports as the last build of a map, delete what no map uses, and return the build's number.

        ``corrections`` tells how often each took effect, by digest; ``causes`` are digests of what names move by, and
        ``comparison`` is what is to be remembered as changed.
        """
        with self._transaction():
            execute = self._database.execute
            execute("DELETE FROM builds WHERE output = ?", (encode(output),))
            build = execute(
                "INSERT INTO builds (output, answers, causes, comparison) VALUES (?, ?, ?, ?)",
                (
                    encode(output),
                    pack_answers(answers),
                    json.dumps(dict(causes or {})).encode(),
                    pack_comparison(comparison or Comparison()),
                ),
            ).lastrowid
            assert build is not None
            execute("INSERT INTO build_files SELECT ?, file FROM chosen_files", (build,))
            execute(
                "INSERT INTO build_reports SELECT ?, id, digest, ? || touch, story FROM chosen", (build, fingerprint)
            )
            self._database.executemany(
                "INSERT INTO build_corrections VALUES (?, ?, ?)",
                ((build, correction, times) for correction, times in (corrections or {}).items()),
            )
            self._prune()
        self._fetch("PRAGMA incremental_vacuum")
        return build

    def prune_impacts(self, causes: Iterable[str]) -> None:
        """Forget the impact digests of the chosen reports by other causes than these."""
        kept = tuple(causes)
        with self._transaction():
            self._database.execute(
                f"DELETE FROM touches WHERE cause NOT IN ({', '.join('?' * len(kept))})"  # noqa: S608 -- question marks
                " AND report IN (SELECT digest FROM chosen)",
                kept,
            )

    def _prune(self) -> None:
        execute = self._database.execute
        execute(
            "DELETE FROM builds WHERE number NOT IN (SELECT number FROM builds ORDER BY number DESC LIMIT ?)",
            (MAPS_REMEMBERED,),
        )
        execute("DELETE FROM files WHERE number NOT IN (SELECT file FROM build_files)")
        for table in ("touches", "signatures"):
            execute(f"DELETE FROM {table} WHERE report NOT IN (SELECT digest FROM build_reports)")  # noqa: S608
        execute(
            "DELETE FROM mentions WHERE (report, fingerprint) NOT IN (SELECT digest, fingerprint FROM build_reports)"
        )

    # What the last build of a map holds

    def iterate_built(self, build: int, *, clustered_only: bool = False) -> Iterator[ParsedReport]:
        """Yield the parsed reports of a build by report id, or only those in duplicate clusters."""
        clustered = (
            " AND (story IS NOT NULL OR id IN (SELECT story FROM build_reports WHERE build = ?1))"
            if clustered_only
            else ""
        )
        query = (
            "SELECT (SELECT body FROM reports WHERE reports.digest = built.digest LIMIT 1), mentions.body"  # noqa: S608
            " FROM build_reports AS built JOIN mentions"
            " ON mentions.report = built.digest AND mentions.fingerprint = built.fingerprint"
            f" WHERE build = ?1{clustered} ORDER BY id"
        )
        return self._iterate_parsed(query, build)

    def iterate_outdated(self, build: int, fingerprint: str) -> Iterator[ParsedReport]:
        """Yield the parsed reports of a build that the running one does not have, or knows other mentions of, by id."""
        query = (
            "SELECT (SELECT body FROM reports WHERE reports.digest = built.digest LIMIT 1), mentions.body"
            " FROM build_reports AS built JOIN mentions"
            " ON mentions.report = built.digest AND mentions.fingerprint = built.fingerprint"
            " WHERE build = ?1 AND NOT EXISTS (SELECT 1 FROM chosen WHERE chosen.id = built.id"
            " AND chosen.digest = built.digest AND ?2 || touch = built.fingerprint) ORDER BY built.id"
        )
        return self._iterate_parsed(query, build, fingerprint)

    def read_causes(self, build: int) -> dict[str, str]:
        """Return digests of what names move by, none for a build by an older geomap."""
        ((body,),) = self._fetch("SELECT causes FROM builds WHERE number = ?", build)
        with self._damage_told():
            return dict(json.loads(body or b"{}"))

    def read_comparison(self, build: int) -> Comparison:
        """Return what the last build of a map that changed anything, this one or one before it, has changed."""
        ((body,),) = self._fetch("SELECT comparison FROM builds WHERE number = ?", build)
        with self._damage_told():
            return unpack_comparison(body)

    def read_copies(self, build: int) -> dict[str, str]:
        """Return for the ids of copies in a build that of the first report of their duplicate cluster."""
        rows = self._fetch("SELECT id, story FROM build_reports WHERE build = ? AND story IS NOT NULL", build)
        return {decode(copy): decode(first) for copy, first in rows}

    def read_answers(self, build: int) -> tuple[KnownAnswer, ...]:
        """Return the answers of a geocoding service that the map shows."""
        ((body,),) = self._fetch("SELECT answers FROM builds WHERE number = ?", build)
        with self._damage_told():
            return unpack_answers(body)

    def read_corrections(self, build: int) -> dict[str, int]:
        """Return how often each correction took effect in a build, by digest."""
        return dict(self._fetch("SELECT correction, times FROM build_corrections WHERE build = ?", build))
