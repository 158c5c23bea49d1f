"""What the parts of a build share: the store, the analyser, the engine, and the account of what was done."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import TypeVar

from geomap.config import Project
from geomap.engines.base import Engine
from geomap.errors import ReportError, ReportNote, describe_error
from geomap.pipeline.analyser import Analyser
from geomap.pipeline.counters import WorkDone
from geomap.reports import SourceFile
from geomap.store import Store
from geomap.system.progress import Progress
from geomap.text.failures import Failures

Item = TypeVar("Item")


@dataclass(slots=True)
class BuildContext:
    """What one build works with, and the counts of what it has really done; all else was known before."""

    project: Project
    store: Store
    analyser: Analyser
    engine: Engine
    progress: Progress
    failures: Failures = field(default_factory=Failures)
    remarks: Failures = field(default_factory=Failures)
    notes: list[str] = field(default_factory=list)
    done: WorkDone = field(default_factory=WorkDone)

    def count(self, **more: int) -> None:
        """Note what was done, by the names that `WorkDone` has for it."""
        self.done = self.done.plus(**more)

    def track(self, items: Iterable[Item], label: str, total: int) -> Iterator[Item]:
        """Yield the items and show the progress."""
        return iter(self.progress.track(items, label=label, total=total))

    def fail(self, source: SourceFile, error: Exception) -> None:
        """Note that a file, or an entry of it, gives no report, or what a reader has noted about it."""
        told = error if isinstance(error, ReportError) else ReportError(describe_error(error))
        (self.remarks if isinstance(told, ReportNote) else self.failures).add(told.told_as(path=source.shown_path))
