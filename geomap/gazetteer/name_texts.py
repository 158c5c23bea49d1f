"""The usual names of places, behind each other in one text.

Overlays store where each name begins. The embedded gazetteer stores the sizes instead, a byte for each, and where every
64th begins: that is a quarter of the bytes, and a look-up adds up 32 sizes on average.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import numpy as np

from geomap.gazetteer.container import Container

_BLOCK: Final = 64


class NameTexts:
    """The names of one compiled file, by row."""

    def __init__(self, container: Container) -> None:
        self._text = container.section("name_text")
        self._sizes = container.section("name_sizes") if "name_sizes" in container else None
        section = container.section("name_offsets" if self._sizes is None else "name_starts")
        self._starts = np.frombuffer(section, "<u4")

    def __len__(self) -> int:
        return len(self._starts) - 1 if self._sizes is None else len(self._sizes)

    def read(self, row: int) -> str:
        """Return the name of a place."""
        if self._sizes is None:
            begin, end = self._starts[row : row + 2].tolist()
        else:
            block = row // _BLOCK
            begin = int(self._starts[block]) + sum(self._sizes[block * _BLOCK : row])
            end = begin + self._sizes[row]
        return bytes(self._text[begin:end]).decode()


def pack_names(names: Sequence[str]) -> dict[str, bytes]:
    """Return the sections of names, none of which is longer than 255 bytes."""
    encoded = [name.encode() for name in names]
    starts = np.cumsum([0, *map(len, encoded)])[:-1]
    return {
        "name_text": b"".join(encoded),
        "name_sizes": bytes(map(len, encoded)),
        "name_starts": starts[::_BLOCK].astype("<u4").tobytes(),
    }
