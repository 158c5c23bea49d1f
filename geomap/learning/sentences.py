"""Sentences of gold reports as reports of their own, with other names in them: examples of short texts."""

from __future__ import annotations

import random
import re
import zlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import Final

from geomap.gazetteer.index import Gazetteer
from geomap.gazetteer.layout import KIND_NAMES, kind_of, row_of
from geomap.learning.corpora import GoldReport

_SENTENCE_END: Final = re.compile(r"(?<=[a-z0-9)\"\u201d][.!?])[\"\u201d]?\s+(?=[A-Z\"\u201c])|\n+")
_BORROWED_FROM: Final = 4.0  # importance of places whose names are lent, that of a town of 10,000
_RECASED: Final = 6  # of so many sentences one is in capitals, and one without any
_SHORTEST_NAME: Final = 4
_KINDS: Final = {KIND_NAMES.index("preferred"), KIND_NAMES.index("alternate")}


def split_report(report: GoldReport) -> Iterator[GoldReport]:
    """Yield each sentence of a report as a report."""
    text, begin = report.report.text, 0
    for end in [*(match.end() for match in _SENTENCE_END.finditer(text)), len(text)]:
        gold = tuple(
            replace(mark, start=mark.start - begin, end=mark.end - begin)
            for mark in report.gold
            if begin <= mark.start and mark.end <= end
        )
        if end - begin < len(text) and not text[begin:end].isspace():
            yield replace(report, report=replace(report.report, text=text[begin:end]), gold=gold)
        begin = end


def recase_some(sentences: Iterable[GoldReport]) -> Iterator[GoldReport]:
    """Yield some of the sentences in capitals, and others without any; the same ones each time."""
    for sentence in sentences:
        text = sentence.report.text
        part = zlib.crc32(text.encode()) % _RECASED
        other = text.upper() if part == 0 else text.lower() if part == 1 else text
        if other != text and len(other) == len(text):
            yield replace(sentence, report=replace(sentence.report, text=other))


def lend_names(report: GoldReport, names: Sequence[str]) -> GoldReport:
    """Return the report with one-word names exchanged for others; the same report gets the same ones."""
    source = random.Random(report.report.text)  # noqa: S311 -- no secret: it has to be the same each time
    text, pieces, gold, done, shift = report.report.text, [], [], 0, 0
    for mark in report.gold:
        if mark.start < done:
            continue
        name = text[mark.start : mark.end]
        new = source.choice(names) if name.isalpha() and name.istitle() else name
        pieces += [text[done : mark.start], new]
        gold.append(replace(mark, start=mark.start + shift, end=mark.start + shift + len(new)))
        shift += len(new) - len(name)
        done = mark.end
    return replace(report, report=replace(report.report, text="".join([*pieces, text[done:]])), gold=tuple(gold))


def names_to_lend(gazetteer: Gazetteer) -> list[str]:
    """Return names of well-known towns that are neither words nor names of persons, in every spelling."""
    return [
        key.title()
        for key, key_id in sorted(gazetteer.names.items())
        if _is_plain(key) and _is_clear(key, gazetteer.all_postings(key_id)[0], gazetteer)
    ]


def _is_plain(key: str) -> bool:
    return len(key) >= _SHORTEST_NAME and key.isascii() and key.isalpha()


def _is_clear(key: str, posting: int, gazetteer: Gazetteer) -> bool:
    if kind_of(posting) not in _KINDS or gazetteer.importance(row_of(posting)) < _BORROWED_FROM:
        return False
    feature = gazetteer.meta["features"][gazetteer.columns["feature"][row_of(posting)]]
    return feature.startswith("P.") and not any(gazetteer.lexicon_levels(key))
