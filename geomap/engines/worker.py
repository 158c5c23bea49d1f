"""The other end of `ProcessEngine`: a process that answers one chunk of items after the other.

A message is its length (8 bytes) and what `geomap.engines.messages` makes of it.
"""

from __future__ import annotations

import os
import struct
import sys
from collections.abc import Callable, Sequence
from functools import partial
from typing import Any, BinaryIO, TypeAlias

from geomap.engines.grouping import apply
from geomap.engines.messages import decode_message, encode_message

Answer: TypeAlias = tuple[list[Any], Exception | None]
"""The results of a chunk, up to the error that ended it."""

_LENGTH = struct.Struct("<Q")


def write_message(stream: BinaryIO, message: object, *, with_functions: bool = False) -> None:
    """Write one message; nothing is written where it cannot be sent."""
    body = encode_message(message, with_functions=with_functions)
    stream.write(_LENGTH.pack(len(body)))
    stream.write(body)
    stream.flush()


def read_message(stream: BinaryIO, *, with_functions: bool = False) -> Any:
    """Return the next message; raises EOFError where the other end is gone, TypeError for what may not come."""
    (length,) = _LENGTH.unpack(_read_exactly(stream, _LENGTH.size))
    return decode_message(_read_exactly(stream, length), with_functions=with_functions)


def _read_exactly(stream: BinaryIO, length: int) -> bytes:
    body = stream.read(length)
    if len(body) != length:
        raise EOFError
    return body


def main() -> None:
    """Answer chunks from standard input until it ends, which it also does when the driver dies."""
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # whatever a library prints must not get between the answers
    try:
        function = _read_function(sys.stdin.buffer)
        while True:
            _send(answers, _answer(function, read_message(sys.stdin.buffer, with_functions=True)))
    except (EOFError, BrokenPipeError):
        os._exit(0)  # the driver has left: nobody to tell, nothing to save


def _read_function(stream: BinaryIO) -> Callable[[Any], Any]:
    try:
        function: Callable[[Any], Any] = read_message(stream, with_functions=True)
    except (AttributeError, ImportError) as error:
        return partial(_refuse, f"the function cannot be imported in a worker process: {error}")
    return function


def _refuse(reason: str, _item: object) -> None:
    raise TypeError(reason)


def _answer(function: Callable[[Any], Any], chunk: Sequence[Any]) -> Answer:
    results: list[Any] = []
    try:
        for result in apply(function, chunk):
            results.append(result)  # noqa: PERF402 -- the results before an error count
    except Exception as error:  # noqa: BLE001 -- the driver raises it
        return results, _as_portable(error)
    return results, None


def _send(answers: BinaryIO, answer: Answer) -> None:
    try:
        write_message(answers, answer)
    except OSError:
        raise
    except Exception as error:  # noqa: BLE001 -- any class may refuse in its own way
        write_message(answers, ([], TypeError(f"a result cannot be sent between processes: {error}")))


def _as_portable(error: Exception) -> Exception:
    """Return the error itself where it can be sent and made again, else its description."""
    try:
        decode_message(encode_message(error))
    except Exception:  # noqa: BLE001 -- any class may refuse in its own way
        return RuntimeError(f"{type(error).__name__}: {error}")
    return error
