"""Numbers as bytes that compress well, and the block that carries columns of them inside a page; both ways."""

from __future__ import annotations

import base64
import gzip
import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

import numpy as np
from numpy.typing import ArrayLike, NDArray

Encoding = Literal["bytes", "json", "varint", "zigzag"]
_LONE_SURROGATE = re.compile("[\ud800-\udfff]")
_LEVEL = 6


@dataclass(slots=True)
class Block:
    """A JSON document with columns of numbers behind it; ``viewer/src/data/block.ts`` reads the same layout."""

    document: dict[str, Any]
    _columns: list[tuple[str, Encoding, int, bytes]] = field(default_factory=list)

    def add_bytes(self, name: str, values: ArrayLike | bytes) -> None:
        """Add a column of numbers from 0 to 255."""
        content = values if isinstance(values, bytes) else np.asarray(values, np.uint8).tobytes()
        self._columns.append((name, "bytes", len(content), content))

    def add_json(self, name: str, document: Mapping[str, Any] | Sequence[Any]) -> None:
        """Add a separate document, which the viewer reads when it first needs it."""
        content = dump_json(document)
        self._columns.append((name, "json", len(content), content))

    def add_numbers(self, name: str, values: ArrayLike) -> None:
        """Add a column of whole numbers from 0."""
        numbers = np.asarray(values, np.int64)
        self._columns.append((name, "varint", len(numbers), encode_varints(numbers)))

    def add_signed(self, name: str, values: ArrayLike) -> None:
        """Add a column of whole numbers, small ones of either sign in few bytes."""
        numbers = np.asarray(values, np.int64)
        self._columns.append((name, "zigzag", len(numbers), encode_varints((numbers << 1) ^ (numbers >> 63))))

    def encode(self) -> str:
        """Return the block as gzip in base64: ASCII that can stand in any HTML, the same for the same content."""
        columns = [[name, encoding, count, len(content)] for name, encoding, count, content in self._columns]
        head = dump_json({**self.document, "columns": columns})
        parts = [len(head).to_bytes(4, "little"), head, *(content for *_, content in self._columns)]
        return base64.b64encode(gzip.compress(b"".join(parts), _LEVEL, mtime=0)).decode("ascii")


def encode_varints(numbers: NDArray[np.int64]) -> bytes:
    """Return numbers in as few bytes as possible: seven bits in each, the lowest first, the high bit for "more"."""
    values = numbers.astype(np.uint64)
    sizes = np.ones(len(values), np.int64)
    for bits in range(7, 64, 7):
        sizes += values >> np.uint64(bits) != 0
    ends = np.cumsum(sizes)
    encoded = np.zeros(int(ends[-1]) if len(ends) else 0, np.uint8)
    for place in range(int(sizes.max(initial=0))):
        there = sizes > place
        more = np.where(sizes[there] > place + 1, np.uint8(128), np.uint8(0))
        low = values[there] >> np.uint64(7 * place) & np.uint64(127)
        encoded[ends[there] - sizes[there] + place] = low.astype(np.uint8) | more
    return encoded.tobytes()


def decode_varints(content: bytes) -> NDArray[np.int64]:
    """Return the numbers that `encode_varints` was given."""
    octets = np.frombuffer(content, np.uint8).astype(np.int64)
    ends = np.flatnonzero(octets < 128)
    sizes = np.diff(ends, prepend=-1)
    starts = ends - sizes + 1
    values = np.zeros(len(ends), np.int64)
    for place in range(int(sizes.max(initial=0))):
        there = sizes > place
        values[there] |= (octets[starts[there] + place] & 127) << 7 * place
    return values


def read_block(encoded: bytes) -> tuple[dict[str, Any], dict[str, bytes]]:
    """Return the document of an encoded block and its columns as they stand; raises ValueError, EOFError or OSError."""
    content = gzip.decompress(base64.b64decode(encoded, validate=True))
    at = 4 + int.from_bytes(content[:4], "little")
    document = json.loads(content[4:at])
    columns: dict[str, bytes] = {}
    for name, _encoding, _count, size in document["columns"]:
        columns[name] = content[at : at + size]
        at += size
    return document, columns


def dump_json(document: Mapping[str, Any] | Sequence[Any]) -> bytes:
    """Return a document as JSON in UTF-8."""
    text = json.dumps(document, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    return clean_text(text).encode("utf-8")


def clean_text(text: str) -> str:
    """Return the text with lone surrogates, which no file can hold, as U+FFFD."""
    return text if text.isascii() else _LONE_SURROGATE.sub("\ufffd", text)
