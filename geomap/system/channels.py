"""What two processes say to each other over a pair of pipes: messages of bytes, each after its length (8 bytes)."""

from __future__ import annotations

import struct
from typing import BinaryIO, Final

_LENGTH: Final = struct.Struct("<Q")


class Channel:
    """One end of a pair of pipes."""

    def __init__(self, source: BinaryIO, target: BinaryIO) -> None:
        self._source = source
        self._target = target

    def send(self, *messages: bytes) -> None:
        """Send messages, one after the other."""
        for message in messages:
            self._target.write(_LENGTH.pack(len(message)))
            self._target.write(message)
        self._target.flush()

    def receive(self, *, most: int | None = None) -> bytes:
        """Return the next message; raises EOFError if the other end is gone, or sends more than ``most`` bytes.

        It waits for as long as the other end is there.
        """
        (length,) = _LENGTH.unpack(self._read(_LENGTH.size))
        if most is not None and length > most:
            raise EOFError
        return self._read(length)

    def _read(self, length: int) -> bytes:
        body = self._source.read(length)
        if len(body) != length:
            raise EOFError
        return body
