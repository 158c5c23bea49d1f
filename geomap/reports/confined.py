"""The other end of `confinement`: a process that reads one file after the other, within bounds of time and memory.

A question is a line of JSON (the function, its limits, the size of the data) and the data, an answer a line of JSON.
"""

from __future__ import annotations

import faulthandler
import json
import sys
from contextlib import suppress
from importlib import import_module
from typing import Any

from geomap.config import Limits
from geomap.errors import MissingPackageError, ReportError


def main() -> None:
    """Answer questions from standard input until it ends."""
    _bound_memory(int(sys.argv[1]))
    source, target = sys.stdin.buffer, sys.stdout.buffer
    sys.stdout = sys.stderr  # what a parser prints is no answer
    while line := source.readline():
        question = json.loads(line)
        data = source.read(question["size"])
        # It ends the process from a thread that needs no interpreter, on every system, and also when nobody waits.
        limits = Limits(**question["limits"])
        faulthandler.dump_traceback_later(limits.seconds, exit=True)
        answer = _answer(question["function"], data, limits)
        faulthandler.cancel_dump_traceback_later()
        target.write(json.dumps(answer).encode() + b"\n")
        target.flush()


def _bound_memory(size: int) -> None:
    with suppress(ImportError, ValueError, OSError):  # Windows has no such limits, others refuse some
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (size, size))


def _answer(function: str, data: bytes, limits: Limits) -> dict[str, Any]:
    module, _, name = function.partition(":")
    try:
        return {"result": getattr(import_module(module), name)(data, limits)}
    except ReportError as error:
        return {"error": error.reason}
    except MissingPackageError as error:
        return {"missing": str(error)}
    except MemoryError:
        return {"error": "needs too much memory to read; split it, or save it as plain text"}
    except Exception as error:  # noqa: BLE001 - a hostile file can break a parser in any way; it stays one failure
        return {"error": f"cannot be read ({type(error).__name__}); save it as plain text"}
