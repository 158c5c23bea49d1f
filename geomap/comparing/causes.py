"""Why a name stands elsewhere: what has changed between the builds, and which of that can have concerned it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, TypeAlias

from geomap.model import Mention, ParsedReport, Report

REPORT: Final = "report"
CORRECTION: Final = "correction"
GAZETTEER: Final = "gazetteer"
MODEL: Final = "model"
SETTINGS: Final = "settings"
SERVICE: Final = "service"
UNKNOWN: Final = "unknown version"

Versions: TypeAlias = Mapping[str, str]
"""By `CORRECTION`, `GAZETTEER`, `MODEL` and `SETTINGS` a digest of what a build had; none from an older geomap."""


@dataclass(frozen=True, slots=True)
class Judge:
    """Names the causes of changes; ``answered`` are the ids of the places that a geocoding service has given."""

    before: Versions
    now: Versions
    answered: frozenset[str] = frozenset()

    def find_cause(
        self, former: ParsedReport | None, current: ParsedReport | None, before: Mention | None, now: Mention | None
    ) -> str:
        """Return the cause of a mention's change between two builds of a report: several, where any may be it."""
        if former is None or current is None:
            return REPORT
        if self._is_answer(now or before):
            return SERVICE
        placed = {_is_placed_by_hand(each) for each in (before, now) if each is not None}
        if len(placed) == 2:
            return CORRECTION
        if tell_apart(former.report) != tell_apart(current.report):
            return REPORT
        if placed == {True} and (before is None or now is None or self._has_changed(CORRECTION)):
            return CORRECTION
        return self._choose(former, current, before, now)

    def _choose(self, former: ParsedReport, current: ParsedReport, before: Mention | None, now: Mention | None) -> str:
        if not self.before:
            return UNKNOWN
        differing = [cause for cause in (CORRECTION, GAZETTEER, MODEL, SETTINGS) if self._has_changed(cause)]
        if GAZETTEER in differing and _is_same_row(before, now):
            return GAZETTEER
        if not _is_concerned(former, current):
            differing = [cause for cause in differing if cause != CORRECTION] or differing
        return " or ".join(differing) or REPORT  # of a report, a map does not hold everything

    def _has_changed(self, cause: str) -> bool:
        return bool(self.before) and self.before.get(cause) != self.now.get(cause)

    def _is_answer(self, mention: Mention | None) -> bool:
        return mention is not None and mention.place is not None and mention.place.place_id in self.answered


def _is_placed_by_hand(mention: Mention) -> bool:
    """Return whether a correction gave the place, and not the usage alone: only then is it sure."""
    return mention.corrected and mention.confidence == 1


def tell_apart(report: Report) -> tuple[str, ...]:
    """Return what makes a report another one, as far as a map holds it; its id is its name only."""
    return report.text, report.title, report.source, report.date, report.url


def _is_same_row(before: Mention | None, now: Mention | None) -> bool:
    """Return whether both stand at the same row of a gazetteer, so that it is the row that moved."""
    if before is None or now is None or before.place is None or now.place is None:
        return False
    return before.anchor is now.anchor is None and before.place.place_id == now.place.place_id


def _is_concerned(former: ParsedReport, current: ParsedReport) -> bool:
    """Return whether other corrections took effect in the report; a map tells only which mentions they placed."""
    return former.corrections != current.corrections or any(each.corrected for each in former.mentions)
