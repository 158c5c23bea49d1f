"""Spans of tokens that may be place names."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(slots=True)
class Span:
    """A run of tokens, first to last, that may be a place name; ``postings`` is empty where the gazetteer lacks it."""

    first: int
    last: int
    start: int
    end: int
    postings: list[int] = field(default_factory=list)
    key: int = -1
    """The same for spans with the same postings; -1 where there are none."""
