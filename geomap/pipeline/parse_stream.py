"""What `geomap parse` reads and writes: a bounded piece of input after the other, one JSON object for each.

Blank lines of JSONL are no input: they are counted in line numbers and give no output.
"""

from __future__ import annotations

import json
import os
import stat
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any, BinaryIO, TypeAlias

from geomap.config import MEGABYTE, NO_MEMORY, USUAL, describe_cut
from geomap.errors import ReportError
from geomap.model import ParsedReport, Report, mention_as_json
from geomap.text.file_names import spell_path, spell_posix
from geomap.text.lines import read_lines as read_bounded_lines

LIMIT = USUAL.report_bytes
"""Bytes of a line, or of a file that is one text; more is refused and never in memory. A project may set another."""

STANDARD_INPUT = "-"

_MARK = b"\xef\xbb\xbf"  # may stand before any line, where files that begin with one were put together

_CONTEXT = tuple(each.name for each in fields(Report) if each.name not in ("id", "text"))

AnalyseAll: TypeAlias = Callable[[Sequence[Report]], Sequence[ParsedReport]]


@dataclass(frozen=True, slots=True)
class Piece:
    """One text of the input: a line of JSONL (``line`` from 1), or a whole file (``line`` is None).

    ``error`` says why there is no body.
    """

    file: str
    line: int | None
    body: bytes
    error: str = ""


Read: TypeAlias = Callable[[Piece], tuple[Any, Report]]


@dataclass(frozen=True, slots=True)
class Answer:
    """The output for a piece: a JSON object in ASCII without line end.

    ``error`` says why the piece could not be parsed, ``note`` what is missing though it could; most often nothing.
    """

    body: str
    error: ReportError | None = None
    note: ReportError | None = None


def weigh_piece(piece: Piece) -> int:
    """Return the size of a piece in bytes, for the engine."""
    return len(piece.body)


def read_files(paths: Sequence[str], standard_input: BinaryIO, limit: int = LIMIT) -> Iterator[Piece]:
    """Yield each file as one piece, in order; "-" or no path at all is standard input."""
    for path in paths or (STANDARD_INPUT,):
        try:
            with _open(path, standard_input) as stream:
                body = stream.read(limit + 1)
        except OSError as error:
            yield Piece(path, None, b"", _describe(error))
            continue
        yield Piece(path, None, body) if len(body) <= limit else Piece(path, None, b"", _too_long("text", limit))


def read_lines(paths: Sequence[str], standard_input: BinaryIO, limit: int = LIMIT) -> Iterator[Piece]:
    """Yield the lines of JSONL files that are not blank, in order; "-" or no path at all is standard input."""
    for path in paths or (STANDARD_INPUT,):
        try:
            with _open(path, standard_input) as stream:
                yield from _cut_lines(path, stream, limit)
        except OSError as error:
            yield Piece(path, None, b"", _describe(error))


def _cut_lines(path: str, stream: BinaryIO, limit: int) -> Iterator[Piece]:
    for line in read_bounded_lines(stream, limit=limit, mark=_MARK):
        if line.text is None:
            yield Piece(path, line.number, b"", _too_long("line", limit))
        elif line.text.strip():
            yield Piece(path, line.number, line.text)


@contextmanager
def _open(path: str, standard_input: BinaryIO) -> Iterator[BinaryIO]:
    if path == STANDARD_INPUT:
        yield standard_input
    else:
        with Path(path).open("rb") as stream:
            yield stream


def answer_all(
    read: Read, analyse_all: AnalyseAll, pieces: Sequence[Piece], *, most: int = USUAL.mentions_per_report
) -> list[Answer]:
    """Return the answer to each piece: its mentions, or what is wrong with it.

    ``most`` is the limit of mentions that ``analyse_all`` heeds.
    """
    if len(pieces) == 1:
        return [answer(read, analyse_all, *pieces, most=most)]
    try:
        readings = [read(piece) for piece in pieces]
        parsed = analyse_all([report for _, report in readings])
        return [
            _write_mentions(identity, piece, each, most)
            for (identity, _), piece, each in zip(readings, pieces, parsed, strict=True)
        ]
    except Exception:  # noqa: BLE001 -- one by one it is found out which of them is to blame
        return [answer(read, analyse_all, piece, most=most) for piece in pieces]


def answer(read: Read, analyse_all: AnalyseAll, piece: Piece, *, most: int = USUAL.mentions_per_report) -> Answer:
    """Return the answer to one piece; ``most`` is the limit of mentions that ``analyse_all`` heeds."""
    identity: Any = _as_posix(piece.file) if read is read_file else None
    try:
        identity, report = read(piece)
        (parsed,) = analyse_all([report])
        return _write_mentions(identity, piece, parsed, most)
    except MemoryError:
        return _write_error(identity, piece, ReportError(NO_MEMORY))
    except Exception as error:  # noqa: BLE001 -- one bad text must not end the stream
        return _write_error(identity, piece, error)


