"""Where sentences begin, so that an excerpt can be cut without cutting a thought."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator

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
_ABBREVIATION = re.compile(
    r"""(?:^|[\s("“‘\[])
    (?: (?:mr|mrs|ms|dr|prof|gen|col|lt|maj|sgt|capt|cmdr|adm|sen|rep|gov|pres|rev|hon|st|ste|mt|ft|jr|sr|no|nos|vs|ca
          |cf|jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec|inc|ltd|co|corp|dept|approx|est|km|e\.g|i\.e|a\.m|p\.m)
      | (?:[^\W\d]\.)*[^\W\d] )                            # initials, U.S.
    \.$""",
    re.VERBOSE | re.IGNORECASE,
)
_BLANK = re.compile(r"[;,]?\s+")


def find_sentence_starts(text: str) -> list[int]:
    """Return the offsets (code points, ascending, the first is 0) at which the sentences of a text begin."""
    starts = [0]
    for end in _find_ends(text):
        starts.extend(_break_long(text, starts[-1], end))
        starts.append(end)
    starts.extend(_break_long(text, starts[-1], len(text)))
    return starts


def find_excerpt(text: str, start: int, end: int) -> tuple[int, int]:
    """Return start and end (code points) of the sentence that holds the span, with its neighbours."""
    starts = find_sentence_starts(text)
    first = max(bisect_right(starts, start) - 2, 0)
    following = bisect_right(starts, max(end - 1, start)) + 1
    return starts[first], starts[following] if following < len(starts) else len(text)


def _find_ends(text: str) -> Iterator[int]:
    for match in _END.finditer(text):
        at = match.end()
        if at < len(text) and not (match["stop"] and _goes_on(text, match.start(), at)):
            yield at


def _goes_on(text: str, stop: int, following: int) -> bool:
    """Tell whether the stop belongs to an abbreviation, or the next word shows that the sentence goes on."""
    if text[following].islower():
        return True
    return text[stop] == "." and _ABBREVIATION.search(text, max(0, stop - 12), stop + 1) is not None


def _break_long(text: str, start: int, end: int) -> Iterator[int]:
    while end - start > LONGEST:
        blanks = [match.end() for match in _BLANK.finditer(text, start + LONGEST // 2, start + LONGEST)]
        start = blanks[-1] if blanks else start + LONGEST
        yield start
