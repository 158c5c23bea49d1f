"""The recognizer: gazetteer names and name-like spans, judged in their context by a learned model."""

from __future__ import annotations

import math
import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final

from geomap.gazetteer.index import Gazetteer
from geomap.gazetteer.layout import KIND_NAMES, kind_of, row_of
from geomap.languages import ENGLISH, Language, detect_language
from geomap.model import Kind, Mention, Report, usage_of
from geomap.recognizers import vocabulary as W  # noqa: N812 -- as in the scanner
from geomap.recognizers.base import LONG, Found, keep_first
from geomap.recognizers.casing import Caser
from geomap.recognizers.choosing import (
    add_contained,
    add_explained_abbreviations,
    choose_spans,
    extend_to_units,
    find_bonus,
)
from geomap.recognizers.coordinates import add_coordinates, count_coordinates
from geomap.recognizers.features import SpanFeatures
from geomap.recognizers.model import RecognitionModel
from geomap.recognizers.names import NameTable
from geomap.recognizers.scanning import Scanner
from geomap.recognizers.spans import Span
from geomap.recognizers.tokens import Tokens, split_tokens
from geomap.recognizers.usage import UsageJudge
from geomap.recognizers.vocabulary import TokenTable
from geomap.system.code_digests import digest_code

MODEL = Path(__file__).parent / "recognition.npz"
_DEMONYM: Final = KIND_NAMES.index("demonym")
_BREAK: Final = re.compile(r"\s")
_SELDOM: Final = 4  # level in the lexicon up to which a first name is a rare one
_LONGEST_WORD: Final = 1_000  # characters
_SPANS_PER_MENTION: Final = 10  # weighed at most; reports have 2 to 5, lists of what is no place have no end of them


class GazetteerRecognizer:
    """Finds the spans that name places; ``language`` is the one that the model was trained for."""

    def __init__(
        self, gazetteer: Gazetteer, model: RecognitionModel | None = None, *, language: Language = ENGLISH
    ) -> None:
        self._gazetteer = gazetteer
        self._language = language
        self._article = language.article.capitalize()
        self._model = model or RecognitionModel.load(MODEL)
        numbers = {word: number for number, word in enumerate(self._model.words, 1)}
        self._token_table = TokenTable(numbers, gazetteer, language)
        self._recase = Caser(gazetteer, language).recase
        self._scanner = Scanner(gazetteer)
        self._name_table = NameTable(gazetteer)
        self._usage_judge = UsageJudge(self._model.words, self._name_table)
        parts = (digest_code(__name__), self._model.fingerprint, self._usage_judge.fingerprint, gazetteer.fingerprint)
        self.fingerprint = f"gazetteer-recognizer {' '.join(parts)}"

    def recognize(self, report: Report) -> list[Mention]:
        """Return the mentions of a report in the order of the text."""
        return self.recognize_all([report])[0]

    def recognize_first(self, report: Report, most: int) -> Found:
        """Return the first mentions of a report.

        Of a long text only a beginning is searched, and a longer one if it has too few mentions: so time and memory
        are bounded, except for splitting it into words.
        """
        reach, language = len(report.text), detect_language(report)
        for reach in self._find_stops(report.text, most, language):
            part = report.text[:reach]
            (names,) = self._find_names(split_tokens(part, recase=self._recase))
            found = add_coordinates(part, names, self._gazetteer, language, most=most)
            if len(found) > most:
                return keep_first(found, most)
        return Found(found, reach if reach < len(report.text) else None)

    def _find_stops(self, text: str, most: int, language: Language) -> Iterator[int]:
        """Yield how far to search: to twice as many spans as mentions are wanted, four times as many, and so on."""
        spans, wanted, stop = 0, 2 * most, 0
        while stop < len(text) and spans <= _SPANS_PER_MENTION * most:
            start, stop = stop, _find_break(text, stop + LONG)
            tokens = split_tokens(text[start:stop], recase=self._recase)
            spans += len(self._scanner.find_spans(tokens, self._token_table.rows_of(tokens)))
            spans += count_coordinates(text[start:stop], language)
            if spans > wanted and stop < len(text):
                yield stop
                wanted = 2 * spans
        yield stop

    def recognize_all(self, reports: Sequence[Report]) -> list[list[Mention]]:
        """Return the mentions of each report, in far less time than one by one; no report influences another."""
        if not reports:
            return []
        tokens = split_tokens(*(report.text for report in reports), recase=self._recase)
        names = self._find_names(tokens)
        return [
            add_coordinates(report.text, found, self._gazetteer, detect_language(report))
            for report, found in zip(reports, names, strict=True)
        ]

    def _find_names(self, tokens: Tokens) -> list[list[Mention]]:
        """Return the names in each of the texts."""
        names: list[list[Mention]] = [[] for _ in tokens.offsets]
        rows = self._token_table.rows_of(tokens)
        spans = self._scanner.find_spans(tokens, rows)
        if not spans:
            return names
        known = self._name_table.find(spans)
        features = SpanFeatures(tokens, spans, rows, known, language=self._language)
        odds = self._model.log_odds(features).tolist()
        countries, states = known.are_countries().tolist(), known.is_outer().tolist()
        is_first_name = rows[:, W.FIRST] > _SELDOM
        scored = [
            (
                span,
                each
                + find_bonus(
                    span,
                    tokens,
                    is_country=is_country,
                    is_state=is_state and not is_first_name[span.first + W.PADDING],
                    language=self._language,
                ),
            )
            for span, each, is_country, is_state in zip(spans, odds, countries, states, strict=True)
        ]
        chosen = add_contained(choose_spans(scored), scored, features.pairs)
        extended = extend_to_units(chosen, tokens, spans, self._language)
        explained = add_explained_abbreviations(extended, tokens, spans)
        numbers = [bisect_right(tokens.offsets, span.start) - 1 for span, _ in explained]
        literal = self._usage_judge.judge(rows, [span for span, _ in explained], numbers)
        for (span, score), number, share in zip(explained, numbers, literal, strict=True):
            names[number].append(self._mention(tokens, tokens.offsets[number], span, score, share))
        return names

    def _mention(self, tokens: Tokens, offset: int, span: Span, score: float, literal: float) -> Mention:
        """Return a mention; ``offset`` is where its text begins, ``literal`` the probability that it is used so."""
        first = span.first
        if tokens.texts[first] == self._article and self._is_loose_article(span):
            first += 1
        start = tokens.starts[first]
        return Mention(
            start=start - offset,
            end=span.end - offset,
            text=tokens.text[start : span.end],
            kind=_kind_of(span),
            usage=usage_of(literal),
            usage_probability=literal,
            probability=probability(score),
        )

    def _is_loose_article(self, span: Span) -> bool:
        """Return whether "The" at the start is no part of the best known place's name, unlike in "The Hague"."""
        if span.first == span.last or not span.postings:
            return False
        name = self._gazetteer.place(row_of(span.postings[0])).name
        return not name.startswith(f"{self._article} ")


def _find_break(text: str, place: int) -> int:
    """Return the end of the line or word at a place in a text, or the place itself if the word is too long."""
    if place >= len(text):
        return len(text)
    found = _BREAK.search(text, place, place + _LONGEST_WORD)
    return found.end() if found else place


def probability(log_odds: float) -> float:
    """Return the probability that belongs to log-odds."""
    return 1 / (1 + math.exp(-max(-30.0, min(30.0, log_odds))))


def _kind_of(span: Span) -> Kind:
    kinds = [kind_of(posting) for posting in span.postings]
    return "demonym" if kinds and kinds[0] == _DEMONYM else "place"