def answer_lost(piece: Piece, reason: str) -> Answer:
    """Return the answer to a text that no process survives."""
    identity: Any = None
    with suppress(Exception):
        identity = _as_posix(piece.file) if piece.line is None else read_line(piece)[0]
    return _write_error(identity, piece, ReportError(f"its places cannot be found: {reason}"))


def _decode(body: bytes) -> str:
    if b"\0" not in body:
        try:
            return body.decode("utf-8-sig")  # what nearly all is, without the time that importing the readers takes
        except UnicodeDecodeError:
            pass
    from geomap.reports.encoding import decode, is_binary

    text = decode(body)
    if is_binary(text):
        raise ReportError("is not text")
    return text


def read_file(piece: Piece) -> tuple[str, Report]:
    """Return the id of a plain text (its path as given, in POSIX form) and its report; raises `ReportError`."""
    if piece.error:
        raise ReportError(piece.error)
    identity = _as_posix(piece.file)
    return identity, Report(identity, _decode(piece.body))


def read_line(piece: Piece) -> tuple[Any, Report]:
    """Return the "id" of a line of JSONL and its report; raises `ReportError` if it has no text."""
    if piece.error:
        raise ReportError(piece.error)
    row = _load_object(piece.body)
    identity = row.get("id")
    if isinstance(identity, bool | list | dict):
        raise ReportError('"id" has to be a string, a number or null')
    text = row.get("text")
    if not isinstance(text, str):
        raise ReportError('"text" is missing' if text is None else '"text" has to be a string')
    context = {key: _read_context(key, row.get(key)) for key in _CONTEXT}
    return identity, Report(str(piece.line if identity is None else identity), text, **context)


def _load_object(body: bytes) -> dict[str, Any]:
    try:
        row = json.loads(body.decode("utf-8"), parse_constant=_refuse_constant)
    except UnicodeDecodeError:
        raise ReportError("the line is not UTF-8: save the file in that encoding") from None
    except RecursionError:
        raise ReportError("the line is nested too deeply") from None
    except ValueError as error:
        raise ReportError(f"the line is not JSON: {error}") from None
    if not isinstance(row, dict):
        raise ReportError('the line is not an object: each has to be {"id": ..., "text": ...}')
    return row


def _refuse_constant(name: str) -> None:
    raise ValueError(f"{name} is no JSON value")


def _read_context(key: str, value: Any) -> str:
    if isinstance(value, bool | list | dict):
        raise ReportError(f'"{key}" has to be a string')
    return "" if value is None else str(value)


def _write_mentions(identity: Any, piece: Piece, parsed: ParsedReport, most: int) -> Answer:
    body = json.dumps({"id": identity, "mentions": [mention_as_json(each) for each in parsed.mentions]})
    if not parsed.is_cut:
        return Answer(body)
    note = ReportError(describe_cut(len(parsed.mentions), most), path=piece.file, line=piece.line)
    return Answer(body, note=note)


def _write_error(identity: Any, piece: Piece, error: Exception) -> Answer:
    reason = error.reason if isinstance(error, ReportError) else " ".join(f"{type(error).__name__}: {error}".split())
    row: dict[str, Any] = {"id": identity, "line": piece.line, "error": reason, "mentions": []}
    if piece.line is None:
        del row["line"]
    if identity is None and piece.file != STANDARD_INPUT:
        row["file"] = _as_posix(piece.file)
    return Answer(json.dumps(row), ReportError(reason, path=spell_path(piece.file), line=piece.line))


def _as_posix(path: str) -> str:
    return spell_posix(path.replace(os.sep, "/"))  # otherwise as given: pathlib would drop a leading "./"


def _describe(error: OSError) -> str:
    return error.strerror or str(error)


def _too_long(what: str, limit: int) -> str:
    return f"the {what} is longer than {limit // MEGABYTE} MB: split it"


def comes_as_a_whole(paths: Sequence[str], standard_input: BinaryIO) -> bool:
    """Return whether all input exists already, so that no sender can be waiting for answers in between."""
    if paths and STANDARD_INPUT not in paths:
        return True
    try:
        return stat.S_ISREG(os.fstat(standard_input.fileno()).st_mode)
    except OSError:
        return False


def standard_streams() -> tuple[BinaryIO, BinaryIO]:
    """Return standard input and output as bytes: no code page and no line ends of the system get between."""
    return sys.stdin.buffer, sys.stdout.buffer
