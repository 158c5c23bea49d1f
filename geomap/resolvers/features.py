"""What speaks for a candidate: how well known it is, what its name says, and how it fits the other names."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from geomap.gazetteer.index import Gazetteer
from geomap.gazetteer.layout import KIND_NAMES
from geomap.model import Mention
from geomap.resolvers.candidates import Candidates, Floats, Indices
from geomap.resolvers.relations import Relation

_EARTH_KM: Final = 6371.0
_RINGS_KM: Final = (50.0, 150.0, 500.0)
_CLASSES: Final = ("country", "admin1", "admin2", "admin", "capital", "town", "region", "nature", "spot")
# which class the last word of a name asks for
_WORD_CLASS: Final = {
    **dict.fromkeys("oblast region province governorate state krai republic prefecture territory".split(), "admin1"),
    **dict.fromkeys("county parish district raion municipality department".split(), "admin2"),
    **dict.fromkeys("sea river lake gulf strait bay mountains desert valley ocean islands island".split(), "nature"),
    **dict.fromkeys("airport bridge dam crossing camp hospital square plant station palace".split(), "spot"),
    **dict.fromkeys("city town village".split(), "town"),
}
_RELATIONS: Final = ("bracket", "comma", "loose", "possessive")
_NEAR_KM: Final = 60.0

NAMES: Final = (
    "importance", "importance2", "likeness", "likeness_importance", "is_first", "gap", "gap2", "alone", "shortened",
    "acting_capital", "acting_admin1", "acting_town",
    *(f"kind_{kind}" for kind in KIND_NAMES),
    *(f"class_{name}" for name in _CLASSES),
    "word_agrees", "word_disagrees",
    "sibling", "country_named", "country_mass", "country_share", "admin1_named", "admin1_mass", "admin1_share",
    *(f"within_{ring:.0f}" for ring in _RINGS_KM), *(f"share_{ring:.0f}" for ring in _RINGS_KM),
    *(f"{kind}_inside" for kind in _RELATIONS), *(f"{kind}_outside" for kind in _RELATIONS),
    "contains_inner", "contains_no_inner",
)  # fmt: skip


class ReportContext:
    """Builds the feature matrix of a report's candidates, given how likely each is so far."""

    def __init__(
        self,
        mentions: Sequence[Mention],
        candidates: Candidates,
        relations: Sequence[Relation],
        gazetteer: Gazetteer,
    ) -> None:
        self.candidates = candidates
        self.count = len(candidates.names)
        classes = _classes_of(gazetteer)[candidates.feature]
        self._classes = classes
        self._is_country = classes == _CLASSES.index("country")
        self._is_admin1 = classes == _CLASSES.index("admin1")
        self._other = candidates.name_of[:, None] != candidates.name_of[None, :]
        cosines = candidates.vectors @ candidates.vectors.T
        areas = self._is_country | (classes == _CLASSES.index("region"))
        point = ~areas
        self._rings = [
            (cosines > np.cos(ring / _EARTH_KM)) & self._other & point[None, :] & point[:, None] for ring in _RINGS_KM
        ]
        self._near = cosines > np.cos(_NEAR_KM / _EARTH_KM)
        acting = [np.mean([mentions[i].usage == "associative" for i in group]) for group in candidates.mentions_of]
        self._acting = np.array(acting)[candidates.name_of]
        self._same_place = (candidates.rows[:, None] == candidates.rows[None, :]) & self._other
        self._static = self._static_features()
        number_of = {index: name for name, group in enumerate(candidates.mentions_of) for index in group}
        self._relations = {
            (number_of[relation.inner], number_of[relation.outer], relation.kind)
            for relation in relations
            if number_of[relation.inner] != number_of[relation.outer]
        }

    def prior(self) -> Floats:
        """Return how likely each candidate is by importance alone; sums to 1 for each name."""
        return softmax(self.candidates.importance * 2.3, self.candidates.name_of, self.count)

    def matrix(self, likely: Floats) -> Floats:
        """Return one row of features (see `NAMES`) for each candidate."""
        return np.hstack([self._static, self._context_features(likely), self._relation_features(likely)])

    def _static_features(self) -> Floats:
        found = self.candidates
        best = np.full(self.count, -np.inf)
        np.maximum.at(best, found.name_of, found.importance)
        gap = best[found.name_of] - found.importance
        sizes = np.bincount(found.name_of, minlength=self.count)[found.name_of]
        expected = np.array([_expected_class(name) for name in found.names], dtype=np.int64)[found.name_of]
        capital = self._classes == _CLASSES.index("capital")
        agrees = (expected == self._classes) | ((expected == _CLASSES.index("town")) & capital)
        columns: list[npt.NDArray[Any]] = [found.importance / 10, found.importance**2 / 50, found.likeness]
        columns += [found.likeness * found.importance / 10, gap == 0, gap, gap > 2, sizes == 1, found.shortened]
        columns += [self._acting * (self._classes == _CLASSES.index(name)) for name in ("capital", "admin1", "town")]
        columns += [found.kinds == number for number in range(len(KIND_NAMES))]
        columns += [self._classes == number for number in range(len(_CLASSES))]
        columns += [agrees & (expected >= 0), ~agrees & (expected >= 0)]
        return np.stack([np.asarray(column, dtype=np.float64) for column in columns], axis=1)

    def _context_features(self, likely: Floats) -> Floats:
        found, others = self.candidates, max(self.count - 1, 1)
        country_named = self._mass_of(found.country, likely * self._is_country)
        country = self._mass_of(found.country, likely * ~self._is_country)
        admin1_named = self._mass_of(found.admin1, likely * self._is_admin1) * (found.admin1 > 0)
        admin1 = self._mass_of(found.admin1, likely * ~self._is_admin1) * (found.admin1 > 0)
        columns = [
            np.minimum(self._same_place @ likely, 1),
            np.minimum(country_named, 1),
            np.log1p(country),
            country / others,
        ]
        columns += [np.minimum(admin1_named, 1), np.log1p(admin1), admin1 / others]
        masses = [ring @ likely for ring in self._rings]
        columns += [np.log1p(mass) for mass in masses] + [mass / others for mass in masses]
        return np.stack(columns, axis=1)

    def _mass_of(self, codes: np.ndarray, likely: Floats) -> Floats:
        """Return for each candidate the likelihood that other names put into its country (or unit)."""
        size = int(codes.max(initial=0)) + 1
        totals = np.bincount(codes, likely, minlength=size)
        own = np.zeros((self.count, size))
        np.add.at(own, (self.candidates.name_of, codes), likely)
        mass: Floats = (totals[codes] - own[self.candidates.name_of, codes]) * (codes > 0)
        return mass

    def _relation_features(self, likely: Floats) -> Floats:
        """Return whether a candidate lies in what the text puts it into, and whether it contains what it should."""
        found = self.candidates
        features = np.zeros((len(found.rows), 2 * len(_RELATIONS) + 2))
        for inner, outer, kind in self._relations:
            inside, containers = np.flatnonzero(found.name_of == inner), np.flatnonzero(found.name_of == outer)
            if not len(inside) or not len(containers):
                continue
            fits = self._lies_within(inside, containers)
            share = fits @ likely[containers]
            column = _RELATIONS.index(kind)
            features[inside, column] = np.maximum(features[inside, column], share)
            features[inside, column + len(_RELATIONS)] = np.maximum(
                features[inside, column + len(_RELATIONS)], 1 - share
            )
            if kind == "bracket":
                held = likely[inside] @ fits
                features[containers, -2] = np.maximum(features[containers, -2], held)
                features[containers, -1] = np.maximum(features[containers, -1], 1 - held)
        return features

    def _lies_within(self, inside: np.ndarray, containers: np.ndarray) -> Floats:
        found = self.candidates
        same_country = found.country[inside][:, None] == found.country[containers][None, :]
        same_admin1 = found.admin1[inside][:, None] == found.admin1[containers][None, :]
        country, admin1 = self._is_country[containers][None, :], self._is_admin1[containers][None, :]
        smaller = ~self._is_country[inside][:, None]
        near = self._near[np.ix_(inside, containers)] & ~country & ~admin1
        fits = (country & same_country & smaller) | (admin1 & same_admin1 & same_country & smaller) | near
        within: Floats = fits.astype(np.float64)
        return within


def softmax(scores: Floats, groups: np.ndarray, count: int) -> Floats:
    """Return the softmax of scores within each group."""
    best = np.full(count, -np.inf)
    np.maximum.at(best, groups, scores)
    raised = np.exp(scores - best[groups])
    shares: Floats = raised / np.bincount(groups, raised, minlength=count)[groups]
    return shares


def _expected_class(name: str) -> int:
    word = name.rsplit(" ", 1)[-1] if " " in name else ""
    expected = _WORD_CLASS.get(word) or (
        "admin2" if name.startswith("county ") else "nature" if name[:5] in {"lake ", "moun"} else ""
    )
    return _CLASSES.index(expected) if expected else -1


@cache
def _classes_of(gazetteer: Gazetteer) -> Indices:
    """Return the class of each of the gazetteer's feature codes."""
    return np.array([_CLASSES.index(_class_of(feature)) for feature in gazetteer.meta["features"]])


def _class_of(feature: str) -> str:
    known = {"A.PCLI": "country", "A.ADM1": "admin1", "A.ADM2": "admin2", "P.PPLC": "capital"}
    by_letter = {"A": "admin", "P": "town", "L": "region", "H": "nature", "T": "nature"}
    return known.get(feature) or by_letter.get(feature[:1], "spot")
