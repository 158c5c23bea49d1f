"""What the parts of a build share: the store, the stages, and the account of what was done."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any, TypeVar

from geomap.config import Limits, Project
from geomap.engines import choose_engine
from geomap.errors import ReportError, describe_error
from geomap.pipeline.stages import Stages
from geomap.reports import SourceFile
from geomap.store import Store
from geomap.system.progress import Progress
from geomap.text.failures import Failures

Item = TypeVar("Item")


@dataclass(slots=True)
class Work:
    """One build: what it works with, and what it has really done, for everything else was known before."""

    project: Project
    store: Store
    stages: Stages
    progress: Progress
    jobs: int | None
    failures: Failures = field(default_factory=Failures)
    notes: list[str] = field(default_factory=list)
    skipped: int = 0
    files_read: int = 0
    reports_recognised: int = 0
    reports_found_again: int = 0
    reports_scanned: int = 0
    reports_signed: int = 0

    def map(
        self,
        function: Callable[..., Any],
        items: Iterable[Item],
        *,
        weigh: Callable[[Item], int],
        give_up: Callable[[Item, str], Any] | None = None,
        limits: Limits | None = None,
    ) -> Iterator[Any]:
        """Yield the function's result for each item, in their order, worked on where this build works.

        ``give_up`` returns what stands for the result of an item that no process survives, from it and the reason,
        ``limits`` what one may take.
        """
        return choose_engine(self.jobs, weigh=weigh, give_up=give_up, limits=limits).map(function, items)

    def track(self, items: Iterable[Item], label: str, total: int) -> Iterator[Item]:
        """Yield the items and show how far this is."""
        return iter(self.progress.track(items, label=label, total=total))

    def fail(self, source: SourceFile, error: Exception) -> None:
        """Note that a file, or an entry of it, gives no report."""
        line, count = getattr(error, "line", None), getattr(error, "count", 1)
        self.failures.add(ReportError(describe_error(error), path=source.shown_path, line=line, count=count))
