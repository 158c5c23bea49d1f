"""How far a long piece of work has come: bars on a terminal, plain lines elsewhere, or nothing."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from time import monotonic
from typing import Protocol, TextIO, TypeVar

Item = TypeVar("Item")

SECONDS_BETWEEN_LINES = 10.0


class Progress(Protocol):
    """Shows the progress of work on items."""

    def track(self, items: Iterable[Item], *, label: str, total: int) -> Iterator[Item]:
        """Yield the items and show that ``total`` of them will come; nothing is shown for none."""
        ...


class NoProgress:
    """Shows nothing."""

    def track(self, items: Iterable[Item], *, label: str, total: int) -> Iterator[Item]:  # noqa: ARG002 -- the protocol's
        """Yield the items."""
        return iter(items)


class PlainProgress:
    """Writes a line when work begins and every ten seconds."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream

    def track(self, items: Iterable[Item], *, label: str, total: int) -> Iterator[Item]:
        """Yield the items and write lines about them."""
        if total:
            self._write(f"{label}: {total:,}")
        started = last = monotonic()
        for count, item in enumerate(items, start=1):
            yield item
            now = monotonic()
            if now - last >= SECONDS_BETWEEN_LINES and count < total:
                left = (now - started) / count * (total - count)
                self._write(f"{label}: {count:,} of {total:,}, about {_describe_seconds(left)} left")
                last = now

    def _write(self, line: str) -> None:
        print(line, file=self._stream, flush=True)


class BarProgress:
    """Draws bars with counts and remaining time on a terminal."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream

    def track(self, items: Iterable[Item], *, label: str, total: int) -> Iterator[Item]:
        """Yield the items and move a bar."""
        if not total:
            yield from items
            return
        from rich.console import Console
        from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

        columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
        with Progress(*columns, console=Console(file=self._stream), transient=True) as bars:
            yield from bars.track(items, total=total, description=label)


def choose_progress(stream: TextIO, *, quiet: bool = False, with_lines: bool = False) -> Progress:
    """Return the progress that suits a stream; ``with_lines`` if other lines are written to it in the meantime."""
    if quiet:
        return NoProgress()
    return BarProgress(stream) if stream.isatty() and not with_lines else PlainProgress(stream)


def _describe_seconds(seconds: float) -> str:
    return f"{seconds:.0f} s" if seconds < 90 else f"{seconds / 60:.0f} min"
