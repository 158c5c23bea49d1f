"""What speaks for a candidate in its report: how the name is used, and how the candidate fits the other names."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import numpy as np

from geomap.gazetteer.geodesy import EARTH_KM
from geomap.model import Mention
from geomap.resolvers.candidates import Candidates, Floats
from geomap.resolvers.links import LINKS, Links
from geomap.resolvers.name_blocks import CLASS_COLUMN, CLASSES, STATIC
from geomap.resolvers.outlet_locations import NO_LOCATION, OutletLocation
from geomap.resolvers.relations import Relation

RINGS_KM: Final = (50.0, 150.0, 500.0)
_RINGS: Final = tuple(f"{ring:.0f}" for ring in RINGS_KM)
_ACTING: Final = ("capital", "admin1", "town")
_ACTING_COLUMNS: Final = [CLASS_COLUMN + CLASSES.index(name) for name in _ACTING]
_COSINES: Final = np.cos(np.array(RINGS_KM, np.float64) / EARTH_KM).astype(np.float32)[:, None]
_RING: Final = 5  # ties before the first ring
_TIES: Final = _RING + len(RINGS_KM)
_CERTAIN: Final = np.ones(1, np.float32)
_COUNTRY: Final = CLASSES.index("country")
_ADMIN1: Final = CLASSES.index("admin1")
_STEEPNESS: Final = 2.3  # of the prior: one order of magnitude of importance counts that much
_OPEN: Final = (
    0.4  # the same where nothing is settled: "Walker County" and "Huntsville" are in Texas, little known there
)

USE: Final = (
    *(f"acting_{name}" for name in _ACTING), "is_home", "is_home_gap", "domain_country", "domain_abroad",
)  # fmt: skip
CONTEXT: Final = (
    "sibling", "country_named", "admin1_named",
    "country_mass", "admin1_mass", *(f"within_{ring}" for ring in _RINGS),
    "country_share", "admin1_share", *(f"share_{ring}" for ring in _RINGS),
    *(f"home_{ring}" for ring in _RINGS), "home_country", "home_admin1",
)  # fmt: skip
POSSIBLE: Final = ("possible_50", "possible_150", "possible_admin1", "longer_sibling")
"""What the other names could make of a candidate, before any of them is settled."""
NAMES: Final = (
    *STATIC,
    *USE,
    *POSSIBLE,
    *CONTEXT,
    *(f"{link}_in" for link in LINKS),
    *(f"{link}_out" for link in LINKS),
)
_FIXED: Final = len(STATIC) + len(USE) + len(POSSIBLE)
_LINKED: Final = _FIXED + len(CONTEXT)


class ReportContext:
    """Builds the features of a report's candidates, given how likely each is so far."""

    def __init__(
        self,
        mentions: Sequence[Mention],
        candidates: Candidates,
        relations: Sequence[Relation],
        outlet: OutletLocation = NO_LOCATION,
    ) -> None:
        self.candidates = candidates
        self.count = len(candidates.names)
        self.outlet = outlet
        self._outlet_name = candidates.names.index(outlet.name) if outlet.name in candidates.names else -1
        self.outer_of = self._find_outer(relations)
        self._per_other = 1 / max(sum(map(bool, candidates.mentions_of)) - 1, 1)
        ties = _find_ties(candidates)
        self._links = Links(candidates, relations, ties[_RING + 1])
        self.near = ties[_RING + 1]
        """For each pair of candidates of different names whether they lie within 150 km of each other."""
        self._outlet_fits = self._fit_outlet(ties)
        if self._outlet_name >= 0 and not candidates.mentions_of[self._outlet_name]:
            ties[:, :, candidates.slices[self._outlet_name]] = 0  # nobody names it: it counts as the outlet's only
        self._ties = ties.reshape(-1, len(candidates))
        possible = self._find_possible(ties)
        self._fixed = np.concatenate([candidates.static, self._describe_use(mentions), possible], axis=1)

    def prior(self) -> Floats:
        """Return how likely each candidate is by importance alone; sums to 1 for each name."""
        return self.softmax(self.candidates.importance * _STEEPNESS)

    def softmax(self, scores: Floats) -> Floats:
        """Return the softmax of scores, which are below some hundreds, within each name."""
        raised = np.exp(scores, dtype=np.float64)
        totals = np.add.reduceat(raised, self.candidates.starts)
        shares: Floats = (raised / totals[self.candidates.name_of]).astype(np.float32)
        return shares

    def matrix(self, likely: Floats) -> Floats:
        """Return one row of features (see `NAMES`) for each candidate."""
        linked = self._links.measure(likely) if self._links else np.zeros((2 * len(LINKS), len(likely)), np.float32)
        return np.concatenate([self._fixed, self._relate(likely).T, linked.T], axis=1)

    def fixed_scores(self, weights: Floats) -> Floats:
        """Return what the features that do not depend on likelihoods add to each candidate's score."""
        scores: Floats = self._fixed @ weights[:_FIXED]
        return scores

    def variable_scores(self, likely: Floats, weights: Floats) -> Floats:
        """Return what the other features add, given how likely each candidate is."""
        scores: Floats = weights[_FIXED:_LINKED] @ self._relate(likely)
        return scores + weights[_LINKED:] @ self._links.measure(likely) if self._links else scores

    @property
    def longer(self) -> Floats:
        """For each candidate whether a longer name of the report means it."""
        column: Floats = self._fixed[:, -1]
        return column

    @property
    def pairs(self) -> list[tuple[int, int, str]]:
        """The names that stand in a relation, by their numbers, and its kind."""
        return self._links.pairs

    def has_outlet_location(self) -> bool:
        """Tell whether anything is known of the location of the report's outlet."""
        return self._outlet_fits is not None

    def _find_outer(self, relations: Sequence[Relation]) -> dict[int, int]:
        """Return the mention of the container for each name that the text puts into one."""
        outer = {relation.inner: relation.outer for relation in relations if relation.kind != "list"}
        if not outer:
            return {}
        return {
            name: outer[index]
            for name, group in enumerate(self.candidates.mentions_of)
            for index in group
            if index in outer
        }

    def _fit_outlet(self, ties: Floats) -> Floats | None:
        """Return how candidates relate to those of the outlet's name: rings, country, unit x n x its candidates."""
        found, outlet = self.candidates, self.outlet
        if outlet.point is not None:
            near = found.vectors @ outlet.point > _COSINES
            same = [found.country == outlet.country, (found.admin1 == outlet.admin1) & (outlet.admin1 > 0)]
            return np.stack([*near, *same]).astype(np.float32)[:, :, None]
        if self._outlet_name < 0:
            return None
        own = ties[:, :, found.slices[self._outlet_name]]
        return np.concatenate([own[_RING:], own[1:3] + own[3:5]])

    def _describe_use(self, mentions: Sequence[Mention]) -> Floats:
        found = self.candidates
        use = np.zeros((len(found), len(USE)), np.float32)
        acting = [
            sum([mentions[index].usage == "associative" for index in group]) / max(len(group), 1)
            for group in found.mentions_of
        ]
        if any(acting):
            use[:, :3] = found.static[:, _ACTING_COLUMNS] * np.array(acting, np.float32)[found.name_of, None]
        if self._outlet_name >= 0:
            own = found.slices[self._outlet_name]
            use[own, 3] = 1
            use[own, 4] = found.importance[own][0] - found.importance[own]
        if self.outlet.country:
            use[:, 5] = found.country == self.outlet.country
            use[:, 6] = 1 - use[:, 5]
        return use

    def _find_possible(self, ties: Floats) -> Floats:
        """Return the columns of `POSSIBLE`: how many other names may lie near or in the same unit, or are longer."""
        found = self.candidates
        likely = self.softmax(found.importance * _OPEN)
        near, around, unit = ties[_RING] @ likely, ties[_RING + 1] @ likely, ties[4] @ likely
        longer = self._find_longer(ties[0])
        return np.stack([np.log1p(near), np.log1p(around), np.log1p(unit), longer], axis=1).astype(np.float32)

    def _find_longer(self, same: Floats) -> Floats:
        """Return for each candidate whether a longer name of the report means it: "Mexico City" beside "Mexico"."""
        found = self.candidates
        longer = np.zeros(len(same), np.float32)
        numbers: dict[str, list[int]] = {}
        for number, name in enumerate(found.names):
            numbers.setdefault(name, []).append(number)
        for other, name in enumerate(found.names):
            for end in (index for index, letter in enumerate(name) if letter == " "):
                for shorter in numbers.get(name[:end], ()):
                    own = found.slices[shorter]
                    np.maximum(longer[own], same[own, found.slices[other]].max(axis=1), out=longer[own])
        return longer

    def _relate(self, likely: Floats) -> Floats:
        """Return the features of `CONTEXT`, a row for each."""
        masses = (self._ties @ likely).reshape(_TIES, -1)
        values = np.empty((len(CONTEXT), len(likely)), np.float32)
        np.minimum(masses[:3], 1, out=values[:3])
        np.log1p(masses[3:], out=values[3:8])
        np.multiply(masses[3:], self._per_other, out=values[8:13])
        if self._outlet_fits is None:
            values[13:] = 0
        else:
            own = _CERTAIN if self.outlet.point is not None else likely[self.candidates.slices[self._outlet_name]]
            np.matmul(self._outlet_fits, own, out=values[13:])
        return values


def _find_ties(found: Candidates) -> Floats:
    """Return the ties between candidates of different names, ties x n x n.

    The other is the same place, is its country, is its unit, lies in its country, in its unit, and in each ring.
    """
    is_country, is_admin1 = found.classes == _COUNTRY, found.classes == _ADMIN1
    keys = np.stack([found.rows, found.country, found.admin1])  # place, country, unit; what lies in none has 0
    same = keys[:, :, None] == keys[:, None, :]
    has_country, has_admin1 = found.country > 0, found.admin1 > 0
    asked = np.stack(
        [has_country & is_country, has_admin1 & is_admin1, has_country & ~is_country, has_admin1 & ~is_admin1]
    )
    ties = np.empty((_TIES, len(found), len(found)), np.float32)
    ties[0] = same[0]
    np.logical_and(same[[1, 2, 1, 2]], asked[:, None, :], out=ties[1:_RING], casting="unsafe")
    np.greater(found.vectors @ found.vectors.T, _COSINES[:, :, None], out=ties[_RING:], casting="unsafe")
    for own in found.slices:
        ties[:, own, own] = 0
    return ties
