"""Rivers that a text calls without their word: "the left bank of the Dnipro", "across the Mississippi"."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from geomap.gazetteer.normalisation import fold_name
from geomap.languages import ENGLISH, Language
from geomap.languages.base import RiverPatterns
from geomap.model import Mention
from geomap.resolvers.name_blocks import NameBlocks

_LONGEST_ARTICLE: Final = 12  # characters before the name that are looked at


def spell_out_rivers(
    text: str, mentions: Sequence[Mention], blocks: NameBlocks, language: Language = ENGLISH
) -> list[Mention]:
    """Return the mentions with "Dnipro" as "Dnipro River" where the text means a river that the gazetteer knows."""
    rivers = language.rivers
    return [
        replace(mention, text=rivers.form.format(mention.text)) if _is_river(text, mention, blocks, rivers) else mention
        for mention in mentions
    ]


def _is_river(text: str, mention: Mention, blocks: NameBlocks, rivers: RiverPatterns) -> bool:
    if mention.kind != "place" or mention.text.isupper():  # "the USA", and Usa River in Tanzania
        return False
    found = rivers.before.search(text, max(0, mention.start - _LONGEST_ARTICLE), mention.start)
    if found is None:
        return False
    folded = fold_name(mention.text)
    is_called_so = found.groupdict().get("word") is not None  # "the river Niger"
    is_known = (is_called_so or folded not in rivers.never) and blocks.is_water(rivers.form.lower().format(folded))
    return is_known and (is_called_so or rivers.behind.match(text, mention.end) is not None)
