"""From the names of a draft to a trie and its postings, in arrays throughout."""

from __future__ import annotations

from itertools import compress
from typing import Any, Final

import marisa_trie
import numpy as np
import numpy.typing as npt

from geomap.errors import GazetteerError
from geomap.gazetteer.layout import LIKENESS_MASK, MANY, ROW_BITS, ROW_MASK
from geomap.gazetteer.overlays.drafting import KIND_BITS, OverlayDraft

# One number for each name of each place, so that sorting them gives the order in which they are stored:
# key | how little known the place is | row | kind | how unlike the name is to the usual one
_UNLIKE_BITS: Final = LIKENESS_MASK.bit_length()
_ROW_SHIFT: Final = _UNLIKE_BITS + KIND_BITS
_WEIGHT_SHIFT: Final = _ROW_SHIFT + ROW_BITS
_KEY_SHIFT: Final = _WEIGHT_SHIFT + 8
_MOST_KEYS: Final = 1 << (64 - _KEY_SHIFT)

Numbers = npt.NDArray[Any]


def compile_names(
    draft: OverlayDraft, row_of: Numbers, importance: Numbers | None
) -> tuple[dict[str, bytes | memoryview], int]:
    """Return the sections of the names, and how many names there are; the draft's keys are used up.

    ``row_of`` maps the rows of the draft to those of the overlay, ``importance`` is that of the overlay's rows, None
    where its places stand elsewhere.
    """
    trie, key_ids = _build_trie(draft)
    if len(trie) > _MOST_KEYS:
        raise GazetteerError(f"The file holds more than {_MOST_KEYS:,} names: add it country by country.")
    order = _pack(draft, key_ids, row_of, importance)
    del key_ids
    order.sort()
    slots, more = _fill_slots(_drop_repeated(order), len(trie))
    return {"names": trie.tobytes(), "slots": as_octets(slots), "more": as_octets(more)}, len(trie)


def _build_trie(draft: OverlayDraft) -> tuple[marisa_trie.Trie, Numbers]:
    """Return the trie, and for each of the draft's keys its id there.

    The trie gets each key once, which halves the memory that it takes: keys are told apart by hashes of 64 bits, and
    that two of 30 million different names have the same is as likely as 1 to 40,000.
    """
    hashes = np.frombuffer(draft.key_hashes, np.int64)
    order = np.argsort(hashes, kind="stable")
    is_new = np.ones(len(order), bool)
    is_new[1:] = hashes[order[1:]] != hashes[order[:-1]]
    is_first = np.zeros(len(order), np.uint8)
    is_first[order[is_new]] = 1
    numbers = np.empty(len(order), np.uint32)  # of the different hashes, in their own order
    numbers[order] = np.cumsum(is_new, dtype=np.uint32) - np.uint32(1)
    del hashes, order, is_new
    draft.key_hashes = draft.key_hashes[:0]
    trie = marisa_trie.Trie(compress(draft.read_keys(), is_first))
    ids_in_order = np.fromiter(map(trie.key_id, compress(draft.read_keys(), is_first)), np.uint32)
    ids = np.empty_like(ids_in_order)
    ids[numbers[is_first.astype(bool)]] = ids_in_order
    return trie, ids[numbers]


def _pack(draft: OverlayDraft, key_ids: Numbers, row_of: Numbers, importance: Numbers | None) -> Numbers:
    rows = row_of[np.frombuffer(draft.key_rows, np.uint32)]
    codes = np.frombuffer(draft.key_codes, np.uint8)
    packed = key_ids.astype(np.uint64) << np.uint64(_KEY_SHIFT)
    if importance is not None:
        packed |= (255 - importance[rows]).astype(np.uint64) << np.uint64(_WEIGHT_SHIFT)
    packed |= rows.astype(np.uint64) << np.uint64(_ROW_SHIFT)
    packed |= (codes & ((1 << KIND_BITS) - 1)).astype(np.uint64) << np.uint64(_UNLIKE_BITS)
    packed |= (LIKENESS_MASK - (codes >> KIND_BITS)).astype(np.uint64)
    return packed


def _drop_repeated(packed: Numbers) -> Numbers:
    """Return the postings with only the strongest kind of each place under a name."""
    pairs = packed >> np.uint64(_ROW_SHIFT)
    keep = np.ones(len(packed), bool)
    keep[1:] = pairs[1:] != pairs[:-1]
    return packed[keep]


def _fill_slots(packed: Numbers, keys: int) -> tuple[Numbers, Numbers]:
    """Return the sections `slots` and `more` (see `geomap.gazetteer.layout`)."""
    key_ids = (packed >> np.uint64(_KEY_SHIFT)).astype(np.uint32)
    postings = _unpack_postings(packed)
    counts = np.bincount(key_ids, minlength=keys).astype(np.uint32)
    many = counts > 1
    begins = np.zeros(keys, np.uint32)
    begins[many] = np.cumsum(counts[many] + 1, dtype=np.uint32) - counts[many] - 1
    slots = begins | np.uint32(MANY)
    is_single = ~many[key_ids]
    slots[key_ids[is_single]] = postings[is_single]
    more = np.zeros(int((counts[many] + 1).sum()), "<u4")
    more[begins[many]] = counts[many]
    firsts = np.cumsum(counts, dtype=np.uint32) - counts
    shared = np.flatnonzero(~is_single)
    key_ids = key_ids[shared]
    more[begins[key_ids] + 1 + shared.astype(np.uint32) - firsts[key_ids]] = postings[shared]
    return slots.astype("<u4"), more


def _unpack_postings(packed: Numbers) -> Numbers:
    rows = (packed >> np.uint64(_ROW_SHIFT)).astype(np.uint32) & np.uint32(ROW_MASK)
    low = packed.astype(np.uint32)
    kinds = (low >> np.uint32(_UNLIKE_BITS)) & np.uint32((1 << KIND_BITS) - 1)
    likeness = np.uint32(LIKENESS_MASK) - (low & np.uint32(LIKENESS_MASK))
    postings: Numbers = rows | kinds << np.uint32(ROW_BITS) | likeness << np.uint32(ROW_BITS + KIND_BITS)
    return postings


def as_octets(values: Numbers) -> memoryview:
    """Return an array's bytes without copying them."""
    return np.ascontiguousarray(values).view(np.uint8).data
