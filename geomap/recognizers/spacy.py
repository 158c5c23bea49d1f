"""The recognizer that asks a pipeline of spaCy (optional package) which spans are places."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from geomap.errors import ConfigurationError, MissingPackageError
from geomap.gazetteer.index import Gazetteer
from geomap.gazetteer.layout import KIND_NAMES, kind_of
from geomap.languages import ENGLISH, Language
from geomap.model import Mention, Report, usage_of
from geomap.recognizers.coordinates import add_coordinates
from geomap.recognizers.locating import locate_spans
from geomap.recognizers.names import NameTable
from geomap.recognizers.tokens import split_tokens
from geomap.recognizers.usage import MODEL, UsageJudge, UsageModel
from geomap.recognizers.vocabulary import TokenTable
from geomap.system.code_digests import digest_code
from geomap.system.installing import install_command, python_command

# spaCy says none; this is about the share of what its small English pipeline calls a place in news that is one
PROBABILITY: Final = 0.8
_LABELS: Final = frozenset({"GPE", "LOC", "FAC"})
_GROUPS: Final = "NORP"  # peoples, religions, parties: taken where the gazetteer knows the name ("Russian")
_FINDING: Final = frozenset({"ner", "entity_ruler"})
_NEEDED: Final = _FINDING | {"tok2vec", "transformer"}
_LONGEST: Final = 20_000_000  # characters; without a parser there is no need for spaCy's own limit
_DEMONYM: Final = KIND_NAMES.index("demonym")


class SpacyRecognizer:
    """Finds the spans that a pipeline of spaCy calls places, and coordinates; only its named entities are computed."""

    def __init__(self, gazetteer: Gazetteer, pipeline: str, language: Language = ENGLISH) -> None:
        self._gazetteer = gazetteer
        self._pipeline = _load_pipeline(pipeline)
        self._article = language.article
        usage = UsageModel.load(MODEL)
        name_table = NameTable(gazetteer)
        self._usage_judge = UsageJudge(usage.words, name_table, usage)
        numbers = {word: number for number, word in enumerate(usage.words, 1)}
        self._token_table = TokenTable(numbers, gazetteer, language)
        meta = self._pipeline.meta
        parts = (
            digest_code(__name__),
            pipeline,
            meta["version"],
            meta["spacy_version"],
            usage.fingerprint,
            gazetteer.fingerprint,
        )
        self.fingerprint = f"spacy-recognizer {' '.join(parts)}"

    def recognize(self, report: Report) -> list[Mention]:
        """Return the mentions of a report in the order of the text."""
        text = report.text
        tokens = split_tokens(text)
        if not len(tokens):
            return []
        spans = list(locate_spans(text, tokens, self._find_bounds(text), self._gazetteer))
        literal = self._usage_judge.judge(self._token_table.rows_of(tokens), spans, [0] * len(spans))
        names = [
            Mention(
                start=span.start,
                end=span.end,
                text=text[span.start : span.end],
                kind="demonym" if span.postings and kind_of(span.postings[0]) == _DEMONYM else "place",
                usage=usage_of(share),
                usage_probability=share,
                probability=PROBABILITY,
            )
            for span, share in zip(spans, literal, strict=True)
        ]
        return add_coordinates(text, names, self._gazetteer)  # spaCy takes most of them for numbers

    def _find_bounds(self, text: str) -> Iterator[tuple[int, int]]:
        for entity in self._pipeline(_without_surrogates(text)).ents:
            start, end = _trim(text, entity.start_char, entity.end_char, self._article)
            is_place = entity.label_ in _LABELS or (
                entity.label_ == _GROUPS and self._gazetteer.matches(text[start:end])
            )
            if is_place and start < end:
                yield start, end


def _load_pipeline(name: str) -> Any:
    try:
        import spacy
    except ImportError as error:
        remedy = install_command("geomap-reports[spacy]")
        raise MissingPackageError(f"recognition with spaCy needs it: {remedy}") from error
    try:
        pipeline = spacy.load(name)
    except (OSError, ImportError, TypeError, AttributeError, ValueError) as error:  # the last ones: another package
        remedy = python_command("-m", "spacy", "download", name)
        raise MissingPackageError(f"spaCy cannot load its pipeline {name}; install it: {remedy}") from error
    if not _FINDING.intersection(pipeline.pipe_names):
        raise ConfigurationError(f"geomap.toml: recognizer.spacy: {name} marks no names: choose a pipeline with ner.")
    for component in pipeline.pipe_names:
        if component not in _NEEDED:
            pipeline.disable_pipe(component)
    pipeline.max_length = _LONGEST
    return pipeline


def _trim(text: str, start: int, end: int, article: str) -> tuple[int, int]:
    """Return the bounds without "the" in front and "'s" behind, as all corpora mark names."""
    articles = (f"{article} ", f"{article.capitalize()} ")
    if text[start:end].startswith(articles) and text[start:end] != "The Hague":
        start += len(article) + 1
    if text[start:end].endswith(("'s", "\u2019s")):
        end -= len("'s")
    return start, end


def _without_surrogates(text: str) -> str:
    """Return the text, of the same length, without halves of pairs, which spaCy cannot encode."""
    if text.isascii():
        return text
    return "".join("\ufffd" if "\ud800" <= character <= "\udfff" else character for character in text)
