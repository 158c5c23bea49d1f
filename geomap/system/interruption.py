"""Being told to end: by Ctrl-C, by a system that shuts down, by a terminal that is closed."""

from __future__ import annotations

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType
from typing import Final

from geomap.errors import TerminationError

_NAMES: Final = ("SIGTERM", "SIGHUP", "SIGBREAK")  # the last is Windows' own


@contextmanager
def termination_heeded() -> Iterator[None]:
    """Raise `TerminationError` where the system would just end the process; works in the main thread only."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    known = [number for name in _NAMES if (number := getattr(signal, name, None)) is not None]
    heeded = [number for number in known if signal.getsignal(number) is signal.SIG_DFL]  # nohup ignores one
    for number in heeded:
        signal.signal(number, _stop)
    try:
        yield
    finally:
        for number in heeded:
            signal.signal(number, signal.SIG_DFL)


def _stop(number: int, _frame: FrameType | None) -> None:
    raise TerminationError(number)
