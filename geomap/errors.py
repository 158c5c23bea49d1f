"""Every error that geomap raises on purpose: one tree, each also a built-in error.

Being told to end is none: `TerminationError` stands beside the tree, as KeyboardInterrupt stands beside Exception.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Self, TypeVar


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
        return (_rebuild, (type(self), self.reason, self.path, self.line, self.count))

    def told_as(self, reason: str | None = None, *, path: str | None = None, count: int | None = None) -> Self:
        """Return an error of the same class with another reason, path or count."""
        return type(self)(
            self.reason if reason is None else reason,
            path=self.path if path is None else path,
            line=self.line,
            count=self.count if count is None else count,
        )

    def __str__(self) -> str:
        place = self.path if self.line is None else f"{self.path}, line {self.line}"
        return f"{place}: {self.text}" if place else self.text

    @property
    def text(self) -> str:
        """The reason, with the number of the others that are not told."""
        return self.reason if self.count == 1 else f"{self.reason} (and {self.count - 1:,} more)"


Told = TypeVar("Told", bound=ReportError)


def _rebuild(kind: type[Told], reason: str, path: str, line: int | None, count: int) -> Told:
    return kind(reason, path=path, line=line, count=count)


class ReportNote(ReportError):  # noqa: N818 - it goes the way of errors and is none
    """No failure: what people should know of a file that is read, such as rows that were left out or how dates count.

    It is yielded and stored as errors are, and never raised.
    """


class SpentError(ReportError):
    """An archive holds more than its allowance: the rest of it is not read."""


class RowError(GeomapError, ValueError):
    """A row of a table of corrections or places cannot be used; the others are not concerned."""


class CorrectionError(GeomapError, ValueError):
    """The table of corrections cannot be used; building without it would undo what people have said."""


class NothingReadError(GeomapError, ValueError):
    """Not one report could be read, so nothing was written; ``failures`` say why for each file."""

    def __init__(self, message: str, failures: Sequence[ReportError] = ()) -> None:
        super().__init__(message)
        self.failures = tuple(failures)


class FaultError(GeomapError, RuntimeError):
    """A file was not read for a reason that may be gone next time: nothing of it is kept."""


class WorkerDiedError(GeomapError, RuntimeError):
    """A worker process has ended in the middle of its work; ``excess`` says which limit it was ended for, if so."""

    def __init__(self, message: str, excess: str = "") -> None:
        super().__init__(message)
        self.excess = excess


class GazetteerError(GeomapError, RuntimeError):
    """A gazetteer file is missing, damaged, or of another version."""


class StoreError(GeomapError, RuntimeError):
    """The store of results cannot be opened or written."""


class DamagedStoreError(StoreError):
    """The file is not a sound store: it has to be set aside, which loses nothing but time."""


class UnwritableStoreError(StoreError):
    """The store's folder does not let us write: a build can do without, it just does everything again."""


class BuildInProgressError(StoreError):
    """Another process is building in the project."""


class NotBuiltError(StoreError):
    """There is no build to take anything from."""


class ComparisonError(GeomapError, ValueError):
    """The older map cannot be compared with: it is missing, damaged, or none of geomap's."""


class OutputError(GeomapError, OSError):
    """The map or an export cannot be written."""


class GeocoderError(GeomapError, RuntimeError):
    """A geocoding service is not configured well, or did not answer."""


class MissingPackageError(GeomapError, ImportError):
    """An optional package is needed; the message names it and how to install it."""


class ChildDiedError(GeomapError, RuntimeError):
    """A child process has ended in the middle of its work, with this exit status after so many seconds of it."""

    def __init__(self, message: str, *, status: int = 0, seconds: float = 0.0) -> None:
        super().__init__(message)
        self.status = status
        self.seconds = seconds


class HttpError(GeomapError, RuntimeError):
    """A server gave no answer that can be used.

    ``is_passing`` says that the same question may have an answer later, ``wish`` how many seconds the server wants to
    be left alone until then, 0 where it does not say.
    """

    is_passing: bool = False
    wish: float = 0.0


class UnencryptedError(HttpError):
    """What is at an address can only be asked for without encryption."""

    def __init__(self, message: str, *, address: str = "") -> None:
        super().__init__(message)
        self.address = address


class ElsewhereError(HttpError):
    """The server sends us on to another one."""


class LateError(HttpError):
    """The server takes longer than it may."""

    is_passing = True


class TooLargeError(HttpError):
    """The server sends more than it may."""


class NoAnswerError(HttpError):
    """The server cannot be reached, or breaks off."""

    is_passing = True


class StatusError(HttpError):
    """The server answers, but gives nothing."""

    def __init__(
        self,
        message: str,
        *,
        status: int = 0,
        reason: str = "",
        headers: Mapping[str, str] | None = None,
        wish: float = 0.0,
    ) -> None:
        super().__init__(message)
        self.status = status
        self.reason = reason
        self.headers: Mapping[str, str] = {} if headers is None else headers
        self.is_passing = status == 429 or status >= 500
        self.wish = wish


class TerminationError(KeyboardInterrupt):
    """Somebody has asked the program to end; it does what it does at Ctrl-C. ``status`` is its exit status."""

    def __init__(self, number: int) -> None:
        super().__init__()
        self.status = 128 + number


def describe_error(error: BaseException) -> str:
    """Return the reason on one line, without a path; for errors that nobody foresaw with their class."""
    if isinstance(error, ReportError):
        return error.reason
    if isinstance(error, OSError) and not isinstance(error, GeomapError):
        return error.strerror or str(error) or type(error).__name__
    reason = " ".join(str(error).split())
    return reason if isinstance(error, GeomapError) else f"{type(error).__name__}: {reason}".rstrip(": ")
