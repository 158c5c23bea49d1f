"""Rivers that a text calls without their word: "the left bank of the Dnipro", "across the Mississippi"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from geomap.gazetteer.normalisation import fold_name
from geomap.model import Mention
from geomap.resolvers.name_blocks import NameBlocks

# Towns, states and most countries have no article; "the Dnipro region" has it for its noun, so none may follow.
_ARTICLE: Final = re.compile(r"\b[Tt]he $")
_NO_NOUN: Final = re.compile(
    r"['\u2019\u201d\")\].,;:!?\n]|$| [-\u2013\u2014]|\s(?:and|or|but|to|from|in|into|at|near|by|with|on|as|for|than|"
    r"is|are|was|were|has|had|have|will|would|can|could|may|which|that|where|while|when|after|before|during|since|"
    r"until|flows?|\w+ed)\b"
)
_WITH_ARTICLE: Final = frozenset({"congo", "gambia", "east", "north", "south", "west"})
_LONGEST_ARTICLE: Final = 5  # characters before the name that are looked at


def spell_out_rivers(text: str, mentions: Sequence[Mention], blocks: NameBlocks) -> list[Mention]:
    """Return the mentions; those of rivers that lack the word have it, where the gazetteer knows them with it."""
    return [
        replace(mention, text=f"{mention.text} River") if _is_river(text, mention, blocks) else mention
        for mention in mentions
    ]


def _is_river(text: str, mention: Mention, blocks: NameBlocks) -> bool:
    if mention.kind != "place" or mention.text.isupper():  # "the USA", and Usa River in Tanzania
        return False
    if not _ARTICLE.search(text, max(0, mention.start - _LONGEST_ARTICLE), mention.start):
        return False
    folded = fold_name(mention.text)
    is_known = folded not in _WITH_ARTICLE and blocks.is_water(f"{folded} river")
    return is_known and _NO_NOUN.match(text, mention.end) is not None
