"""Gold marks as the mentions that a recognizer would have made of them: input of resolution."""

from __future__ import annotations

from functools import lru_cache

from geomap.gazetteer.index import Gazetteer
from geomap.gazetteer.layout import KIND_NAMES, kind_of
from geomap.gazetteer.normalisation import fold_name
from geomap.learning.corpora import GoldReport
from geomap.learning.word_vectors import known_words
from geomap.model import Mention, usage_of
from geomap.recognizers.casing import Caser
from geomap.recognizers.locating import locate_spans
from geomap.recognizers.names import NameTable
from geomap.recognizers.spans import Span
from geomap.recognizers.tokens import split_tokens
from geomap.recognizers.usage import UsageJudge
from geomap.recognizers.vocabulary import Rows, TokenTable

_DEMONYM = KIND_NAMES.index("demonym")


def make_gold_mentions(report: GoldReport, gazetteer: Gazetteer) -> list[Mention]:
    """Return one mention for each mark, in the order of the marks."""
    text = report.report.text
    rows, spans = locate_marks(report, gazetteer)
    literal = _usage_judge(gazetteer).judge(rows, spans, [0] * len(spans))
    return [
        Mention(
            span.start,
            span.end,
            text[span.start : span.end],
            kind="demonym" if span.postings and kind_of(span.postings[0]) == _DEMONYM else "place",
            usage=usage_of(share),
            usage_probability=share,
        )
        for span, share in zip(spans, literal, strict=True)
    ]


def has_demonym(report: GoldReport, gazetteer: Gazetteer) -> bool:
    """Tell whether a report has a demonym among its marks."""
    names = {fold_name(report.report.text[mark.start : mark.end]) for mark in report.gold}
    keys = [key for key in map(gazetteer.names.get, names) if key is not None]
    return any(kind_of(postings[0]) == _DEMONYM for postings in map(gazetteer.postings, keys) if postings)


def locate_marks(report: GoldReport, gazetteer: Gazetteer) -> tuple[Rows, list[Span]]:
    """Return what is known of the tokens of a report, and the span of the tokens that each mark touches.

    Words have the numbers that they have among `geomap.learning.word_vectors.WordVectors.words`, from 1.
    """
    text = report.report.text
    tokens = split_tokens(text, recase=_caser(gazetteer).recase)
    bounds = ((mark.start, mark.end) for mark in report.gold)
    return _token_table(gazetteer).rows_of(tokens), list(locate_spans(text, tokens, bounds, gazetteer))


@lru_cache(maxsize=1)
def _caser(gazetteer: Gazetteer) -> Caser:
    return Caser(gazetteer)


@lru_cache(maxsize=1)
def _token_table(gazetteer: Gazetteer) -> TokenTable:
    return TokenTable({word: number for number, word in enumerate(known_words(), 1)}, gazetteer)


@lru_cache(maxsize=1)
def _usage_judge(gazetteer: Gazetteer) -> UsageJudge:
    return UsageJudge(known_words(), NameTable(gazetteer))
