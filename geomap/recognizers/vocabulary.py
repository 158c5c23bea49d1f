"""What is known of single words: one row of numbers for each different token, computed when it is first met."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

import numpy as np
import numpy.typing as npt

from geomap.gazetteer.index import Gazetteer
from geomap.recognizers.scanning import LOCATIVE, TYPE_WORDS
from geomap.recognizers.tokens import Tokens

_MOST_WORDS: Final = 200_000  # then the table starts anew, so that memory does not grow with the input
_TYPE_NUMBERS: Final = {word: number for number, word in enumerate(sorted(TYPE_WORDS), 1)}
SIGNS: Final = {sign: number for number, sign in enumerate(".,;:!?()[]\"'“”‘’-–—/&@#$%*", 6)}
SHAPES: Final = 6 + len(SIGNS) + 1
ALL_CAPITALS, CAPITALISED, LOWER, DIGITS, OUTSIDE = 1, 2, 3, 4, 0

COLUMNS: Final = ("word", "common", "first", "last", "shape", "type", "is_part", "is_upper", "is_locative", "ends")
WORD, COMMON, FIRST, LAST, SHAPE, TYPE, IS_PART, IS_UPPER, IS_LOCATIVE, ENDS = range(len(COLUMNS))
Rows = npt.NDArray[np.int32]


class TokenTable:
    """Gives tokens as rows of the columns `COLUMNS`; ``words`` maps folded words to numbers from 1, others are 0."""

    def __init__(self, words: Mapping[str, int], gazetteer: Gazetteer) -> None:
        self._words = words
        self._gazetteer = gazetteer
        self._number_of: dict[str, int] = {}
        self._rows = np.zeros((1024, len(COLUMNS)), dtype=np.int32)

    def rows_of(self, tokens: Tokens) -> Rows:
        """Return one row per token, between two rows on either side for what lies outside the text."""
        if len(self._number_of) > _MOST_WORDS:
            self._number_of.clear()
        find, add = self._number_of.get, self._add
        pairs = zip(tokens.texts, tokens.folded, strict=True)
        numbers = [find(text) or add(text, folded) for text, folded in pairs]
        rows: Rows = self._rows[[0, 0, *numbers, 0, 0]]
        return rows

    def _add(self, text: str, folded: str) -> int:
        number = len(self._number_of) + 1  # row 0 is what lies outside
        if number >= len(self._rows):
            self._rows = np.concatenate([self._rows, np.zeros_like(self._rows)])
        self._rows[number] = (
            self._words.get(folded, 0),
            *self._gazetteer.lexicon_levels(folded),
            _shape(text),
            _TYPE_NUMBERS.get(folded, 0),
            text[0].isupper() or text == "&",
            text.isupper() or not text.isalpha(),
            folded in LOCATIVE,
            text in '.!?"“”',
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
