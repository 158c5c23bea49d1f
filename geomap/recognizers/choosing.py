"""From scored spans to mentions: which spans stand, and the conventions that the corpora cannot teach."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, TypeAlias

from geomap.gazetteer.layout import row_of
from geomap.languages import ENGLISH, Language
from geomap.recognizers.scanning import Span
from geomap.recognizers.tokens import Tokens

Scored: TypeAlias = tuple[Span, float]
"""A span with its log-odds of being a place name."""

THRESHOLD: Final = -0.1  # log-odds from which a span counts as a place name: a little more found for as much wrong
# "Donetsk region" and "Lugansk People's Republic", known under these very names, are hardly ever anything else; the
# corpora have too few of them to learn that, and mark some without the word.
_BONUS: Final = 3.0


def find_bonus(span: Span, tokens: Tokens, *, is_country: bool, language: Language = ENGLISH) -> float:
    """Return the bonus in log-odds of a span that the gazetteer knows with the word for its kind of unit.

    The article of "The Philippines said" counts, too: it looks like the beginning of a longer name.
    """
    if span.first == span.last or not span.postings:
        return 0.0
    behind = tokens.texts[span.last + 1 : span.last + 2]
    has_article = is_country and tokens.texts[span.first] == language.article.capitalize()
    is_with_article = has_article and not any(text[0].isupper() for text in behind)
    return _BONUS if is_with_article or tokens.name(span.last, span.last) in language.names.units_in_names else 0.0


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
