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
# where the number of postings comes first: in its low bits of those that the bare name may mean, above them of the
# villages that follow, which it means only where the text speaks for them.
MANY: Final = 1 << 31
OPEN_BITS: Final = 20
OPEN_MASK: Final = (1 << OPEN_BITS) - 1
MOST_LOCAL: Final = (1 << 32 - OPEN_BITS) - 1
WIDE: Final = "<u2"
NARROW: Final = "<u1"
"""What a wide column may be stored as where all its items fit."""
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
TRIMMED: Final = ("geonameid", "population")
"""Columns that end where all further items are the same: villages have neither. They are seldom looked at."""
DEGREE: Final = 100_000
IMPORTANCE_UNIT: Final = 20
AT_UNIT: Final = "point of its unit"
"""What the origin of a place ends with whose own point no source gives."""
LANGUAGES: Final = ("uk", "ru", "ar", "es", "fr", "de", "pt", "tr", "pl", "it", "fa", "he")
"""Other languages than English of which the sources tell the names; bit by bit in the section ``language_masks``."""
KIND_NAMES: Final = ("preferred", "alternate", "abbreviation", "historical", "demonym", "variant")


def trim_end(values: list[int]) -> list[int]:
    """Return the values without those at the end that are the same as the one before."""
    end = len(values)
    while end > 1 and values[end - 1] == values[end - 2]:
        end -= 1
    return values[:end]


def pack_posting(row: int, kind: int, likeness: float) -> int:
    """Return the posting of a place under a name; ``likeness`` is 0 to 1."""
    return row | kind << ROW_BITS | round(likeness * LIKENESS_MASK) << LIKENESS_BITS


def name_origin(source: str, extent: str, *, is_approximate: bool) -> str:
    """Return what is stored of a place's origin: its source, and where its extent and its point come from."""
    return "; ".join(part for part in (source, extent, AT_UNIT * is_approximate) if part)


def village_slug(country_code: str, number: int) -> str:
    """Return the id of a village behind its owner: villages are the last rows, of which only numbers are stored."""
    return f"{country_code.lower()}-{number}"


def present_feature(feature: str) -> str:
    """Return what an abolished unit was, by class and code: "A.ADM1" of "A.ADM1H"; others stay what they are."""
    return feature.removesuffix("H") if feature.startswith("A.ADM") else feature


def row_of(posting: int) -> int:
    """Return the row of a posting's place."""
    return posting & ROW_MASK


def kind_of(posting: int) -> int:
    """Return what the name is to the place, an index into `KIND_NAMES`."""
    return posting >> ROW_BITS & KIND_MASK


def likeness_of(posting: int) -> float:
    """Return how alike the name is to the usual one, 0 to 1."""
    return (posting >> LIKENESS_BITS & LIKENESS_MASK) / LIKENESS_MASK
