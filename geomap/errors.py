"""Every error that geomap raises on purpose: one tree, each also a built-in error."""

from __future__ import annotations

from collections.abc import Sequence


class GeomapError(Exception):
    """Base of all errors of geomap; the message names what went wrong and the remedy."""


class UsageError(GeomapError, ValueError):
    """The caller asked for something that cannot be: a wrong argument, an unknown key."""


class ConfigurationError(UsageError):
    """geomap.toml, an environment variable or an option cannot be used as it is."""


class ReportError(GeomapError, ValueError):
    """One report, or one file of reports, cannot be read; the others are not concerned.

    ``path`` is the file as the user named it, ``line`` the line in it (from 1) where known. ``count`` is more than 1
    where the error is the last of so many of its kind that only the first of them are told one by one.
    """

    def __init__(self, reason: str, *, path: str = "", line: int | None = None, count: int = 1) -> None:
        super().__init__(reason)
        self.reason = reason
        self.path = path
        self.line = line
        self.count = count

    def __reduce__(self) -> tuple[object, ...]:  # keyword arguments survive the way between processes
        return (_rebuild_report_error, (self.reason, self.path, self.line, self.count))

    def __str__(self) -> str:
        place = self.path if self.line is None else f"{self.path}, line {self.line}"
        return f"{place}: {self.text}" if place else self.text

    @property
    def text(self) -> str:
        """The reason, with the number of the others that are not told."""
        return self.reason if self.count == 1 else f"{self.reason} (and {self.count - 1:,} more)"


def _rebuild_report_error(reason: str, path: str, line: int | None, count: int) -> ReportError:
    return ReportError(reason, path=path, line=line, count=count)


class GazetteerError(GeomapError, RuntimeError):
    """A gazetteer file is missing, damaged, or of another version."""


class StoreError(GeomapError, RuntimeError):
    """The store of results cannot be opened or written."""


class OutputError(GeomapError, OSError):
    """The map or an export cannot be written."""


class GeocoderError(GeomapError, RuntimeError):
    """A geocoding service is not configured well, or did not answer."""


class MissingPackageError(GeomapError, ImportError):
    """An optional package is needed; the message names it and how to install it."""


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
