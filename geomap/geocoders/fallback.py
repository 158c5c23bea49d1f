"""The seam for names that the gazetteer does not know: whoever answers is asked after resolution, by the driver alone.

Answers are laid over the stored mentions and not kept with them: who answers keeps its answers itself (they come from
services that may not be asked twice), and without them the mentions are a function of the report alone.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from typing import TypeAlias

from geomap.model import Candidate, Mention, ParsedReport


@dataclass(frozen=True, slots=True, order=True)
class Question:
    """All that leaves the machine: a name and the country (ISO 3166-1 alpha-2, or "") that its report is about."""

    name: str
    country_code: str


Fallback: TypeAlias = Callable[[Question], Candidate | None]
"""Answers a question, None where the name is unknown to it, too; raises `GeocoderError` to end the asking."""


def collect_questions(parsed_reports: Iterable[ParsedReport]) -> list[Question]:
    """Return the questions worth asking, each once, by name and country."""
    return sorted({question for each in parsed_reports for _, question in _find_gaps(each)})


def fill_gaps(parsed: ParsedReport, answers: Mapping[Question, Candidate]) -> ParsedReport:
    """Return the report with answers in the place of its unresolved names."""
    gaps = {mention: answers[question] for mention, question in _find_gaps(parsed) if question in answers}
    if not gaps:
        return parsed
    return replace(parsed, mentions=tuple(_fill(each, gaps.get(each)) for each in parsed.mentions))


def _fill(mention: Mention, answer: Candidate | None) -> Mention:
    if answer is None:
        return mention
    return replace(mention, place=answer.place, confidence=answer.confidence)


def _find_gaps(parsed: ParsedReport) -> list[tuple[Mention, Question]]:
    gaps = [each for each in parsed.mentions if each.place is None and each.kind == "place"]
    if not gaps:
        return []
    country = _find_country(parsed.mentions)
    return [(each, Question(" ".join(each.text.split()), country)) for each in gaps]


def _find_country(mentions: Iterable[Mention]) -> str:
    """Return the country of most resolved mentions, or an empty string without a majority."""
    countries = Counter(each.place.country_code for each in mentions if each.place is not None)
    if not countries:
        return ""
    country, count = countries.most_common(1)[0]
    return country if 2 * count > countries.total() else ""
