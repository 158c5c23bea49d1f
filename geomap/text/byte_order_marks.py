"""The bytes at the beginning of a file that say how its text is encoded."""

from __future__ import annotations

import codecs
from typing import Final

_MARKS: Final = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),  # before UTF-16: its mark begins with UTF-16's
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)


def find_marked_encoding(data: bytes) -> str:
    """Return the codec that a byte order mark names and that removes it, or an empty string without a mark."""
    return next((encoding for mark, encoding in _MARKS if data.startswith(mark)), "")
