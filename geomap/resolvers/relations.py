"""Names that stand in a relation: "Paris, Texas", "Pokrovsk (in Donetsk)", "Russia's Kursk region", "Kyiv and Lviv"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final, NamedTuple

from geomap.model import Mention

_BRACKET: Final = re.compile(r"^(?:,|,? ?\()\s*(?:in |near )?(?:the )?$")
_LOOSE: Final = re.compile(
    r"^,? (?:in|of|within)(?: (?:the|northern|southern|eastern|western|central|\w+ern))*(?: \w+)? ?$"
)
_APPOSITION: Final = re.compile(r"^, (?:an?|the) (?:\w+ ){1,3}(?:of|in) (?:the )?$")
_POSSESSIVE: Final = re.compile(r"^['’]s? (?:\w+ ){0,3}$")
_ATTRIBUTE: Final = re.compile(r" (?:\w+ ){0,3}$")
_LIST: Final = re.compile(r"^(?:,? (?:and|or|to)|,? as well as| ?&| ?/|;) ?(?:in |the )?$")
_CLOSING: Final = re.compile(r"[,.;:)\]\n]| [-\u2013\u2014(]|['\u2019]s|$")
# "left Russia, U.S. officials said": what is used like an adjective contains nothing
_ADJECTIVE: Final = re.compile(r"U\.?S\.?A?\.?|U\.?K\.?|E\.?U\.?")
_LONGEST: Final = 40  # characters between the two names


class Relation(NamedTuple):
    """The mention ``inner`` lies in the mention ``outer``, says the text; both are indices.

    Kinds: bracket ("Paris, Texas, has", "Pokrovsk (in Donetsk)"), comma ("Paris, Texas and"),
    loose ("Paris in Texas", "Paris, the capital of France"),
    possessive ("Russia's Kursk region", "the Syrian city of Homs"); list ("Kyiv and Lviv") puts neither into the other.
    """

    inner: int
    outer: int
    kind: str


def find_relations(text: str, mentions: Sequence[Mention]) -> list[Relation]:
    """Return the relations of neighbouring mentions."""
    return list(_find(text, mentions))


def _find(text: str, mentions: Sequence[Mention]) -> Iterator[Relation]:
    for index in range(len(mentions) - 1):
        first, second = mentions[index], mentions[index + 1]
        if second.start - first.end > _LONGEST:
            continue
        between = text[first.end : second.start]
        if _BRACKET.match(between):
            kind = _read_comma(text, between, second)
            if kind:
                yield Relation(index, index + 1, kind)
        elif _LIST.match(between):
            yield Relation(index, index + 1, "list")
        elif _LOOSE.match(between) or _APPOSITION.match(between):
            yield Relation(index, index + 1, "loose")
        elif _POSSESSIVE.match(between) or (first.kind == "demonym" and _ATTRIBUTE.fullmatch(between)):
            yield Relation(index + 1, index, "possessive")


def _read_comma(text: str, between: str, second: Mention) -> str:
    """Return what a bracket or a comma before a name says, "" for nothing.

    "Aid came from Syria, the United States and Britain": before an article it is rather a list.
    """
    is_bracket = "(" in between
    if not is_bracket and between.rstrip().endswith("the"):
        return "loose"
    if is_bracket or _CLOSING.match(text, second.end):
        return "bracket"
    return "" if second.kind == "demonym" or _ADJECTIVE.fullmatch(second.text) else "comma"
