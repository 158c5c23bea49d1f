"""What a build has done, and the lines that say so."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from geomap.errors import ReportError
from geomap.model import Mention, ParsedReport

EXCERPT_REACH = 80
"""Characters of an excerpt on each side of the name."""


@dataclass(frozen=True, slots=True)
class UnresolvedName:
    """A name that no place was found for: how often it is mentioned, and the first excerpt that does."""

    name: str
    mentions: int
    report_id: str
    excerpt: str


@dataclass(frozen=True, slots=True)
class BuildResult:
    """What a build has read, found and written.

    ``reports`` are on the map; ``new``, ``changed`` and ``removed`` are relative to the last build of the same output.
    ``mentions`` are those with a place, ``unresolved`` the names without. ``files_read`` and ``reports_recognised``
    count the work that was really done, for everything else was known from an earlier build; ``reports_scanned`` were
    only searched for names that the overlays of the gazetteer know, after one of these had changed. ``skipped`` files
    are hidden or of a kind that geomap does not read.
    """

    output: Path
    reports: int
    new: int
    changed: int
    removed: int
    mentions: int
    places: int
    unresolved: tuple[UnresolvedName, ...]
    failures: tuple[ReportError, ...]
    skipped: int
    files_read: int
    reports_recognised: int
    seconds: float
    reports_scanned: int = 0
    notes: tuple[str, ...] = ()

    @property
    def failed(self) -> int:
        """How many files, or entries of files, gave no report."""
        return len(self.failures)


class UnresolvedNames:
    """The names without a place among the reports that pass by."""

    def __init__(self) -> None:
        self._names: dict[str, UnresolvedName] = {}

    def watch(self, parsed_reports: Iterable[ParsedReport]) -> Iterator[ParsedReport]:
        """Yield the reports unchanged and note their unresolved names."""
        for parsed in parsed_reports:
            for mention in parsed.mentions:
                if mention.place is None:
                    self._note(parsed, mention)
            yield parsed

    def list(self) -> tuple[UnresolvedName, ...]:
        """Return what was noted, the most frequent first, then by name."""
        return tuple(sorted(self._names.values(), key=lambda each: (-each.mentions, each.name)))

    def _note(self, parsed: ParsedReport, mention: Mention) -> None:
        known = self._names.get(mention.text)
        self._names[mention.text] = (
            UnresolvedName(
                mention.text, 1, parsed.report.id, cut_excerpt(parsed.report.text, mention.start, mention.end)
            )
            if known is None
            else replace(known, mentions=known.mentions + 1)
        )


def cut_excerpt(text: str, start: int, end: int) -> str:
    """Return the span with its surroundings on one line, cut at blanks."""
    left, right = max(start - EXCERPT_REACH, 0), min(end + EXCERPT_REACH, len(text))
    before = text[left:start] if left == 0 else "…" + text[left:start].partition(" ")[2]
    after = text[end:right] if right == len(text) else text[end:right].rpartition(" ")[0] + "…"
    return " ".join(f"{before}{text[start:end]}{after}".split())


def describe_build(result: BuildResult) -> Iterator[str]:
    """Yield the summary's lines."""
    yield (
        f"Reports: {result.reports:,} read, {result.new:,} new, {result.changed:,} changed, "
        f"{result.removed:,} removed, {result.failed:,} failed"
    )
    yield f"Mentions: {result.mentions:,}"
    yield f"Places: {result.places:,}"
    yield f"Unresolved names: {len(result.unresolved):,}"
    yield f"Seconds: {result.seconds:.1f}"
    yield f"Map: {result.output}"


def describe_unresolved(result: BuildResult) -> Iterator[str]:
    """Yield a line for each unresolved name, the most frequent first."""
    for each in result.unresolved:
        times = f" ({each.mentions:,} times)" if each.mentions > 1 else ""
        yield f"{each.name}{times}: {each.excerpt} [{each.report_id}]"
