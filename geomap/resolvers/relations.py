"""Names that stand in a relation: "Paris, Texas", "Pokrovsk (in Donetsk)", "Russia's Kursk region", "Kyiv and Lviv"."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final, NamedTuple

from geomap.languages import ENGLISH, Language
from geomap.model import Mention

PLACING: Final = frozenset({"bracket", "comma", "adjacent", "loose"})
"""The kinds of relations that put a name into the one behind it."""
_LONGEST: Final = 40  # characters between the two names


class Relation(NamedTuple):
    """A text's statement that the mention ``inner`` lies in the mention ``outer``; both are indices.

    Kinds: bracket ("Paris, Texas, has", "Pokrovsk (in Donetsk)", "Paris, the capital of France"),
    comma ("Paris, Texas and"), adjacent ("Paris Texas"), loose ("Paris in Texas"),
    possessive ("Russia's Kursk region", "the Syrian city of Homs"); list ("Kyiv and Lviv") puts neither into the other.
    """

    inner: int
    outer: int
    kind: str


def find_relations(text: str, mentions: Sequence[Mention], language: Language = ENGLISH) -> list[Relation]:
    """Return the relations of neighbouring mentions."""
    return list(_find(text, mentions, language))


def _find(text: str, mentions: Sequence[Mention], language: Language) -> Iterator[Relation]:
    patterns = language.relations
    for index in range(len(mentions) - 1):
        first, second = mentions[index], mentions[index + 1]
        if second.start - first.end > _LONGEST:
            continue
        between = text[first.end : second.start]
        if patterns.bracket.match(between):
            kind = _read_comma(text, between, second, language)
            if kind:
                yield Relation(index, index + 1, kind)
        elif patterns.listing.match(between):
            yield Relation(index, index + 1, "list")
        elif patterns.apposition.match(between):
            yield Relation(index, index + 1, "loose" if second.kind == "demonym" else "bracket")
        elif patterns.loose.match(between):
            yield Relation(index, index + 1, "loose")
        elif patterns.adjacent.match(between) and first.kind == second.kind == "place":
            yield Relation(index, index + 1, "adjacent")
        elif patterns.possessive.match(between) or (first.kind == "demonym" and patterns.attribute.fullmatch(between)):
            yield Relation(index + 1, index, "possessive")


def _read_comma(text: str, between: str, second: Mention, language: Language) -> str:
    """Return the kind of relation of a bracket or comma before a name, or an empty string.

    "Aid came from Berlin, the United States and Britain": before an article it is rather a list.
    """
    is_bracket, patterns = "(" in between, language.relations
    if between.strip() == f", {language.article}":
        return "list"
    if is_bracket or patterns.closing.match(text, second.end):
        return "bracket"
    return "" if second.kind == "demonym" or patterns.adjective.fullmatch(second.text) else "comma"
