"""What relations between names say of their candidates: which lie in which, and which are of a kind."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

import numpy as np
import numpy.typing as npt

from geomap.resolvers.candidates import Candidates, Floats, Indices
from geomap.resolvers.name_blocks import CLASSES
from geomap.resolvers.relations import Relation

INSIDE: Final = ("bracket", "comma", "adjacent", "loose", "possessive")
LINKS: Final = (*INSIDE, "contains", "list_class", "list_near")
_COUNTRY: Final = CLASSES.index("country")
_ADMIN1: Final = CLASSES.index("admin1")
_CONTAINS: Final = LINKS.index("contains")
_Fits = npt.NDArray[np.bool_]


class Links:
    """Measures how well candidates agree with what the text says of their names."""

    def __init__(self, found: Candidates, relations: Sequence[Relation], near: Floats) -> None:
        self._parts = 0
        self.pairs: list[tuple[int, int, str]] = []
        """The names of each relation, by their numbers, and its kind."""
        if not relations:
            return
        number_of = {index: name for name, group in enumerate(found.mentions_of) for index in group}
        self._found, self._near, self._size = found, near, len(found)
        pairs = {
            (number_of[relation.inner], number_of[relation.outer], relation.kind)
            for relation in relations
            if relation.inner in number_of and relation.outer in number_of
        }
        self.pairs = [pair for pair in sorted(pairs) if pair[0] != pair[1]]
        parts = [part for pair in self.pairs for part in self._link(*pair)]
        self._parts = len(parts)
        if parts:
            self._keys = np.concatenate([keys for keys, _, _ in parts])
            self._sources = np.concatenate([sources for _, sources, _ in parts])
            self._asked = np.zeros((len(LINKS), self._size), np.float32)
            for _, _, (link, rows) in parts:
                self._asked[link, rows] = 1

    def __bool__(self) -> bool:
        return self._parts > 0

    def measure(self, likely: Floats) -> Floats:
        """Return for each of `LINKS` a row of how likely each candidate agrees, then rows of how likely it does not."""
        shares = np.bincount(self._keys, likely[self._sources], minlength=self._asked.size).reshape(self._asked.shape)
        agreed = np.minimum(shares, 1, dtype=np.float32)
        return np.concatenate([agreed, self._asked - agreed])

    def _link(self, one: int, other: int, kind: str) -> Iterator[tuple[Indices, Indices, tuple[int, slice]]]:
        inner, outer = self._found.slices[one], self._found.slices[other]
        if kind == "list":
            alike = self._found.classes[inner][:, None] == self._found.classes[outer]
            near = self._near[inner, outer] > 0
            yield from self._join(LINKS.index("list_class"), inner, outer, alike)
            yield from self._join(LINKS.index("list_class"), outer, inner, alike.T)
            yield from self._join(LINKS.index("list_near"), inner, outer, near)
            yield from self._join(LINKS.index("list_near"), outer, inner, near.T)
            return
        fits = lie_within(self._found, self._near, inner, outer)
        yield from self._join(INSIDE.index(kind), inner, outer, fits)
        if kind == "bracket":
            yield from self._join(_CONTAINS, outer, inner, fits.T)

    def _join(
        self, link: int, rows: slice, sources: slice, fits: _Fits
    ) -> Iterator[tuple[Indices, Indices, tuple[int, slice]]]:
        row, source = np.nonzero(fits)
        yield link * self._size + rows.start + row, sources.start + source, (link, rows)


def lie_within(found: Candidates, near: Floats, inner: slice, outer: slice) -> _Fits:
    """Return for each pair of candidates of two names whether the first lies in the second.

    ``near`` tells for pairs of candidates whether they lie within 150 km of each other: where the second is neither
    country nor first-level unit, that is all that is known.
    """
    classes = found.classes[outer]
    same_country = found.country[inner][:, None] == found.country[outer]
    same_admin1 = found.admin1[inner][:, None] == found.admin1[outer]
    is_country, is_admin1 = classes == _COUNTRY, classes == _ADMIN1
    smaller = (found.classes[inner] != _COUNTRY)[:, None]
    is_near = (near[inner, outer] > 0) & ~(is_country | is_admin1)
    fits: _Fits = (smaller & same_country & (is_country | (is_admin1 & same_admin1))) | is_near
    return fits
