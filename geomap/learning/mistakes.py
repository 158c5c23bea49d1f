"""The commonest mistakes, each with a line of the text it was made in: reading them is how geomap gets better."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass
from typing import Any, Final

from geomap.learning.corpora import GoldReport
from geomap.learning.scoring import NEAR_KM, Verdict

KINDS: Final = {
    "missed": "names that were missed",
    "false": "found, but no place names in gold",
    "bounds": "found with other bounds",
    "wrong": "places more than 161 km away",
}
_AROUND: Final = 45  # characters of context on either side


@dataclass(frozen=True, slots=True)
class Mistake:
    """One mistake in a report."""

    kind: str
    """One of `KINDS`."""
    name: str
    report: str
    start: int
    context: str
    detail: str = ""
    """For bounds what gold has, for wrong places what was found and how far that is."""


@dataclass(frozen=True, slots=True)
class MistakenName:
    """A name with the number of mistakes of one kind, and the first example."""

    count: int
    example: Mistake

    def figures(self) -> dict[str, Any]:
        """Return the values by name."""
        return {"count": self.count, **asdict(self.example)}


def find_mistakes(report: GoldReport, verdicts: Sequence[Verdict]) -> Iterator[Mistake]:
    """Yield the mistakes in a report."""
    found = {id(verdict.mark) for verdict in verdicts}
    for missed in report.gold:
        if id(missed) not in found:
            yield _mistake("missed", report, missed.start, missed.end)
    for verdict in verdicts:
        mention, mark = verdict.mention, verdict.mark
        if mark is None:
            yield _mistake("false", report, mention.start, mention.end)
            continue
        if (mark.start, mark.end) != (mention.start, mention.end):
            detail = f"gold has {_on_one_line(report.report.text[mark.start : mark.end])}"
            yield _mistake("bounds", report, mention.start, mention.end, detail)
        if verdict.error_km is not None and verdict.error_km > NEAR_KM:
            yield _mistake("wrong", report, mention.start, mention.end, _describe_place(verdict))


def _mistake(kind: str, report: GoldReport, start: int, end: int, detail: str = "") -> Mistake:
    text = report.report.text
    before, name, after = text[max(0, start - _AROUND) : start], text[start:end], text[end : end + _AROUND]
    context = _on_one_line(f"{before}[{name}]{after}")
    return Mistake(kind, _on_one_line(name), report.report.id, start, context, detail)


def _on_one_line(text: str) -> str:
    return " ".join(text.split())


def _describe_place(verdict: Verdict) -> str:
    place, mark = verdict.mention.place, verdict.mark
    wanted = "" if mark is None else f"gold has {mark.latitude:.2f}, {mark.longitude:.2f}"
    if place is None:
        return f"no place found, {wanted}"
    at = f" ({place.qualified_name})" if place.qualified_name else ""
    return f"put at {place.latitude:.2f}, {place.longitude:.2f}{at}, {verdict.error_km:,.0f} km off, {wanted}"


def count_mistakes(mistakes: Iterable[Mistake], *, most: int) -> dict[str, list[MistakenName]]:
    """Return for each kind of mistake the commonest names, at most so many; equal ones in the order of the text."""
    grouped: dict[tuple[str, str], list[Mistake]] = {}
    for mistake in mistakes:
        grouped.setdefault((mistake.kind, mistake.name.casefold()), []).append(mistake)
    counted = sorted((MistakenName(len(each), each[0]) for each in grouped.values()), key=lambda name: -name.count)
    return {kind: [name for name in counted if name.example.kind == kind][:most] for kind in KINDS}


def describe_mistakes(counted: dict[str, list[MistakenName]]) -> Iterator[str]:
    """Yield a block of lines for each kind of mistake."""
    for kind, names in counted.items():
        if not names:
            continue
        yield f"{KINDS[kind]}:"
        for name in names:
            example = name.example
            yield f"  {name.count:3}  {example.name}  ({example.report}: {example.context})"
            if example.detail:
                yield f"       {example.detail}"
