"""Where sentences begin, so that an excerpt can be cut without cutting a thought."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from geomap.languages import ENGLISH, Language

LONGEST = 500
"""Characters after which text without an end of sentence (tables, lists) is broken at a blank."""

_END = re.compile(
    r"""
      (?<![.!?…]) (?P<stop> [.!?…]+ ["'”’»)\]]* ) \s+  # full stops from the first one on, closing quotes, blanks
    | \n[^\S\n]*\n\s*                              # a blank line
    | \n\s*(?=[-*•–]\s)                            # an item of a list
    | [。！？؟۔।] ["”’»）」]* \s*                    # stops that need no blank
    """,
    re.VERBOSE,
)
_BLANK_LINE = re.compile(r"\n[^\S\n]*\n")
_BLANK = re.compile(r"[;,]?\s+")


@cache
def _abbreviation(language: Language) -> re.Pattern[str]:
    """Return the pattern of an abbreviation with its stop at the end: known, initials, or with dots ("U.S.")."""
    known = "|".join(map(re.escape, language.abbreviations))
    return re.compile(rf"""(?:^|[\s("“‘\[])(?:(?:{known})|(?:[^\W\d]\.)*[^\W\d])\.$""", re.IGNORECASE)


def find_sentence_starts(text: str, language: Language = ENGLISH) -> list[int]:
    """Return the offsets (code points, ascending, the first is 0) at which the sentences of a text begin."""
    starts = [0]
    for end in _find_ends(text, language):
        starts.extend(_break_long(text, starts[-1], end))
        starts.append(end)
    starts.extend(_break_long(text, starts[-1], len(text)))
    return starts


def _find_ends(text: str, language: Language) -> Iterator[int]:
    for match in _END.finditer(text):
        at = match.end()
        if at < len(text) and (
            _is_paragraph_end(match[0]) or not (match["stop"] and _goes_on(text, match.start(), at, language))
        ):
            yield at


def _is_paragraph_end(stop: str) -> bool:
    """Tell whether a blank line stands behind the stop: it ends a title, say, whatever the words on both sides are."""
    return _BLANK_LINE.search(stop) is not None


def _goes_on(text: str, stop: int, following: int, language: Language) -> bool:
    """Return whether the stop belongs to an abbreviation, or the next word shows that the sentence goes on."""
    if text[following].islower():
        return True
    return text[stop] == "." and _abbreviation(language).search(text, max(0, stop - 12), stop + 1) is not None


def _break_long(text: str, start: int, end: int) -> Iterator[int]:
    while end - start > LONGEST:
        blanks = [match.end() for match in _BLANK.finditer(text, start + LONGEST // 2, start + LONGEST)]
        start = blanks[-1] if blanks else start + LONGEST
        yield start
