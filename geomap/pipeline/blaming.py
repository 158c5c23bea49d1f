"""What an error means: one report's own fault, which must not stop the others, or everybody's."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from geomap.config import NO_MEMORY
from geomap.errors import GeomapError, ReportError, describe_error
from geomap.model import ParsedReport, Report


def try_all(
    analyse_all: Callable[[Sequence[Report]], Sequence[ParsedReport]], reports: Sequence[Report]
) -> list[ParsedReport | ReportError]:
    """Return each report analysed, or its error; raise errors of no single report, such as a missing gazetteer."""
    try:
        return [*analyse_all(reports)]
    except Exception as error:
        if isinstance(error, GeomapError) and not isinstance(error, ReportError):
            raise
        if len(reports) > 1:  # one by one it is found out which of them is to blame
            return [each for report in reports for each in try_all(analyse_all, [report])]
        return [_blame(report, error) for report in reports]


def give_up(report: Report, reason: str) -> ReportError:
    """Return the error for a report that no process survives."""
    return ReportError(f"its places cannot be found: {reason}", path=report.id)


def _blame(report: Report, error: Exception) -> ReportError:
    """Return the error for a report: what its text provokes concerns this text only."""
    if isinstance(error, ReportError):
        return error
    if isinstance(error, MemoryError):
        return ReportError(NO_MEMORY, path=report.id)
    return ReportError(f"its places cannot be found ({describe_error(error)})", path=report.id)
