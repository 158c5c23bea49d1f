"""Which places has a name: a trie of folded names, and for each of them the postings of its places."""

from __future__ import annotations

import marisa_trie
import numpy as np

from geomap.gazetteer.container import Container
from geomap.gazetteer.layout import MANY, OPEN_BITS, OPEN_MASK, ROW_MASK, row_of


class NameIndex:
    """The names of one compiled file."""

    def __init__(self, container: Container) -> None:
        self.names: marisa_trie.Trie = map_trie(container, "names")
        """The trie of folded names (see `geomap.gazetteer.normalisation`)."""
        self._trie = self.names
        self._slots = np.frombuffer(container.section("slots"), "<u4")
        self._more = np.frombuffer(container.section("more"), "<u4")
        # views of the same memory: their items are plain integers, in half the time
        self._slot_of, self._more_at = self._slots.data, self._more.data

    def postings(self, key_id: int) -> list[int]:
        """Return the packed rows and kinds (see `geomap.gazetteer.layout`) of a key of the trie.

        There are none where only villages have the name and it may be a word or a person's name as well.
        """
        slot: int = self._slot_of[key_id]
        if not slot & MANY:
            return [slot]
        begin = slot ^ MANY
        return self._more_at[begin + 1 : begin + 1 + (self._more_at[begin] & OPEN_MASK)].tolist()

    def all_postings(self, key_id: int) -> list[int]:
        """Return also the villages that a bare name does not mean, behind the others."""
        slot: int = self._slot_of[key_id]
        if not slot & MANY:
            return [slot]
        begin = slot ^ MANY
        counts = self._more_at[begin]
        return self._more_at[begin + 1 : begin + 1 + (counts & OPEN_MASK) + (counts >> OPEN_BITS)].tolist()

    def names_of(self, row: int) -> set[str]:
        """Return the folded names of a row of this file; this looks at all names, for some milliseconds."""
        is_single = self._slots & MANY == 0
        singles = np.flatnonzero(is_single & (self._slots & ROW_MASK == row))
        shared = np.flatnonzero(~is_single)
        shared = shared[np.argsort(self._slots[shared], kind="stable")]
        hits = np.flatnonzero(self._more & ROW_MASK == row)
        owners = shared[np.searchsorted(self._slots[shared] ^ MANY, hits, side="right") - 1] if len(shared) else hits
        keys = {*singles.tolist(), *owners.tolist()}  # a count may look like the row: what does not hold it falls out
        return {
            self._trie.restore_key(key)
            for key in keys
            if any(row_of(posting) == row for posting in NameIndex.all_postings(self, key))
        }


def map_trie(container: Container, section: str) -> marisa_trie.Trie:
    """Return a trie that reads straight from the mapped file."""
    return marisa_trie.Trie().map(container.section(section))
