"""Which places has a name: a trie of folded names, and for each of them the postings of its places."""

from __future__ import annotations

from functools import cached_property

import marisa_trie
import numpy as np
import numpy.typing as npt

from geomap.gazetteer.container import Container
from geomap.gazetteer.layout import KIND_MASK, LANGUAGES, MANY, OPEN_BITS, OPEN_MASK, ROW_BITS, ROW_MASK, row_of

_NOT_SPELLED = np.array([False, False, True, False, True, False, False, False])
"""By kind of a name: whether it is an abbreviation or the name of a people."""


class NameIndex:
    """The names of one compiled file."""

    def __init__(self, container: Container) -> None:
        self.names: marisa_trie.Trie = map_trie(container, "names")
        """The trie of folded names (see `geomap.gazetteer.normalisation`)."""
        self._trie = self.names
        self._sections = container
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

    def languages(self, folded_name: str, row: int) -> tuple[str, ...]:
        """Return the codes of the languages other than English that are known to use a name for a place of this file.

        None means that no source tells: a name that English does not use either may be a look-alike.
        """
        keys, rows, masks = self._language_columns
        key_id = self._trie.get(folded_name, -1)
        begin, end = np.searchsorted(keys, (key_id, key_id + 1)).tolist() if key_id >= 0 else (0, 0)
        mask = next((int(masks[at]) for at in range(begin, end) if rows[at] == row), 0)
        return tuple(language for bit, language in enumerate(LANGUAGES) if mask >> bit & 1)

    @cached_property
    def _language_columns(self) -> tuple[npt.NDArray[np.uint32], npt.NDArray[np.uint32], npt.NDArray[np.uint16]]:
        names = ("language_keys", "language_rows", "language_masks")
        keys, rows, masks = (self._sections.section(name) if name in self._sections else b"" for name in names)
        return np.frombuffer(keys, "<u4"), np.frombuffer(rows, "<u4"), np.frombuffer(masks, "<u2")

    def keys_of_rows(self, is_wanted: npt.NDArray[np.bool_]) -> npt.NDArray[np.uint32]:
        """Return the ids of the keys of the trie that some wanted row of this file has; ``is_wanted`` is by row.

        Abbreviations and names of peoples do not count.
        """
        is_single = self._slots & MANY == 0
        keys = np.flatnonzero(is_single)
        found = keys[self._are_wanted(self._slots[keys], is_wanted)]
        shared = np.flatnonzero(~is_single)
        begins = (self._slots[shared] ^ MANY).astype(np.int64)
        counts = self._more[begins].astype(np.int64)
        sizes = (counts & OPEN_MASK) + (counts >> OPEN_BITS)
        owners = np.repeat(shared, sizes)
        starts = np.repeat(begins + 1 - np.concatenate([[0], np.cumsum(sizes)[:-1]]), sizes)
        postings = self._more[starts + np.arange(len(owners))]
        found = np.concatenate([found, np.unique(owners[self._are_wanted(postings, is_wanted)])])
        return np.sort(found).astype(np.uint32)

    @staticmethod
    def _are_wanted(postings: npt.NDArray[np.uint32], is_wanted: npt.NDArray[np.bool_]) -> npt.NDArray[np.bool_]:
        kinds = postings >> ROW_BITS & KIND_MASK
        wanted: npt.NDArray[np.bool_] = is_wanted[postings & ROW_MASK] & ~_NOT_SPELLED[kinds]
        return wanted

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
