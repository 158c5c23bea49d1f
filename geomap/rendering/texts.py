"""The texts of the reports in parts, each a block of its own: in the page, or in a file beside it."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from geomap.rendering.collecting import ReportRow
from geomap.rendering.columns import Block

PART = 2_000_000
"""Bytes of text after which the next part begins: what is read from disk to show one excerpt of a large map."""


@dataclass(frozen=True)
class TextPart:
    """The texts of neighbouring reports; ``first`` is the row of the first one."""

    first: int
    reports: Sequence[ReportRow]

    @cached_property
    def encoded(self) -> str:
        """The part as gzip in base64."""
        block = Block({"first": self.first})
        block.add_numbers("bytes", [len(report.text) for report in self.reports])
        block.add_numbers("sentences", [len(report.sentences) for report in self.reports])
        block.add_numbers("steps", [step for report in self.reports for step in report.sentences])
        block.add_bytes("text", b"".join(report.text for report in self.reports))
        return block.encode()

    @cached_property
    def digest(self) -> str:
        """A digest of the texts, which tells this part from those of other maps."""
        return hashlib.blake2b(self.encoded.encode("ascii"), digest_size=8).hexdigest()


def cut_parts(reports: Sequence[ReportRow]) -> list[TextPart]:
    """Return the texts in parts of about `PART` bytes; without reports there are none."""
    return [TextPart(start, reports[start:end]) for start, end in _find_cuts(reports)]


def _find_cuts(reports: Sequence[ReportRow]) -> Iterator[tuple[int, int]]:
    start, size = 0, 0
    for row, report in enumerate(reports):
        if row > start and size + len(report.text) > PART:
            yield start, row
            start, size = row, 0
        size += len(report.text)
    if reports:
        yield start, len(reports)
