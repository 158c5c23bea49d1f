"""Lines of files that may be of any length, one at a time, in bounded memory."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import IO, AnyStr, Generic

_PIECE = 1 << 16


@dataclass(frozen=True, slots=True)
class Line(Generic[AnyStr]):
    """A line with its end, numbered from 1; ``text`` is None where it was over the limit.

    ``quotes`` counts the quotation marks of a line that was skipped: a table needs to know whether a cell is open.
    """

    number: int
    text: AnyStr | None
    quotes: int = 0


def read_lines(stream: IO[AnyStr], *, limit: int) -> Iterator[Line[AnyStr]]:
    """Yield the lines of a text or binary stream; one of more than ``limit`` characters is skipped, never held."""
    number = 0
    while piece := stream.readline(limit + 1):
        number += 1
        if len(piece) <= limit or _is_ended(piece):
            yield Line(number, piece)
        else:
            yield Line(number, None, _skip_line(stream, piece))


def _skip_line(stream: IO[AnyStr], piece: AnyStr) -> int:
    quotes = _count_quotes(piece)
    while not _is_ended(piece) and (piece := stream.readline(_PIECE)):
        quotes += _count_quotes(piece)
    return quotes


def _is_ended(piece: AnyStr) -> bool:
    return piece[-1:] in ("\n", b"\n", "\r")  # a text stream may end lines by "\r" alone


def _count_quotes(piece: AnyStr) -> int:
    return piece.count('"') if isinstance(piece, str) else piece.count(b'"')
