"""What is known of a name on its own: its candidates, and what speaks for each of them whatever the report says.

Names come again from report to report, so this is kept.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache
from typing import Any, Final, NamedTuple

import numpy as np
import numpy.typing as npt

from geomap.gazetteer.geodesy import unit_vectors
from geomap.gazetteer.index import Gazetteer
from geomap.gazetteer.layout import (
    DEGREE,
    IMPORTANCE_UNIT,
    KIND_MASK,
    KIND_NAMES,
    LIKENESS_BITS,
    LIKENESS_MASK,
    ROW_BITS,
    ROW_MASK,
    kind_of,
    present_feature,
    row_of,
)
from geomap.languages import ENGLISH, Language
from geomap.languages.base import UnitWords

MOST_CANDIDATES: Final = 40  # per name; rows are ordered by importance, so the least known fall out
MOST_KEPT: Final = 10_000  # names, about 1.5 KB each
CLASSES: Final = ("country", "admin1", "admin2", "admin", "capital", "town", "region", "nature", "spot")
ASKED: Final = (*CLASSES, "village", "area")
"""What the words of a text ask for: a class, a town that is no city, or no town ("southern Quebec")."""
_UNITS: Final = [CLASSES.index(name) for name in ("admin2", "admin")]
_AREAS: Final = [CLASSES.index(name) for name in ("country", "admin1", "admin2", "admin", "region", "nature")]
_VILLAGE: Final = 5.0  # importance below which a town may be called a village
_KIND: Final = {name: number for number, name in enumerate(KIND_NAMES)}
STATIC: Final = (
    "importance", "importance2", "likeness", "likeness_importance", "is_first", "gap", "gap2", "alone", "shortened",
    *(f"kind_{kind}" for kind in KIND_NAMES),
    *(f"class_{name}" for name in CLASSES),
    "word_agrees", "word_disagrees", "word_is_nature",
)  # fmt: skip
CLASS_COLUMN: Final = STATIC.index("class_country")
_FIRST_STATIC: Final = 4  # columns of a block before those of `STATIC`
_PREFERRED: Final = _FIRST_STATIC + STATIC.index("kind_preferred")

Floats = npt.NDArray[np.float32]
Indices = npt.NDArray[np.int64]


class NameKey(NamedTuple):
    """A name as it is looked up."""

    folded: str
    is_upper: bool
    asked: str = ""
    """The class of place that the words beside the name ask for, or an empty string."""


class NameBlock(NamedTuple):
    """The candidates of one name, a row for each."""

    codes: Indices
    """Row of the gazetteer, country, first-level unit, class."""
    values: Floats
    """Importance, unit vector (3), then the features of `STATIC`."""


class NameBlocks:
    """Looks names up in a gazetteer, with a cache."""

    def __init__(self, gazetteer: Gazetteer, language: Language = ENGLISH) -> None:
        self._gazetteer = gazetteer
        self._words = language.units
        self._kept: dict[NameKey, NameBlock] = {}
        self._villages: dict[str, Indices] = {}
        self._containers: dict[str, bool] = {}

    def find(self, names: Sequence[NameKey]) -> list[NameBlock]:
        """Return a block for each name; unknown names have no rows."""
        missing = list(dict.fromkeys(name for name in names if name not in self._kept))
        if missing:
            if len(self._kept) + len(missing) > MOST_KEPT:
                self._kept = {name: self._kept[name] for name in names if name in self._kept}
            self._kept.update(zip(missing, self._make(missing), strict=True))
        return [self._kept[name] for name in names]

    def find_villages(self, folded: str) -> Indices:
        """Return the postings of the villages of a name, which are candidates only where the report speaks for them."""
        known = self._villages.get(folded)
        if known is None:
            if len(self._villages) > MOST_KEPT:
                self._villages.clear()
            key_id = self._gazetteer.names.get(folded)
            postings = [] if key_id is None else self._gazetteer.all_postings(key_id)
            own = [posting for posting in postings if row_of(posting) in self._gazetteer.villages]
            known = self._villages[folded] = np.array(own, dtype=np.int64)
        return known

    def locate(self, postings: Indices) -> tuple[Indices, Indices, Floats]:
        """Return countries, first-level units and unit vectors of the places of postings."""
        gazetteer, rows = self._gazetteer, postings & ROW_MASK
        vectors = unit_vectors(gazetteer.latitudes[rows] / DEGREE, gazetteer.longitudes[rows] / DEGREE)
        columns = gazetteer.columns
        return columns["country"][rows], columns["admin1"][rows], vectors.astype(np.float32)

    def extend(self, name: NameKey, villages: Indices) -> NameBlock:
        """Return the block of a name with some of its villages behind the candidates that it has anyhow."""
        postings, is_shortened = _look_up(name.folded, name.is_upper, self._gazetteer, self._words)
        both = [*([] if is_shortened else postings), *villages.tolist()]
        return self._describe_names([name], [(both, False)])[0]

    def is_known(self, folded: str) -> bool:
        """Tell whether the gazetteer has a name."""
        return folded in self._gazetteer.names

    def importance_of(self, folded: str) -> float:
        """Return the importance of the best known place of a name that the gazetteer has."""
        (block,) = self.find([NameKey(folded, is_upper=False)])
        return float(block.values[0, 0]) if len(block.values) else 0.0

    def is_water(self, folded: str) -> bool:
        """Tell whether the best known place of a name is a river, a lake, or the like."""
        features, columns = self._gazetteer.meta["features"], self._gazetteer.columns
        best = _postings(folded, False, self._gazetteer)[:1]
        return any(features[columns["feature"][row_of(posting)]].startswith("H.") for posting in best)

    def is_container(self, folded: str) -> bool:
        """Tell whether a name may mean a country or first-level unit."""
        known = self._containers.get(folded)
        if known is None:
            if len(self._containers) > MOST_KEPT:
                self._containers.clear()
            known = self._containers[folded] = self._find_container(folded)
        return known

    def are_alike(self, inner: NameKey, outer: NameKey) -> bool:
        """Return whether two names are countries, or units of a country, and the first is no unit of the second.

        Beside each other they are a list: "Syria, Lebanon", "Kansas, Oklahoma", but not "Georgia, United States".
        """
        found, around = self.find([inner, outer])
        one, other = found.codes, around.codes
        country, admin1 = CLASSES.index("country"), CLASSES.index("admin1")
        if not (len(one) and len(other) and one[0, 3] == other[0, 3]):
            return False
        if one[0, 3] == admin1:
            return bool(one[0, 1] == other[0, 1] and one[0, 2] != other[0, 2])
        is_own = found.values[:, _PREFERRED] > 0  # "Salvador, Brazil": El Salvador is not called so
        is_inside = (one[:, 1] == other[0, 1]) & (one[:, 3] != country)
        is_unit = is_inside & ((one[:, 3] == admin1) | (is_own & ~is_own[0]))
        return bool(one[0, 3] == country and not is_unit.any())

    def _find_container(self, folded: str) -> bool:
        key_id = self._gazetteer.names.get(folded)
        if key_id is None:
            return False
        rows = [row_of(posting) for posting in self._gazetteer.postings(key_id)[:3]]
        classes = _classes_of(self._gazetteer)[self._gazetteer.columns["feature"][np.array(rows, np.int64)]]
        return bool((classes <= CLASSES.index("admin1")).any())

    def _make(self, names: Sequence[NameKey]) -> list[NameBlock]:
        """Look several names up at once: an array for all of them costs as much as one for each."""
        found = [_look_up(name.folded, name.is_upper, self._gazetteer, self._words) for name in names]
        return self._describe_names(names, found)

    def _describe_names(self, names: Sequence[NameKey], found: Sequence[tuple[list[int], bool]]) -> list[NameBlock]:
        sizes = np.array([len(postings) for postings, _ in found], dtype=np.int64)
        postings = np.array([posting for each, _ in found for posting in each], dtype=np.int64)
        shortened = np.repeat([is_shortened for _, is_shortened in found], sizes)
        expected = np.repeat([_expected_class(name, self._words) for name in names], sizes)
        codes, values = _describe(postings, sizes, shortened, expected, self._gazetteer)
        ends = np.cumsum(sizes).tolist()
        return [
            NameBlock(codes[end - size : end].copy(), values[end - size : end].copy())
            for end, size in zip(ends, sizes.tolist(), strict=True)
        ]


def _describe(
    postings: Indices,
    sizes: Indices,
    shortened: npt.NDArray[np.bool_],
    expected: Indices,
    gazetteer: Gazetteer,
) -> tuple[Indices, Floats]:
    columns, rows = gazetteer.columns, postings & ROW_MASK
    kinds, likeness = postings >> ROW_BITS & KIND_MASK, (postings >> LIKENESS_BITS & LIKENESS_MASK) / LIKENESS_MASK
    classes = _classes_of(gazetteer)[columns["feature"][rows]]
    importance = columns["importance"][rows] / IMPORTANCE_UNIT
    first = np.repeat(importance[(np.cumsum(sizes) - sizes)[sizes > 0]], sizes[sizes > 0])
    gap = first - importance  # the best known comes first
    is_capital = classes == CLASSES.index("capital")
    is_village = (classes == CLASSES.index("town")) & (importance < _VILLAGE)
    agrees = (expected == classes) | ((expected == CLASSES.index("town")) & is_capital)
    agrees |= (expected == ASKED.index("village")) & is_village
    agrees |= (expected == ASKED.index("area")) & np.isin(classes, _AREAS)
    agrees |= (expected == CLASSES.index("admin1")) & np.isin(
        classes, _UNITS
    )  # of Spain the provinces are second-level
    features: list[npt.NDArray[Any]] = [importance / 10, importance**2 / 50, likeness, likeness * importance / 10]
    features += [gap == 0, gap, gap > 2, np.repeat(sizes, sizes) == 1, shortened]
    features += list(kinds == np.arange(len(KIND_NAMES))[:, None])
    features += list(classes == np.arange(len(CLASSES))[:, None])
    features += [agrees & (expected >= 0), ~agrees & (expected >= 0), expected == CLASSES.index("nature")]
    vectors = unit_vectors(gazetteer.latitudes[rows] / DEGREE, gazetteer.longitudes[rows] / DEGREE)
    vectors[(classes == CLASSES.index("country")) | (classes == CLASSES.index("region"))] = 0
    codes = np.stack([rows, columns["country"][rows], columns["admin1"][rows], classes], axis=1).astype(np.int64)
    values = np.stack([importance, *vectors.T, *features], axis=1).astype(np.float32)
    return codes, values


def _look_up(folded: str, is_upper: bool, gazetteer: Gazetteer, words: UnitWords) -> tuple[list[int], bool]:
    if folded in words.bare_directions:
        return [], False
    for spelling in (folded, *_spell_out(folded, words)):
        if postings := _postings(spelling, is_upper, gazetteer):
            return postings, False
    for shorter in (words.ending.sub("", folded), words.direction.sub("", folded)):
        if shorter != folded and (postings := _postings(shorter, is_upper, gazetteer)):
            return postings, True
    return [], False


def _spell_out(folded: str, words: UnitWords) -> Iterator[str]:
    """Yield other forms of a name that the gazetteer lacks as it is written: "Athens Twp.", "the U.S"."""
    before, _, last = folded.rpartition(" ")
    if last in words.spelled_out:
        yield f"{before} {words.spelled_out[last]}"
    elif "." in folded[:-1]:
        yield f"{folded}."


def _postings(folded: str, is_upper: bool, gazetteer: Gazetteer) -> list[int]:
    key_id = gazetteer.names.get(folded)
    if key_id is None:
        return []
    postings = gazetteer.postings(key_id)
    if "." not in folded and not is_upper:
        postings = [posting for posting in postings if kind_of(posting) != _KIND["abbreviation"]]
    villages = gazetteer.villages
    if postings and row_of(postings[-1]) in villages:
        postings = [posting for posting in postings if row_of(posting) not in villages]
    return postings[:MOST_CANDIDATES]


def _expected_class(key: NameKey, words: UnitWords) -> int:
    name = key.folded
    word = name.rsplit(" ", 1)[-1] if " " in name else ""
    expected = (
        words.class_of_ending.get(word)
        or key.asked
        or next((asked for beginning, asked in words.class_of_beginning.items() if name.startswith(beginning)), "")
    )
    return ASKED.index(expected) if expected else -1


@cache
def _classes_of(gazetteer: Gazetteer) -> Indices:
    """Return the class of each of the gazetteer's feature codes."""
    return np.array([CLASSES.index(_class_of(feature)) for feature in gazetteer.meta["features"]])


def _class_of(feature: str) -> str:
    known = {"A.PCLI": "country", "A.ADM1": "admin1", "A.ADM2": "admin2", "P.PPLC": "capital"}
    by_letter = {"A": "admin", "P": "town", "L": "region", "H": "nature", "T": "nature"}
    return known.get(present_feature(feature)) or by_letter.get(feature[:1], "spot")
