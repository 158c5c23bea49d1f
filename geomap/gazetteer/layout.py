"""How places and names are laid out in the gazetteer's sections; shared by the compiler and the index."""

from __future__ import annotations

from typing import Final

# A posting is one place under one name: the row of the place in the low bits, the kind of the name above them.
ROW_BITS: Final = 24
ROW_MASK: Final = (1 << ROW_BITS) - 1
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
