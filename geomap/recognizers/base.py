"""The protocol of recognizers: Report -> where place names stand."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final, NamedTuple, Protocol, runtime_checkable

from geomap.model import Mention, Report

LONG: Final = 65_536
"""Characters of a text that is not read together with others, and not as a whole where less of it will do."""


class Recognizer(Protocol):
    """Recognizes toponyms: finds where place names stand."""

    fingerprint: str
    """Changes whenever the same report could give other mentions: code version, model, gazetteer."""

    def recognize(self, report: Report) -> list[Mention]:
        """Return the mentions of a report in the order of the text, not overlapping, without places."""
        ...


@runtime_checkable
class BatchRecognizer(Recognizer, Protocol):
    """A recognizer that reads several reports together in less time than one by one."""

    def recognize_all(self, reports: Sequence[Report]) -> list[list[Mention]]:
        """Return for each report the mentions that `recognize` returns, whatever the other reports are."""
        ...


class Found(NamedTuple):
    """The first mentions of a report, and the offset up to which all were found: None if none was left out."""

    mentions: list[Mention]
    reach: int | None = None


@runtime_checkable
class BoundedRecognizer(Recognizer, Protocol):
    """A recognizer that need not look at the whole of a text to find its first mentions."""

    def recognize_first(self, report: Report, most: int) -> Found:
        """Return the first ``most`` mentions: all that `recognize` returns, if these are no more."""
        ...


def recognize_up_to(recognizer: Recognizer, reports: Sequence[Report], most: int) -> list[Found]:
    """Return the first ``most`` mentions of each report.

    Short texts are read together where the recognizer can. Time and memory for a long one are bounded by ``most`` if
    it is one of `BoundedRecognizer`; else all is found and the rest is left out.
    """
    is_long = [len(report.text) > LONG for report in reports]
    short = [report for report, is_one in zip(reports, is_long, strict=True) if not is_one]
    found = iter(_recognize_all(recognizer, short))
    return [
        recognizer.recognize_first(report, most)
        if is_one and isinstance(recognizer, BoundedRecognizer)
        else keep_first(recognizer.recognize(report) if is_one else next(found), most)
        for report, is_one in zip(reports, is_long, strict=True)
    ]


def keep_first(mentions: list[Mention], most: int) -> Found:
    """Return the first mentions, and how far they reach if there are more."""
    return Found(mentions[:most], mentions[most - 1].end) if len(mentions) > most else Found(mentions)


def _recognize_all(recognizer: Recognizer, reports: Sequence[Report]) -> Iterable[list[Mention]]:
    if isinstance(recognizer, BatchRecognizer):
        return recognizer.recognize_all(reports)
    return map(recognizer.recognize, reports)
