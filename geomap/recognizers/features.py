"""What speaks for and against a span being a place name: the name itself, its neighbours, and the rest of the report.

`SpanFeatures` gives three matrices with a row for each span: numbers of words (the model has a weight for each word in
each position), codes (a weight for each value), and measures (for the trees).
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import Final

import numpy as np
import numpy.typing as npt

from geomap.languages import ENGLISH, Language
from geomap.recognizers import names as N  # noqa: N812 -- columns are named in every line below
from geomap.recognizers import vocabulary as W  # noqa: N812 -- likewise
from geomap.recognizers.containment import COLUMNS as CONTAINED
from geomap.recognizers.containment import find_contained
from geomap.recognizers.legible import BREAK, DASH
from geomap.recognizers.spans import Span
from geomap.recognizers.surroundings import Sites
from geomap.recognizers.tokens import Tokens

POSITIONS: Final = (
    "before3", "before2", "before", "after", "after2", "after3", "before_list", "after_list", "first", "last",
    "run_end", "unknown",
)  # fmt: skip
_CODED: Final = [N.FEATURE, N.LETTER, N.SIZE, N.SPREAD]
_WITH_LEXICON: Final = [POSITIONS.index(name) for name in ("first", "last", "before", "before2", "after", "after2")]
_LONGEST_LIST: Final = 4  # names on either side
PAIRS: Final = 1 << 15  # two words beside each other are hashed to so many numbers
# name of a code -> how many values it has; the codes of types, two for each word, are as many as a language has
CODES: Final = {
    "count": 5 * 7 * 2, "type": 2, "feature": len(N.FEATURES) + 1, "size": N.SIZES, "spread": N.SPREADS,
    "letter": 10 * N.SIZES, "word": 16 * W.LEVEL, "word_size": 16 * N.SIZES, "lexicon_size": 8 * N.SIZES,
    "lexicon_letter": W.LEVEL**3 * 11, "many": 5,
    "shapes_before": W.SHAPES**2, "shapes_after": W.SHAPES**2, "shapes": W.SHAPES**2, "joined": 4 * 8, "hyphens": 4,
    "run": 16, "contained": 16,
    "before_name": W.LEVEL**2, "after_name": W.LEVEL**3, "start": 2 * W.SHAPES, "pair": 32,
    "alone": 12, "uses": 12, "covered": 5, "pair_before": PAIRS, "pair_after": PAIRS, "pair_around": PAIRS,
}  # fmt: skip
_COMMA, _BRACKET, _BREAK = (W.SIGNS[sign] for sign in f",({BREAK}")
_BITS: Final = 1 << np.arange(len(CONTAINED))
_IS_DASH: Final = np.isin(np.arange(W.SHAPES), [W.SIGNS[sign] for sign in f"({DASH}–—"])

Integers = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float32]


@cache
def code_offsets(language: Language) -> Integers:
    """Return where the values of each of `CODES` begin among all codes of a language, and the number of codes."""
    kinds = len(language.names.kinds) + 1
    sizes = [size * kinds if name == "type" else size for name, size in CODES.items()]
    offsets: Integers = np.cumsum([0, *sizes])
    return offsets


class SpanFeatures:
    """The features of all spans of reports whose texts were split together."""

    def __init__(
        self,
        tokens: Tokens,
        spans: Sequence[Span],
        rows: W.Rows,
        known: N.Known,
        *,
        language: Language = ENGLISH,
    ) -> None:
        self._rows = rows
        self._offsets = code_offsets(language)
        self._known = known.rows
        bounds = np.array([(span.first, span.last, span.end - span.start) for span in spans])
        self._first, self._last, self._length = bounds[:, 0] + W.PADDING, bounds[:, 1] + W.PADDING, bounds[:, 2]
        self._count = self._last - self._first + 1
        self._report = tokens.firsts.searchsorted(bounds[:, 0], side="right") - 1
        self._from_start = _count_from_line_start(tokens, rows)[bounds[:, 0]]
        self._size = (tokens.stops - tokens.firsts)[self._report]
        self._gaps = _find_gaps(rows)
        is_joint = np.isin(rows[W.PADDING : -W.PADDING, W.SHAPE], (_COMMA, _BRACKET))
        self._contained, self.pairs = find_contained(bounds[:, 0], bounds[:, 1], known, is_joint)
        self._read_neighbours(tokens)
        self._read_runs()
        name = self._read_uses(tokens, spans)
        self.sites = Sites(self._report, name, bounds[:, 0], bounds[:, 1], *known[1:5])
        """Where the spans stand and what they may name."""

    def _read_neighbours(self, tokens: Tokens) -> None:
        rows, first, last = self._rows, self._first, self._last
        is_joined = np.zeros(len(rows), dtype=bool)
        is_joined[W.PADDING : -W.PADDING] = tokens.is_joined
        self._joined_before, self._joined_after = is_joined[first], is_joined[last + 1]
        is_hyphened = np.append(tokens.is_hyphened, False)
        self._hyphens = is_hyphened[first - W.PADDING] * 2 + is_hyphened[last + 1 - W.PADDING]
        behind = last + 1  # a possessive is stepped over: "Jordan's dams"
        apostrophe = self._joined_after & ((rows[behind, W.FLAGS] & W.IS_APOSTROPHE) > 0)
        owned = apostrophe & is_joined[last + 2] & ((rows[last + 2, W.FLAGS] & W.IS_S) > 0)
        self._owns = apostrophe.astype(np.int64) + owned
        behind += self._owns
        before_list, after_list = self._find_list(first - 1, behind)
        self._around = rows.take(
            [first - 3, first - 2, first - 1, behind, behind + 1, behind + 2, before_list, after_list, first, last],
            axis=0,
        )
        """For each of `POSITIONS` but the last two, and each span: the row of the word there."""
        _, self._before2, self._before, self._after, self._after2, *_, self._head, self._tail = self._around
        sign = self._before[:, W.ENDS].astype(bool) & ~self._joined_before
        self._starts = sign | (self._before[:, W.SHAPE] == W.OUTSIDE)
        upper = np.concatenate([[0], np.cumsum(rows[:, W.IS_UPPER])])
        self._is_upper = upper[last + 1] - upper[first] == self._count

    def _read_runs(self) -> None:
        """Count the capitalised words that stand before and after without a gap."""
        gap_before, gap_after = self._gaps
        self._left = np.minimum(self._first - 1 - gap_before[self._first - 1], 4)
        self._right = np.minimum(gap_after[self._last + 1] - self._last - 1, 4)
        self._run_end = self._rows[self._last + self._right, W.WORD] * (self._right > 0)

    def _find_list(self, before: Integers, after: Integers) -> tuple[Integers, Integers]:
        """Return where the words around the list of a name stand: "flights to Nice, Split, Cork and Bari were"."""
        is_part, index = self._rows[:, W.IS_PART] > 0, np.arange(len(self._rows))
        lists = (self._rows[:, W.FLAGS] & W.LISTS) > 0
        steps = []
        for step, gaps in zip((-1, 1), self._gaps, strict=True):
            beyond = index + step
            beyond += step * lists.take(beyond, mode="clip")  # ", and"
            goes_on = lists & is_part.take(beyond, mode="clip")
            steps.append(np.where(goes_on, gaps.take(beyond, mode="clip"), index))
        for _ in range(_LONGEST_LIST):
            before, after = steps[0][before], steps[1][after]
        return before, after

    def _read_uses(self, tokens: Tokens, spans: Sequence[Span]) -> Integers:
        """Count where else the report has the name: on its own, after "in" and the like, behind a first name.

        Return the number of the name of each span.
        """
        numbers: dict[tuple[int, str], int] = {}
        keys = [tokens.name(span.first, span.last) for span in spans]
        places = zip(self._report.tolist(), keys, strict=True)
        name = np.array([numbers.setdefault(place, len(numbers)) for place in places], dtype=np.int64)
        alone = (self._left == 0) & (self._right == 0)
        self._locative_here = self._before[:, W.IS_LOCATIVE] > 0
        person = ~alone & (self._left > 0) & (self._before[:, W.FIRST] > 5)
        counts = [np.bincount(name, use)[name] for use in (alone, alone & self._locative_here, person, alone | ~alone)]
        self._alone, self._locative, self._person, self._uses = counts
        containers = np.zeros(len(self._rows), dtype=bool)
        containers[self._first] = self._known[:, N.IS_CONTAINER] > 0
        shape = self._after[:, W.SHAPE]
        behind = self._last + 2
        self._in_container = ((shape == _COMMA) | (shape == _BRACKET)) & containers[behind]
        self._is_container = (
            containers[self._first] & (self._before[:, W.SHAPE] == _COMMA) & (self._before2[:, W.IS_PART] > 0)
        )
        self._dateline = (self._from_start < 4) & _IS_DASH[shape]
        self._covered = _cover(spans)
        return name

    def words(self) -> Integers:
        """Return for each span the numbers of the words in `POSITIONS`, 0 for none."""
        unknown = self._tail[:, W.WORD] * (self._known[:, N.KIND] < 0)
        return np.concatenate([self._around[:, :, W.WORD], [self._run_end, unknown]]).astype(np.int64).T

    def codes(self) -> Integers:
        """Return the number of the value of each of `CODES`, from 0 over all of them (`code_offsets`)."""
        columns = (
            *self._codes_of_name(),
            *self._codes_of_neighbours(),
            *self._codes_of_report(),
            *self._codes_of_pairs(),
        )
        codes = np.empty((len(columns), len(self._first)), dtype=np.int64)
        for number, column in enumerate(columns):
            codes[number] = column
        codes += self._offsets[:-1, None]
        return codes.T

    def _codes_of_name(self) -> list[npt.NDArray[np.generic]]:
        feature, letter, size, spread = self._known[:, _CODED].astype(np.int64).T
        letter += 1
        is_one, is_usual_word = self._count == 1, self._head[:, W.COMMON] > 0
        common, levels = self._head[:, W.COMMON] * is_one, self._head[:, W.LEVELS] * is_one
        lexicon = self._head[:, W.LEXICON] * is_one
        shape = np.minimum(self._count, 4) * 7 + self._is_upper * np.minimum(self._length, 6)
        return [
            shape * 2 + (self._head[:, W.IS_LOCATIVE] > 0),
            self._tail[:, W.TYPE] * 2 + (self._tail[:, W.IS_PART] > 0),
            feature + 1,
            size,
            spread,
            np.minimum(letter, 9) * N.SIZES + size,
            common * W.LEVEL + levels % W.LEVEL,
            (common * N.SIZES + size) * is_one,
            lexicon * N.SIZES + size,
            (levels * 11 + letter) * is_one,
            (1 + is_usual_word * 2 + (self._tail[:, W.COMMON] > 0)) * ~is_one,
        ]

    def _codes_of_neighbours(self) -> list[npt.NDArray[np.generic]]:
        before, after = self._before[:, W.SHAPE], self._after[:, W.SHAPE]
        has_left, has_right = self._left > 0, self._right > 0
        levels = self._after[:, W.LEVELS] * has_right
        return [
            before * W.SHAPES + self._before2[:, W.SHAPE],
            after * W.SHAPES + self._after2[:, W.SHAPE],
            before * W.SHAPES + after,
            self._owns * 8 + self._joined_before * 4 + self._joined_after * 2 + self._starts,
            self._hyphens,
            np.minimum(self._left, 3) * 4 + np.minimum(self._right, 3),
            self._contained @ _BITS,
            self._before[:, W.LEVELS] // W.LEVEL * has_left,
            levels,
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

    def measures(self, asked: Integers, chances: Floats) -> Floats:
        """Return the measures that the trees decide by, for the spans with the indices ``asked``.

        ``chances`` has for each word its log-odds of being a place, a person's name, a word. `geomap.recognizers.model`
        adds what depends on the weights of words and codes.
        """
        count = len(asked)
        around = self._around[:, asked].swapaxes(0, 1)
        lexicon = around[:, _WITH_LEXICON, W.COMMON : W.LAST + 1].reshape(count, len(_WITH_LEXICON) * 3)
        likely = chances.take(around[:, :, W.WORD], axis=0).reshape(count, around.shape[1] * 3)
        single = np.array([
            self._count, self._length, self._left, self._right, self._alone, self._locative, self._person, self._uses,
            self._covered, self._is_upper, self._starts, self._in_container,
        ], dtype=np.float32).T  # fmt: skip
        size = self._size[asked, None]
        parts = (self._known[asked], lexicon, likely, single[asked], self._contained[asked], size)
        return np.hstack(parts, dtype=np.float32)


def _count_from_line_start(tokens: Tokens, rows: W.Rows) -> Integers:
    """Return how many tokens stand before each one in its line."""
    index = np.arange(len(tokens))
    begins = np.zeros(len(tokens), dtype=np.int64)
    begins[tokens.firsts[tokens.firsts < len(tokens)]] = tokens.firsts[tokens.firsts < len(tokens)]
    breaks = np.flatnonzero(rows[W.PADDING : -W.PADDING, W.SHAPE] == _BREAK) + 1
    breaks = breaks[breaks < len(tokens)]
    begins[breaks] = breaks
    counts: Integers = index - np.maximum.accumulate(begins)
    return counts


def _find_gaps(rows: W.Rows) -> tuple[Integers, Integers]:
    """Return for each token the nearest ones before and after that are no part of a name, or the token itself."""
    is_part, index = rows[:, W.IS_PART] > 0, np.arange(len(rows))
    before = np.maximum.accumulate(np.where(is_part, 0, index))
    after = np.minimum.accumulate(np.where(is_part, len(rows) - 1, index)[::-1])[::-1]
    return before, after


def _pair(first: Integers, second: Integers) -> Integers:
    hashed = (first * 40_503 + second * 30_011) >> 3
    pairs: Integers = np.where((first > 0) & (second > 0), hashed % (PAIRS - 1) + 1, 0)
    return pairs


def _cover(spans: Sequence[Span]) -> Integers:
    """Return how spans lie in longer known ones: 0 not, 1 in the middle, 2 at the end, 3 at the start."""
    covered = [0] * len(spans)
    for index, other in enumerate(spans):
        if other.first == other.last or not other.postings:
            continue
        for inner in range(max(0, index - 7), min(index + 9, len(spans))):
            span = spans[inner]
            if other.first <= span.first and span.last <= other.last and inner != index:
                covered[inner] = 1 + 2 * (other.first == span.first) + (other.last == span.last)
    return np.array(covered)
