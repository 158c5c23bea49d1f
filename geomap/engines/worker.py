"""The other end of `ProcessEngine`: a process that answers one chunk of items after the other.

It is told its function first; what is said is what `geomap.system.messages` makes of it.

With limits, an item (with a function of many: a chunk) that takes too long ends the process, from a thread that needs
no interpreter; one that takes too much memory does, too, unless the function itself has an answer to that.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import suppress
from functools import partial
from itertools import islice
from typing import Any, TypeAlias

from geomap.config import MEGABYTE
from geomap.engines.base import Item, Result
from geomap.engines.grouping import Many
from geomap.system.channels import Channel
from geomap.system.messages import decode_message, encode_message
from geomap.system.serving import bound_memory, deadline, open_channel

Answer: TypeAlias = tuple[list[Result], Exception | None]
"""The results of a chunk, up to the error that ended it."""


def main(seconds: int = 0, memory_mb: int = 0) -> None:
    """Answer chunks from standard input until it ends, which it also does when the driver dies.

    ``seconds`` are what an item may take, ``memory_mb`` what the process may take beyond what it starts with; 0 is no
    limit.
    """
    with open_channel() as channel:
        function = _read_function(channel)
        if seconds:
            _warm_up(function)
            bound_memory(memory_mb * MEGABYTE)
        while True:
            chunk = decode_message(channel.receive(), with_functions=True)
            _send(channel, _answer(function, chunk, seconds))


def _warm_up(function: Many[Any, Any]) -> None:
    """Let a function of many load what it needs before the limits of items apply."""
    with suppress(Exception):  # it comes again with the first chunk
        list(function([]))


def _read_function(channel: Channel) -> Many[Any, Any]:
    try:
        function: Many[Any, Any] = decode_message(channel.receive(), with_functions=True)
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
    while True:
        with deadline(seconds):
            found = list(islice(results, 1))
        if not found:
            return
        yield from found


def _send(channel: Channel, answer: Answer[Any]) -> None:
    try:
        message = encode_message(answer)
    except MemoryError:
        raise
    except Exception as error:  # noqa: BLE001 -- any class may refuse in its own way
        message = encode_message(([], TypeError(f"a result cannot be sent between processes: {error}")))
    channel.send(message)


def _as_portable(error: Exception) -> Exception:
    """Return the error itself where it can be sent and made again, else its description."""
    try:
        decode_message(encode_message(error))
    except Exception:  # noqa: BLE001 -- any class may refuse in its own way
        return RuntimeError(f"{type(error).__name__}: {error}")
    return error
