"""The places that the names of a report may mean, as arrays: one row for each candidate of each name."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt

from geomap.gazetteer.index import Gazetteer
from geomap.gazetteer.layout import DEGREE, IMPORTANCE_UNIT, KIND_NAMES, kind_of, likeness_of, row_of
from geomap.gazetteer.normalisation import fold_name
from geomap.model import Mention
from geomap.resolvers.relations import Relation

MOST_CANDIDATES: Final = 40  # per name; rows are ordered by importance, so the least known fall out
_UNIT_WORD: Final = re.compile(
    r"(?: (?:oblast|region|province|governorate|county|district|parish|state|city|township|municipality|raion|town|"
    r"village|airport|bridge|river|island|camp|area|suburbs|countryside))$"
)
_KIND: Final = {name: number for number, name in enumerate(KIND_NAMES)}

Floats = npt.NDArray[np.float64]
Indices = npt.NDArray[np.int64]


@dataclass(slots=True)
class Candidates:
    """``name_of[i]`` is the index into ``names`` (folded) of the name that candidate ``rows[i]`` stands for."""

    names: list[str]
    mentions_of: list[list[int]]
    rows: Indices
    name_of: Indices
    kinds: Indices
    shortened: npt.NDArray[np.bool_]
    """Whether the name had to lose a word ("Hawija area") before the gazetteer knew it."""
    country: Indices
    admin1: Indices
    feature: Indices
    importance: Floats
    likeness: Floats
    """How alike the name is to the usual one of the place, 0 to 1."""
    vectors: Floats
    """Unit vectors from the centre of the Earth, n x 3."""


def collect_candidates(
    mentions: Sequence[Mention], gazetteer: Gazetteer, relations: Sequence[Relation] = ()
) -> Candidates:
    """Look up each different name of a report once.

    A name that the text puts into a country or unit ("Paris, Texas") counts apart from the bare name.
    """
    inside = {relation.inner: relation.outer for relation in relations if relation.kind in {"bracket", "comma"}}
    names: dict[tuple[str, bool, str], int] = {}
    mentions_of: list[list[int]] = []
    rows: list[int] = []
    name_of: list[int] = []
    kinds: list[int] = []
    shortened: list[bool] = []
    likeness: list[float] = []
    for index, mention in enumerate(mentions):
        outer = fold_name(mentions[inside[index]].text) if index in inside else ""
        key = (fold_name(mention.text), mention.text.isupper(), outer if _is_container(outer, gazetteer) else "")
        number = names.setdefault(key, len(names))
        if number < len(mentions_of):
            mentions_of[number].append(index)
            continue
        mentions_of.append([index])
        found, is_shortened = _look_up(key[0], mention.text, gazetteer)
        for posting in found:
            rows.append(row_of(posting))
            kinds.append(kind_of(posting))
            likeness.append(likeness_of(posting))
            name_of.append(number)
            shortened.append(is_shortened)
    columns, chosen = gazetteer.columns, np.array(rows, dtype=np.int64)
    return Candidates(
        names=[name for name, *_ in names],
        mentions_of=mentions_of,
        rows=chosen,
        name_of=np.array(name_of, dtype=np.int64),
        kinds=np.array(kinds, dtype=np.int64),
        shortened=np.array(shortened, dtype=bool),
        country=columns["country"][chosen].astype(np.int64),
        admin1=columns["admin1"][chosen].astype(np.int64),
        feature=columns["feature"][chosen].astype(np.int64),
        importance=columns["importance"][chosen] / IMPORTANCE_UNIT,
        likeness=np.array(likeness, dtype=np.float64),
        vectors=unit_vectors(gazetteer.latitudes[chosen] / DEGREE, gazetteer.longitudes[chosen] / DEGREE),
    )


def _is_container(folded: str, gazetteer: Gazetteer) -> bool:
    key_id = gazetteer.names.get(folded) if folded else None
    if key_id is None:
        return False
    features = gazetteer.meta["features"]
    codes = (features[gazetteer.columns["feature"][row_of(posting)]] for posting in gazetteer.postings(key_id)[:3])
    return any(code in {"A.PCLI", "A.ADM1"} for code in codes)


def _look_up(folded: str, written: str, gazetteer: Gazetteer) -> tuple[list[int], bool]:
    postings = _postings(folded, written, gazetteer)
    if postings:
        return postings, False
    shorter = _UNIT_WORD.sub("", folded)
    return (_postings(shorter, written, gazetteer), True) if shorter != folded else ([], False)


def _postings(folded: str, written: str, gazetteer: Gazetteer) -> list[int]:
    key_id = gazetteer.names.get(folded)
    if key_id is None:
        return []
    postings = gazetteer.postings(key_id)
    if "." not in folded and not written.isupper():
        postings = [posting for posting in postings if kind_of(posting) != _KIND["abbreviation"]]
    return postings[:MOST_CANDIDATES]


def unit_vectors(latitudes: Floats, longitudes: Floats) -> Floats:
    """Return n x 3 unit vectors of points given in degrees."""
    phi, lam = np.radians(latitudes), np.radians(longitudes)
    cosine = np.cos(phi)
    return np.stack([cosine * np.cos(lam), cosine * np.sin(lam), np.sin(phi)], axis=1)
