"""What a build changes: against the last build of its map, and against an older map if somebody asks."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from os import PathLike
from pathlib import Path
from typing import TYPE_CHECKING, Final, Literal, TypeAlias
from urllib.parse import quote

from geomap.comparing.causes import Judge
from geomap.comparing.comparison import Comparison, Stray, find_spot
from geomap.comparing.matching import compare
from geomap.corrections import Problem
from geomap.corrections.correction import Correction
from geomap.geocoders.fallback import Question, fill_gaps
from geomap.model import Candidate, ParsedReport
from geomap.store import Store

if TYPE_CHECKING:
    from geomap.rendering.reading import MapFile

LAST: Final = "last"
"""What people call the last build of a map."""

_NOTHING_KNOWN: Final = "Nothing is known of a last build of this map: there is nothing to compare it with."

Older: TypeAlias = "MapFile | Literal['last'] | None"


def open_older(older: str | PathLike[str] | None) -> Older:
    """Return what a build is to be compared with: a map, which is read now because the build may replace it, or `LAST`.

    Raises `ComparisonError` for a file that is no map.
    """
    if older is None or older == LAST:
        return LAST if older else None
    from geomap.rendering.reading import open_map  # numpy: only for those who ask

    return open_map(Path(older))


@dataclass(frozen=True, slots=True)
class Changes:
    """What a build changes: ``since_last`` is None without a last build, ``asked`` where nobody asked or can be told.

    ``kept`` is what the store is to remember: the changes of the last build that changed anything.
    """

    since_last: Comparison | None
    kept: Comparison
    asked: Comparison | None
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Findings:
    """What the running build has found, before its map is drawn: mentions by their fingerprint, answers of a service.

    ``causes`` are digests of what names move by.
    """

    store: Store
    fingerprint: str
    causes: Mapping[str, str]
    answers: Mapping[Question, Candidate]

    def find_changes(self, last: int | None, older: Older) -> Changes:
        """Compare with the build of the number ``last``, and with what is asked for."""
        since_last = None if last is None else self._compare_with_last(last)
        kept = since_last or (Comparison() if last is None else self.store.read_comparison(last))
        if older is None:
            return Changes(since_last, kept, None)
        if older == LAST:
            notes = () if last else (_NOTHING_KNOWN,)
            return Changes(since_last, kept, kept if last else None, notes)
        return Changes(since_last, kept, *self._compare_with_map(older))

    def _compare_with_last(self, last: int) -> Comparison:
        store = self.store
        answers = {Question(name, country): answer for name, country, answer in store.read_answers(last)}
        if answers == self.answers:  # reports whose mentions are stored under the same key are not even read
            before, now = store.iterate_outdated(last, self.fingerprint), self._iterate_parsed(unlike=last)
        else:
            before, now = store.iterate_built(last), self._iterate_parsed()
        filled = (fill_gaps(each, answers) for each in before)
        return compare(filled, now, self._make_judge(store.read_causes(last), answers))

    def _compare_with_map(self, older: MapFile) -> tuple[Comparison, tuple[str, ...]]:
        copies = older.copies  # of them the map holds only what no other report names
        before = (each for each in older.iterate_reports() if each.report.id not in copies)
        now = (each for each in self._iterate_parsed() if each.report.id not in copies)
        found = compare(before, now, self._make_judge(older.versions, {}))
        if not older.left_out:
            return found, ()
        known = tuple(each for each in found.changes if each.kind != "appeared")
        note = f"{older.path} shows only the newest mentions of each place: what has appeared since cannot be told."
        return replace(found, changes=known), (note,)

    def _iterate_parsed(self, *, unlike: int = 0) -> Iterator[ParsedReport]:
        return (fill_gaps(each, self.answers) for each in self.store.iterate_parsed(self.fingerprint, unlike=unlike))

    def _make_judge(self, causes: Mapping[str, str], answers: Mapping[Question, Candidate]) -> Judge:
        answered = frozenset(each.place.place_id for each in (*answers.values(), *self.answers.values()))
        return Judge(causes, self.causes, answered)


class LinkTargets:
    """Notes what links to a map can lead to: the places and reports that pass by on their way to it."""

    def __init__(self) -> None:
        self._places: set[str] = set()
        self._reports: set[str] = set()

    def watch(self, parsed_reports: Iterable[ParsedReport]) -> Iterator[ParsedReport]:
        """Yield the reports unchanged and note what they are called in links."""
        for parsed in parsed_reports:
            self._reports.add(parsed.report.id)
            self._places.update(spot.key for each in parsed.mentions if (spot := find_spot(each)) is not None)
            yield parsed

    def list_broken(self, comparison: Comparison) -> Iterator[Stray]:
        """Yield the links to places and reports that were on the map before and are not on it now."""
        former = {each.before.key: each.before.name for each in comparison.changes if each.before is not None}
        for key in sorted(former.keys() - self._places):
            yield Stray("link", former[key], f"#place={_write_in_link(key)}")
        for report_id in sorted(set(comparison.gone) - self._reports):
            yield Stray("link", report_id, f"#report={_write_in_link(report_id)}")


def _write_in_link(text: str) -> str:
    return quote(text, safe=":,/@", errors="replace")


def list_stray_corrections(idle: Iterable[Correction], problems: Iterable[Problem]) -> Iterator[Stray]:
    """Yield the corrections that match nothing, then those that cannot be used."""
    for each in idle:
        yield Stray("correction", each.name, f"in {each.scope} (line {each.line}): nothing in these reports matches")
    for problem in problems:
        yield Stray("correction", "", f"line {problem.line}: {problem.reason}")
