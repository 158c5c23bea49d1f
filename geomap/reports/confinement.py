"""Functions of other people's parsers in a process of their own, which is ended when it takes too long.

A file can be made to keep a parser busy for days or to fill the memory; a thread cannot be ended, a process can. One
process serves all files of a run, so that its start and the loading of the parser are paid for once.
"""

from __future__ import annotations

import atexit
import json
import os
from dataclasses import asdict
from threading import Lock

from geomap.config import MEGABYTE, Limits
from geomap.errors import ChildDiedError, MissingPackageError, ReportError
from geomap.system.child_processes import ChildProcess, is_late, is_out_of_memory


def run_confined(function: str, data: bytes, limits: Limits) -> dict[str, str]:
    """Run a function (``module:name``, (bytes, limits) -> texts by name) in the confined process and return its result.

    The time is limited everywhere, the memory where the system can hold a process to it (Linux, not macOS or Windows).
    Raises `ReportError` and `MissingPackageError` if the function does, and `ReportError` if it exceeds the limits.
    """
    question = json.dumps({"function": function, "limits": asdict(limits)}).encode()
    with _LOCK:
        try:
            answer = json.loads(_find_process(limits).ask(question, data, most=limits.memory_mb * MEGABYTE))
        except ChildDiedError as death:
            raise ReportError(f"{_explain(death, limits)}; split it, or save it as plain text") from death
    if "missing" in answer:
        raise MissingPackageError(answer["missing"])
    if "error" in answer:
        raise ReportError(answer["error"])
    return dict(answer["result"])


def _explain(death: ChildDiedError, limits: Limits) -> str:
    if is_late(death, limits.seconds):
        return f"takes more than {limits.seconds} seconds to read"
    return "needs too much memory to read" if is_out_of_memory(death) else "cannot be read: it breaks its reader"


def end_confined() -> None:
    """End the confined process, if there is one; the next question starts another."""
    with _LOCK:
        if (found := _processes.pop(os.getpid(), None)) is not None:
            _end(found[1])


_LOCK = Lock()
_processes: dict[int, tuple[int, ChildProcess]] = {}
"""The process that serves this one, by the number of this one, with its memory in MB; a forked child starts its own."""


def _find_process(limits: Limits) -> ChildProcess:
    memory_mb, process = _processes.get(os.getpid(), (0, None))
    if process is not None and process.is_alive() and memory_mb == limits.memory_mb:
        return process
    if process is not None:
        _end(process)
    process = _start(limits.memory_mb)
    _processes[os.getpid()] = limits.memory_mb, process
    return process


def _start(memory_mb: int) -> ChildProcess:
    try:
        process = ChildProcess("geomap.reports.confined:main", memory_mb * MEGABYTE, quiet=True)
    except OSError as error:
        raise ReportError(f"cannot be read, because no process can be started for it ({error})") from error
    atexit.register(process.end)
    return process


def _end(process: ChildProcess) -> None:
    atexit.unregister(process.end)
    process.end()
