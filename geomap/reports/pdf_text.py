"""The text of a PDF's pages as paragraphs; runs in the confined process, and is the only module that needs pypdf."""

from __future__ import annotations

import io
import re
from collections import Counter
from collections.abc import Sequence
from typing import TYPE_CHECKING

from geomap.config import Limits
from geomap.errors import MissingPackageError, ReportError
from geomap.reports.base import text_too_large
from geomap.system.installing import install_command

if TYPE_CHECKING:
    from pypdf import PdfReader

_LIGATURES = {0xFB00: "ff", 0xFB01: "fi", 0xFB02: "fl", 0xFB03: "ffi", 0xFB04: "ffl", 0xFB05: "st", 0xFB06: "st"}
_HYPHEN = re.compile(r"(?<=[a-z])(?:\u00ad|[-\u2010])\n(?=[a-z]{2})")
_DIGITS = re.compile(r"\d+")
_LONGEST_PROPERTY = 4_000  # it may be as long as the file, and goes from one process to the other
_FULL_LINE = 0.7
"""A line shorter than this share of the page's long lines ends a paragraph."""


def read_pdf(data: bytes, limits: Limits) -> dict[str, str]:
    """Return text, title, author and date (as the file writes it) of a PDF.

    Raises `ReportError` for one that is damaged, encrypted or without text, `MissingPackageError` without pypdf.
    """
    try:
        import pypdf
    except ImportError as error:
        raise MissingPackageError(f"PDF files need the package pypdf: {install_command('pypdf')}") from error
    from pypdf.errors import PyPdfError

    try:
        document = pypdf.PdfReader(io.BytesIO(data))
        if document.is_encrypted and not document.decrypt(""):
            raise ReportError("is encrypted; save it without a password")
        text = join_pages(_read_pages(document, limits))
        known = {key: str(value)[:_LONGEST_PROPERTY] for key, value in (document.metadata or {}).items()}
    except PyPdfError as error:
        remedy = "save it without a password" if "crypt" in str(error).lower() else "get it again, or print it anew"
        raise ReportError(f"cannot be read as a PDF ({' '.join(str(error).split())[:200]}); {remedy}") from error
    if not text.strip():
        raise ReportError("holds no text, only pictures of it; recognise the text first (OCR)")
    return {
        "text": text,
        "title": known.get("/Title", ""),
        "author": known.get("/Author", ""),
        "date": known.get("/CreationDate", ""),
    }


def _read_pages(document: PdfReader, limits: Limits) -> list[str]:
    pages, size = [], 0
    for page in document.pages:
        pages.append(page.extract_text())
        size += len(pages[-1])
        if size > limits.report_bytes:
            raise ReportError(text_too_large(limits))
    return pages


def join_pages(pages: Sequence[str]) -> str:
    """Return pages as paragraphs: without running heads and page numbers, words and lines put together again."""
    lines = [[line.strip() for line in page.translate(_LIGATURES).splitlines()] for page in pages]
    edges = Counter(_DIGITS.sub("#", line) for page in lines for line in {*page[:1], *page[-1:]})
    running = {line for line, count in edges.items() if count >= 3 and 2 * count > len(pages)}
    kept = (
        [
            line
            for number, line in enumerate(page)
            if number not in (0, len(page) - 1) or _DIGITS.sub("#", line) not in running
        ]
        for page in lines
    )
    return "\n\n".join(filter(None, map(_join_lines, kept)))


def _join_lines(lines: Sequence[str]) -> str:
    lengths = sorted(map(len, filter(None, lines)))
    full = _FULL_LINE * lengths[len(lengths) * 9 // 10] if lengths else 0
    parts: list[str] = []
    for line, following in zip(lines, [*lines[1:], ""], strict=True):
        is_end = len(line) < full or not following
        parts.append(f"{line}\n\n" if is_end else f"{line}\n")
    text = _HYPHEN.sub("", "".join(parts))
    paragraphs = (" ".join(paragraph.split()) for paragraph in text.split("\n\n"))
    return "\n\n".join(filter(None, paragraphs))
