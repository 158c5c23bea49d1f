"""The compiled file of outlines: a JSON head and columns of numbers, not compressed, so that no library changes it."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from itertools import chain
from pathlib import Path
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from geomap.errors import OutputError
from geomap.rendering.columns import dump_json, encode_varints

FILE = Path(__file__).parent / "world.outlines"
FORMAT = 2
PER_DEGREE = 1000
"""Coordinates are whole numbers of thousandths of a degree: about a hundred metres."""

_COLUMNS = (
    *("ringCount", "ringSize", "ringStep"),
    *("coarseCount", "coarseSize", "coarseStep"),
    *("lineSize", "lineStep"),
)


Rings: TypeAlias = list[NDArray[np.int64]]
"""Each as rows of longitude and latitude in 1/1000 degree."""


@dataclass(frozen=True)
class Polygon:
    """An area's rings, and ``coarse`` ones with the points that a map of the world can show, which may be none."""

    fine: Rings
    coarse: Rings


@dataclass(frozen=True)
class Outlines:
    """The outlines by GeoNames id, and the borders between the regions of a country.

    ``countries`` has the ISO 3166-1 alpha-3 code for each alpha-2.
    """

    countries: dict[str, str]
    rows: dict[str, int]
    columns: dict[str, NDArray[np.int64]]

    def polygon(self, key: str) -> Polygon | None:
        """Return the polygon of an area, or None if there is none."""
        row = self.rows.get(key)
        return None if row is None else Polygon(self._rings("ring", row), self._rings("coarse", row))

    def _rings(self, name: str, row: int) -> Rings:
        first, last = self._starts[f"{name}Count"][row : row + 2]
        ends, steps = self._starts[f"{name}Size"], self.columns[f"{name}Step"]
        return [
            np.cumsum(steps[2 * begin : 2 * end].reshape(-1, 2), axis=0)
            for begin, end in zip(ends[first:last], ends[first + 1 : last + 1], strict=True)
        ]

    @cached_property
    def _starts(self) -> dict[str, NDArray[np.int64]]:
        names = [name for name in self.columns if name.endswith(("Count", "Size"))]
        return {name: np.concatenate([[0], np.cumsum(self.columns[name])]) for name in names}


@cache
def open_outlines() -> Outlines:
    """Read the compiled file; raises `OutputError` where it is missing."""
    try:
        content = FILE.read_bytes()
    except OSError as error:
        raise OutputError(f"the outlines of the map are missing ({FILE.name}): install geomap again") from error
    size = int.from_bytes(content[:4], "little")
    head = json.loads(content[4 : 4 + size])
    columns, at = {}, 4 + size
    for name, count, length in head["columns"]:
        columns[name] = decode_varints(content[at : at + length], count, is_signed=name.endswith("Step"))
        at += length
    return Outlines(head["countries"], {key: row for row, key in enumerate(head["keys"])}, columns)


def pack_rings(name: str, areas: Sequence[Rings]) -> dict[str, NDArray[np.int64]]:
    """Return the rings of areas as columns: how many each area has, and the rings as lines."""
    counts = np.asarray([len(rings) for rings in areas], np.int64)
    return {f"{name}Count": counts, **pack_lines(name, list(chain.from_iterable(areas)))}


def pack_lines(name: str, lines: Sequence[NDArray[np.int64]]) -> dict[str, NDArray[np.int64]]:
    """Return lines as columns: how many points each has, and each point as the step from the one before."""
    steps = [np.diff(line, axis=0, prepend=np.zeros((1, 2), np.int64)).reshape(-1) for line in lines]
    sizes = np.asarray([len(line) for line in lines], np.int64)
    return {f"{name}Size": sizes, f"{name}Step": np.concatenate([np.zeros(0, np.int64), *steps])}


def pack_outlines(
    keys: Sequence[str], countries: dict[str, str], columns: dict[str, NDArray[np.int64]], sources: Sequence[str]
) -> bytes:
    """Return the content of the compiled file."""
    encoded = {
        name: encode_varints(_fold(columns[name]) if name.endswith("Step") else columns[name]) for name in _COLUMNS
    }
    head = dump_json(
        {
            "format": FORMAT,
            "sources": list(sources),
            "countries": countries,
            "keys": list(keys),
            "columns": [[name, len(columns[name]), len(encoded[name])] for name in _COLUMNS],
        }
    )
    return b"".join([len(head).to_bytes(4, "little"), head, *(encoded[name] for name in _COLUMNS)])


def decode_varints(content: bytes, count: int, *, is_signed: bool) -> NDArray[np.int64]:
    """Return the numbers that `encode_varints` wrote."""
    data = np.frombuffer(content, np.uint8)
    is_last = data < 128
    starts = np.concatenate([[0], np.flatnonzero(is_last)[:-1] + 1]) if count else np.zeros(0, np.int64)
    sizes = np.diff(np.concatenate([starts, [len(data)]])) if count else starts
    shifts = 7 * (np.arange(len(data)) - np.repeat(starts, sizes))
    values = (
        np.add.reduceat((data & 127).astype(np.int64) << shifts, starts.astype(np.int64)) if count else starts
    ).astype(np.int64)
    return (values >> 1) ^ -(values & 1) if is_signed else values


def _fold(numbers: NDArray[np.int64]) -> NDArray[np.int64]:
    return (numbers << 1) ^ (numbers >> 63)
