"""Reads what `geomap.rendering` writes into a page, by the description of the layout and not by its code."""

from __future__ import annotations

import base64
import gzip
import json
from itertools import accumulate
from typing import Any


def read_block(encoded: str) -> tuple[dict[str, Any], dict[str, Any]]:
    """Return the JSON document of a block and its columns by name: lists of numbers, bytes, or documents."""
    content = gzip.decompress(base64.b64decode(encoded))
    size = int.from_bytes(content[:4], "little")
    document = json.loads(content[4 : 4 + size])
    columns: dict[str, Any] = {}
    at = 4 + size
    for name, encoding, count, length in document["columns"]:
        column = content[at : at + length]
        values = column if encoding in {"bytes", "json"} else read_varints(column, encoding)
        assert len(values) == count
        columns[name] = json.loads(values) if encoding == "json" else values
        at += length
    return document, columns


def read_varints(content: bytes, encoding: str) -> list[int]:
    numbers, value, shift = [], 0, 0
    for byte in content:
        value |= (byte & 127) << shift
        shift += 7
        if byte < 128:
            numbers.append((value >> 1) ^ -(value & 1) if encoding == "zigzag" else value)
            value = shift = 0
    return numbers


def read_texts(encoded: str) -> list[str]:
    """Return the texts of the reports of one part."""
    _, columns = read_block(encoded)
    ends = list(accumulate(columns["bytes"]))
    return [columns["text"][end - size : end].decode("utf-8") for end, size in zip(ends, columns["bytes"], strict=True)]
