"""What went wrong with one input, in one line."""

from __future__ import annotations

from collections.abc import Sequence

from geomap.errors import GeomapError, ReportError


class NothingReadError(GeomapError):
    """Not one report could be read, so nothing was written; ``failures`` say why for each file."""

    def __init__(self, message: str, failures: Sequence[ReportError] = ()) -> None:
        super().__init__(message)
        self.failures = tuple(failures)


def describe_error(error: BaseException) -> str:
    """Return the reason on one line, without a path; for errors that nobody foresaw with their class."""
    if isinstance(error, ReportError):
        return error.reason
    if isinstance(error, OSError) and not isinstance(error, GeomapError):
        return error.strerror or str(error) or type(error).__name__
    reason = " ".join(str(error).split())
    return reason if isinstance(error, GeomapError) else f"{type(error).__name__}: {reason}".rstrip(": ")
