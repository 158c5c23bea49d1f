"""How values become columns of the store, and columns values."""

from __future__ import annotations

import json
import zlib
from dataclasses import astuple, dataclass
from typing import Any, TypeAlias

from geomap.comparing.comparison import Change, Comparison, Spot
from geomap.errors import ReportError, ReportNote
from geomap.model import Candidate, ParsedReport, Place, Report, mention_as_json, mention_from_json

KnownAnswer: TypeAlias = tuple[str, str, Candidate]
"""What a geocoding service said of a name in a country (or "")."""

DAMAGES = (zlib.error, ValueError, TypeError, KeyError)
"""What reading a blob raises that is not what it should be."""

_END = "\0"


@dataclass(frozen=True, slots=True)
class FileKey:
    """What decides the reports of a file: its bytes, the code that reads it, and the id that theirs derive from."""

    digest: str
    reader: str
    report_id: str

    def columns(self) -> tuple[str, str, bytes]:
        """Return the key's columns."""
        return self.digest, self.reader, encode(self.report_id)


def pack_report(report: Report) -> bytes:
    """Return a report as a blob."""
    return pack(astuple(report))


def unpack_report(body: bytes) -> Report:
    """Return the report of a blob; raises ValueError, TypeError or `zlib.error` if it is none."""
    return Report(*unpack(body))


def pack_failure(error: ReportError) -> tuple[int | None, bytes, bool]:
    """Return the line of a failure, its reason, with the number of those it stands for, and whether it is a note."""
    reason = encode(error.reason.replace(_END, "\ufffd"))
    counted = reason if error.count == 1 else reason + encode(f"{_END}{error.count}")
    return error.line, counted, isinstance(error, ReportNote)


def unpack_failure(line: int | None, reason: bytes, is_note: bool) -> ReportError:
    """Return the failure of these columns, without a path; raises ValueError if they hold none."""
    text, _, count = decode(reason).partition(_END)
    return (ReportNote if is_note else ReportError)(text, line=line, count=int(count or 1))


def pack_mentions(parsed: ParsedReport) -> bytes:
    """Return what was found in a report as a blob."""
    found = [[mention_as_json(mention) for mention in parsed.mentions], parsed.corrections]
    return pack([*found, True] if parsed.is_cut else found)


def unpack_parsed(report: bytes, mentions: bytes) -> ParsedReport:
    """Return a report with what was found in it; raises ValueError, TypeError or `zlib.error` for other blobs."""
    rows, corrections, *cut = unpack(mentions)
    found = tuple(map(mention_from_json, rows))
    return ParsedReport(unpack_report(report), found, tuple(corrections), is_cut=bool(cut))


def pack_answers(answers: tuple[KnownAnswer, ...]) -> bytes:
    """Return answers of a service as a blob."""
    return json.dumps(
        [[name, country, astuple(answer.place), answer.confidence] for name, country, answer in answers]
    ).encode()


def unpack_answers(body: bytes) -> tuple[KnownAnswer, ...]:
    """Return the answers of a blob."""
    return tuple(
        (name, country, Candidate(Place(*place), confidence)) for name, country, place, confidence in json.loads(body)
    )


def pack_comparison(comparison: Comparison) -> bytes:
    """Return what a build has changed as a blob, an empty one for nothing."""
    return pack([list(map(astuple, comparison.changes)), comparison.gone]) if comparison else b""


def unpack_comparison(body: bytes) -> Comparison:
    """Return the comparison of a blob; raises ValueError, TypeError or `zlib.error` if it is none."""
    if not body:
        return Comparison()
    changes, gone = unpack(body)
    return Comparison(tuple(Change(*row[:4], *map(_read_spot, row[4:])) for row in changes), tuple(gone))


def _read_spot(row: list[Any] | None) -> Spot | None:
    return None if row is None else Spot(*row)


def pack(value: object) -> bytes:
    """Return what JSON can say as a blob."""
    return zlib.compress(encode(json.dumps(value, ensure_ascii=False, separators=(",", ":"))), 1)


def unpack(body: bytes) -> Any:
    """Return what `pack` was given; raises ValueError or `zlib.error` for another blob."""
    return json.loads(zlib.decompress(body).decode("utf-8", "surrogatepass"))


def encode(text: str) -> bytes:
    """Return any text as a blob, also one that holds what is no valid Unicode, as file names may."""
    return text.encode("utf-8", "surrogatepass")


def decode(text: bytes) -> str:
    """Return the text that `encode` was given."""
    return text.decode("utf-8", "surrogatepass")
