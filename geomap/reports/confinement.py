"""Functions of other people's parsers in a process of their own, which is ended when it takes too long.

A file can be made to keep a parser busy for days or to fill the memory; a thread cannot be ended, a process can. One
process serves all files of a run, so that its start and the loading of the parser are paid for once.
"""

from __future__ import annotations

import atexit
import json
import os
import subprocess
import sys
from contextlib import suppress
from dataclasses import asdict
from threading import Lock
from time import monotonic
from typing import IO, Any

from geomap.config import MEGABYTE, Limits
from geomap.errors import MissingPackageError, ReportError

_OUTSIDE_THE_TERMINAL: dict[str, Any] = (
    {"creationflags": getattr(subprocess, "CREATE_NEW_PROCESS_GROUP", 0)}
    if sys.platform == "win32"
    else {"process_group": 0}
)


def run_confined(function: str, data: bytes, limits: Limits) -> dict[str, str]:
    """Return what a function (``module:name``, (bytes, limits) -> texts by name) gives for the data.

    The time is limited everywhere, the memory where the system can hold a process to it (Linux, not macOS or Windows).
    Raises `ReportError` where it does, or takes too long or too much memory, and `MissingPackageError` where it does.
    """
    with _LOCK:
        answer = _find_process(limits).ask(function, data, limits)
    if "missing" in answer:
        raise MissingPackageError(answer["missing"])
    if "error" in answer:
        raise ReportError(answer["error"])
    return dict(answer["result"])


def end_confined() -> None:
    """End the process, if there is one; the next question starts another."""
    with _LOCK:
        if (process := _processes.pop(os.getpid(), None)) is not None:
            process.end()


_LOCK = Lock()
_processes: dict[int, _Process] = {}
"""The process that serves this one; a forked child of this one starts its own."""


def _find_process(limits: Limits) -> _Process:
    process = _processes.get(os.getpid())
    if process is not None and process.memory_mb != limits.memory_mb:
        process.end()
    if process is None or not process.is_alive():
        process = _processes[os.getpid()] = _Process(limits.memory_mb)
    return process


class _Process:
    """The process that runs the functions, seen from this one."""

    def __init__(self, memory_mb: int) -> None:
        self.memory_mb = memory_mb
        code = f"import sys; sys.path[:] = {sys.path!r}; from geomap.reports.confined import main; main()"
        command = [sys.executable, "-c", code, str(memory_mb * MEGABYTE)]
        try:
            self._process = subprocess.Popen(  # noqa: S603 - our own interpreter and code
                command,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                **_OUTSIDE_THE_TERMINAL,
            )
        except OSError as error:
            raise ReportError(f"cannot be read, because no process can be started for it ({error})") from error
        atexit.register(self.end)

    def is_alive(self) -> bool:
        """Say whether the process can take another file."""
        return self._process.poll() is None

    def ask(self, function: str, data: bytes, limits: Limits) -> dict[str, Any]:
        """Return the answer of the process, or the error that it died of."""
        source, target = self._pipes()
        started = monotonic()
        try:
            question = {"function": function, "size": len(data), "limits": asdict(limits)}
            target.write(json.dumps(question).encode() + b"\n")
            target.write(data)
            target.flush()
            line = source.readline()
        except OSError:  # it died while it was given the data
            line = b""
        except BaseException:  # Ctrl-C: what it answers later belongs to no question
            self.end()
            raise
        if line.endswith(b"\n"):
            answer: dict[str, Any] = json.loads(line)
            return answer
        self.end()
        is_late = monotonic() - started >= limits.seconds
        reason = (
            f"takes more than {limits.seconds} seconds to read" if is_late else "cannot be read: it breaks its reader"
        )
        return {"error": f"{reason}; split it, or save it as plain text"}

    def _pipes(self) -> tuple[IO[bytes], IO[bytes]]:
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        return self._process.stdout, self._process.stdin

    def end(self) -> None:
        """End the process at once: it holds nothing to save."""
        atexit.unregister(self.end)
        self._process.kill()
        self._process.wait()
        for pipe in self._pipes():
            with suppress(OSError):
                pipe.close()
