"""What stands around names, as numbers: the words near them, those that govern them, what kind of name they are."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt

from geomap.gazetteer.layout import KIND_NAMES
from geomap.recognizers import names as N  # noqa: N812 -- columns, as in the features of recognition
from geomap.recognizers import vocabulary as W  # noqa: N812 -- likewise
from geomap.recognizers.spans import Span

REACH: Final = 4  # words on either side whose place counts
AROUND: Final = 12  # words on either side that count wherever they stand
_STEPS: Final = range(1, REACH + 1)
POSITIONS: Final = (
    *(f"before{step}" for step in _STEPS), *(f"after{step}" for step in _STEPS), "governor", "next", "around",
)  # fmt: skip
"""What stands at the governor is the nearest word before that is no other name or the like, and so is the next."""
CLASSES: Final = ("unknown", "demonym", "country", "admin1", "capital", "admin", "town", "nature", "spot", "region")
STEPS_OVER: Final = 4  # whether any word is stepped over on the way to the governor, and to the next
CODE_COUNT: Final = len(CLASSES) * STEPS_OVER
"""Codes tell the class of the name, and on which sides words are stepped over."""
# each column of words is so many steps from one of: first token, behind the last, governor, next
_FIRST, _BEHIND, _GOVERNOR, _NEXT = range(4)
_WINDOW: Final = [(_FIRST, -step) for step in range(1, AROUND + 1)] + [(_BEHIND, step) for step in range(AROUND)]
_COLUMNS: Final = [
    *((_FIRST, -step) for step in _STEPS), *((_BEHIND, step - 1) for step in _STEPS), (_GOVERNOR, 0), (_NEXT, 0),
    *_WINDOW,
]  # fmt: skip
POSITION_OF_COLUMN: Final = np.array([*range(len(POSITIONS) - 1), *[len(POSITIONS) - 1] * len(_WINDOW)])
"""The columns of `Contexts.words`, as indices into `POSITIONS`."""

_BASE_OF_COLUMN: Final = np.array([base for base, _ in _COLUMNS])
_STEP_OF_COLUMN: Final = np.array([step for _, step in _COLUMNS])
_DEMONYM: Final = KIND_NAMES.index("demonym")
_BY_FEATURE: Final = {
    "A.PCLI": "country", "A.PCLD": "country", "A.TERR": "country", "A.PCL": "country", "A.PCLS": "country",
    "A.ADM1": "admin1", "P.PPLC": "capital",
}  # fmt: skip
_BY_LETTER: Final = {"A": "admin", "P": "town", "L": "region", "H": "nature", "T": "nature"}
_CLASS_OF_FEATURE: Final = [
    CLASSES.index(_BY_FEATURE.get(name) or _BY_LETTER.get(name[:1], "spot")) for name in N.FEATURES
]
_MOST_NAMES: Final = 200_000  # then what is known of them starts anew, so that memory does not grow with the input

Integers = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Contexts:
    """The contexts of the names of one report, a row for each name."""

    words: Integers
    """The number of the word in each column of `POSITION_OF_COLUMN`."""
    codes: Integers
    """One for each name, from 0 to `CODE_COUNT`."""


class ContextReader:
    """Reads contexts; ``outside`` is the number of a word (a full stop) that stands before and behind the text."""

    def __init__(self, name_table: N.NameTable, *, outside: int) -> None:
        self._name_table = name_table
        self._outside = np.int32(outside)
        self._code_of: dict[int, int] = {}

    def read(self, rows: W.Rows, spans: Sequence[Span]) -> Contexts:
        """Return the contexts of spans of a text; ``rows`` has what is known of its tokens.

        This runs for every report: few and small operations.
        """
        find, add = self._code_of.get, self._add
        found = np.array(
            [
                (s.first + W.PADDING, s.last + W.PADDING + 1, add(s) if (code := find(s.key)) is None else code)
                for s in spans
            ]
        )
        bounds = found[:, :2]
        flags = rows[:, W.FLAGS]
        stops = (flags < W.STANDS_BETWEEN).nonzero()[0]  # it is the highest of the bits
        around = stops.take(stops.searchsorted(bounds) - _BEFORE_AND_BEHIND)
        numbers = np.where(flags & W.IS_EDGE, self._outside, rows[:, W.WORD])
        words = numbers.take(np.concatenate([bounds, around], axis=1).take(_BASE_OF_COLUMN, axis=1) + _STEP_OF_COLUMN)
        return Contexts(words, found[:, 2] + (around != bounds - _BEFORE_AND_BEHIND) @ _STEPPED_OVER)

    def _add(self, span: Span) -> int:
        if len(self._code_of) > _MOST_NAMES:
            self._code_of.clear()
        (known,) = self._name_table.rows_of([span])
        number = 0 if span.key < 0 else _CLASS_OF_FEATURE[int(known[N.FEATURE])]
        if known[N.KIND] == _DEMONYM:
            number = CLASSES.index("demonym")
        self._code_of[span.key] = number * STEPS_OVER
        return number * STEPS_OVER


_BEFORE_AND_BEHIND: Final = np.array([1, 0])
_STEPPED_OVER: Final = np.array([2, 1])
