"""What went wrong with inputs: a line for each, or for the first few of each kind where there are many."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import chain, groupby
from operator import attrgetter
from typing import Final, TypeVar

from geomap.errors import ReportError

SHOWN_OF_FILE: Final = 5
"""How many failures of one kind are told of a file; of those that follow only the last, with their number."""

SHOWN_IN_ALL: Final = 100
"""The same of all files together: a folder can hold as many bad files as a file bad lines."""

_MOST_KINDS: Final = 20
_LONGEST_KIND: Final = 500
_MEMBER = re.compile(r"\A.*\.\w{1,8}(?:, line \d+)?: ")  # the file in an archive that a reason begins with
_VARYING = re.compile(r"""\d+|'[^']*'|"[^"]*\"""")

Entry = TypeVar("Entry")


class Failures:
    """The failures of a file or a build: the first few of each kind, and the last with the number of all others.

    Two are of one kind if their reasons differ in numbers, quotations, what stands in brackets, or the name of a file
    in an archive. Of too many kinds those that come last count as one, so that millions of failures take no more memory
    than some hundreds. ``count`` is how many there were; iterating gives those that are told.
    """

    def __init__(self, shown: int = SHOWN_IN_ALL) -> None:
        self.count = 0
        self._shown = shown
        self._told: list[ReportError] = []
        self._kinds: dict[str, _Kind] = {}

    def add(self, error: ReportError) -> bool:
        """Note a failure; return whether it is to be shown at once."""
        self.count += error.count
        kind = self._find_kind(error)
        if kind.told < self._shown:
            kind.told += 1
            self._told.append(error)
            return True
        kind.untold, kind.last = kind.untold + error.count, error
        return False

    def extend(self, errors: Iterable[ReportError]) -> None:
        """Note several failures."""
        for error in errors:
            self.add(error)

    def list_last(self) -> Iterator[ReportError]:
        """Yield for each kind that was not shown completely its last failure, which stands for the rest."""
        for kind in self._kinds.values():
            if (last := kind.last) is not None:
                yield last.told_as(count=kind.untold)

    def __iter__(self) -> Iterator[ReportError]:
        yield from self._told
        yield from self.list_last()

    def _find_kind(self, error: ReportError) -> _Kind:
        name = _name_kind(error.reason[:_LONGEST_KIND])
        if name not in self._kinds and len(self._kinds) >= _MOST_KINDS:
            name = ""
        return self._kinds.setdefault(name, _Kind())


@dataclass(slots=True)
class _Kind:
    """The numbers of shown and other failures of a kind, and the last of these."""

    told: int = 0
    untold: int = 0
    last: ReportError | None = None


def _name_kind(reason: str) -> str:
    """Return a reason without what differs between failures of one kind."""
    reason = _MEMBER.sub("", reason, count=1)
    before, opening, rest = reason.partition("(")
    _, closing, after = rest.rpartition(")")
    return _VARYING.sub("", f"{before}{after}" if opening and closing else reason)


def bound_failures(entries: Iterable[Entry], shown: int = SHOWN_OF_FILE) -> Iterator[Entry | ReportError]:
    """Yield the entries of a file, such as reports, with only the first failures of each kind among them.

    At the end comes for each kind the last failure, with the number of those that it stands for.
    """
    failures = Failures(shown)
    for entry in entries:
        if not isinstance(entry, ReportError) or failures.add(entry):
            yield entry
    yield from failures.list_last()


def bound_by_file(errors: Iterable[ReportError]) -> Iterator[ReportError]:
    """Yield the first failures of each kind, of each file and of all; they have to come file by file."""
    of_files = (bound_failures(each) for _, each in groupby(errors, key=attrgetter("path")))
    return bound_failures(chain.from_iterable(of_files), SHOWN_IN_ALL)
