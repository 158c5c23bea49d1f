"""The store: reports by the digest of their file, mentions by the digest of their report.

Only the driver writes. Each verb is one transaction, so whatever ends a build, what was finished before stays.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from geomap.errors import ReportError
from geomap.model import ParsedReport, Report
from geomap.store.builds import Builds
from geomap.store.rows import (
    FileKey,
    decode,
    encode,
    pack_failure,
    pack_mentions,
    pack_report,
    unpack_failure,
    unpack_report,
)
from geomap.store.scans import Scans
from geomap.text.failures import bound_failures


class Store(Scans, Builds):
    """The results of one project: files -> reports -> mentions, with what was searched for and what was built."""

    # Files -> reports

    def has_file(self, key: FileKey) -> bool:
        """Return whether a file of this content has been read by this code."""
        return self._find_file(key) is not None

    def add_file(self, key: FileKey, entries: Iterable[Report | ReportError]) -> None:
        """Store the entries of a file in their order; if ``entries`` raises an error, nothing is stored."""
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
                    self._database.execute("INSERT INTO failures VALUES (?, ?, ?, ?)", (number, *pack_failure(entry)))

    def choose_file(self, key: FileKey) -> list[ReportError]:
        """Choose the reports of a file for this build, and return its failures, duplicate ids among them, and notes.

        Of each kind the first are returned, then the last with their number. The errors have no path: the store does
        not know how the user names the file today.
        """
        number = self._find_file(key)
        with self._transaction():
            self._database.execute("INSERT OR IGNORE INTO chosen_files VALUES (?)", (number,))
            failures = [*bound_failures(self._read_failures(number)), *bound_failures(self._find_taken(number))]
            self._database.execute(
                "INSERT OR IGNORE INTO chosen (id, report, digest)"
                " SELECT id, number, digest FROM reports WHERE file = ? ORDER BY number",
                (number,),
            )
        return failures

    def _read_failures(self, number: int | None) -> Iterator[ReportError]:
        rows = self._iterate("SELECT line, reason, is_note FROM failures WHERE file = ? ORDER BY rowid", number)
        for row in rows:
            with self._damage_told():
                error = unpack_failure(*row)
            yield error

    def _find_taken(self, number: int | None) -> Iterator[ReportError]:
        rows = self._iterate(
            "SELECT reports.id FROM reports JOIN chosen USING (id) WHERE file = ? ORDER BY reports.number", number
        )
        for (each,) in rows:
            yield ReportError(f"has the id of another report (id {decode(each)}); rename one of the two")

    def _find_file(self, key: FileKey) -> int | None:
        rows = self._fetch("SELECT number FROM files WHERE digest = ? AND reader = ? AND report_id = ?", *key.columns())
        return rows[0][0] if rows else None

    # Reports -> mentions

    def find_unparsed(self, fingerprint: str) -> list[int]:
        """Return the numbers of the chosen reports without mentions of this fingerprint, by report id."""
        rows = self._fetch(
            "SELECT report FROM chosen WHERE NOT EXISTS"
            " (SELECT 1 FROM mentions WHERE mentions.report = chosen.digest AND fingerprint = ? || touch) ORDER BY id",
            fingerprint,
        )
        return [number for (number,) in rows]

    def count_outdated(self, fingerprint: str) -> int:
        """Return the number of chosen reports whose mentions in the last builds have other fingerprints only."""
        row = self._fetch(
            "SELECT count(*) FROM chosen WHERE EXISTS (SELECT 1 FROM build_reports AS built"
            " WHERE built.digest = chosen.digest) AND NOT EXISTS (SELECT 1 FROM build_reports AS built"
            " WHERE built.digest = chosen.digest AND substr(built.fingerprint, 1, length(?1)) = ?1)",
            fingerprint,
        )[0]
        count: int = row[0]
        return count

    def get_report(self, number: int) -> Report:
        """Return the report of a number from `find_unparsed`."""
        (body,) = self._fetch("SELECT body FROM reports WHERE number = ?", number)[0]
        with self._damage_told():
            return unpack_report(body)

    def drop_report(self, number: int) -> None:
        """Remove a report from this build because it could not be analysed."""
        with self._transaction():
            self._database.execute("DELETE FROM chosen WHERE report = ?", (number,))

    def add_mentions(self, fingerprint: str, parsed_reports: Sequence[ParsedReport]) -> None:
        """Store what was found in reports."""
        with self._transaction():
            self._database.executemany(
                "INSERT OR REPLACE INTO mentions"
                " VALUES (?, ? || ifnull((SELECT touch FROM chosen WHERE id = ?), ''), ?)",
                (
                    (each.report.digest(), fingerprint, encode(each.report.id), pack_mentions(each))
                    for each in parsed_reports
                ),
            )

    def iterate_parsed(
        self, fingerprint: str, *, clustered_only: bool = False, unlike: int = 0
    ) -> Iterator[ParsedReport]:
        """Yield the chosen reports whose mentions are known, by report id (in the order of code points).

        ``clustered_only`` leaves out those that are in no duplicate cluster, ``unlike`` those of which the build of
        that number has the same mentions.
        """
        clustered = (
            " AND (story IS NOT NULL OR chosen.id IN (SELECT story FROM chosen WHERE story IS NOT NULL))"
            if clustered_only
            else ""
        )
        query = (
            "SELECT reports.body, mentions.body FROM chosen JOIN reports ON reports.number = chosen.report"  # noqa: S608
            " JOIN mentions ON mentions.report = chosen.digest AND mentions.fingerprint = ?1 || touch"
            " WHERE NOT EXISTS (SELECT 1 FROM build_reports AS built WHERE build = ?2 AND built.id = chosen.id"
            " AND built.digest = chosen.digest AND built.fingerprint = mentions.fingerprint)"
            f"{clustered} ORDER BY chosen.id"
        )
        return self._iterate_parsed(query, fingerprint, unlike)
