"""What reports were searched for: their impact digests by overlays and corrections, and their signatures.

The tables call an impact digest a touch, and the first report of a duplicate cluster a story.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from geomap.store.database import Database
from geomap.store.rows import encode


class Scans(Database):
    """The impact digests and signatures of reports, which are known without any recognition."""

    def find_unscanned(self, cause: str) -> list[int]:
        """Return the numbers of the chosen reports whose impact digest by this cause is not known."""
        query = "SELECT report FROM chosen WHERE digest NOT IN (SELECT report FROM touches WHERE cause = ?) ORDER BY id"
        return [number for (number,) in self._fetch(query, cause)]

    def add_impacts(self, cause: str, impacts: Iterable[tuple[str, str]]) -> None:
        """Store the impact digests of a cause, each behind the digest of its report."""
        with self._transaction():
            self._database.executemany(
                "INSERT OR REPLACE INTO touches VALUES (?, ?, ?)",
                ((report, cause, impact) for report, impact in impacts),
            )

    def choose_impacts(self, cause: str) -> None:
        """Make the impact digests of a cause part of what decides mentions; call it before `find_unparsed`."""
        with self._transaction():
            self._database.execute(
                "UPDATE chosen SET touch = touch || (SELECT touches.digest FROM touches"
                " WHERE touches.report = chosen.digest AND cause = ?)",
                (cause,),
            )

    def choose_report_impacts(self, impacts: Mapping[str, str]) -> None:
        """Add impact digests of single reports, by report id; ids that are not chosen are passed over."""
        with self._transaction():
            self._database.executemany(
                "UPDATE chosen SET touch = touch || ? WHERE id = ?",
                ((impact, encode(report_id)) for report_id, impact in impacts.items()),
            )

    def find_unsigned(self, version: str) -> list[int]:
        """Return the numbers of the chosen reports that have no signature of this version."""
        signed = "SELECT report FROM signatures WHERE version = ?"
        query = f"SELECT report FROM chosen WHERE digest NOT IN ({signed}) ORDER BY id"  # noqa: S608 -- a constant
        return [number for (number,) in self._fetch(query, version)]

    def add_signatures(self, version: str, signatures: Iterable[tuple[str, bytes]]) -> None:
        """Store signatures, each behind the digest of its report."""
        with self._transaction():
            self._database.executemany(
                "INSERT OR REPLACE INTO signatures VALUES (?, ?, ?)",
                ((report, version, body) for report, body in signatures),
            )

    def iterate_signatures(self) -> Iterator[tuple[bytes, bytes]]:
        """Yield the ids (encoded) and signatures of the chosen reports, by id."""
        yield from self._iterate(
            "SELECT chosen.id, body FROM chosen JOIN signatures ON signatures.report = chosen.digest ORDER BY chosen.id"
        )

    def choose_copies(self, copies: Iterable[tuple[bytes, bytes]]) -> None:
        """Note for the ids (encoded) of copies the first report of their duplicate cluster."""
        with self._transaction():
            self._database.executemany(
                "UPDATE chosen SET story = ? WHERE id = ?", ((first, copy) for copy, first in copies)
            )
