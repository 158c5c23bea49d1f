"""How much of a file geomap takes in before it gives up on it."""

from __future__ import annotations

from dataclasses import astuple, dataclass
from typing import Final

MEGABYTE: Final = 1_000_000


@dataclass(frozen=True, slots=True)
class Limits:
    """The bounds of one file of reports; what is over one of them is one failure, and the other files are read.

    ``report_mb`` is for a report, or a line of a file of many; ``document_mb`` for a file that holds more than text
    (PDF, Word, e-mail) or is read as a whole (JSON). The next four are for archives, with the archives inside them;
    ``seconds`` and ``memory_mb`` for what other people's parsers may take for a file (memory on Linux only).
    """

    report_mb: int = 10
    document_mb: int = 64
    archive_files: int = 10_000
    archive_mb: int = 1_000
    archive_ratio: int = 100
    archive_levels: int = 3
    seconds: int = 60
    memory_mb: int = 2_000

    @property
    def report_bytes(self) -> int:
        """The size of the largest report; of a text in characters."""
        return self.report_mb * MEGABYTE

    @property
    def document_bytes(self) -> int:
        """The size of the largest document."""
        return self.document_mb * MEGABYTE

    @property
    def archive_bytes(self) -> int:
        """What an archive may unpack to."""
        return self.archive_mb * MEGABYTE

    def fingerprint(self) -> str:
        """Return what changes whenever the same file could give other reports, "" for the usual limits."""
        return "" if self == USUAL else f"limits={','.join(map(str, astuple(self)))}"


USUAL: Final = Limits()
