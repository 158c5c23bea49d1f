"""What corrections do to a report: before its names get their places, and after."""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from typing import TypeAlias

from geomap.corrections.book import CorrectionBook
from geomap.corrections.correction import EVERYWHERE, REPORT, Correction, name_key
from geomap.corrections.displacing import move_anchor
from geomap.model import Candidate, Mention, ParsedReport, Place, Report, Usage

Resolve: TypeAlias = Callable[[Report, Sequence[Mention]], Sequence[Mention]]

SURE = 1.0
"""The confidence of what a person has said."""


def correct_report(
    report: Report,
    spans: Sequence[Mention],
    resolve: Resolve,
    corrections: CorrectionBook,
    *,
    most: int | None = None,
    reach: int | None = None,
) -> ParsedReport:
    """Return a report with corrected mentions, from what recognition found in it.

    Names that are no places are taken out and missed ones put in before ``resolve`` sees the spans, so that they
    count when the other names are resolved; the places that people have named are put in afterwards. Of the spans the
    first ``most`` are kept, and none is looked for behind ``reach``, where recognition has stopped.
    """
    found = corrections.find(report)
    if not found:
        return ParsedReport(report, tuple(resolve(report, spans)), is_cut=reach is not None)
    rules = _Rules(report, found, most=most, reach=reach)
    revised = rules.revise(spans)
    kept = revised[:most]
    mentions = rules.settle(kept, resolve(report, kept))
    is_cut = reach is not None or len(kept) < len(revised)
    return ParsedReport(report, mentions, tuple(sorted(rules.applied)), is_cut=is_cut)


class _Rules:
    """The corrections that concern one report: for each name those of single mentions, and the most specific other."""

    def __init__(
        self, report: Report, corrections: Sequence[Correction], *, most: int | None = None, reach: int | None = None
    ) -> None:
        self._report = report
        self._most = most
        self._reach = len(report.text) if reach is None else reach
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
        known = {(each.start, each.end) for each in kept}
        left, added = _SpanList(kept), _SpanList()
        missed = (Mention(*found.span(), found[0]) for found in self._find_single() if found.span() not in known)
        _put_in(missed, left, added, self._most, is_single=True)
        for rule in sorted(self._general.values(), key=lambda each: (-len(each.name), each.name)):
            if rule.action == "is-a-place":
                _put_in(self._find_missed(rule, known), left, added, self._most, is_single=False)
        return sorted([*left, *added], key=lambda each: each.start)

    def _find_single(self) -> Iterator[re.Match[str]]:
        """Yield the matches at which corrections of single mentions name a place."""
        for (_, start), rule in sorted(self._single.items(), key=lambda item: item[0][1]):
            found = None if rule.action == "is-not-a-place" else _pattern(rule.name).match(self._report.text, start)
            if found is not None and found.end() <= self._reach and self.decide(found[0], start) is rule:
                yield found

    def _find_missed(self, rule: Correction, known: set[tuple[int, int]]) -> Iterator[Mention]:
        """Yield the spans that a correction calls places and recognition has not found."""
        for found in _pattern(rule.name).finditer(self._report.text):
            if found.end() > self._reach:
                return
            if found.span() not in known and self.decide(found[0], found.start()) is rule:
                yield Mention(*found.span(), found[0])

    def settle(self, spans: Sequence[Mention], mentions: Sequence[Mention]) -> tuple[Mention, ...]:
        """Give the mentions the places that people have named; a span that they call a place is kept."""
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
            mention = replace(mention, corrected=True, evidence=(*mention.evidence, rule.describe()))
            return _use(mention, rule.usage) if rule.usage else mention
        mention = _put(mention, rule, rule.place, is_single=rule.start_in(self._report.id) is not None)
        return _use(mention, rule.usage or "literal")


def _use(mention: Mention, usage: Usage) -> Mention:
    """Return the mention with this usage; a demonym that is used literally counts as the name of a place."""
    if usage == "associative":
        return replace(mention, usage=usage, usage_probability=1 - SURE)
    kind = "place" if mention.kind == "demonym" else mention.kind
    return replace(mention, kind=kind, usage=usage, usage_probability=SURE)


def _put(mention: Mention, rule: Correction, place: Place, *, is_single: bool) -> Mention:
    """Return the mention at a place; a point "30 km south of" the wrong place moves to the right one."""
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
    """Return a sort key that puts the most specific correction first."""
    if correction.scope.startswith(REPORT):
        return 0, correction.line
    return (2 if correction.scope == EVERYWHERE else 1), correction.line


class _SpanList:
    """Spans that do not overlap, in the order of the text."""

    def __init__(self, spans: Iterable[Mention] = ()) -> None:
        self._spans = list(spans)
        self._starts = [each.start for each in self._spans]

    def __iter__(self) -> Iterator[Mention]:
        return iter(self._spans)

    def put(self, span: Mention) -> None:
        """Add a span that overlaps no other."""
        place = bisect_left(self._starts, span.start)
        self._starts.insert(place, span.start)
        self._spans.insert(place, span)

    def find_overlapping(self, span: Mention) -> list[Mention]:
        """Return the spans that overlap this one."""
        return self._spans[self._slice(span)]

    def drop_overlapping(self, span: Mention) -> None:
        """Remove the spans that overlap this one."""
        places = self._slice(span)
        del self._starts[places], self._spans[places]

    def _slice(self, span: Mention) -> slice:
        first = bisect_right(self._starts, span.start)
        if first and self._spans[first - 1].end > span.start:
            first -= 1
        return slice(first, max(first, bisect_left(self._starts, span.end)))


def _put_in(missed: Iterable[Mention], kept: _SpanList, added: _SpanList, most: int | None, *, is_single: bool) -> None:
    """Put missed spans in, in the order of the text; they take the place of those of ``kept`` that they overlap.

    Where more than ``most`` are in, none of those behind can be among the first of the report.
    """
    count = 0
    for span in missed:
        others = kept.find_overlapping(span)
        contained = not is_single and any(each.start <= span.start and span.end <= each.end for each in others)
        if contained or added.find_overlapping(span):
            continue
        kept.drop_overlapping(span)
        added.put(span)
        count += 1
        if most is not None and count > most:
            return


def _pattern(name: str) -> re.Pattern[str]:
    """Return a pattern that finds a name as a whole word, with any white space and any form of accents in it."""
    forms = {unicodedata.normalize(form, name) for form in ("NFC", "NFD")}
    choices = "|".join(r"\s+".join(map(re.escape, form.split())) for form in sorted(forms, reverse=True))
    return re.compile(rf"(?<!\w)(?:{choices})(?!\w)")
