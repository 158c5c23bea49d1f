"""The pool of worker processes of `ProcessEngine`, seen from the driver."""

from __future__ import annotations

import logging
from collections.abc import Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor, wait
from contextlib import ExitStack
from queue import SimpleQueue
from threading import Lock
from types import TracebackType
from typing import Final, Generic

from geomap.config import Limits
from geomap.engines.base import Handling, Item, Result
from geomap.engines.grouping import Many
from geomap.engines.worker import Answer
from geomap.errors import ChildDiedError, GeomapError, WorkerDiedError
from geomap.system.child_processes import ChildProcess, is_late, is_out_of_memory
from geomap.system.messages import decode_message, encode_message

_ONE_THREAD: Final = {"OPENBLAS_NUM_THREADS": "1"}
"""numpy's threads of several workers wait for each other: on two busy cores finding places took three times as long."""


MOST_LOST: Final = 8
"""How many items in a row may end their process, before it is held to be the machine's fault."""

_TWICE: Final = "the process that worked on it ended, twice: it may be too large"

_log = logging.getLogger("geomap")


def _exceed(excess: str) -> WorkerDiedError:
    return WorkerDiedError(f"A worker process was ended: {excess}.", excess)


class WorkerPool(Generic[Item, Result]):
    """A pool of workers, with a thread for each that waits for its answers.

    The chunk of a worker that dies is done again, one item after the other in new processes; an item on which one dies
    again is given up, and at once one that has taken more than the limits by itself.
    """

    def __init__(self, function: Many[Item, Result], size: int, handling: Handling[Item, Result]) -> None:
        self._give_up = handling.give_up
        self._lost_in_a_row = 0
        self._idle: SimpleQueue[_Worker[Item, Result]] = SimpleQueue()
        self._threads = ThreadPoolExecutor(size, thread_name_prefix="geomap-worker")
        self._ending = ExitStack()
        self._ending.callback(self._threads.shutdown, cancel_futures=True)
        try:
            for _ in range(size):
                worker = _Worker(function, handling.limits)
                self._ending.callback(worker.end)
                worker.start()
                self._idle.put(worker)
        except BaseException:
            self._ending.close()
            raise

    def submit(self, chunk: Sequence[Item]) -> Future[Answer[Result]]:
        """Give a chunk to the next worker that is free."""
        return self._threads.submit(self._ask, chunk)

    def ask(self, chunk: Sequence[Item]) -> Iterator[Result]:
        """Give a chunk to the next worker that is free and yield its results; waits for them."""
        return await_results(self.submit(chunk))

    def _ask(self, chunk: Sequence[Item]) -> Answer[Result]:
        worker = self._idle.get()  # never waits: there are as many workers as threads
        try:
            return worker.ask(chunk)
        except WorkerDiedError as death:
            if worker.has_ended:  # nobody waits for the answer
                raise
            if death.excess and len(chunk) == 1 and self._give_up is not None:
                return [self._give_up(chunk[0], death.excess)], None
            _log.warning("%s What it was doing is done again.", death)
            return self._ask_one_by_one(worker, chunk)
        finally:
            self._idle.put(worker)

    def _ask_one_by_one(self, worker: _Worker[Item, Result], chunk: Sequence[Item]) -> Answer[Result]:
        results: list[Result] = []
        for item in chunk:
            try:
                found, error = worker.ask([item])
            except WorkerDiedError as death:
                self._lost_in_a_row += not death.excess
                if self._give_up is None or self._lost_in_a_row > MOST_LOST:
                    raise WorkerDiedError(f"{death} What was finished is kept: run again with --jobs 1.") from death
                results.append(self._give_up(item, death.excess or _TWICE))
                continue
            self._lost_in_a_row = 0
            results += found
            if error is not None:
                return results, error
        return results, None

    def __enter__(self) -> WorkerPool[Item, Result]:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self._ending.close()  # the workers first, which frees the threads that wait for them


class _Worker(Generic[Item, Result]):
    """One worker process, replaced when it dies, until ``has_ended`` tells that there is no more work."""

    def __init__(self, function: Many[Item, Result], limits: Limits | None) -> None:
        self._function = function
        self._limits = limits
        self._process: ChildProcess | None = None
        self._is_told = False
        self._changing = Lock()
        self.has_ended = False

    def start(self) -> ChildProcess:
        """Start the process and return it."""
        bounds = () if self._limits is None else (self._limits.seconds, self._limits.memory_mb)
        with self._changing:
            if self.has_ended:  # somebody waited for an answer when the pool was ended
                raise WorkerDiedError("The work has been stopped.")
            try:
                process = ChildProcess("geomap.engines.worker:main", *bounds, environment=_ONE_THREAD)
            except OSError as error:
                raise GeomapError(f"A worker process cannot be started ({error}): run again with --jobs 1.") from error
            self._process, self._is_told = process, False
        return process

    def ask(self, chunk: Sequence[Item]) -> Answer[Result]:
        """Return the worker's answer; waits for it. Raises `WorkerDiedError`, and then the next call starts another."""
        process = self._process or self.start()
        told = () if self._is_told else (self._function,)
        messages = [encode_message(message, with_functions=True) for message in (*told, chunk)]
        try:
            self._is_told = True
            answer: Answer[Result] = decode_message(process.ask(*messages))
        except ChildDiedError as death:
            self._bury()
            raise self._explain(death) from death
        return answer

    def _explain(self, death: ChildDiedError) -> WorkerDiedError:
        if self._limits is not None and is_out_of_memory(death):
            return _exceed(f"that takes more than {self._limits.memory_mb:,} MB of memory ({_how_to('memory_mb')})")
        if self._limits is not None and is_late(death, self._limits.seconds):
            return _exceed(f"that takes more than {self._limits.seconds:,} seconds ({_how_to('seconds')})")
        return WorkerDiedError(
            f"A worker process ended in the middle of its work (exit status {death.status}), most likely for lack of "
            "memory."
        )

    def end(self) -> None:
        """End the process at once, for good: it holds nothing to save."""
        with self._changing:
            self.has_ended = True
        self._bury()

    def _bury(self) -> None:
        """End the process; the next question starts another."""
        with self._changing:
            process, self._process = self._process, None
        if process is not None:
            process.end()


def _how_to(limit: str) -> str:
    return f"split it, or raise {limit} under [limits] in geomap.toml"


def await_results(future: Future[Answer[Result]]) -> Iterator[Result]:
    """Yield the results of an answer when it is there, and raise the error that ended it, if one did."""
    while not wait([future], timeout=0.5).done:
        pass  # on Windows, Ctrl-C does not interrupt a wait without end
    results, error = future.result()
    yield from results
    if error is not None:
        raise error
