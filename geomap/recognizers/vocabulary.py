"""What is known of single words: one row of numbers for each different token, computed when it is first met."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

import numpy as np
import numpy.typing as npt

from geomap.gazetteer.index import Gazetteer
from geomap.languages import ENGLISH, Language
from geomap.recognizers.legible import BREAK, DASH
from geomap.recognizers.tokens import WALL, Tokens

_JOINING_SIGNS: Final = ".'\u2019&_"  # what goes on behind them is no word of its own: "U.S.", "don't"
_LIST_SIGNS: Final = frozenset(",;/")
_SENTENCE_ENDS: Final = f'.!?"“”*{BREAK}'
_SIGNS_STEPPED_OVER: Final = frozenset(",&/")
_READ_AS: Final = {BREAK: ".", DASH: "\u2013"}  # the words whose weights these signs have
_MOST_WORDS: Final = 200_000  # then the table starts anew, so that memory does not grow with the input
SIGNS: Final = {sign: number for number, sign in enumerate(f".,;:!?()[]\"'“”‘’{DASH}–—/&@#$%*{BREAK}", 6)}
SHAPES: Final = 6 + len(SIGNS) + 1
ALL_CAPITALS, CAPITALISED, LOWER, DIGITS, OUTSIDE = 1, 2, 3, 4, 0

COLUMNS: Final = (
    "word", "common", "first", "last", "shape", "type", "is_part", "is_upper", "is_locative", "ends", "flags",
    "levels", "lexicon",
)  # fmt: skip
WORD, COMMON, FIRST, LAST, SHAPE, TYPE, IS_PART, IS_UPPER, IS_LOCATIVE, ENDS, FLAGS, LEVELS, LEXICON = range(
    len(COLUMNS)
)
LEVEL: Final = 6  # levels of the lexicon in thirds; three of them make the column "levels"
# bits of the flags: may begin a name; is written as in a name; stands in no name as it is written; is no known word;
# ends or begins names of a form; joins what follows; stands between the parts of a list; is an apostrophe, the s behind
# it; is where a text ends; says in lower case what kind of place stands before it, or narrows such a word, or says it
# of several; is stepped over on the way from a name to what governs it
(
    MAY_BEGIN, IS_CAPITALISED, BREAKS_NAME, IS_UNHEARD, CLOSES_FORM, OPENS_FORM, JOINS, LISTS, IS_APOSTROPHE, IS_S,
    IS_EDGE, NAMES_KIND, NARROWS_KIND, SHARES_KIND, STANDS_BETWEEN,
) = (1 << bit for bit in range(15))  # fmt: skip
PADDING: Final = WALL  # rows on either side of those of the tokens
_EDGE: Final = 1  # the number of the row next to a text; row 0 is what lies further outside
_OUTSIDE: Final = np.array([_EDGE] + [0] * (WALL - 2) + [_EDGE])
Rows = npt.NDArray[np.int32]


class TokenTable:
    """Maps tokens to rows of the columns `COLUMNS`; ``words`` maps folded words to numbers from 1, others are 0."""

    def __init__(self, words: Mapping[str, int], gazetteer: Gazetteer, language: Language = ENGLISH) -> None:
        self._words = words
        self._gazetteer = gazetteer
        self._flags = _FlagReader(language)
        self._locatives = language.names.locatives
        self._kinds = {word: number for number, word in enumerate(sorted(language.names.kinds), 1)}
        self._number_of: dict[str, int] = {}
        self._rows = np.zeros((1024, len(COLUMNS)), dtype=np.int32)
        self._rows[_EDGE, FLAGS] = IS_EDGE

    def rows_of(self, tokens: Tokens) -> Rows:
        """Return one row per token, between `PADDING` rows on either side for what lies outside the texts."""
        if len(self._number_of) > _MOST_WORDS:
            self._number_of.clear()
        found = list(map(self._number_of.get, tokens.texts))
        numbers = np.concatenate([
            _OUTSIDE,
            [
                self._add(tokens.texts[index], tokens.name(index, index)) if number is None else number
                for index, number in enumerate(found)
            ],
            _OUTSIDE,
        ]).astype(np.int64)  # fmt: skip
        for stop in tokens.stops[:-1].tolist():
            numbers[PADDING + stop : PADDING + stop + WALL] = _OUTSIDE
        rows: Rows = self._rows.take(numbers, axis=0)
        return rows

    def _add(self, text: str, folded: str) -> int:
        known = self._number_of.get(text)
        if known is not None:  # met for the first time earlier in this very text
            return known
        number = len(self._number_of) + 2  # after what lies outside
        if number >= len(self._rows):
            self._rows = np.concatenate([self._rows, np.zeros_like(self._rows)])
        levels = common, first, last = self._gazetteer.lexicon_levels(folded)
        self._rows[number] = (
            self._words.get(_READ_AS.get(folded, folded), 0),
            *levels,
            _shape(text),
            self._kinds.get(folded, 0),
            text[0].isupper() or text == "&",
            text.isupper() or not text.isalpha(),
            folded in self._locatives,
            text in _SENTENCE_ENDS,
            self._flags.read(text, folded, is_heard=any(levels)),
            (common // 3 * LEVEL + first // 3) * LEVEL + last // 3,
            (common > 0) * 4 + (first > 3) * 2 + (last > 3),
        )
        self._number_of[text] = number
        return number


def _shape(text: str) -> int:
    head = text[0]
    if head.isalpha():
        if not head.isupper():
            return LOWER
        return ALL_CAPITALS if len(text) > 1 and text.isupper() else CAPITALISED
    return DIGITS if head.isdigit() else SIGNS.get(head, 5)


class _FlagReader:
    """Reads the flags of words off their form and the words of a language."""

    def __init__(self, language: Language) -> None:
        self._words = words = language.names
        self._shared = language.heads.shared
        self._inner = words.small_words | words.kinds | words.middle_words
        self._openers = {word.capitalize() for word in words.first_words}
        self._closers = {word.capitalize() for word in words.last_words | words.street_words}
        self._closers |= words.kinds & words.last_words
        self._listing = words.listing | _LIST_SIGNS
        self._stepped_over = words.stepped_over | _SIGNS_STEPPED_OVER

    def read(self, text: str, folded: str, *, is_heard: bool) -> int:
        """Return the flags of a word as it is written and folded."""
        head, words = text[0], self._words
        is_capitalised = head.isupper() and len(text) > 1
        flags = {
            # "I've" is not the fourth arrondissement (IVe)
            MAY_BEGIN: not head.islower()
            and head.isalnum()
            and not words.contraction.search(text),  # caseless ones and numbers, too ("10 Downing Street")
            IS_CAPITALISED: is_capitalised,
            # "d'Ivoire"
            BREAKS_NAME: head.islower() and folded not in self._inner and not any(map(str.isupper, text)),
            IS_UNHEARD: is_capitalised and not text.isupper() and len(text) > 3 and not is_heard,
            CLOSES_FORM: text in self._closers,
            OPENS_FORM: text in self._openers,
            JOINS: text in _JOINING_SIGNS,
            LISTS: text in self._listing,
            IS_APOSTROPHE: text in "'\u2019",
            IS_S: text in words.possessive,
            NAMES_KIND: text in words.kinds and text not in words.units,
            NARROWS_KIND: text in words.middle_words,
            SHARES_KIND: folded in self._shared,
            STANDS_BETWEEN: folded in self._stepped_over or (head.isupper() and folded not in words.sentence_starters),
        }
        return sum(flag for flag, holds in flags.items() if holds)
