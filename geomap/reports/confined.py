"""The other end of `confinement`: a process that reads one file after the other, within bounds of time and memory.

A question is JSON (the function, its limits) and the data, an answer JSON: what a file has made of a parser can name
nothing that would run here or there.
"""

from __future__ import annotations

import json
from importlib import import_module
from typing import Any

from geomap.config import Limits
from geomap.errors import MissingPackageError, ReportError
from geomap.system.serving import bound_memory, deadline, open_channel


def main(memory: int) -> None:
    """Answer questions until nobody asks any more; ``memory`` is in bytes."""
    bound_memory(memory)
    with open_channel() as channel:
        while True:
            question, data = json.loads(channel.receive()), channel.receive()
            limits = Limits(**question["limits"])
            with deadline(limits.seconds):
                answer = _answer(question["function"], data, limits)
            channel.send(json.dumps(answer).encode())


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
