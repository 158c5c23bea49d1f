"""Several tries of names as one."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

import marisa_trie

KEY_BITS: Final = 32
MOST_KEYS: Final = (1 << KEY_BITS) - 1
"""Ids up to this one are of keys that the first trie alone has: 1 for its first."""


class ChainedNames:
    """Several tries as one; the id of a key holds its ids in each of them (see `ids_in_tries`)."""

    def __init__(self, tries: Sequence[marisa_trie.Trie]) -> None:
        self._tries = tuple((number * KEY_BITS, trie) for number, trie in enumerate(tries))

    def __len__(self) -> int:
        """Return the number of keys; those in several tries count several times."""
        return sum(len(trie) for _, trie in self._tries)

    def __contains__(self, key: str) -> bool:
        return any(key in trie for _, trie in self._tries)

    def get(self, key: str, default: int | None = None) -> int | None:
        """Return the id of a key."""
        found = 0
        for shift, trie in self._tries:
            key_id = trie.get(key)
            if key_id is not None:
                found |= (key_id + 1) << shift
        return found or default

    def iter_prefixes_with_ids(self, text: str) -> Iterator[tuple[str, int]]:
        """Yield the keys that the text begins with, the shortest first, with their ids."""
        found: dict[str, int] = {}
        for shift, trie in self._tries:
            for key, key_id in trie.iter_prefixes_with_ids(text):
                found[key] = found.get(key, 0) | (key_id + 1) << shift
        return iter(sorted(found.items(), key=_length_of_key) if len(found) > 1 else found.items())

    def iteritems(self, prefix: str = "") -> Iterator[tuple[str, int]]:
        """Yield all keys that begin with ``prefix``, with their ids, each once."""
        for number, (_, trie) in enumerate(self._tries):
            for key in trie.iterkeys(prefix):
                if not any(key in earlier for _, earlier in self._tries[:number]):
                    yield key, self.get(key) or 0

    def items(self, prefix: str = "") -> list[tuple[str, int]]:
        """Return what `iteritems` yields."""
        return list(self.iteritems(prefix))


def _length_of_key(item: tuple[str, int]) -> int:
    return len(item[0])


def ids_in_tries(key_id: int) -> Iterator[tuple[int, int]]:
    """Yield the number of each trie that has a key of `ChainedNames`, and the key's id there."""
    number = 0
    while key_id:
        if key_id & MOST_KEYS:
            yield number, (key_id & MOST_KEYS) - 1
        key_id >>= KEY_BITS
        number += 1
