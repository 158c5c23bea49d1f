"""Under which keys a place of a file is found: its names in the gazetteer's spelling, and their usual variants."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final, NamedTuple

from geomap.gazetteer.compilation.draft import DraftPlace, NameKind
from geomap.gazetteer.compilation.naming import is_arabic_with_article, key_variants
from geomap.gazetteer.normalisation import fold_name, likeness

_ARTICLES: Final = ("al ", "el ", "as ", "ash ", "ar ", "an ", "ad ", "at ", "az ", "adh ", "ath ")
_BETWEEN: Final = "\0"
UNKNOWN_LIKENESS: Final = 0.5
"""How alike a name counts to the usual one, where the usual one stands in another file."""


class Key(NamedTuple):
    """A folded name, what it is to the place (an index into `KIND_NAMES`), and how alike to the usual name, 0 to 1."""

    text: str
    kind: int
    likeness: float


def fold_names(names: Sequence[str]) -> list[str]:
    """Return each name as `fold_name` folds it, many times as fast: all are folded as one text."""
    folded = fold_name(_BETWEEN.join(names)).split(_BETWEEN)
    if len(folded) != len(names):  # one of them holds what should stand between them
        return [fold_name(name) for name in names]
    return [name.strip() for name in folded]


def spell_keys(folded: Sequence[str], country_code: str) -> Iterator[Key]:
    """Yield the keys of a place with these folded names, each once; the first name is the usual one."""
    usual = folded[0]
    if is_key(usual):
        yield Key(usual, NameKind.PREFERRED, 1.0)
    keys = dict.fromkeys(folded)
    for key in keys:
        if key != usual and is_key(key):
            yield Key(key, NameKind.ALTERNATE, likeness(key, usual))
    with_article = _has_article(keys, country_code)
    variants = (variant for key in keys for variant in key_variants(key, with_article=with_article))
    for key in dict.fromkeys(variants):
        if key not in keys and is_key(key):
            yield Key(key, NameKind.VARIANT, likeness(key, usual))


def spell_loose_key(folded: str, kind: NameKind, *, is_usual: bool) -> Iterator[Key]:
    """Yield the key of a name whose place stands in another file."""
    if is_key(folded):
        yield Key(folded, kind, 1.0 if is_usual else UNKNOWN_LIKENESS)


def is_key(key: str) -> bool:
    """Tell whether a folded name can be looked for: one letter is enough only in scripts where that is a word."""
    return (len(key) > 1 or (key != "" and not key.isascii())) and (key[0].isalpha() or any(map(str.isalpha, key)))


def _has_article(keys: dict[str, None], country_code: str) -> bool:
    if not any(key.startswith(_ARTICLES) for key in keys):
        return False
    place = DraftPlace("", 0, 0, "P", "PPL", country_code=country_code, names=dict.fromkeys(keys, NameKind.ALTERNATE))
    return is_arabic_with_article(place)
