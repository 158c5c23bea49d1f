"""E-mail (.eml): subject and body, with date and sender from the headers; attachments are left out."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import asdict
from typing import TYPE_CHECKING

from geomap.config import Limits
from geomap.errors import ReportError
from geomap.model import Report
from geomap.reports.base import Readable, read_document, text_too_large
from geomap.reports.confinement import run_confined
from geomap.reports.encoding import decode
from geomap.reports.fields import Metadata, make_report, one_line, read_metadata
from geomap.reports.headlines import read_headline_metadata
from geomap.reports.markup import strip_html

if TYPE_CHECKING:
    from email.message import Message

_LONGEST_HEADER = 4_000
_REPLY = re.compile(r"(?:(?:re|fwd?|aw|wg)\s{0,2}:\s{0,5})+", re.IGNORECASE)
_URL_HEADERS = ("Archived-At", "Content-Base", "Content-Location")


class EmailReader:
    """Reads saved messages in a process of its own; the plain text of a message counts before its HTML."""

    suffixes = frozenset({".eml"})
    packages: tuple[str, ...] = ()

    def read(self, file: Readable, report_id: str, limits: Limits) -> Iterator[Report | ReportError]:
        """Yield the one report of the message; raise `ReportError` if it is no message or has no text."""
        data = read_document(file, limits)
        found = run_confined("geomap.reports.email_message:read_message", data, limits)
        body, stated = found.pop("body"), Metadata(**found)
        if not body.strip() and not stated.title:
            raise ReportError("holds no text; its attachments are not read: save them as files of their own")
        report = make_report(report_id, body, stated)
        yield make_report(
            report_id, report.text, stated.or_else(read_headline_metadata(body, file_name=file.stem)), with_title=False
        )


def read_message(data: bytes, limits: Limits) -> dict[str, str]:
    """Return the ``body`` of a message, with the fields of `Metadata`; runs in a confined process.

    Crafted headers and boundaries keep the standard library's parser busy for hours: its time grows with the square of
    their length, though less so with this older policy.
    """
    import email.policy  # only the confined process pays for it
    from email.parser import BytesParser

    message = BytesParser(policy=email.policy.compat32).parsebytes(data)
    if not any(name in message for name in ("From", "Date", "Subject")):
        raise ReportError("is no e-mail: it has neither sender, date nor subject; save the message again as .eml")
    return {"body": _read_body(message, limits), **asdict(_read_headers(message))}


def _read_headers(message: Message) -> Metadata:
    from email.utils import parseaddr

    name, address = parseaddr(_read_header(message, "From"))
    url = next(filter(None, (_read_header(message, header).strip("<> ") for header in _URL_HEADERS)), "")
    return read_metadata(
        {
            "title": _REPLY.sub("", one_line(_read_header(message, "Subject")), count=1),
            "source": name or address,
            "date": _read_header(message, "Date"),
            "url": url,
            "language": _read_header(message, "Content-Language"),
        }
    )


def _read_header(message: Message, name: str) -> str:
    from email.header import decode_header

    written = str(message.get(name, ""))[:_LONGEST_HEADER]
    try:
        pieces = decode_header(written)
    except ValueError:  # base64 that is none; `email.errors.HeaderParseError` is one too
        return written
    return "".join(_decode_piece(piece, charset) for piece, charset in pieces)


def _decode_piece(piece: bytes | str, charset: str | None) -> str:
    if isinstance(piece, str):  # bytes outside ASCII came as surrogates
        piece = piece.encode("utf-8", "surrogateescape")
    return decode(piece, declared=charset or "")


def _read_body(message: Message, limits: Limits) -> str:
    texts: list[str] = []
    size = 0
    for part in _list_texts(message):
        texts.append(_read_part(part))
        size += len(texts[-1])
        if size > limits.report_bytes:
            raise ReportError(text_too_large(limits))
    return "\n\n".join(filter(None, texts))


def _list_texts(message: Message) -> Iterator[Message]:
    """Yield the parts that people see: of alternatives the plain text, else the HTML."""
    waiting = [message]
    while waiting:
        part = waiting.pop()
        inner = [each for each in part.get_payload() if not isinstance(each, str)] if part.is_multipart() else []
        if part.get_content_type() == "multipart/alternative":
            waiting += _choose_alternative(inner)
        elif inner:
            waiting += reversed(inner)
        elif part.get_content_maintype() == "text" and part.get_content_disposition() != "attachment":
            yield part


def _choose_alternative(parts: list[Message]) -> list[Message]:
    plain = [part for part in parts if part.get_content_type() == "text/plain" and _read_part(part)]
    return plain[:1] or parts[-1:]


def _read_part(part: Message) -> str:
    payload = part.get_payload(decode=True)
    text = decode(payload, declared=str(part.get_content_charset() or "")) if isinstance(payload, bytes) else ""
    text = strip_html(text) if part.get_content_subtype() == "html" else text.replace("\r\n", "\n")
    return text.strip()
