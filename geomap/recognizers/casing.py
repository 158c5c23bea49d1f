"""Words in the case of sentences, where a text has them all in capitals or without any.

"QUAKE SHAKES LONG BEACH" and "quake shakes long beach" both become "quake shakes Long Beach": words that the lexicon
knows lose their capitals, names that the gazetteer knows get them.
"""

from __future__ import annotations

import re
from itertools import pairwise
from typing import Final

from geomap.gazetteer.index import Gazetteer
from geomap.gazetteer.layout import KIND_NAMES, kind_of, row_of
from geomap.gazetteer.normalisation import fold_name
from geomap.languages import ENGLISH, Language
from geomap.recognizers.legible import BREAK

_CAPITALS: Final = "A-ZÀ-ÖØ-ÞĀĂĄĆČĎĐĒĖĘĚĞĢĪĮİĶŁĻĽŃŅŇŌŐŒŔŘŚŞŠŢŤŪŮŰŲŹŻŽ"
_SHOUTED: Final = re.compile(
    rf"(?<![^\W\d_])[{_CAPITALS}]{{2,}}(?:[^\w\x01\x02]{{1,3}}(?:[{_CAPITALS}]+|\d+)(?![^\W_]))+"
)
_WORD: Final = re.compile(r"[^\W\d_]+(?:['\u2019][^\W\d_]+)?")
_MAY_BE_UPPER: Final = re.compile(rf"[#@]\w+|\b(?:I|[{_CAPITALS}]{{2,}})\b")
_FEWEST_CARELESS: Final = 2  # lines without capitals
_CARELESS: Final = 0.25  # share of such lines
_FEWEST_SHOUTED: Final = 3  # words in capitals in a row, from which they are a sentence
_FEWEST_PLAIN: Final = 4  # words of a line without capitals
_LONGEST_NAME: Final = 4  # words
_INSIDE_NAME: Final = (" ", "-")
_SHORT: Final = 3  # letters of what may be an abbreviation
_KNOWN: Final = 2.0  # importance of places whose names are known in lower case
_WELL_KNOWN: Final = 4.0  # of places whose names are made of words, or of one that is a word
_RARE: Final = 4  # level in the lexicon up to which a word may be the name of a well-known place
_KNOWN_WORD: Final = 8  # the same of a famous one, where all is in capitals: "TURKEY", "CHINA"
_FAMOUS: Final = 6.5  # importance of such a place
_ABBREVIATION: Final = KIND_NAMES.index("abbreviation")


class Caser:
    """Writes words in the case of sentences."""

    def __init__(self, gazetteer: Gazetteer, language: Language = ENGLISH) -> None:
        self._gazetteer = gazetteer
        self._locatives = language.names.locatives
        self._small = language.names.small_words | language.names.locatives | language.names.sentence_starters

    def recase(self, text: str) -> str:
        """Return a text of the same length; cost is linear in its length.

        Where a good part of the lines has no capitals, all are read so: people who write like that do not always.
        """
        text = _SHOUTED.sub(self._calm, text)
        lines = text.split(BREAK)
        plain = [_is_without_capitals(line) for line in lines]
        if not any(plain):
            return text
        is_careless = sum(plain) >= max(_FEWEST_CARELESS, _CARELESS * len(lines))
        return BREAK.join(
            self._raise(line) if is_careless or is_plain else line for line, is_plain in zip(lines, plain, strict=True)
        )

    def _calm(self, found: re.Match[str]) -> str:
        words = list(_WORD.finditer(found[0]))
        if len(words) < _FEWEST_SHOUTED or not any(
            len(word[0]) > 2 and self._is_word(word[0].lower()) for word in words
        ):
            return found[0]
        return self._rewrite(found[0], words, is_shouted=True)

    def _raise(self, line: str) -> str:
        return self._rewrite(line, list(_WORD.finditer(line)), is_shouted=False)

    def _rewrite(self, text: str, words: list[re.Match[str]], *, is_shouted: bool) -> str:
        pieces, done, index = [], 0, 0
        while index < len(words):
            count = self._count_name(text, words, index, is_shouted=is_shouted)
            part = words[index : index + max(count, 1)]
            for number, word in enumerate(part):
                pieces += [text[done : word.start()], self._write(word[0], count, number, is_shouted=is_shouted)]
                done = word.end()
            index += len(part)
        return "".join([*pieces, text[done:]])

    def _write(self, word: str, count: int, number: int, *, is_shouted: bool) -> str:
        """Return a word in its case: the one with a number in a name of ``count`` words, or in none if that is 0."""
        lower = word.lower()
        if not is_shouted and word != lower:
            return word
        if lower in self._small and (number or count < 2):
            return _same_length(word, lower)
        if count > 1 or (count and not is_shouted):
            return _same_length(word, word[0].upper() + lower[1:])
        if not is_shouted:
            return word
        if not count and self._is_word(lower):
            return _same_length(word, lower)
        is_abbreviation = len(word) <= _SHORT and not (count and self._is_place(lower, _KNOWN))
        return word if is_abbreviation else _same_length(word, word[0] + lower[1:])

    def _count_name(self, text: str, words: list[re.Match[str]], index: int, *, is_shouted: bool) -> int:
        """Return how many words from one on are a name, 0 for none."""
        first = words[index][0].lower()
        for count in range(min(_LONGEST_NAME, len(words) - index), 1, -1):
            part = words[index : index + count]
            if all(text[one.end() : other.start()] in _INSIDE_NAME for one, other in pairwise(part)):
                folded = fold_name(text[part[0].start() : part[-1].end()])
                is_made_of_words = first in self._small or all(map(self._is_word, folded.split()))
                if self._is_place(folded, _WELL_KNOWN if is_made_of_words else _KNOWN):
                    return count
        if first in self._small or len(first) < _SHORT:
            return 0
        folded, level = fold_name(first), self._gazetteer.lexicon_levels(fold_name(first))[0]
        if level:
            is_rare = level <= _RARE and self._is_place(folded, _WELL_KNOWN)
            return int(is_rare or (is_shouted and level <= _KNOWN_WORD and self._is_place(folded, _FAMOUS)))
        if self._is_place(folded, _KNOWN):
            return 1
        return int(
            not is_shouted and index > 0 and words[index - 1][0].lower() in self._locatives and len(first) > _SHORT
        )

    def _is_word(self, folded: str) -> bool:
        return folded in self._small or self._gazetteer.lexicon_levels(fold_name(folded))[0] > 0

    def _is_place(self, folded: str, importance: float) -> bool:
        key = self._gazetteer.names.get(folded)
        if key is None:
            return False
        return any(
            kind_of(posting) != _ABBREVIATION and self._gazetteer.importance(row_of(posting)) >= importance
            for posting in self._gazetteer.postings(key)[:3]
        )


def _is_without_capitals(line: str) -> bool:
    """Return whether no word of a line begins with a capital, but for hashtags, abbreviations and the like."""
    if any(map(str.isupper, line)) and any(map(str.isupper, _MAY_BE_UPPER.sub("", line))):
        return False
    return sum(1 for _ in _WORD.finditer(line)) >= _FEWEST_PLAIN


def _same_length(word: str, other: str) -> str:
    return other if len(other) == len(word) else word
