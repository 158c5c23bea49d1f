"""Spellings by rule that reports mix: Arabic articles, and abbreviations that have lost their last dot."""

from __future__ import annotations

import re
from collections.abc import Iterator

from geomap.gazetteer.compilation.draft import DraftPlace
from geomap.gazetteer.compilation.naming import ARABIC_COUNTRIES

_LEAST_POPULATION = 10_000  # smaller places are written as the sources have them
_INNER_ARTICLE = re.compile(r"(?<=\w )(?:[ae](?:[dlnrstz]|sh|dh|th)) (?=([a-z])\w{2})")
_SUN_LETTERS = frozenset("dnrstz")  # those that the article takes on: "ez-Zor", "as-Sawr"
_ARTICLE = "\u0627\u0644"  # alif lam


def arabic_variants(key: str, place: DraftPlace) -> Iterator[str]:
    """Yield spellings of the article in a folded name: "deir az zor" of "deir ez zor", with and without alif lam."""
    if place.country_code not in ARABIC_COUNTRIES:
        return
    if place.population < _LEAST_POPULATION and place.feature_code != "ADM1":
        return
    if key.isascii():
        match = _INNER_ARTICLE.search(key)
        if match:
            ends = ("l", match[1]) if match[1] in _SUN_LETTERS else ("l",)
            for article in (vowel + end for vowel in "ae" for end in ends):
                yield f"{key[: match.start()]}{article} {key[match.end() :]}"
    elif key.startswith(_ARTICLE):
        yield key[len(_ARTICLE) :]
    elif "\u0621" <= key[0] <= "\u064a":
        yield _ARTICLE + key


def undotted(key: str) -> str:
    """Return an abbreviation as it is written without its last dot: "u.s" of "u.s."."""
    return key[:-1] if key.endswith(".") and "." in key[:-1] else key
