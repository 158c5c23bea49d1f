"""What speaks for and against a span being a place name: the name itself, its neighbours, and the rest of the report.

`SpanFeatures` gives three matrices with a row for each span: numbers of words (the model has a weight for each word in
each position), codes (a weight for each value), and measures (for the trees).
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import numpy as np
import numpy.typing as npt

from geomap.recognizers import names as N  # noqa: N812 -- columns are named in every line below
from geomap.recognizers import vocabulary as W  # noqa: N812 -- likewise
from geomap.recognizers.scanning import TYPE_WORDS, Span
from geomap.recognizers.tokens import Tokens

POSITIONS: Final = ("before2", "before", "after", "after2", "run_end", "unknown", "first", "last")
PAIRS: Final = 1 << 15  # two words beside each other are hashed to so many numbers
_TYPES: Final = len(TYPE_WORDS) + 1
# name of a code -> how many values it has
CODES: Final = {
    "count": 5 * 7 * 2, "type": _TYPES * 2, "feature": len(N.FEATURES) + 1, "size": 70, "places": 12, "letter": 700,
    "word": 16 * 6, "word_size": 16 * 70, "lexicon_size": 8 * 70, "lexicon_letter": 216 * 11, "many": 5,
    "shapes_before": W.SHAPES**2, "shapes_after": W.SHAPES**2, "shapes": W.SHAPES**2, "joined": 8, "run": 16,
    "before_name": 36, "after_name": 6 * 4, "after_common": 36, "start": 2 * W.SHAPES, "pair": 32,
    "alone": 12, "uses": 12, "covered": 5, "pair_before": PAIRS, "pair_after": PAIRS, "pair_around": PAIRS,
}  # fmt: skip
_OFFSETS: Final = np.cumsum([0, *CODES.values()])
CODE_COUNT: Final = int(_OFFSETS[-1])
_COMMA, _BRACKET = (W.SIGNS[sign] for sign in ",(")
_DASHES: Final = np.array([W.SIGNS[sign] for sign in "(-–—"])

Integers = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float32]


class SpanFeatures:
    """Holds the features of all spans of one report."""

    def __init__(self, tokens: Tokens, spans: Sequence[Span], rows: W.Rows, known: N.Rows) -> None:
        self._rows = rows  # two rows of padding on either side
        self._known = known
        self._first = np.array([span.first for span in spans]) + 2
        self._last = np.array([span.last for span in spans]) + 2
        self._count = self._last - self._first + 1
        self._length = np.array([span.end - span.start for span in spans])
        self._read_neighbours(tokens, spans)
        self._read_runs()
        self._read_uses(tokens, spans)

    def _read_neighbours(self, tokens: Tokens, spans: Sequence[Span]) -> None:
        rows, first, last = self._rows, self._first, self._last
        self._before2, self._before, self._head = rows[first - 2], rows[first - 1], rows[first]
        self._tail, self._after, self._after2 = rows[last], rows[last + 1], rows[last + 2]
        size = len(tokens)
        self._joined_before = np.array([s.first > 0 and tokens.ends[s.first - 1] == s.start for s in spans])
        self._joined_after = np.array([s.last + 1 < size and tokens.starts[s.last + 1] == s.end for s in spans])
        sign = self._before[:, W.ENDS].astype(bool) & ~self._joined_before
        self._starts = sign | (self._before[:, W.SHAPE] == W.OUTSIDE)
        upper = np.concatenate([[0], np.cumsum(rows[:, W.IS_UPPER])])
        self._is_upper = upper[last + 1] - upper[first] == self._count

    def _read_runs(self) -> None:
        """Count the capitalised words that stand before and after without a gap."""
        is_part, size = self._rows[:, W.IS_PART].astype(bool), len(self._rows)
        index = np.arange(size)
        gap_before = np.maximum.accumulate(np.where(is_part, 0, index))
        gap_after = np.minimum.accumulate(np.where(is_part, size - 1, index)[::-1])[::-1]
        self._left = np.minimum(self._first - 1 - gap_before[self._first - 1], 4)
        self._right = np.minimum(gap_after[self._last + 1] - self._last - 1, 4)
        self._run_end = self._rows[self._last + self._right, W.WORD] * (self._right > 0)

    def _read_uses(self, tokens: Tokens, spans: Sequence[Span]) -> None:
        """Count where else the report has the name: on its own, after "in" and the like, behind a first name."""
        numbers: dict[str, int] = {}
        keys = [tokens.name(span.first, span.last) for span in spans]
        name = np.array([numbers.setdefault(key, len(numbers)) for key in keys], dtype=np.int64)
        alone = (self._left == 0) & (self._right == 0)
        self._locative_here = self._before[:, W.IS_LOCATIVE] > 0
        person = ~alone & (self._left > 0) & (self._before[:, W.FIRST] > 5)
        counts = [np.bincount(name, use)[name] for use in (alone, alone & self._locative_here, person, alone | ~alone)]
        self._alone, self._locative, self._person, self._uses = counts
        containers = np.zeros(len(self._rows), dtype=bool)
        containers[self._first] = self._known[:, N.IS_CONTAINER] > 0
        shape = self._after[:, W.SHAPE]
        behind = np.minimum(self._last + 2, len(containers) - 1)
        self._in_container = ((shape == _COMMA) | (shape == _BRACKET)) & containers[behind]
        self._is_container = (
            containers[self._first] & (self._before[:, W.SHAPE] == _COMMA) & (self._before2[:, W.IS_PART] > 0)
        )
        self._dateline = (self._first < 6) & np.isin(shape, _DASHES)
        self._covered = _cover(spans)

    def words(self) -> Integers:
        """Return the number of the word in each of `POSITIONS`, 0 for none."""
        unknown = self._tail[:, W.WORD] * (self._known[:, N.KIND] < 0)
        around = (self._before2, self._before, self._after, self._after2)
        columns = [*(each[:, W.WORD] for each in around), self._run_end, unknown]
        return np.stack([*columns, self._head[:, W.WORD], self._tail[:, W.WORD]], axis=1).astype(np.int64)

    def codes(self) -> Integers:
        """Return the number of the value of each of `CODES`, from 0 to `CODE_COUNT` over all of them."""
        columns = [
            *self._codes_of_name(),
            *self._codes_of_neighbours(),
            *self._codes_of_report(),
            *self._codes_of_pairs(),
        ]
        codes: Integers = np.stack(columns, axis=1).astype(np.int64) + _OFFSETS[:-1]
        return codes

    def _codes_of_name(self) -> list[npt.NDArray[np.generic]]:
        known = self._known.astype(np.int64)
        count, is_one = np.minimum(self._count, 4), self._count == 1
        common, first, last = (self._head[:, column] for column in (W.COMMON, W.FIRST, W.LAST))
        last_common = self._tail[:, W.COMMON] > 0
        size = (known[:, N.KIND] + 1) * 10 + np.clip(known[:, N.IMPORTANCE], 0, 9)
        letter = known[:, N.LETTER] + 1
        lexicon = ((common > 0) * 4 + (first > 3) * 2 + (last > 3)) * is_one
        levels = ((common // 3) * 36 + (first // 3) * 6 + last // 3) * is_one
        bits = np.minimum(_bits(known[:, N.PLACES]), 5)
        return [
            (count * 7 + self._is_upper * np.minimum(self._length, 6)) * 2 + (self._head[:, W.IS_LOCATIVE] > 0),
            self._tail[:, W.TYPE] * 2 + (self._tail[:, W.IS_PART] > 0),
            known[:, N.FEATURE] + 1,
            size,
            bits * 2 + (self._known[:, N.PREFERRED] > 0),
            np.minimum(letter, 9) * 70 + size,
            (common * 6 + last // 3) * is_one,
            (common * 70 + size) * is_one,
            lexicon * 70 + size,
            np.where(is_one, levels * 11 + np.minimum(letter, 10), 0),
            np.where(is_one, 0, 1 + (self._head[:, W.COMMON] > 0) * 2 + last_common),
        ]

    def _codes_of_neighbours(self) -> list[npt.NDArray[np.generic]]:
        before, after = self._before[:, W.SHAPE], self._after[:, W.SHAPE]
        has_left, has_right = self._left > 0, self._right > 0
        levels = {column: self._after[:, column] for column in (W.COMMON, W.FIRST, W.LAST)}
        return [
            before * W.SHAPES + self._before2[:, W.SHAPE],
            after * W.SHAPES + self._after2[:, W.SHAPE],
            before * W.SHAPES + after,
            self._joined_before * 4 + self._joined_after * 2 + self._starts,
            np.minimum(self._left, 3) * 4 + np.minimum(self._right, 3),
            (self._before[:, W.FIRST] // 3 * 6 + self._before[:, W.COMMON] // 3) * has_left,
            (levels[W.LAST] // 3 * 4 + levels[W.COMMON] // 4) * has_right,
            (levels[W.COMMON] // 3 * 6 + levels[W.FIRST] // 3) * has_right,
            self._starts * W.SHAPES + after,
            self._in_container * 4 + self._is_container * 2 + self._dateline,
        ]

    def _codes_of_report(self) -> list[npt.NDArray[np.generic]]:
        elsewhere = self._locative > self._locative_here
        return [
            np.minimum(self._alone, 3) * 3 + np.minimum(self._locative, 2),
            np.minimum(self._person, 2) * 4 + elsewhere * 2 + self._locative_here,
            self._covered,
        ]

    def _codes_of_pairs(self) -> list[npt.NDArray[np.generic]]:
        before2, before, after, after2 = (
            each[:, W.WORD].astype(np.int64) for each in (self._before2, self._before, self._after, self._after2)
        )
        return [_pair(before2, before), _pair(after, after2), _pair(before, after)]

    def measures(self, chances: Floats, log_odds: Floats) -> Floats:
        """Return the numbers that the trees decide by.

        ``chances`` has for each word its log-odds of being a place, a person's name, a word; ``log_odds`` is for each
        span what the weights of its words and codes add up to.
        """
        around = (self._before, self._before2, self._after, self._after2)
        lexicon = [W.COMMON, W.FIRST, W.LAST]
        blocks = [
            self._known, self._head[:, lexicon], self._tail[:, lexicon],
            *(each[:, lexicon] for each in around),
            *(chances[each[:, W.WORD]] for each in (*around, self._head, self._tail)),
        ]  # fmt: skip
        single = [
            self._count, self._length, self._left, self._right, self._alone, self._locative, self._person, self._uses,
            self._covered, self._is_upper, self._starts, self._in_container, np.full(len(self._first), len(self._rows)),
            log_odds,
        ]  # fmt: skip
        return np.hstack([*blocks, np.stack(single, axis=1)]).astype(np.float32)


def _bits(numbers: Integers) -> Integers:
    bits: Integers = np.ceil(np.log2(np.maximum(numbers, 0) + 1)).astype(np.int64)
    return bits


def _pair(first: Integers, second: Integers) -> Integers:
    hashed = (first * 40_503 + second * 30_011) >> 3
    pairs: Integers = np.where((first > 0) & (second > 0), hashed % (PAIRS - 1) + 1, 0)
    return pairs


def _cover(spans: Sequence[Span]) -> Integers:
    """Return how spans lie in longer known ones: 0 not, 1 in the middle, 2 at the end, 3 at the start."""
    covered = np.zeros(len(spans), dtype=np.int64)
    for index, span in enumerate(spans):
        for other in spans[max(0, index - 8) : index + 8]:
            if other.postings and other.first <= span.first and span.last <= other.last and other is not span:
                covered[index] = 1 + 2 * (other.first == span.first) + (other.last == span.last)
    return covered
