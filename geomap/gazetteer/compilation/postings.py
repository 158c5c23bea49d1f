"""From the places of a draft to the sections that tell which places have a name."""

from __future__ import annotations

import array
from collections import defaultdict
from collections.abc import Collection, Mapping

import marisa_trie
import numpy as np

from geomap.gazetteer.compilation.draft import DraftPlace, NameKind
from geomap.gazetteer.compilation.naming import is_arabic_with_article, key_variants
from geomap.gazetteer.compilation.spellings import arabic_variants, undotted
from geomap.gazetteer.compilation.villages import is_plainly_local
from geomap.gazetteer.layout import KIND_NAMES, LANGUAGES, MANY, MOST_LOCAL, OPEN_BITS, kind_of, pack_posting
from geomap.gazetteer.normalisation import fold_name, likeness

_VARYING = frozenset({NameKind.PREFERRED, NameKind.ALTERNATE, NameKind.HISTORICAL})  # kinds that have spellings by rule


def name_sections(
    places: list[DraftPlace], lexicon: Mapping[str, tuple[int, int, int]], taken: Collection[str]
) -> dict[str, bytes]:
    """Return the sections for all names of places; for the other parameters see `write_gazetteer`."""
    postings = _postings(places)
    first_village = sum(not place.village_number for place in places)
    trie = marisa_trie.Trie(sorted(postings))
    slots = array.array("I", bytes(4 * len(trie)))
    more = array.array("I")
    for key, found in postings.items():
        open_rows = [row for row in sorted(found) if row < first_village and key not in places[row].reserved]
        rows = open_rows + sorted(found.keys() - set(open_rows))
        first_local = len(open_rows)
        is_of_villages = rows[0] >= first_village
        if not first_local and is_of_villages and key not in taken and is_plainly_local(key, lexicon):
            first_local = len(rows)
        packed = [found[row] for row in rows[: first_local + MOST_LOCAL]]
        if len(packed) == first_local == 1:
            slots[trie[key]] = packed[0]
        else:
            slots[trie[key]] = MANY | len(more)
            more.extend([first_local | (len(packed) - first_local) << OPEN_BITS, *packed])
    return {
        "names": trie.tobytes(),
        "slots": np.array(slots, dtype="<u4").tobytes(),
        "more": np.array(more, dtype="<u4").tobytes(),
        **_language_sections(places, trie),
    }


def _language_sections(places: list[DraftPlace], trie: marisa_trie.Trie) -> dict[str, bytes]:
    """Return which names of which places are known to be other languages', by key and row, as sets of bits."""
    found = sorted(
        (trie[key], row, sum(1 << LANGUAGES.index(language) for language in languages))
        for row, place in enumerate(places)
        for key, languages in place.languages.items()
        if key in trie
    )
    keys, rows, masks = zip(*found, strict=True) if found else ((), (), ())
    return {
        "language_keys": np.array(keys, "<u4").tobytes(),
        "language_rows": np.array(rows, "<u4").tobytes(),
        "language_masks": np.array(masks, "<u2").tobytes(),
    }


def _postings(places: list[DraftPlace]) -> dict[str, dict[int, int]]:
    """Return folded name -> row -> posting; rows rise, so the best known place comes first."""
    postings: dict[str, dict[int, int]] = defaultdict(dict)

    def add(key: str, row: int, kind: NameKind, place: DraftPlace, usual: str) -> None:
        if not _is_key(key):
            return
        known = postings[key].get(row)
        if known is None or kind.weakness < NameKind(kind_of(known)).weakness:
            alike = 1.0 if key in place.english else likeness(key, usual)
            postings[key][row] = pack_posting(row, kind, alike)

    for row, place in enumerate(places):
        usual = fold_name(place.name)
        arabic = is_arabic_with_article(place)
        for name, kind in place.names.items():
            key = fold_name(name)
            add(key, row, kind, place, usual)
            if kind == NameKind.ABBREVIATION:
                add(undotted(key), row, kind, place, usual)
            if kind in _VARYING:
                for variant in (*key_variants(key, with_article=arabic), *arabic_variants(key, place)):
                    add(variant, row, NameKind.VARIANT, place, usual)
    return postings


def _is_key(key: str) -> bool:
    return (len(key) > 1 or (key != "" and not key.isascii())) and any(character.isalpha() for character in key)


assert len(KIND_NAMES) == len(NameKind)
