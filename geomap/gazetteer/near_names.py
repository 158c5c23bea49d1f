"""Names that differ by a letter or two, looked up within a country: "Tharbaung" for Thabaung where a text says Myanmar.

In the open world some place is called like any word with a letter changed, so this needs to know the country. The names
of a country are sieved by their letters and lengths first, which leaves some hundred of them to be compared letter by
letter. The sieve of a country is made when it is first asked for (a quarter of a second for the largest) and kept.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from functools import lru_cache
from itertools import pairwise
from typing import Any, Final, NamedTuple

import numpy as np
import numpy.typing as npt

_ONE_EDIT: Final = 5  # letters from which a name may differ by one ...
_TWO_EDITS: Final = 8  # ... and by two
_COUNTRIES: Final = 8
"""How many countries are kept."""


class NearName(NamedTuple):
    """A folded name of the country, and by how many edits it differs."""

    name: str
    edits: int


class _Sieve(NamedTuple):
    """The names of a country: ids of their keys, lengths, and sets of their letters and pairs of letters as bits."""

    keys: npt.NDArray[np.uint32]
    sizes: npt.NDArray[np.uint8]
    letters: npt.NDArray[np.uint32]
    pairs: npt.NDArray[np.uint64]

    def close_to(self, name: str, most: int) -> npt.NDArray[np.uint32]:
        """Return the ids of the keys that may be within so many edits.

        An edit changes two letters of the set at most, and, where it swaps two, six pairs.
        """
        close = np.flatnonzero(np.abs(self.sizes.astype(np.int16) - len(name)) <= most)
        for sets, own, change in ((self.letters, _letters(name), 2), (self.pairs, _pairs(name), 6)):
            close = close[_count_bits(sets[close] ^ sets.dtype.type(own)) <= change * most]
        return self.keys[close]


class NearNames:
    """Finds the names of a country that are like another one.

    ``keys_of`` returns the ids of the keys of a country, ``spell`` the folded name of a key.
    """

    def __init__(self, keys_of: Callable[[str], npt.NDArray[np.uint32]], spell: Callable[[int], str]) -> None:
        self._keys_of = keys_of
        self._spell = spell
        self._sieve = lru_cache(maxsize=_COUNTRIES)(self._make_sieve)

    def find(self, folded_name: str, country_code: str) -> list[NearName]:
        """Return the names within one edit, or two for a long name, the nearest first.

        An edit inserts, drops or changes a character, or swaps two neighbours.
        """
        most = count_edits_allowed(folded_name)
        if not most:
            return []
        found = []
        for key in self._sieve(country_code).close_to(folded_name, most).tolist():
            name = self._spell(key)
            edits = measure_edits(folded_name, name, most)
            if edits is not None:
                found.append(NearName(name, edits))
        return sorted(found, key=lambda near: (near.edits, near.name))

    def _make_sieve(self, country_code: str) -> _Sieve:
        keys = self._keys_of(country_code)
        names = [self._spell(key) for key in keys.tolist()]
        return _Sieve(
            keys,
            np.array([min(255, len(name)) for name in names], np.uint8),
            np.array([_letters(name) for name in names], np.uint32),
            np.array([_pairs(name) for name in names], np.uint64),
        )


def count_edits_allowed(folded_name: str) -> int:
    """Return by how many edits a name may differ: a short one by none."""
    return (len(folded_name) >= _ONE_EDIT) + (len(folded_name) >= _TWO_EDITS)


def _letters(name: str) -> int:
    """Return the set of characters of a name as bits; some share a bit."""
    bits = 0
    for character in name:
        bits |= 1 << (ord(character) & 31)
    return bits


def _pairs(name: str) -> int:
    """Return the set of pairs of neighbours in a name as bits; some share a bit."""
    bits = 0
    for one, other in pairwise(name):
        bits |= 1 << (31 * ord(one) + ord(other) & 63)
    return bits


_BIT_COUNTS: Final = np.array([number.bit_count() for number in range(256)], np.uint8)


def _count_bits(sets: npt.NDArray[np.unsignedinteger[Any]]) -> npt.NDArray[np.uint8]:
    """Return the number of bits in each item."""
    counts: npt.NDArray[np.uint8] = (
        _BIT_COUNTS[sets.view(np.uint8)].reshape(len(sets), sets.itemsize).sum(axis=1, dtype=np.uint8)
    )
    return counts


def measure_edits(one: str, other: str, most: int) -> int | None:
    """Return the number of edits between two names, None for more than ``most`` (optimal string alignment)."""
    while one and other and one[0] == other[0]:
        one, other = one[1:], other[1:]
    while one and other and one[-1] == other[-1]:
        one, other = one[:-1], other[:-1]
    if abs(len(one) - len(other)) > most:
        return None
    before: list[int] = []
    row = list(range(len(other) + 1))
    for number, letter in enumerate(one, start=1):
        before, last = row, before
        row = [number]
        for at, (left, right) in enumerate(pairwise([None, *other])):
            cost = min(before[at] + (letter != right), before[at + 1] + 1, row[at] + 1)
            if at and number > 1 and letter == left and one[number - 2] == right:
                cost = min(cost, last[at - 1] + 1)
            row.append(cost)
        if min(row) > most:
            return None
    return row[-1] if row[-1] <= most else None


def reorder_kind(folded_name: str, kinds: Iterable[str]) -> Iterator[str]:
    """Yield a name as it is, and with the word for its kind at either end or left out: "pendjari park", "pendjari"."""
    yield folded_name
    first, _, rest = folded_name.partition(" ")
    start, _, last = folded_name.rpartition(" ")
    for kind, bare in ((first, rest), (last, start)):
        if bare and kind in kinds:
            yield from (f"{bare} {kind}", f"{kind} {bare}", bare)
