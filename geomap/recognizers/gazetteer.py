"""The recognizer: gazetteer names and name-like spans, judged in their context by a learned model."""

from __future__ import annotations

import math
from pathlib import Path
from typing import Final

from geomap.gazetteer.index import Gazetteer
from geomap.gazetteer.layout import KIND_NAMES, kind_of, row_of
from geomap.model import Kind, Mention, Report
from geomap.recognizers.choosing import add_explained_abbreviations, choose_spans, extend_to_units, unit_bonus
from geomap.recognizers.features import SpanFeatures
from geomap.recognizers.model import RecognitionModel
from geomap.recognizers.names import NameTable
from geomap.recognizers.scanning import Span, find_spans
from geomap.recognizers.tokens import Tokens
from geomap.recognizers.usage import usage_of
from geomap.recognizers.vocabulary import TokenTable

MODEL = Path(__file__).parent / "recognition.npz"
VERSION: Final = "2"
_DEMONYM: Final = KIND_NAMES.index("demonym")


class GazetteerRecognizer:
    """Finds the spans that name places."""

    def __init__(self, gazetteer: Gazetteer, model: RecognitionModel | None = None) -> None:
        self._gazetteer = gazetteer
        self._model = model or RecognitionModel.load(MODEL)
        self._token_table = TokenTable({word: number for number, word in enumerate(self._model.words, 1)}, gazetteer)
        self._name_table = NameTable(gazetteer)
        self.fingerprint = f"gazetteer-recognizer {VERSION} {self._model.fingerprint} {gazetteer.fingerprint}"

    def recognize(self, report: Report) -> list[Mention]:
        """Return the mentions of a report in the order of the text."""
        tokens, spans = find_spans(report.text, self._gazetteer)
        if not spans:
            return []
        features = SpanFeatures(tokens, spans, self._token_table.rows_of(tokens), self._name_table.rows_of(spans))
        odds = self._model.log_odds(features).tolist()
        scored = [(span, each + unit_bonus(span, tokens)) for span, each in zip(spans, odds, strict=True)]
        chosen = extend_to_units(choose_spans(scored), tokens, spans)
        explained = add_explained_abbreviations(chosen, tokens, spans)
        return [self._mention(report.text, tokens, span, score) for span, score in explained]

    def _mention(self, text: str, tokens: Tokens, span: Span, score: float) -> Mention:
        first = span.first
        if tokens.texts[first] == "The" and self._is_loose_article(span):
            first += 1
        start = tokens.starts[first]
        return Mention(
            start=start,
            end=span.end,
            text=text[start : span.end],
            kind=_kind_of(span),
            usage=usage_of(tokens, span),
            probability=probability(score),
        )

    def _is_loose_article(self, span: Span) -> bool:
        """Tell whether "The" at the start is no part of the best known place's name, as it is in "The Hague"."""
        if span.first == span.last or not span.postings:
            return False
        name = self._gazetteer.place(row_of(span.postings[0])).name
        return not name.startswith("The ")


def probability(log_odds: float) -> float:
    """Return the probability that belongs to log-odds."""
    return 1 / (1 + math.exp(-max(-30.0, min(30.0, log_odds))))


def _kind_of(span: Span) -> Kind:
    kinds = [kind_of(posting) for posting in span.postings]
    return "demonym" if kinds and kinds[0] == _DEMONYM else "place"
