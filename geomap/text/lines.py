"""Lines of files that may be of any length, one at a time, in bounded memory."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
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


def read_lines(stream: IO[AnyStr], *, limit: int, mark: AnyStr | None = None) -> Iterator[Line[AnyStr]]:
    """Yield the lines of a text or binary stream; one of more than ``limit`` characters is skipped, never held.

    The end of a line does not count, nor does the ``mark`` that may stand before any line and is taken away. A line is
    yielded as soon as it has come.
    """
    most = limit + 2 + (len(mark) if mark else 0)  # a line at the limit comes with its end
    number, ahead = 0, stream.read(0)
    while True:
        piece, ahead = _read_on(stream, ahead, most)
        if not piece:
            return
        number += 1
        text = piece.removeprefix(mark) if mark else piece
        if len(text) <= limit or len(text) - _measure_end(text) <= limit:
            yield Line(number, text)
        else:
            quotes, ahead = _skip_line(stream, piece)
            yield Line(number, None, quotes)


def _read_on(stream: IO[AnyStr], begun: AnyStr, most: int) -> tuple[AnyStr, AnyStr]:
    """Return the line that has begun, or what of it is asked for, and what had to be read of the next one."""
    if not _is_ended(begun):
        return begun + stream.readline(most - len(begun)), begun[:0]
    if begun != "\r":
        return begun, begun[:0]
    following = stream.readline(1)  # "\n" belongs to it
    return (begun + following, begun[:0]) if following == "\n" else (begun, following)


def _skip_line(stream: IO[AnyStr], piece: AnyStr) -> tuple[int, AnyStr]:
    """Skip a line; return its number of quotation marks, and the piece of the next line that was read."""
    quotes = _count_quotes(piece)
    while not _is_ended(piece) and (piece := stream.readline(_PIECE)):
        quotes += _count_quotes(piece)
    ahead = stream.readline(1) if piece[-1:] == "\r" else piece[:0]  # the line may have been cut between "\r" and "\n"
    return quotes, piece[:0] if ahead == "\n" else ahead


def cut_lines(blocks: Iterable[bytes], *, limit: int) -> Iterator[bytes | None]:
    """Yield the lines of blocks of bytes with their ends ("\\n", "\\r" or both), None for one that is too long.

    For files of millions of lines, which it reads several times as fast as `read_lines`; holds a block and ``limit``.
    """
    rest, is_skipping = b"", False
    for block in blocks:
        lines: list[bytes | None] = [*(rest + block).splitlines(keepends=True)]
        rest = lines.pop() or b""
        if lines and (is_skipping or _is_over(lines[0], limit)):  # the first alone can have begun in another block
            lines[0], is_skipping = None, False
        yield from lines
        if is_skipping or _is_over(rest, limit):
            rest, is_skipping = rest[-1:], True  # "\r", of which "\n" may follow
    if rest:
        yield None if is_skipping else rest


def _is_over(line: bytes | None, limit: int) -> bool:
    return line is not None and len(line) > limit and len(line.rstrip(b"\r\n")) > limit


def _is_ended(piece: AnyStr) -> bool:
    return piece[-1:] in ("\n", b"\n", "\r")  # a text stream may end lines by "\r" alone


def _measure_end(text: AnyStr) -> int:
    if text[-2:] in ("\r\n", b"\r\n"):
        return 2
    return int(_is_ended(text))


def _count_quotes(piece: AnyStr) -> int:
    return piece.count('"') if isinstance(piece, str) else piece.count(b'"')
