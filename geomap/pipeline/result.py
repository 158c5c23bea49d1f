"""What a build has done, and the lines that say so."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from geomap.comparing.comparison import Comparison
from geomap.comparing.telling import summarise
from geomap.corrections.correction import Correction
from geomap.errors import ReportError
from geomap.pipeline.counters import UnresolvedName, WorkDone

if TYPE_CHECKING:
    import pandas as pd

    from geomap.exporting.columns import Thing

MOST_IDLE = 10
"""How many corrections without effect are named one by one."""


@dataclass(frozen=True, kw_only=True)
class BuildResult(WorkDone):
    """What a build has read, found and written; in a notebook it shows itself as the map.

    ``reports``, ``mentions`` and ``places`` are read from the store when they are first asked for, as DataFrames.

    ``report_count`` reports are on the map; ``new``, ``changed`` and ``removed`` are relative to the last build of the
    same output. ``mention_count`` are the mentions with a place, ``unresolved`` the names without. ``copies`` reports
    are listed with the first reports of their ``stories_retold`` duplicate clusters, which count once. ``left_out``
    mentions are older than the newest ones of their place that were asked for; ``shards`` files beside the map hold its
    texts, none where it holds them itself. ``failures`` are the first few of each kind, then the last with the
    ``count`` of those that it stands for; ``failed`` counts them all. ``since_last`` tells which names moved, appeared
    and vanished since the last build of the same output, None if nothing is known of one; ``comparison`` is the one
    that was asked for: with ``"last"`` of the last build that changed anything, this one or one before it. `WorkDone`
    counts what was really done for it.
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
    seconds: float
    stories_retold: int = 0
    copies: int = 0
    left_out: int = 0
    shards: int = 0
    notes: tuple[str, ...] = ()
    store: Path | None = None
    build: int = 0
    since_last: Comparison | None = None
    comparison: Comparison | None = None

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
        """What the map shows, and the names without a place; copies are left out."""
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


def describe_idle(corrections: Sequence[Correction], name: str) -> Iterator[str]:
    """Yield a line that says which corrections of the table ``name`` match nothing, none if all do."""
    if corrections:
        lines = ", ".join(f"{each.line} ({each.name} in {each.scope})" for each in corrections[:MOST_IDLE])
        more = f" and {len(corrections) - MOST_IDLE:,} more" if len(corrections) > MOST_IDLE else ""
        word = "line" if len(corrections) == 1 else "lines"
        yield f"{name}, {word} {lines}{more}: nothing in these reports matches."


def describe_build(result: BuildResult) -> Iterator[str]:
    """Yield the lines of a build's summary."""
    yield (
        f"Reports: {result.report_count:,} read, {result.new:,} new, {result.changed:,} changed, "
        f"{result.removed:,} removed, {result.failed:,} failed"
    )
    if result.reports_found_again:
        what = "1 report is" if result.reports_found_again == 1 else f"{result.reports_found_again:,} reports are"
        yield f"geomap was updated: {what} found again"
    if result.since_last is not None and (names := summarise(result.since_last)):
        hint = "" if result.comparison else "; `geomap build --compare last` lists them"
        yield f"Names since the last build: {names}{hint}"
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
