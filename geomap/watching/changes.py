"""What a build depends on, looked at again and again: no package, no event that a network drive would not send."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TypeAlias

from geomap.errors import ReportError
from geomap.reports import find_files

PAUSE = 0.25
"""Seconds between two looks; a look that takes long is followed by a longer pause, so that it costs little."""

_SHARE_OF_TIME = 0.2
_MOST_WAITS = 3

State: TypeAlias = frozenset[tuple[str, int, int, int]]
"""Path, size, time of change and number of each file."""


@dataclass(frozen=True, slots=True)
class Watched:
    """The files that a map is made from: reports, and what else decides about them."""

    reports: Sequence[Path]
    others: Sequence[Path]
    left_out: Sequence[Path] = ()

    def look(self) -> State:
        """Return the state of all files; reads no content."""
        left_out = {path.resolve() for path in self.left_out}
        files = (path for path in self._list() if path.resolve() not in left_out)
        return frozenset(state for path in files if (state := _look_at(path)) is not None)

    def _list(self) -> Iterator[Path]:
        for path in self.reports:
            try:
                found = find_files(path)
            except ReportError:  # it may come; the build says what is missing
                continue
            yield from (source.path for source in found)
            yield from (Path(error.path) for error in found.errors)
        for path in self.others:
            yield from (each for each in path.rglob("*") if each.is_file()) if path.is_dir() else (path,)


def _look_at(path: Path) -> tuple[str, int, int, int] | None:
    try:
        found = path.stat()
    except (OSError, ValueError):
        return None
    return str(path), found.st_size, found.st_mtime_ns, found.st_ino


def wait_for_change(
    look: Callable[[], State], known: State, *, pause: float = PAUSE, sleep: Callable[[float], None] = time.sleep
) -> State:
    """Return the new state once it differs from the known one and has settled: a file may be in the midst of a copy."""
    state = known
    while state == known:
        state = _look_later(look, pause, sleep)
    for _ in range(_MOST_WAITS):
        later = _look_later(look, pause, sleep)
        if later == state:
            break
        state = later
    return state


def _look_later(look: Callable[[], State], pause: float, sleep: Callable[[float], None]) -> State:
    sleep(pause)
    started = time.perf_counter()
    state = look()
    spent = time.perf_counter() - started
    sleep(max(0.0, spent / _SHARE_OF_TIME - pause))
    return state
