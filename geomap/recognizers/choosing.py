"""From scored spans to mentions: which spans stand, and the conventions that the corpora cannot teach."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, TypeAlias

from geomap.gazetteer.layout import row_of
from geomap.languages import ENGLISH, Language
from geomap.recognizers.legible import BREAK, BULLET
from geomap.recognizers.spans import Span
from geomap.recognizers.tokens import Tokens

Scored: TypeAlias = tuple[Span, float]
"""A span with its log-odds of being a place name."""

THRESHOLD: Final = -0.1  # log-odds from which a span counts as a place name: a little more found for as much wrong
# "Donetsk region" and "Lugansk People's Republic", known under these very names, are hardly ever anything else; the
# corpora have too few of them to learn that, and mark some without the word.
_BONUS: Final = 3.0
_LEAST_OUTER, _LEAST_INNER = -4.0, -2.0  # log-odds from which a name is taken for the one beside it that it fits
_CLAUSE_SIGNS: Final = (".", "!", "?", ":", BULLET, BREAK)
_RESCUED: Final = 0.5  # its log-odds then, at least


def find_bonus(
    span: Span, tokens: Tokens, *, is_country: bool, is_state: bool = False, language: Language = ENGLISH
) -> float:
    """Return the bonus in log-odds of a span that the gazetteer knows with the word for its kind of unit.

    That is part of it, or stands before it ("the town of 'Kupiansk'"). The article of "The Philippines said" counts,
    too: it looks like the beginning of a longer name. So does a first word that says, if it ``is_state``: a country or
    unit, and nobody's first name ("Oklahoma says it will appeal").
    """
    if not span.postings:
        return 0.0
    goes_on = span.last + 1 < len(tokens) and tokens.is_hyphened[span.last + 1]
    is_called = not goes_on and _is_called(span.first - 1, tokens, language)
    if is_called or (is_state and _acts_first(span, tokens, language)):
        return _BONUS
    if span.first == span.last:
        return 0.0
    behind = tokens.texts[span.last + 1 : span.last + 2]
    has_article = is_country and tokens.texts[span.first] == language.article.capitalize()
    is_with_article = has_article and not any(text[0].isupper() for text in behind)
    return _BONUS if is_with_article or tokens.name(span.last, span.last) in language.names.units_in_names else 0.0


def _acts_first(span: Span, tokens: Tokens, language: Language) -> bool:
    """Return whether a name begins a clause and is followed by a verb of what governments do."""
    behind = span.last + 1
    if behind >= len(tokens) or tokens.name(behind, behind) not in language.names.acts:
        return False
    return span.first in tokens.firsts or tokens.texts[span.first - 1] in _CLAUSE_SIGNS


def _is_called(before: int, tokens: Tokens, language: Language) -> bool:
    """Return whether a word for a kind of place and "of" stand at and before a token, which may be a sign."""
    if before >= 0 and not tokens.texts[before][0].isalnum():
        before -= 1
    words = tokens.texts[max(0, before - 1) : before + 1]
    return len(words) > 1 and language.heads.before.search(f"{words[0]} {words[1]} ") is not None


def choose_spans(scored: Sequence[Scored], threshold: float = THRESHOLD) -> list[Scored]:
    """Return the spans that do not overlap and whose scores above the threshold add up to the most.

    This is weighted interval scheduling, by dynamic programming over the ends of spans.
    """
    kept = sorted((pair for pair in scored if pair[1] > threshold), key=lambda pair: (pair[0].last, pair[0].first))
    best: list[tuple[float, int, bool]] = [(0.0, -1, False)]  # total, where to go on, whether the span is taken
    for index, (span, score) in enumerate(kept):
        before = index
        while before and kept[before - 1][0].last >= span.first:
            before -= 1
        total = best[before][0] + score - threshold
        best.append((total, before, True) if total > best[index][0] else (best[index][0], index, False))
    chosen, index = [], len(kept)
    while index:
        _, previous, taken = best[index]
        if taken:
            chosen.append(kept[index - 1])
        index = previous
    return chosen[::-1]


def extend_to_units(
    chosen: Sequence[Scored], tokens: Tokens, spans: Sequence[Span], language: Language = ENGLISH
) -> list[Scored]:
    """Extend names by the kind of unit that follows in lower case where the gazetteer knows both ("Kharkiv region").

    The corpora mark just "Kharkiv" there; a reader of the map wants the region, not the city.
    """
    units = language.names.units
    longer = {(span.first, span.last - 1): span for span in spans if span.postings and tokens.texts[span.last] in units}
    return [(longer.get((span.first, span.last), span), score) for span, score in chosen]


def add_contained(chosen: Sequence[Scored], scored: Sequence[Scored], pairs: Sequence[tuple[int, int]]) -> list[Scored]:
    """Take in what stands beside a chosen name and fits it: "CA" in "Chico, CA", "WHITING" in "WHITING, INDIANA".

    ``pairs`` are indices of ``scored``: a name, and the unit or country behind it that has a place of that name. A name
    needs to be likelier for that than its container: most of these are hardly ever anything else there.
    """
    taken = {token for span, _ in chosen for token in range(span.first, span.last + 1)}
    is_chosen = {(span.first, span.last) for span, _ in chosen}
    added = list(chosen)
    for one, other in pairs:
        for sure, unsure, least in ((one, other, _LEAST_OUTER), (other, one, _LEAST_INNER)):
            span, odds = scored[unsure]
            beside = scored[sure][0]
            is_free = not taken.intersection(range(span.first, span.last + 1))
            if (beside.first, beside.last) in is_chosen and is_free and odds > least:
                added.append((span, max(odds, _RESCUED)))
                taken.update(range(span.first, span.last + 1))
    return sorted(added, key=lambda pair: pair[0].first)


def add_explained_abbreviations(chosen: Sequence[Scored], tokens: Tokens, spans: Sequence[Span]) -> list[Scored]:
    """Take in an abbreviation in brackets behind the name that it stands for: "Lugansk People's Republic (LPR)"."""
    single = {span.first: span for span in spans if span.first == span.last}
    taken = {span.first for span, _ in chosen}
    explained: list[Scored] = []
    for span, score in chosen:
        explained.append((span, score))
        inner = single.get(span.last + 2)
        if inner is None or inner.first in taken or tokens.texts[span.last + 1] != "(":
            continue
        if {row_of(posting) for posting in span.postings} & {row_of(posting) for posting in inner.postings}:
            explained.append((inner, score))
    return explained
