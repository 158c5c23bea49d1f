"""Finds every span of a text that could be a place name: what the gazetteer knows, and what its form gives away."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Final

from geomap.gazetteer.index import Gazetteer
from geomap.gazetteer.layout import KIND_NAMES, kind_of
from geomap.recognizers.tokens import Tokens, split_tokens

LONGEST_NAME: Final = 60  # characters
_ABBREVIATION: Final = KIND_NAMES.index("abbreviation")
# words that stand in lower case inside names, and words for kinds of units behind them
_SMALL_WORDS: Final = frozenset(
    "of the and de la le les du des del di da do dos das el al as ar ash an ad at az en am im sur sous upon on in by "
    "und y e i van von der den ez es d l s st".split()
)
LOCATIVE: Final = frozenset("in at near from to into around outside across through towards toward via".split())
TYPE_WORDS: Final = frozenset(
    "oblast region province governorate county district parish state territory krai republic prefecture department "
    "municipality raion canton voivodeship township borough city town village sea river lake gulf strait bay valley "
    "mountains mountain desert peninsula island islands coast airport bridge dam crossing camp hospital square "
    "plant station".split()
)
# "Xxxx County", "Lake Xxxx": places that a gazetteer may lack
_LAST_WORDS: Final = frozenset(
    "Oblast Region Province Governorate County District Parish Township Prefecture Raion Municipality Borough "
    "River Creek Valley Hills Hill Springs Grove Ford Village Town City Estate "
    "Island Islands Mountains Bay Beach Lake Peninsula Airport Bridge Dam".split()
)
_STREET_WORDS: Final = frozenset(
    "Street Road Avenue Drive Lane Boulevard Highway Parkway Way Court Trail Circle Park Square St Rd Ave Blvd".split()
)
_FIRST_WORDS: Final = frozenset(
    "Lake Mount Mt Fort River Camp Cape Port Wadi Tel Tell Jabal Jebel Khirbet Khirbat Deir".split()
)
_CLOSING: Final = _LAST_WORDS | _STREET_WORDS | {word for word in TYPE_WORDS if word.capitalize() in _LAST_WORDS}
_FORMING: Final = _CLOSING | _FIRST_WORDS
_INNER_WORDS: Final = _SMALL_WORDS | TYPE_WORDS


@dataclass(slots=True)
class Span:
    """A run of tokens, first to last, that may be a place name; ``postings`` is empty where the gazetteer lacks it."""

    first: int
    last: int
    start: int
    end: int
    postings: list[int] = field(default_factory=list)
    key: int = -1
    """The same for spans with the same postings; -1 where there are none."""


def find_spans(text: str, gazetteer: Gazetteer) -> tuple[Tokens, list[Span]]:
    """Return the tokens of a text and all spans that may be place names, in the order of their starts."""
    tokens = split_tokens(text)
    spans: dict[tuple[int, int], Span] = {}
    heads = [index for index, word in enumerate(tokens.texts) if not word[0].islower() and _may_begin(word)]
    for span in _known_spans(tokens, heads, gazetteer):
        spans[span.first, span.last] = span
    for first, last in (*_formed_spans(tokens), *_unknown_spans(tokens, heads, gazetteer)):
        if (first, last) not in spans:
            spans[first, last] = Span(first, last, tokens.starts[first], tokens.ends[last])
    return tokens, [spans[key] for key in sorted(spans)]


def _may_begin(word: str) -> bool:
    """Tell whether a word begins with a capital or a caseless letter."""
    head = word[0]
    return head.isupper() or (head.isalpha() and not head.islower())


def _known_spans(tokens: Tokens, heads: Sequence[int], gazetteer: Gazetteer) -> Iterator[Span]:
    """Look up what begins at each head in the trie.

    Abbreviations that are not written in capitals ("us") are left out, unless they carry their dot ("Ky.").
    """
    plain, prefixes = tokens.plain, gazetteer.names.iter_prefixes_with_ids
    last_at = {end: index for index, end in enumerate(tokens.plain_ends)}
    for first in heads:
        if _continues_word(tokens, first):
            continue
        begin = tokens.plain_starts[first]
        for prefix, key_id in prefixes(plain[begin : begin + LONGEST_NAME]):
            last = last_at.get(begin + len(prefix))
            if last is None or (last > first and not _is_written_as_name(tokens, first, last)):
                continue
            may_abbreviate = "." in prefix or all(word.isupper() for word in tokens.texts[first : last + 1])
            postings = gazetteer.postings(key_id)
            if not may_abbreviate:
                postings = [posting for posting in postings if kind_of(posting) != _ABBREVIATION]
            if postings:
                key = 2 * key_id + may_abbreviate
                yield Span(first, last, tokens.starts[first], tokens.ends[last], postings, key)


def _continues_word(tokens: Tokens, first: int) -> bool:
    """Tell whether a token is the rest of a word with an inner sign, like the S of "U.S." or the t of "don't"."""
    before = first - 1
    return first > 0 and tokens.ends[before] == tokens.starts[first] and tokens.texts[before] in ".'\u2019&@#_"


def _is_written_as_name(tokens: Tokens, first: int, last: int) -> bool:
    """Tell whether every word has a capital, but for small words and kinds of units ("Kharkiv region")."""
    return all(
        not tokens.texts[index][0].islower() or tokens.folded[index] in _INNER_WORDS
        for index in range(first + 1, last + 1)
    )


def _formed_spans(tokens: Tokens) -> Iterator[tuple[int, int]]:
    """Yield first and last token of "Xxxx Xxxx County", "Lake Xxxx" and the like, known or not."""
    texts = tokens.texts
    for index in [index for index, word in enumerate(texts) if word in _FORMING]:
        word = texts[index]
        if word in _CLOSING:
            first = index
            while first and index - first < 3 and _is_capitalised(texts[first - 1]):
                first -= 1
                yield first, index
        elif index + 1 < len(texts) and _is_capitalised(texts[index + 1]):
            yield index, index + 1


def _unknown_spans(tokens: Tokens, heads: Sequence[int], gazetteer: Gazetteer) -> Iterator[tuple[int, int]]:
    """Yield single words that are neither words nor persons' names, and what runs on from "in" and the like."""
    texts = tokens.texts
    for index in heads:
        word = texts[index]
        if not _is_capitalised(word) or word.isupper() or _continues_word(tokens, index):
            continue
        if index and tokens.folded[index - 1] in LOCATIVE:
            last = index
            while last < index + 2 and last + 1 < len(texts) and _is_capitalised(texts[last + 1]):
                last += 1
            yield index, last
        if len(word) > 3 and not any(gazetteer.lexicon_levels(tokens.folded[index])):
            yield index, index


def _is_capitalised(word: str) -> bool:
    return word[0].isupper() and len(word) > 1
