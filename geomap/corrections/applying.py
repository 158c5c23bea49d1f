"""What corrections do to a report: before its names get their places, and after."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import chain
from typing import TypeAlias

from geomap.corrections.book import CorrectionBook
from geomap.corrections.correction import EVERYWHERE, REPORT, Correction, name_key
from geomap.corrections.displacing import move_anchor
from geomap.model import Candidate, Mention, ParsedReport, Place, Report

Resolve: TypeAlias = Callable[[Report, Sequence[Mention]], Sequence[Mention]]

SURE = 1.0
"""The confidence of what a person has said."""


def correct_report(
    report: Report, spans: Sequence[Mention], resolve: Resolve, corrections: CorrectionBook
) -> ParsedReport:
    """Return the report as the corrections want it, from what recognition found in it.

    Names that are no places are taken out and missed ones put in before ``resolve`` sees the spans, so that they take
    their part in what the other names mean; the places that people have named are put in afterwards.
    """
    found = corrections.find(report)
    if not found:
        return ParsedReport(report, tuple(resolve(report, spans)))
    rules = _Rules(report, found)
    spans = rules.revise(spans)
    mentions = rules.settle(spans, resolve(report, spans))
    return ParsedReport(report, mentions, tuple(sorted(rules.applied)))


class _Rules:
    """The corrections that concern one report: for each name those of single mentions, and the most specific other."""

    def __init__(self, report: Report, corrections: Sequence[Correction]) -> None:
        self._report = report
        self._single: dict[tuple[str, int], Correction] = {}
        self._general: dict[str, Correction] = {}
        for each in sorted(corrections, key=_breadth):
            start = each.start_in(report.id)
            if start is None:
                self._general.setdefault(name_key(each.name), each)
            else:
                self._single.setdefault((name_key(each.name), start), each)
        self._digests = {each: each.digest() for each in corrections}
        self.applied: list[str] = []

    def decide(self, name: str, start: int) -> Correction | None:
        """Return the most specific correction of a name that stands there."""
        key = name_key(name)
        return self._single.get((key, start)) or self._general.get(key)

    def revise(self, spans: Iterable[Mention]) -> list[Mention]:
        """Take out what is no place, and put in what was missed, in the order of the text."""
        kept: list[Mention] = []
        for span in spans:
            rule = self.decide(span.text, span.start)
            if rule is not None and rule.action == "is-not-a-place":
                self.applied.append(self._digests[rule])
            else:
                kept.append(span)
        added: list[Mention] = []
        for span, is_single in self._find_missed({(each.start, each.end) for each in kept}):
            others = [each for each in kept if _overlap(each, span)]
            contained = not is_single and any(each.start <= span.start and span.end <= each.end for each in others)
            if not contained and not any(_overlap(each, span) for each in added):
                kept = [each for each in kept if each not in others]
                added.append(span)
        return sorted(kept + added, key=lambda each: each.start)

    def _find_missed(self, known: set[tuple[int, int]]) -> Iterator[tuple[Mention, bool]]:
        """Yield the spans that corrections call places and nobody found, those of single mentions first."""
        text = self._report.text
        singles = (
            (found, rule)
            for (_, start), rule in sorted(self._single.items(), key=lambda item: item[0][1])
            if rule.action != "is-not-a-place" and (found := _pattern(rule.name).match(text, start)) is not None
        )
        general = (
            (found, rule)
            for rule in sorted(self._general.values(), key=lambda each: (-len(each.name), each.name))
            if rule.action == "is-a-place"
            for found in _pattern(rule.name).finditer(text)
        )
        for found, rule in chain(singles, general):
            if found.span() not in known and self.decide(found[0], found.start()) is rule:
                yield Mention(*found.span(), found[0]), rule.start_in(self._report.id) is not None

    def settle(self, spans: Sequence[Mention], mentions: Sequence[Mention]) -> tuple[Mention, ...]:
        """Give the mentions the places that people have named; what they call a place is not left out."""
        known = {(each.start, each.end) for each in mentions}
        left_out = [each for each in spans if (each.start, each.end) not in known]
        settled = [self._settle(each, is_left_out=False) for each in mentions]
        settled += [self._settle(each, is_left_out=True) for each in left_out]
        return tuple(sorted((each for each in settled if each is not None), key=lambda each: each.start))

    def _settle(self, mention: Mention, *, is_left_out: bool) -> Mention | None:
        rule = self.decide(mention.text, mention.start)
        if rule is None:
            return None if is_left_out else mention
        self.applied.append(self._digests[rule])
        if rule.place is None:
            return replace(mention, corrected=True, evidence=(*mention.evidence, rule.describe()))
        return _put(mention, rule, rule.place, is_single=rule.start_in(self._report.id) is not None)


def _put(mention: Mention, rule: Correction, place: Place, *, is_single: bool) -> Mention:
    """Return the mention at a place; what was "30 km south of" the wrong one is so of the right one."""
    before = () if mention.place is None else (Candidate(mention.place, mention.confidence),)
    others = tuple(each for each in (*before, *mention.alternatives) if each.place.place_id != place.place_id)
    anchor = None
    if mention.anchor is not None and not is_single:
        place, anchor = move_anchor(mention.anchor, place)
    return replace(
        mention,
        place=place,
        confidence=SURE,
        alternatives=others,
        anchor=anchor,
        evidence=(rule.describe(),),
        corrected=True,
    )


def _breadth(correction: Correction) -> tuple[int, int]:
    """Order corrections from the most to the least specific."""
    if correction.scope.startswith(REPORT):
        return 0, correction.line
    return (2 if correction.scope == EVERYWHERE else 1), correction.line


def _overlap(one: Mention, other: Mention) -> bool:
    return one.start < other.end and other.start < one.end


def _pattern(name: str) -> re.Pattern[str]:
    """Return what finds a name as a whole word, whatever the white space in it and the form of its accents."""
    forms = {unicodedata.normalize(form, name) for form in ("NFC", "NFD")}
    choices = "|".join(r"\s+".join(map(re.escape, form.split())) for form in sorted(forms, reverse=True))
    return re.compile(rf"(?<!\w)(?:{choices})(?!\w)")
