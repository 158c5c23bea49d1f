"""The other end of `ProcessEngine`: a process that answers one chunk of items after the other.

A message is its length (8 bytes) and what `geomap.engines.messages` makes of it.

With limits, an item (with a function of many: a chunk) that takes too long ends the process, from a thread that needs
no interpreter; one that takes too much memory does, too, unless the function itself has an answer to that.
"""

from __future__ import annotations

import faulthandler
import os
import struct
import sys
from collections.abc import Iterator, Sequence
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import Any, BinaryIO, Final, TypeAlias

from geomap.config import MEGABYTE
from geomap.engines.base import Item, Result
from geomap.engines.grouping import Many
from geomap.engines.messages import decode_message, encode_message

Answer: TypeAlias = tuple[list[Result], Exception | None]
"""The results of a chunk, up to the error that ended it."""

OUT_OF_MEMORY: Final = 71
"""Exit status of a worker that lacks memory."""

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


def main(seconds: int = 0, memory_mb: int = 0) -> None:
    """Answer chunks from standard input until it ends, which it also does when the driver dies.

    ``seconds`` are what an item may take, ``memory_mb`` what the process may take beyond what it starts with; 0 is no
    limit.
    """
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # whatever a library prints must not get between the answers
    try:
        function = _read_function(sys.stdin.buffer)
        if seconds:
            _warm_up(function)
            _bound_memory(memory_mb * MEGABYTE)
        while True:
            chunk = read_message(sys.stdin.buffer, with_functions=True)
            _send(answers, _answer(function, chunk, seconds))
    except (EOFError, BrokenPipeError):
        os._exit(0)  # the driver has left: nobody to tell, nothing to save
    except MemoryError:
        os._exit(OUT_OF_MEMORY)


def _warm_up(function: Many[Any, Any]) -> None:
    """Let a function of many load what it needs, which is none of its items' time and memory."""
    with suppress(Exception):  # it comes again with the first chunk
        list(function([]))


def _bound_memory(size: int) -> None:
    """Let the process take so many bytes more, where the system can hold it to that (Linux)."""
    with suppress(ImportError, ValueError, OSError):
        import resource

        pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[0])
        _, hard = resource.getrlimit(resource.RLIMIT_AS)
        resource.setrlimit(resource.RLIMIT_AS, (pages * resource.getpagesize() + size, hard))


def _read_function(stream: BinaryIO) -> Many[Any, Any]:
    try:
        function: Many[Any, Any] = read_message(stream, with_functions=True)
    except (AttributeError, ImportError) as error:
        return partial(_refuse, f"the function cannot be imported in a worker process: {error}")
    return function


def _refuse(reason: str, _items: object) -> list[Any]:
    raise TypeError(reason)


def _answer(function: Many[Item, Result], chunk: Sequence[Item], seconds: int = 0) -> Answer[Result]:
    results: list[Result] = []
    try:
        for result in _watch(_apply(function, chunk), seconds):
            results.append(result)  # noqa: PERF402 -- the results before an error count
    except MemoryError:
        raise
    except Exception as error:  # noqa: BLE001 -- the driver raises it
        return results, _as_portable(error)
    return results, None


def _apply(function: Many[Item, Result], chunk: Sequence[Item]) -> Iterator[Result]:
    """Yield the results; nothing is done before the first of them is asked for."""
    yield from function(chunk)


def _watch(results: Iterator[Result], seconds: int) -> Iterator[Result]:
    """Yield the results; the process ends when one takes longer."""
    if not seconds:
        yield from results
        return
    with Path(os.devnull).open("w", encoding="ascii") as nowhere:  # the user is told in words
        while True:
            faulthandler.dump_traceback_later(seconds, exit=True, file=nowhere)
            try:
                result = next(results)
            except StopIteration:
                return
            finally:
                faulthandler.cancel_dump_traceback_later()
            yield result


def _send(answers: BinaryIO, answer: Answer[Any]) -> None:
    try:
        write_message(answers, answer)
    except (OSError, MemoryError):
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
