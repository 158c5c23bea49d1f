"""What the gazetteer knows of a name: one row of numbers for each different name, computed when it is first met."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, NamedTuple

import numpy as np
import numpy.typing as npt

from geomap.gazetteer.index import Gazetteer
from geomap.gazetteer.layout import IMPORTANCE_UNIT, kind_of, likeness_of, present_feature, row_of
from geomap.recognizers.spans import Span
from geomap.recognizers.surroundings import CANDIDATES

COLUMNS: Final = (
    "kind", "feature", "letter", "importance", "second", "preferred", "places", "is_container", "has_country", "size",
    "spread",
)  # fmt: skip
KIND, FEATURE, LETTER, IMPORTANCE, SECOND, PREFERRED, PLACES, IS_CONTAINER, _, SIZE, SPREAD = range(len(COLUMNS))
SIZES, SPREADS = 70, 12
"""How many values have size (kind and importance) and spread (number of places, and whether it is the usual name)."""
UNKNOWN: Final = -1
LETTERS: Final = "APHTLSRUV"
# the order is part of the trained model: what a gazetteer has besides counts as the first
FEATURES: Final = (
    "other", "A.PCLI", "A.PCLD", "A.TERR", "A.PCL", "A.PCLS", "A.PCLF", "A.ADM1", "A.ADM2", "A.ADM3", "A.ADMD",
    "L.CONT", "L.RGN", "L.AREA", "L.PRK", "P.PPLC", "P.PPLA", "P.PPLA2", "P.PPLA3", "P.PPLA4", "P.PPL", "P.PPLX",
    "P.PPLL", "P.PPLG", "P.STLMT", "S.AIRP", "S.BLDG", "S.HSTS", "S.BDG", "S.SQR", "H.SEA", "H.STM", "H.LK", "H.GULF",
    "H.STRT", "H.OCN", "H.BAY", "T.MT", "T.MTS", "T.ISL", "T.ISLS", "T.PEN", "T.DSRT", "T.VAL", "T.CAPE",
)  # fmt: skip
_NUMBERS: Final = {name: number for number, name in enumerate(FEATURES)}
_MOST_NAMES: Final = 200_000
_MOST_POSTINGS: Final = 20
# what it costs a place, in orders of magnitude of importance, that the name is not its usual one or even unlike it
_OTHER_NAME: Final = 0.4
_UNLIKE_NAME: Final = 0.9
_CONTAINERS: Final = ("A.PCLI", "A.ADM1")
_STEEPNESS: Final = 2.3  # one order of magnitude of importance makes a place ten times as likely
Rows = npt.NDArray[np.float32]


class Known(NamedTuple):
    """What is known of spans, a row for each."""

    rows: Rows
    """The columns `COLUMNS`."""
    units: npt.NDArray[np.int64]
    """First-level units of the best known places; this and the rest as in `geomap.recognizers.surroundings.Sites`."""
    unit_shares: Rows
    countries: npt.NDArray[np.int64]
    country_shares: Rows
    outer: npt.NDArray[np.int64]
    """The unit and the country that a name itself may be, 0 for none."""

    def is_outer(self) -> npt.NDArray[np.bool_]:
        """Return which of them may name a country or first-level unit."""
        found: npt.NDArray[np.bool_] = self.outer.max(axis=1) > 0
        return found

    def lie_within(self, inner: npt.NDArray[np.int64], outer: npt.NDArray[np.int64]) -> npt.NDArray[np.bool_]:
        """Return for pairs of spans, by their indices, whether the first has a place in what the second may be."""
        unit, country = self.outer[outer].T
        own_unit, own_country = self.outer[inner].T
        in_unit = ((self.units[inner] == unit[:, None]) & (self.unit_shares[inner] > 0)).any(axis=1)
        in_country = ((self.countries[inner] == country[:, None]) & (self.country_shares[inner] > 0)).any(axis=1)
        is_same = ((unit > 0) & (own_unit == unit)) | ((country > 0) & (own_country == country))
        is_inside = np.logical_or(in_unit & (unit > 0), in_country & (country > 0))
        found: npt.NDArray[np.bool_] = np.logical_and(is_inside, ~is_same)
        return found

    def are_countries(self) -> npt.NDArray[np.bool_]:
        """Return for which of them the likeliest place is a country."""
        found: npt.NDArray[np.bool_] = self.rows[:, FEATURE] == _NUMBERS["A.PCLI"]
        return found


class NameTable:
    """Maps spans to rows of the columns `COLUMNS`; unknown names have `UNKNOWN` everywhere."""

    def __init__(self, gazetteer: Gazetteer) -> None:
        self._gazetteer = gazetteer
        names: list[str] = gazetteer.meta["features"]
        self._numbers = [_NUMBERS.get(present_feature(name), 0) for name in names]
        self._letters = [LETTERS.find(name[:1]) + 1 for name in names]
        self._is_country, self._is_unit = ([name == each for name in names] for each in _CONTAINERS)
        self._is_container = [name in _CONTAINERS for name in names]
        self._row_of: dict[int, int] = {}
        self._rows = np.full((1024, len(COLUMNS)), UNKNOWN, dtype=np.float32)
        self._rows[0, [SIZE, SPREAD]] = 0
        self._areas = np.zeros((1024, 2, CANDIDATES), dtype=np.int64)
        self._shares = np.zeros((1024, 2, CANDIDATES), dtype=np.float32)
        self._outer = np.zeros((1024, 2), dtype=np.int64)

    def rows_of(self, spans: Sequence[Span]) -> Rows:
        """Return one row per span."""
        numbers = self._numbers_of(spans)
        rows: Rows = self._rows[numbers]
        return rows

    def find(self, spans: Sequence[Span]) -> Known:
        """Return all that is known of spans."""
        numbers = self._numbers_of(spans)
        areas, shares = self._areas.take(numbers, axis=0), self._shares.take(numbers, axis=0)
        outer = self._outer.take(numbers, axis=0)
        return Known(self._rows.take(numbers, axis=0), areas[:, 0], shares[:, 0], areas[:, 1], shares[:, 1], outer)

    def _numbers_of(self, spans: Sequence[Span]) -> list[int]:
        if len(self._row_of) > _MOST_NAMES:
            self._row_of.clear()
        find, add = self._row_of.get, self._add
        return [0 if span.key < 0 else find(span.key) or add(span) for span in spans]

    def _add(self, span: Span) -> int:
        number = len(self._row_of) + 1  # row 0 is what the gazetteer lacks
        if number >= len(self._rows):
            self._rows = np.concatenate([self._rows, np.full_like(self._rows, UNKNOWN)])
            self._areas = np.concatenate([self._areas, np.zeros_like(self._areas)])
            self._shares = np.concatenate([self._shares, np.zeros_like(self._shares)])
            self._outer = np.concatenate([self._outer, np.zeros_like(self._outer)])
        self._add_places(number, [row_of(posting) for posting in span.postings[:CANDIDATES]])
        columns = self._gazetteer.columns
        postings = sorted(span.postings[:_MOST_POSTINGS], key=self._surprise)
        rows = [row_of(posting) for posting in postings[:3]]
        first, feature = rows[0], columns["feature"]
        self._outer[number] = self._find_outer(rows)
        importance = columns["importance"]
        usual = next((posting for posting in postings if kind_of(posting) == 0), None)
        kind, known = kind_of(postings[0]), importance[first] / IMPORTANCE_UNIT
        preferred = 0 if usual is None else importance[row_of(usual)] / IMPORTANCE_UNIT
        self._rows[number] = (
            kind,
            self._numbers[feature[first]],
            self._letters[feature[first]],
            known,
            importance[rows[1]] / IMPORTANCE_UNIT if len(rows) > 1 else 0,
            preferred,
            len(span.postings),
            any(self._is_container[feature[row]] for row in rows),
            columns["country"][first] > 0,
            (kind + 1) * 10 + min(int(known), 9),
            min(len(span.postings).bit_length(), 5) * 2 + (preferred > 0),
        )
        self._row_of[span.key] = number
        return number

    def _find_outer(self, rows: list[int]) -> tuple[int, int]:
        """Return the unit and the country among the likeliest places of a name, 0 for none."""
        columns = self._gazetteer.columns
        units = (columns["admin1"][row] for row in rows if self._is_unit[columns["feature"][row]])
        countries = (columns["country"][row] for row in rows if self._is_country[columns["feature"][row]])
        return int(next(units, 0)), int(next(countries, 0))

    def _add_places(self, number: int, rows: list[int]) -> None:
        columns = self._gazetteer.columns
        importance = columns["importance"][rows] / IMPORTANCE_UNIT
        shares = np.exp(_STEEPNESS * (importance - importance.max()))
        shares /= shares.sum()
        self._areas[number], self._shares[number] = 0, 0
        for side, column in enumerate(("admin1", "country")):
            areas, index = np.unique(columns[column][rows], return_inverse=True)
            self._areas[number, side, : len(areas)] = areas
            self._shares[number, side, : len(areas)] = np.bincount(index, shares) * (areas > 0)

    def _surprise(self, posting: int) -> float:
        """Return how surprising it is that the bare name means this place."""
        unlike = 0.0 if kind_of(posting) == 0 else _OTHER_NAME + _UNLIKE_NAME * (1 - likeness_of(posting))
        return unlike - float(self._gazetteer.columns["importance"][row_of(posting)]) / IMPORTANCE_UNIT
