"""Gold marks as the mentions that a recognizer would have made of them: input of resolution."""

from __future__ import annotations

from bisect import bisect_left

from geomap.gazetteer.index import Gazetteer
from geomap.gazetteer.layout import KIND_NAMES
from geomap.learning.corpora import GoldReport
from geomap.model import Kind, Mention
from geomap.recognizers.scanning import Span
from geomap.recognizers.tokens import split_tokens
from geomap.recognizers.usage import usage_of

_DEMONYM = KIND_NAMES.index("demonym")


def make_gold_mentions(report: GoldReport, gazetteer: Gazetteer) -> list[Mention]:
    """Return one mention for each mark, in the order of the marks."""
    text = report.report.text
    tokens = split_tokens(text)
    starts, ends = tokens.starts, tokens.ends
    mentions = []
    for mark in report.gold:
        first = max(0, bisect_left(ends, mark.start + 1))
        last = max(first, bisect_left(starts, mark.end) - 1)
        span = Span(first, last, mark.start, mark.end)
        name = text[mark.start : mark.end]
        mentions.append(
            Mention(mark.start, mark.end, name, kind=_kind_of(name, gazetteer), usage=usage_of(tokens, span))
        )
    return mentions


def _kind_of(name: str, gazetteer: Gazetteer) -> Kind:
    matches = gazetteer.matches(name)
    return "demonym" if matches and matches[0].kind == KIND_NAMES[_DEMONYM] else "place"
