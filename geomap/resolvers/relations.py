"""Names that stand in a relation: "Paris, Texas", "Pokrovsk (in Donetsk)", "Russia's Kursk region"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final, NamedTuple

from geomap.model import Mention

_BRACKET: Final = re.compile(r"^(?:,|,? ?\()\s*(?:in |near )?(?:the )?$")
_LOOSE: Final = re.compile(
    r"^,? (?:in|of|within)(?: (?:the|northern|southern|eastern|western|central|\w+ern))*(?: \w+)? ?$"
)
_POSSESSIVE: Final = re.compile(r"^['’]s? (?:\w+ ){0,3}$")
_CLOSING: Final = re.compile(r"[,.;:)\]\n]| [-\u2013\u2014(]|['\u2019]s|$")
_LONGEST: Final = 40  # characters between the two names


class Relation(NamedTuple):
    """The mention ``inner`` lies in the mention ``outer``, says the text; both are indices.

    Kinds: bracket ("Paris, Texas, has", "Pokrovsk (in Donetsk)"), comma ("Paris, Texas and"), loose ("Paris in Texas"),
    possessive ("Russia's Kursk region", "the Syrian city of Homs").
    """

    inner: int
    outer: int
    kind: str


def find_relations(text: str, mentions: Sequence[Mention]) -> Iterator[Relation]:
    """Yield the relations of neighbouring mentions."""
    for index in range(len(mentions) - 1):
        first, second = mentions[index], mentions[index + 1]
        if second.start - first.end > _LONGEST:
            continue
        between = text[first.end : second.start]
        if _BRACKET.match(between):
            is_closed = "(" in between or _CLOSING.match(text, second.end)
            yield Relation(index, index + 1, "bracket" if is_closed else "comma")
        elif _LOOSE.match(between):
            yield Relation(index, index + 1, "loose")
        elif _POSSESSIVE.match(between) or (first.kind == "demonym" and re.fullmatch(r" (?:\w+ ){0,3}", between)):
            yield Relation(index + 1, index, "possessive")
