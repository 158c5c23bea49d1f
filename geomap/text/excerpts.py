"""Excerpts: a name with its surroundings."""

from __future__ import annotations

import re
from typing import Final

REACH: Final = 80
"""Characters of an excerpt on each side of the name."""

_BLANK_LINE: Final = re.compile(r"[^\S\n]*\n[^\S\n]*\n\s*")


def cut_excerpt(text: str, start: int, end: int, *, title: str) -> str:
    """Return the span with its surroundings on one line, cut at blanks.

    Where the text is the title, a blank line and a body, a name in one of them has nothing of the other beside it.
    """
    body = find_body(text, title)
    first, last = (body, len(text)) if start >= body else (0, max(end, body))
    left, right = max(start - REACH, first), min(end + REACH, last)
    before = text[left:start] if left == first else "…" + text[left:start].partition(" ")[2]
    after = text[end:right] if right == last else text[end:right].rpartition(" ")[0] + "…"
    return " ".join(f"{before}{text[start:end]}{after}".split())


def find_body(text: str, title: str) -> int:
    """Return where the body begins behind the title and a blank line, 0 for a text that does not begin so."""
    found = _BLANK_LINE.match(text, len(title)) if title and text.startswith(title) else None
    return found.end() if found else 0
