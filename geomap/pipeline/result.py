"""What a build has done, and the lines that say so."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from geomap.config import describe_cut
from geomap.corrections.correction import Correction
from geomap.errors import ReportError
from geomap.model import Mention, ParsedReport
from geomap.text.excerpts import cut_excerpt
from geomap.text.failures import Failures

if TYPE_CHECKING:
    import pandas as pd

    from geomap.exporting.columns import Thing

MOST_IDLE = 10
"""How many corrections without effect are named one by one."""


@dataclass(frozen=True, slots=True)
class UnresolvedName:
    """A name that no place was found for: how often it is mentioned, and the first excerpt that does."""

    name: str
    mentions: int
    report_id: str
    excerpt: str


@dataclass(frozen=True)
class BuildResult:
    """What a build has read, found and written; in a notebook it shows itself as the map.

    ``reports``, ``mentions`` and ``places`` are read from the store when they are first asked for, as DataFrames.

    ``report_count`` are on the map; ``new``, ``changed`` and ``removed`` are relative to the last build of the same
    output. ``mention_count`` are those with a place, ``unresolved`` the names without. ``copies`` reports tell one of
    ``stories_retold`` stories again, which count once. ``files_read`` and ``reports_recognised`` count the work that
    was really done, for everything else was known from an earlier build; ``reports_found_again`` had been built by an
    older geomap, or by another recognizer; ``reports_scanned`` were only searched for
    names that changed overlays of the gazetteer or corrections have, ``reports_signed`` compared with others for the
    first time. ``left_out`` mentions are older than the newest ones of their place that were asked for; ``shards``
    files beside the map hold its texts, none where it holds them itself. ``skipped`` files are hidden or of a kind that
    geomap does not read. ``failures`` are the first few of each kind, then the last with the ``count`` of those that it
    stands for; ``failed`` counts them all.
    """

    output: Path
    report_count: int
    new: int
    changed: int
    removed: int
    mention_count: int
    place_count: int
    unresolved: tuple[UnresolvedName, ...]
    failures: tuple[ReportError, ...]
    skipped: int
    files_read: int
    reports_recognised: int
    seconds: float
    reports_found_again: int = 0
    reports_scanned: int = 0
    reports_signed: int = 0
    stories_retold: int = 0
    copies: int = 0
    left_out: int = 0
    shards: int = 0
    notes: tuple[str, ...] = ()
    store: Path | None = None
    build: int = 0

    @property
    def failed(self) -> int:
        """How many files, or entries of files, gave no report."""
        return sum(each.count for each in self.failures)

    @cached_property
    def reports(self) -> pd.DataFrame:
        """All reports, a row for each; the columns of these frames are those of `geomap export`."""
        return self._read_frame("reports")

    @cached_property
    def mentions(self) -> pd.DataFrame:
        """What the map shows, and the names without a place; copies of a story are left out."""
        return self._read_frame("mentions")

    @cached_property
    def places(self) -> pd.DataFrame:
        """The places with how often each is named."""
        return self._read_frame("places")

    def _read_frame(self, thing: Thing) -> pd.DataFrame:
        from geomap.pipeline.built import read_frame

        return read_frame(self.store, self.build, thing)

    def _repr_html_(self) -> str:
        from geomap.rendering.notebook import show_map

        return show_map(self.output)


class AppliedCorrections:
    """How often each correction takes effect in the reports that pass by; ``times`` has them by digest."""

    def __init__(self, corrections: Iterable[Correction]) -> None:
        self._corrections = {each.digest(): each for each in corrections}
        self.times: dict[str, int] = dict.fromkeys(self._corrections, 0)

    def watch(self, parsed_reports: Iterable[ParsedReport]) -> Iterator[ParsedReport]:
        """Yield the reports unchanged and count their corrections."""
        for parsed in parsed_reports:
            for digest in parsed.corrections:
                self.times[digest] += 1
            yield parsed

    def list_idle(self) -> list[Correction]:
        """Return those that took no effect, by line."""
        return sorted((self._corrections[key] for key, times in self.times.items() if not times), key=_line)


def _line(correction: Correction) -> int:
    return correction.line


def describe_idle(corrections: Sequence[Correction], name: str) -> Iterator[str]:
    """Yield a line that says which corrections of the table ``name`` match nothing, none if all do."""
    if corrections:
        lines = ", ".join(f"{each.line} ({each.name} in {each.scope})" for each in corrections[:MOST_IDLE])
        more = f" and {len(corrections) - MOST_IDLE:,} more" if len(corrections) > MOST_IDLE else ""
        word = "line" if len(corrections) == 1 else "lines"
        yield f"{name}, {word} {lines}{more}: nothing in these reports matches."


class CutReports:
    """The reports among those that pass by of whose mentions only the first ``most`` are kept."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._cut = Failures()

    def watch(self, parsed_reports: Iterable[ParsedReport]) -> Iterator[ParsedReport]:
        """Yield the reports unchanged and note those that are cut."""
        for parsed in parsed_reports:
            if parsed.is_cut:
                self._cut.add(ReportError(describe_cut(len(parsed.mentions), self._most), path=parsed.report.id))
            yield parsed

    @property
    def lines(self) -> list[str]:
        """A line for each, or for the first of many."""
        return [str(each) for each in self._cut]


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


def describe_build(result: BuildResult) -> Iterator[str]:
    """Yield the summary's lines."""
    yield (
        f"Reports: {result.report_count:,} read, {result.new:,} new, {result.changed:,} changed, "
        f"{result.removed:,} removed, {result.failed:,} failed"
    )
    if result.reports_found_again:
        what = "1 report is" if result.reports_found_again == 1 else f"{result.reports_found_again:,} reports are"
        yield f"geomap was updated: {what} found again"
    yield f"Mentions: {result.mention_count:,}"
    yield f"Places: {result.place_count:,}"
    yield f"Unresolved names: {len(result.unresolved):,}"
    if result.copies:
        yield (
            f"Told more than once: {result.stories_retold:,} stories, by {result.copies:,} more reports; "
            "each is counted once"
        )
    if result.left_out:
        yield f"Left out: {result.left_out:,} mentions, older than the newest of their places that were asked for"
    if result.shards:
        yield (
            f"Texts: in {result.shards:,} files beside the map, in {result.output.stem}_texts, because it is large; "
            "hand them on together"
        )
    yield f"Seconds: {result.seconds:.1f}"
    yield f"Map: {result.output}"


def describe_unresolved(result: BuildResult) -> Iterator[str]:
    """Yield a line for each unresolved name, the most frequent first."""
    for each in result.unresolved:
        times = f" ({each.mentions:,} times)" if each.mentions > 1 else ""
        yield f"{each.name}{times}: {each.excerpt} [{each.report_id}]"
