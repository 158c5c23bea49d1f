"""Words beside a name that say what kind of place it is: "the city of Mexico", "the Paroo and Warrego rivers"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from geomap.gazetteer.normalisation import fold_name
from geomap.languages import ENGLISH, Language
from geomap.languages.base import HeadPatterns
from geomap.model import Mention
from geomap.resolvers.name_blocks import NameBlocks

_REACH: Final = 24  # characters beside a name that may say its kind
_LIST: Final = 80  # characters of a list of names that share a word


def find_classes(text: str, mentions: Sequence[Mention], language: Language = ENGLISH) -> list[str]:
    """Return the class of place that the words beside each mention ask for, or an empty string."""
    shares = _has_shared(text, language.heads)
    return [_find_class(text, mention, language, shares=shares) for mention in mentions]


def _has_shared(text: str, heads: HeadPatterns) -> bool:
    return any(word in text or word.capitalize() in text for word in heads.shared)


def _find_class(text: str, mention: Mention, language: Language, *, shares: bool) -> str:
    heads = language.heads
    if mention.kind != "place":
        return ""
    if shares and (shared := _find_shared(text, mention, heads)):
        return language.units.class_of_ending.get(heads.shared[shared][0].removeprefix("{} "), "nature")
    found = heads.behind.match(text, mention.end) or heads.before.search(
        text, max(0, mention.start - _REACH), mention.start
    )
    return (found.lastgroup or "") if found else ""


def spell_out_heads(
    text: str, mentions: Sequence[Mention], blocks: NameBlocks, language: Language = ENGLISH
) -> list[Mention]:
    """Return the mentions with the word that they share with others: "Paroo" as "paroo river"."""
    if not _has_shared(text, language.heads):
        return list(mentions)
    return [_spell_out(text, mention, blocks, language.heads) for mention in mentions]


def _spell_out(text: str, mention: Mention, blocks: NameBlocks, heads: HeadPatterns) -> Mention:
    shared = _find_shared(text, mention, heads) if mention.kind == "place" else ""
    names = [form.format(fold_name(mention.text)) for form in heads.shared.get(shared, ())]
    known = [name for name in names if blocks.is_known(name)]
    return replace(mention, text=max(known, key=blocks.importance_of)) if known else mention


def _find_shared(text: str, mention: Mention, heads: HeadPatterns) -> str:
    """Return the word in the plural that a mention shares with others, or an empty string."""
    behind, before = text[mention.end : mention.end + _LIST], text[max(0, mention.start - _LIST) : mention.start]
    is_listed = re.search(rf"[\w'’-](?:{heads.joint.pattern})$", before) is not None
    found = _shared_behind(heads, is_listed=is_listed).match(behind)
    if found is None:
        found = _shared_before(heads).search(before)
        if found and not found["others"] and not re.match(rf"(?:{heads.joint.pattern})[A-Z]", behind):
            return ""
    return found["head"].lower() if found else ""


def _shared_behind(heads: HeadPatterns, *, is_listed: bool) -> re.Pattern[str]:
    """Return what stands behind one of several names; the last of them ``is_listed`` behind the others."""
    names = rf"(?:(?:{heads.joint.pattern})[A-Z][\w'’-]*){'*' if is_listed else '+'}"
    return re.compile(rf"{names} (?P<head>{'|'.join(heads.shared)})\b")


def _shared_before(heads: HeadPatterns) -> re.Pattern[str]:
    words = "|".join(f"{word}|{word.capitalize()}" for word in heads.shared)
    others = rf"(?P<others>(?:[A-Z][\w'’-]*(?:{heads.joint.pattern}))*)"
    return re.compile(rf"\b(?P<head>{words}) (?:of )?(?:the )?{others}$")
