"""The columns of a table of the user's own places: what people call them, and which kinds of places there are."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from geomap.text.tables import find_delimiter, find_stated_delimiter, split_line

_SYNONYMS: Final = {
    "name": "name|place|place name|placename|title|label|toponym",
    "latitude": "latitude|lat|y|breite",
    "longitude": "longitude|lon|lng|long|x|länge",
    "others": "alternate names|alternatenames|alternate name|alternates|alternative names|other names|aliases|alias|"
    "also known as|aka|synonyms",
    "kind": "kind|type|category|class|feature|feature code|feature type",
    "country": "country code|country|countrycode|cc|iso",
    "population": "population|pop|inhabitants",
    "id": "id|place id|key|code",
}
_COLUMNS: Final = {synonym: column for column, synonyms in _SYNONYMS.items() for synonym in synonyms.split("|")}
REQUIRED: Final = ("name", "latitude", "longitude")

# GeoNames' codes for what people call places
_KINDS: Final = {
    "P.PPL": "city|town|village|settlement|hamlet|populated place|locality",
    "P.PPLX": "neighbourhood|neighborhood|quarter|suburb|district of a city",
    "A.ADM1": "oblast|governorate|province|state|first level unit",
    "A.ADM2": "district|raion|county",
    "L.RGN": "region|area|zone|front|front line",
    "L.MILB": "military base|base|military",
    "L.CMPRF": "refugee camp|idp camp",
    "S.CMP": "camp",
    "S.PSTB": "checkpoint|check point|border crossing|crossing|border post|post",
    "S.BDG": "bridge",
    "S.DAM": "dam",
    "S.AIRP": "airport",
    "S.AIRB": "airbase|air base|airfield",
    "S.HSP": "hospital|clinic",
    "S.SCH": "school",
    "S.MSQE": "mosque",
    "S.CH": "church",
    "S.PRN": "prison|detention centre|detention center",
    "S.PS": "power plant|power station",
    "S.FCL": "factory|plant|facility|refinery",
    "S.BLDG": "building|office|headquarters",
    "L.OILF": "oil field|oilfield",
    "L.PRT": "port|harbour|harbor",
    "R.RD": "road|street|highway",
    "R.RSTN": "station|railway station|train station",
    "H.STM": "river|stream",
    "H.LK": "lake|reservoir",
    "T.MT": "mountain|hill|peak|height",
    "T.VAL": "valley",
    "T.ISL": "island",
}
_CODES: Final = {word: code for code, words in _KINDS.items() for word in words.split("|")}
UNKNOWN_KIND: Final = "S.BLDG"
WITHOUT_KIND: Final = "P.PPL"


def read_header(lines: Iterator[str]) -> tuple[list[str], str, int]:
    """Return the names of the columns, the delimiter, and the number of lines that were read for them."""
    first = next(lines, "")
    if stated := find_stated_delimiter(first):
        return split_line(next(lines, ""), stated), stated, 2
    delimiter = find_delimiter(first, lambda names: find_columns(names).keys() >= set(REQUIRED))
    return split_line(first, delimiter), delimiter, 1


def find_columns(header: Sequence[str]) -> dict[str, int]:
    """Return the indices of the columns that geomap uses; the first of two with one meaning counts."""
    found: dict[str, int] = {}
    for index, name in enumerate(header):
        words = name.strip().lstrip("\ufeff").casefold().replace("_", " ").replace("-", " ")
        if words in _COLUMNS:
            found.setdefault(_COLUMNS[words], index)
    return found


def find_feature(kind: str) -> str | None:
    """Return GeoNames' class and code for a kind of place, such as "P.PPL", or None for a word that is not known."""
    words = kind.strip().casefold()
    if not words:
        return WITHOUT_KIND
    if words in _CODES:
        return _CODES[words]
    feature_class, _, code = kind.strip().upper().partition(".")
    return (
        f"{feature_class}.{code}"
        if len(feature_class) == 1 and feature_class in "AHLPRSTUV" and code.isalnum()
        else None
    )
