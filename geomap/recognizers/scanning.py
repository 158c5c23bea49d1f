"""Finds every span of a text that could be a place name: what the gazetteer knows, and what its form gives away."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final, NamedTuple

import numpy as np

from geomap.gazetteer.index import Gazetteer
from geomap.gazetteer.layout import KIND_NAMES, kind_of
from geomap.languages import ENGLISH, Language
from geomap.recognizers import vocabulary as W  # noqa: N812 -- columns and flags are named in every line below
from geomap.recognizers.shared_heads import SharedHeads
from geomap.recognizers.spans import Span
from geomap.recognizers.tokens import Tokens

LONGEST_NAME: Final = 60  # characters
_LONGEST_FORM: Final = 4  # words of "Xxxx Xxxx Xxxx County"
_ABBREVIATION: Final = KIND_NAMES.index("abbreviation")
_LONGEST_SHORT: Final = 4  # letters of an abbreviation in lower case
_MOST_WORDS: Final = 100_000
_ANY: Final = "any"
_JOINTS: Final = " './,\u2013\u00b7:(&"  # what stands behind the first word in keys of several words


class _FirstWord(NamedTuple):
    """What the gazetteer has for the first word of names: the postings of the word alone, and the longer names."""

    postings: list[int]
    key: int
    short: tuple[list[int], int]
    """Postings and key as an abbreviation ("Ipswich, Qld"); empty where it is none."""
    joints: str
    """The characters that follow the word in longer names; `_ANY` where they were not looked up."""


class Scanner:
    """Finds the spans of texts; caches look-ups of single words."""

    def __init__(self, gazetteer: Gazetteer, language: Language = ENGLISH) -> None:
        self._gazetteer = gazetteer
        self._shared = SharedHeads(gazetteer, language)
        self._first_words: dict[str, _FirstWord] = {}

    def find_spans(self, tokens: Tokens, rows: W.Rows) -> list[Span]:
        """Return all spans that may be place names, in the order of their starts.

        ``rows`` are those of the tokens, with their padding.
        """
        flags = rows[W.PADDING : -W.PADDING, W.FLAGS]
        continues_word = np.zeros(len(flags), dtype=bool)
        continues_word[1:] = tokens.is_joined[1:] & ((flags[:-1] & W.JOINS) > 0)
        begins = ((flags & W.MAY_BEGIN) > 0) & ~continues_word
        if len(self._first_words) > _MOST_WORDS:
            self._first_words.clear()
        spans = {
            (span.first, span.last): span for span in self._known_spans(tokens, np.flatnonzero(begins).tolist(), flags)
        }
        starts, ends = tokens.starts, tokens.ends
        for first, last in (*_formed_spans(flags), *_described_spans(flags), *_unknown_spans(begins, rows)):
            if (first, last) not in spans:
                spans[first, last] = Span(first, last, starts[first], ends[last])
        spans.update({(span.first, span.last): span for span in self._shared.find_spans(tokens, flags)})
        return [spans[key] for key in sorted(spans)]

    def _known_spans(self, tokens: Tokens, heads: list[int], flags: W.Rows) -> Iterator[Span]:
        """Yield the spans from each head on that the gazetteer knows."""
        texts, starts, ends = tokens.texts, tokens.starts, tokens.ends
        plain, plain_ends = tokens.plain, tokens.plain_ends
        breaks = np.cumsum((flags & W.BREAKS_NAME) * ~tokens.is_hyphened)
        goes_on = np.append(breaks[1:] == breaks[:-1], False).tolist()
        first_words = self._first_words
        for first in heads:
            text = texts[first]
            word = first_words.get(text)
            if word is None:
                word = first_words[text] = self._look_up(text, tokens.name(first, first))
            if word.short[0] and first and texts[first - 1] == ",":
                yield Span(first, first, starts[first], ends[first], *word.short)
            elif word.postings:
                yield Span(first, first, starts[first], ends[first], word.postings, word.key)
            if goes_on[first] and (word.joints is _ANY or plain[plain_ends[first]] in word.joints):
                yield from self._longer_spans(tokens, first, breaks)

    def _look_up(self, text: str, folded: str) -> _FirstWord:
        names = self._gazetteer.names
        key_id = names.get(folded)
        postings, key = ([], -1) if key_id is None else self._read(key_id, may_abbreviate=text.isupper())
        if text[0].isdigit():  # "10 Downing Street", but not "10"
            postings, key = [], -1
        short = ([], -1) if key_id is None or len(text) > _LONGEST_SHORT else self._read(key_id, may_abbreviate=True)
        if not any(kind_of(posting) == _ABBREVIATION for posting in short[0]):
            short = [], -1
        if not folded.isascii():  # the signs of other scripts are too many to ask for each
            return _FirstWord(postings, key, short, _ANY)
        joints = (joint for joint in _JOINTS if next(iter(names.iteritems(folded + joint)), None) is not None)
        return _FirstWord(postings, key, short, "".join(joints))

    def _longer_spans(self, tokens: Tokens, first: int, breaks: W.Rows) -> Iterator[Span]:
        """Yield the known names of several tokens that begin with one.

        Each word of them has a capital, but for small words and kinds of units ("Kharkiv region").
        """
        begin, ends = tokens.plain_starts[first], tokens.plain_ends
        length = ends[first] - begin
        last = first
        for prefix, key_id in self._gazetteer.names.iter_prefixes_with_ids(tokens.plain[begin : begin + LONGEST_NAME]):
            if len(prefix) <= length:
                continue
            end = begin + len(prefix)
            while ends[last] < end and last + 1 < len(ends):
                last += 1
            if ends[last] != end:
                continue
            if breaks[last] > breaks[first]:
                return
            is_upper = "." in prefix or all(word.isupper() for word in tokens.texts[first : last + 1])
            postings, key = self._read(key_id, may_abbreviate=is_upper)
            if postings:
                yield Span(first, last, tokens.starts[first], tokens.ends[last], postings, key)

    def _read(self, key_id: int, *, may_abbreviate: bool) -> tuple[list[int], int]:
        """Return postings and key of a name.

        Abbreviations that are not written in capitals ("us") are left out, unless they carry their dot ("Ky.").
        """
        postings = self._gazetteer.postings(key_id)
        if not may_abbreviate:
            postings = [posting for posting in postings if kind_of(posting) != _ABBREVIATION]
        return postings, 2 * key_id + may_abbreviate if postings else -1


def _formed_spans(flags: W.Rows) -> Iterator[tuple[int, int]]:
    """Yield the first and last tokens of "Xxxx Xxxx County", "Lake Xxxx" and the like, known or not."""
    is_capitalised = (flags & W.IS_CAPITALISED) > 0
    for index in np.flatnonzero(flags & (W.CLOSES_FORM | W.OPENS_FORM)).tolist():
        if flags[index] & W.CLOSES_FORM:
            first = index
            while first and index - first < _LONGEST_FORM - 1 and is_capitalised[first - 1]:
                first -= 1
                yield first, index
        elif index + 1 < len(flags) and is_capitalised[index + 1]:
            yield index, index + 1


def _described_spans(flags: W.Rows) -> Iterator[tuple[int, int]]:
    """Yield the first and last tokens of "Xxxx airport", "Xxxx Xxxx nuclear plant" and the like, known or not."""
    is_capitalised = (flags & W.IS_CAPITALISED) > 0
    for last in np.flatnonzero(flags & W.NAMES_KIND).tolist():
        head = last - 1
        while head >= 0 and last - head < _LONGEST_FORM and flags[head] & W.NARROWS_KIND:
            head -= 1
        first = head + 1
        while first > 0 and head - first < _LONGEST_FORM - 2 and is_capitalised[first - 1]:
            first -= 1
            yield first, last


def _unknown_spans(begins: np.ndarray, rows: W.Rows) -> Iterator[tuple[int, int]]:
    """Yield single tokens that are neither words nor persons' names, and runs of capitals after "in" and the like."""
    flags = rows[W.PADDING : -W.PADDING, W.FLAGS]
    is_capitalised = (flags & W.IS_CAPITALISED) > 0
    for index in np.flatnonzero(begins & ((flags & W.IS_UNHEARD) > 0)).tolist():
        yield index, index
    is_placed = rows[W.PADDING - 1 : -W.PADDING - 1, W.IS_LOCATIVE] > 0
    is_plain = is_capitalised & (rows[W.PADDING : -W.PADDING, W.SHAPE] != W.ALL_CAPITALS)
    for index in np.flatnonzero(begins & is_plain & is_placed).tolist():
        last = index
        while last < index + 2 and last + 1 < len(flags) and is_capitalised[last + 1]:
            last += 1
        yield index, last
