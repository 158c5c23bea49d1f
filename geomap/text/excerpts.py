"""Excerpts: a name with its surroundings."""

from __future__ import annotations

from typing import Final

REACH: Final = 80
"""Characters of an excerpt on each side of the name."""


def cut_excerpt(text: str, start: int, end: int) -> str:
    """Return the span with its surroundings on one line, cut at blanks."""
    left, right = max(start - REACH, 0), min(end + REACH, len(text))
    before = text[left:start] if left == 0 else "…" + text[left:start].partition(" ")[2]
    after = text[end:right] if right == len(text) else text[end:right].rpartition(" ")[0] + "…"
    return " ".join(f"{before}{text[start:end]}{after}".split())
