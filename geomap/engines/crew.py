"""The workers of `ProcessEngine`, seen from the driver."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import ExitStack, suppress
from queue import SimpleQueue
from types import TracebackType
from typing import Any, BinaryIO, cast

from geomap.engines.worker import Answer, read_message, write_message
from geomap.errors import GeomapError

_OUTSIDE_THE_TERMINAL: dict[str, Any] = (
    {"creationflags": getattr(subprocess, "CREATE_NEW_PROCESS_GROUP", 0)}
    if sys.platform == "win32"
    else {"process_group": 0}
)
"""Ctrl-C reaches the driver alone, which ends its workers."""


class Crew:
    """The workers, and a thread for each that waits for its answers."""

    def __init__(self, function: Callable[[Any], Any], size: int) -> None:
        self._idle: SimpleQueue[_Worker] = SimpleQueue()
        self._threads = ThreadPoolExecutor(size, thread_name_prefix="geomap-worker")
        self._ending = ExitStack()
        self._ending.callback(self._threads.shutdown, cancel_futures=True)
        try:
            for _ in range(size):
                worker = _Worker(function)
                self._ending.callback(worker.end)
                self._idle.put(worker)
        except BaseException:
            self._ending.close()
            raise

    def submit(self, chunk: Sequence[Any]) -> Future[Answer]:
        """Give a chunk to the next worker that is free."""
        return self._threads.submit(self._ask, chunk)

    def _ask(self, chunk: Sequence[Any]) -> Answer:
        worker = self._idle.get()  # never waits: there are as many workers as threads
        try:
            return worker.ask(chunk)
        finally:
            self._idle.put(worker)

    def __enter__(self) -> Crew:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self._ending.close()  # the workers first, which frees the threads that wait for them


class _Worker:
    """One worker process."""

    def __init__(self, function: Callable[[Any], Any]) -> None:
        code = f"import sys; sys.path[:] = {sys.path!r}; from geomap.engines.worker import main; main()"
        try:
            self._process = subprocess.Popen(  # noqa: S603 -- our own interpreter and code
                [sys.executable, "-c", code], stdin=subprocess.PIPE, stdout=subprocess.PIPE, **_OUTSIDE_THE_TERMINAL
            )
        except OSError as error:
            raise GeomapError(f"A worker process cannot be started ({error}): run again with --jobs 1.") from error
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._input, self._output = cast(BinaryIO, self._process.stdin), cast(BinaryIO, self._process.stdout)
        self._function: Callable[[Any], Any] | None = function

    def ask(self, chunk: Sequence[Any]) -> Answer:
        """Return the worker's answer; waits for it."""
        try:
            if self._function is not None:
                write_message(self._input, self._function)
                self._function = None
            write_message(self._input, chunk)
            answer: Answer = read_message(self._output)
        except (EOFError, OSError) as error:
            raise GeomapError(self._describe_death()) from error
        return answer

    def _describe_death(self) -> str:
        self._process.kill()
        return (
            f"A worker process ended in the middle of its work (exit status {self._process.wait()}), most likely for "
            "lack of memory. What was finished is kept: run again with fewer processes, such as --jobs 1."
        )

    def end(self) -> None:
        """End the process at once: it holds nothing to save."""
        self._process.kill()
        self._process.wait()
        for pipe in (self._input, self._output):
            with suppress(OSError):  # what a dead worker did not take is still in the buffer
                pipe.close()
