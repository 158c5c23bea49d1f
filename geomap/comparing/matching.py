"""Two builds side by side: the same mention in both, and what has become of it."""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from typing import Final, TypeAlias

from geomap.comparing.causes import Judge
from geomap.comparing.comparison import Change, Comparison, find_spot
from geomap.gazetteer.geodesy import distance_km
from geomap.model import Mention, ParsedReport, Place, digest_texts

NEAR_KM: Final = 1.0
"""What is displaced by no more than this, or inside of its place, has not moved."""

Pair: TypeAlias = tuple[ParsedReport | None, ParsedReport | None]


def compare(before: Iterable[ParsedReport], now: Iterable[ParsedReport], judge: Judge) -> Comparison:
    """Return what differs between two builds, both by report id; a report that was only renamed is the same one.

    Reports that are in both need memory for one at a time, the others for their mentions until the end.
    """
    changes: list[Change] = []
    lone = _LoneReports()
    gone: list[str] = []
    for former, current in _pair(before, now):
        if former is not None and current is not None:
            changes += _compare_reports(former, current, judge)
            continue
        lone.add(former, current)
        if former is not None:
            gone.append(former.report.id)
    for former, current in lone.pair():
        changes += _compare_reports(former, current, judge)
    return Comparison(tuple(sorted(changes, key=lambda each: (each.report_id, each.start))), tuple(gone))


def _pair(before: Iterable[ParsedReport], now: Iterable[ParsedReport]) -> Iterator[Pair]:
    """Yield the reports of both by id, with None where one of them has it not."""
    former_reports, current_reports = iter(before), iter(now)
    former, current = next(former_reports, None), next(current_reports, None)
    while former is not None or current is not None:
        is_former = current is None or (former is not None and former.report.id <= current.report.id)
        is_current = former is None or (current is not None and current.report.id <= former.report.id)
        yield former if is_former else None, current if is_current else None
        former = next(former_reports, None) if is_former else former
        current = next(current_reports, None) if is_current else current


class _LoneReports:
    """Reports that only one of the builds has, by their texts and without what is not compared."""

    def __init__(self) -> None:
        self._pairs: defaultdict[str, tuple[list[ParsedReport], deque[ParsedReport]]]
        self._pairs = defaultdict(lambda: ([], deque()))
        self._places: dict[Place, Place] = {}

    def add(self, former: ParsedReport | None, current: ParsedReport | None) -> None:
        """Take up a report of the one or the other build."""
        if former is not None:
            self._pairs[_digest_text(former)][0].append(self._slim(former))
        if current is not None:
            self._pairs[_digest_text(current)][1].append(self._slim(current))

    def pair(self) -> Iterator[Pair]:
        """Yield each former report with a current one of the same text, and the rest alone."""
        for former_reports, current_reports in self._pairs.values():
            for former in former_reports:
                yield former, current_reports.popleft() if current_reports else None
            yield from ((None, current) for current in current_reports)

    def _slim(self, parsed: ParsedReport) -> ParsedReport:
        mentions = (
            replace(each, place=self._places.setdefault(place, place), alternatives=(), evidence=())
            for each in parsed.mentions
            if (place := each.place) is not None
        )
        return replace(parsed, report=replace(parsed.report, text=""), mentions=tuple(mentions), copies=())


def _digest_text(parsed: ParsedReport) -> str:
    return digest_texts([parsed.report.text])


def _compare_reports(former: ParsedReport | None, current: ParsedReport | None, judge: Judge) -> Iterator[Change]:
    for before, now in _match(former, current):
        if before is not None and now is not None and not has_moved(before, now):
            continue
        owner, mention = (former, before) if current is None or now is None else (current, now)
        assert owner is not None
        assert mention is not None
        cause = judge.find_cause(former, current, before, now)
        yield Change(mention.text, owner.report.id, mention.start, cause, find_spot(before), find_spot(now))


def has_moved(before: Mention, now: Mention) -> bool:
    """Return whether a mention stands at another place than before, or far from where that place was."""
    assert before.place is not None
    assert now.place is not None
    if _identify(before) != _identify(now):
        return True
    old, new = before.place, now.place
    distance = distance_km(old.latitude, old.longitude, new.latitude, new.longitude)
    return distance > max(old.radius_km, new.radius_km, NEAR_KM)


def _identify(mention: Mention) -> str:
    """Return the id of a mention's place, of a displaced one that of the place it is measured from."""
    if mention.anchor is not None:
        return mention.anchor.place_id
    return mention.place.place_id if mention.place is not None else ""


def _match(
    former: ParsedReport | None, current: ParsedReport | None
) -> Iterator[tuple[Mention | None, Mention | None]]:
    """Yield the mentions with a place in pairs: at the same offset, or of the same name where the text is another."""
    left, right = _list_placed(former), _list_placed(current)
    is_same_text = former is not None and current is not None and former.report.text == current.report.text
    rounds: list[Callable[[Mention], tuple[object, ...]]]
    rounds = (
        [lambda each: (each.start, each.text)]
        if is_same_text
        else [lambda each: (each.text, _identify(each)), lambda each: (each.text,)]
    )
    for key in rounds:
        waiting: defaultdict[tuple[object, ...], deque[Mention]] = defaultdict(deque)
        for each in left:
            waiting[key(each)].append(each)
        pairs = [(waiting[key(each)].popleft() if waiting[key(each)] else None, each) for each in right]
        yield from (pair for pair in pairs if pair[0] is not None)
        right = [each for partner, each in pairs if partner is None]
        left = [each for rest in waiting.values() for each in rest]
    yield from ((each, None) for each in left)
    yield from ((None, each) for each in right)


def _list_placed(parsed: ParsedReport | None) -> Sequence[Mention]:
    return [] if parsed is None else [each for each in parsed.mentions if each.place is not None]
