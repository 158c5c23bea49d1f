"""What is known of single words: one row of numbers for each different token, computed when it is first met."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

import numpy as np
import numpy.typing as npt

from geomap.gazetteer.index import Gazetteer
from geomap.recognizers.tokens import WALL, Tokens

# words that stand in lower case inside names, and words for kinds of units behind them
SMALL_WORDS: Final = frozenset(
    "of the and de la le les du des del di da do dos das el al as ar ash an ad at az en am im sur sous upon on in by "
    "und y e i van von der den ez es d l s st".split()
)
LOCATIVE: Final = frozenset("in at near from to into around outside across through towards toward via".split())
TYPE_WORDS: Final = frozenset(
    "oblast region province governorate county district parish state territory krai republic prefecture department "
    "municipality raion canton voivodeship township borough city town village sea river lake gulf strait bay valley "
    "mountains mountain desert peninsula island islands coast airport bridge dam crossing camp hospital square "
    "plant station prison jail airfield airbase base port harbour harbor refinery mine stadium university mosque "
    "cathedral church monastery market palace tower monument metro pass border checkpoint reservoir canal forest "
    "park zone strip heights isle cape delta basin plateau archipelago suburb neighbourhood neighborhood".split()
)
# words that stand in lower case between a name and the kind of a place: "Zaporizhzhia nuclear power plant"
_MIDDLE_WORDS: Final = frozenset(
    "nuclear power thermal hydroelectric refugee military naval air international detention railway train oil gas "
    "steel border national marine displacement".split()
)
# "Xxxx County", "Lake Xxxx": places that a gazetteer may lack
_LAST_WORDS: Final = frozenset(
    "Oblast Region Province Governorate County District Parish Township Prefecture Raion Municipality Borough "
    "River Creek Valley Hills Hill Springs Grove Ford Village Town City Estate "
    "Island Islands Mountains Bay Beach Lake Peninsula Airport Bridge Dam".split()
)
_STREET_WORDS: Final = frozenset(
    "Street Road Avenue Drive Lane Boulevard Highway Parkway Way Court Trail Circle Park Square St Rd Ave Blvd".split()
)
_FIRST_WORDS: Final = frozenset(
    "Lake Mount Mt Fort River Camp Cape Port Wadi Tel Tell Jabal Jebel Khirbet Khirbat Deir".split()
)
_CLOSING_WORDS: Final = _LAST_WORDS | _STREET_WORDS | {w for w in TYPE_WORDS if w.capitalize() in _LAST_WORDS}
# what stands between a name and the words that govern it, other names aside: "against Italy, Spain and northern France"
_STEPPED_OVER: Final = frozenset(
    "and or nor , & / the a an both northern southern eastern western north south east west central rural modern "
    "ancient present day nearby neighbouring neighboring former upper lower inner outer mainland".split()
)
# capitalised where a sentence starts, yet no name
_STARTERS: Final = frozenset(
    "in at near from to into around outside across through towards toward via of on by for with against after before "
    "since during under over between among as like when while where if but he she it they we you i his her their our "
    "this that these those there who which what".split()
)
_INNER_WORDS: Final = SMALL_WORDS | TYPE_WORDS | _MIDDLE_WORDS
_JOINING_SIGNS: Final = ".'\u2019&@#_"  # what goes on behind them is no word of its own: "U.S.", "don't"

_CONTRACTION: Final = re.compile(r"['\u2019](?:ve|ll|re|m|d|t)$", re.IGNORECASE)

_LISTING: Final = frozenset(", ; / and or und et y".split())

_MOST_WORDS: Final = 200_000  # then the table starts anew, so that memory does not grow with the input
_TYPE_NUMBERS: Final = {word: number for number, word in enumerate(sorted(TYPE_WORDS), 1)}
SIGNS: Final = {sign: number for number, sign in enumerate(".,;:!?()[]\"'“”‘’-–—/&@#$%*", 6)}
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
# it; is where a text ends; is stepped over on the way from a name to what governs it
(
    MAY_BEGIN, IS_CAPITALISED, BREAKS_NAME, IS_UNHEARD, CLOSES_FORM, OPENS_FORM, JOINS, LISTS, IS_APOSTROPHE, IS_S,
    IS_EDGE, STANDS_BETWEEN,
) = (1 << bit for bit in range(12))  # fmt: skip
PADDING: Final = WALL  # rows on either side of those of the tokens
_EDGE: Final = 1  # the number of the row next to a text; row 0 is what lies further outside
_OUTSIDE: Final = np.array([_EDGE] + [0] * (WALL - 2) + [_EDGE])
Rows = npt.NDArray[np.int32]


class TokenTable:
    """Gives tokens as rows of the columns `COLUMNS`; ``words`` maps folded words to numbers from 1, others are 0."""

    def __init__(self, words: Mapping[str, int], gazetteer: Gazetteer) -> None:
        self._words = words
        self._gazetteer = gazetteer
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
            self._words.get(folded, 0),
            *levels,
            _shape(text),
            _TYPE_NUMBERS.get(folded, 0),
            text[0].isupper() or text == "&",
            text.isupper() or not text.isalpha(),
            folded in LOCATIVE,
            text in '.!?"“”',
            _flags(text, folded, is_heard=any(levels)),
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


def _flags(text: str, folded: str, *, is_heard: bool) -> int:
    head = text[0]
    is_capitalised = head.isupper() and len(text) > 1
    flags = {
        # "I've" is not the fourth arrondissement (IVe)
        MAY_BEGIN: not head.islower()
        and head.isalnum()
        and not _CONTRACTION.search(text),  # caseless ones and numbers, too ("10 Downing Street")
        IS_CAPITALISED: is_capitalised,
        BREAKS_NAME: head.islower() and folded not in _INNER_WORDS,
        IS_UNHEARD: is_capitalised and not text.isupper() and len(text) > 3 and not is_heard,
        CLOSES_FORM: text in _CLOSING_WORDS,
        OPENS_FORM: text in _FIRST_WORDS,
        JOINS: text in _JOINING_SIGNS,
        LISTS: text in _LISTING,
        IS_APOSTROPHE: text in "'\u2019",
        IS_S: text in "sS",
        STANDS_BETWEEN: folded in _STEPPED_OVER or (head.isupper() and folded not in _STARTERS),
    }
    return sum(flag for flag, holds in flags.items() if holds)
