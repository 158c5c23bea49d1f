"""How places and names are laid out in the gazetteer's sections; shared by the compiler and the index."""

from __future__ import annotations

from typing import Final

# A posting is one place under one name: the row of the place in the low bits, above them the kind of the name (3 bits)
# and how alike it is to the usual name of the place (4 bits).
ROW_BITS: Final = 24
ROW_MASK: Final = (1 << ROW_BITS) - 1
KIND_MASK: Final = 7
LIKENESS_BITS: Final = ROW_BITS + 3
LIKENESS_MASK: Final = 15
# Most names have one posting, which stands in their own slot; else the slot has this bit and an offset into `more`,
# where the number of postings comes first.
MANY: Final = 1 << 31
# Columns of places: name of the section -> type of its items (little endian).
COLUMNS: Final = {
    "latitude": "<i4",  # 1e-5 degrees
    "longitude": "<i4",
    "geonameid": "<u4",  # 0: none
    "population": "<u4",
    "radius": "<u2",  # 0.1 km
    "country": "<u2",  # index into meta["countries"]
    "admin1": "<u2",  # index into meta["admin1"]
    "feature": "<u2",  # index into meta["features"]
    "importance": "<u1",  # twentieths of a decimal order of magnitude, see `importance`
    "origin": "<u1",  # index into meta["origins"]
}
DEGREE: Final = 100_000
IMPORTANCE_UNIT: Final = 20
KIND_NAMES: Final = ("preferred", "alternate", "abbreviation", "historical", "demonym", "variant")


def pack_posting(row: int, kind: int, likeness: float) -> int:
    """Return the posting of a place under a name; ``likeness`` is 0 to 1."""
    return row | kind << ROW_BITS | round(likeness * LIKENESS_MASK) << LIKENESS_BITS


def row_of(posting: int) -> int:
    """Return the row of a posting's place."""
    return posting & ROW_MASK


def kind_of(posting: int) -> int:
    """Return what the name is to the place, an index into `KIND_NAMES`."""
    return posting >> ROW_BITS & KIND_MASK


def likeness_of(posting: int) -> float:
    """Return how alike the name is to the usual one, 0 to 1."""
    return (posting >> LIKENESS_BITS & LIKENESS_MASK) / LIKENESS_MASK
