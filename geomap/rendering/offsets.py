"""Offsets in code points, as Python counts them, as offsets in UTF-16 units, as browsers do, and back."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable

_WIDE = re.compile("[\U00010000-\U0010ffff]")  # two units each in UTF-16


def utf16_offsets(text: str, offsets: Iterable[int]) -> list[int]:
    """Return offsets in code points as offsets in UTF-16 units: the one place where this change is made."""
    wide = [] if text.isascii() else [match.start() for match in _WIDE.finditer(text)]
    if not wide:
        return list(offsets)
    return [offset + bisect_left(wide, offset) for offset in offsets]


def code_point_offsets(text: str, offsets: Iterable[int]) -> list[int]:
    """Return offsets in UTF-16 units as offsets in code points, as `utf16_offsets` was given them."""
    wide = [] if text.isascii() else [match.start() for match in _WIDE.finditer(text)]
    if not wide:
        return list(offsets)
    wide_units = [start + number for number, start in enumerate(wide)]
    return [offset - bisect_left(wide_units, offset) for offset in offsets]
