"""Word documents (.docx): the text as it stands when all changes are accepted, straight from the XML."""

from __future__ import annotations

import io
import posixpath
import zipfile
from collections.abc import Iterator

from geomap.config import Limits
from geomap.errors import ReportError
from geomap.model import Report
from geomap.reports.base import Readable, read_document, text_too_large
from geomap.reports.dates import parse_date
from geomap.reports.documents import clean_author, clean_title, make_document
from geomap.reports.fields import Metadata
from geomap.reports.markup import XmlEvents
from geomap.reports.zip_parts import Allowance, Member, open_zip

_OLD_OFFICE = b"\xd0\xcf\x11\xe0"
_MAIN_PART = "word/document.xml"
_NOTES = ("footnotes.xml", "endnotes.xml")
_LEFT_OUT = frozenset({"del", "moveFrom", "Fallback", "pPr"})
_MARKS = {"tab": "\t", "ptab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "-"}
_DAMAGED = "save it again as .docx, or as plain text"


class WordReader:
    """Reads .docx files: paragraphs, tables, text boxes and notes, without what was deleted."""

    suffixes = frozenset({".docx"})
    packages: tuple[str, ...] = ()

    def read(self, file: Readable, report_id: str, limits: Limits) -> Iterator[Report | ReportError]:
        """Yield the one report of the document; raise `ReportError` for a damaged, protected or empty one."""
        data = read_document(file, limits)
        if data.startswith(_OLD_OFFICE):
            raise ReportError("is protected by a password, or an old .doc; save it as .docx without a password")
        with open_zip(io.BytesIO(data), otherwise=_DAMAGED) as archive:
            text, stated = _read_text(archive, limits), _read_properties(archive, limits)
        yield make_document(report_id, text, stated, limits, file_name=file.stem)


def _read_text(archive: zipfile.ZipFile, limits: Limits) -> str:
    main = _find_main_part(archive, limits)
    folder = posixpath.dirname(main)
    parts = [main, *(posixpath.join(folder, name) for name in _NOTES)]
    return "\n\n".join(filter(None, (_read_paragraphs(archive, part, limits) for part in parts)))


def _find_main_part(archive: zipfile.ZipFile, limits: Limits) -> str:
    for _, name, element in _read_part(archive, "_rels/.rels", limits):
        if name == "Relationship" and element.get("Type", "").endswith("/officeDocument"):
            return str(element.get("Target", "")).lstrip("/")
    if _MAIN_PART not in archive.NameToInfo:
        raise ReportError(f"is no Word document; {_DAMAGED}")
    return _MAIN_PART


def _read_paragraphs(archive: zipfile.ZipFile, part: str, limits: Limits) -> str:
    """Return the paragraphs of a part; cells of a row are parted by tabs."""
    events = _read_part(archive, part, limits)
    pieces: list[str] = []
    size, left_out, in_row = 0, 0, 0
    for event, name, element in events:
        left_out += _count_step(event, is_counted=name in _LEFT_OUT)
        in_row += _count_step(event, is_counted=name == "tr")
        if event == "start":
            continue
        if not left_out and (piece := _find_piece(name, element.text, in_row=in_row > 0)):
            pieces.append(piece)
            size += len(piece)
        if size > limits.report_bytes:
            raise ReportError(text_too_large(limits))
        events.forget(element)
    if events.fault:
        raise ReportError(f"is damaged ({events.fault[0]}); {_DAMAGED}")
    paragraphs = (paragraph.strip() for paragraph in "".join(pieces).split("\n\n"))
    return "\n\n".join(filter(None, paragraphs))


def _count_step(event: str, *, is_counted: bool) -> int:
    return (1 if event == "start" else -1) if is_counted else 0


def _find_piece(name: str, text: str | None, *, in_row: bool) -> str:
    if name == "t":
        return text or ""
    if name == "p":
        return " " if in_row else "\n\n"
    if name == "tc":
        return "\t"
    return "\n\n" if name == "tr" else _MARKS.get(name, "")


def _read_properties(archive: zipfile.ZipFile, limits: Limits) -> Metadata:
    core = _read_values(archive, "docProps/core.xml", limits)
    company = _read_values(archive, "docProps/app.xml", limits).get("Company", "")
    return Metadata(
        title=clean_title(core.get("title", "")),
        source=clean_author(company) or clean_author(core.get("creator", "")),
        date=parse_date(core.get("created", "")),
    )


def _read_values(archive: zipfile.ZipFile, part: str, limits: Limits) -> dict[str, str]:
    values: dict[str, str] = {}
    for event, name, element in _read_part(archive, part, limits):
        if event == "end" and element.text:
            values.setdefault(name, str(element.text))
    return values


def _read_part(archive: zipfile.ZipFile, part: str, limits: Limits) -> XmlEvents:
    info = archive.NameToInfo.get(part)
    if info is None:
        return XmlEvents(io.BytesIO(b"<none/>"))
    member = Member(archive, info, Allowance(limits), part)
    return XmlEvents(io.BytesIO(read_document(member, limits)))
