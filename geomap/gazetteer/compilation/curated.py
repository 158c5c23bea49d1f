"""The curated tables: what no package gives, each row with its source."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from geomap.errors import GazetteerError
from geomap.gazetteer.compilation.draft import Draft, DraftPlace, NameKind
from geomap.gazetteer.normalisation import fold_name
from geomap.text.tables import read_records

CURATED = Path(__file__).parent.parent / "curated"
PLACE_TABLES = ("regions", "natural", "landmarks", "neighbourhoods")
_LISTS = {
    "alternates": NameKind.ALTERNATE,
    "abbreviations": NameKind.ABBREVIATION,
    "historical": NameKind.HISTORICAL,
    "demonyms": NameKind.DEMONYM,
}
KINDS = {
    "alternate": NameKind.ALTERNATE,
    "abbreviation": NameKind.ABBREVIATION,
    "historical": NameKind.HISTORICAL,
    "demonym": NameKind.DEMONYM,
}
_LARGE_REGION_KM = 150
_ROAD_NUMBER = re.compile(r"[a-z]{1,3}[ -]?\d+[a-z]?$")


def add_curated(draft: Draft, folder: Path = CURATED) -> None:
    """Add the curated places, then the additional names of places that are there."""
    for table in PLACE_TABLES:
        for number, row in read_records(folder / f"{table}.csv"):
            try:
                _add_place(draft, row, table)
            except (KeyError, ValueError) as error:
                raise GazetteerError(f"{table}.csv, line {number}: {error}") from error
    for place, row in _named_places(draft, folder / "names.csv"):
        place.add_name(row["name"], KINDS[row["kind"]])
        _note_english(place, row["name"], KINDS[row["kind"]])


def prefer_curated_names(draft: Draft, folder: Path = CURATED) -> None:
    """Give places the names of English-language news; the name of the sources stays as an alternate."""
    for place, row in _named_places(draft, folder / "preferred.csv"):
        place.name = row["name"]
        place.add_name(row["name"], NameKind.PREFERRED)
        place.english.add(fold_name(row["name"]))


def _named_places(draft: Draft, path: Path) -> Iterator[tuple[DraftPlace, dict[str, str]]]:
    for number, row in read_records(path):
        place = draft.get(int(row["geonameid"]))
        if place is None:
            raise GazetteerError(f"{path.name}, line {number}: no place has the GeoNames id {row['geonameid']}")
        yield place, row


def _country_of(row: dict[str, str]) -> str:
    """Return the main country of a place, or an empty string for a large region of several ("Middle East")."""
    countries = row["country_code"].split(" ")
    is_large = float(row["radius_km"]) > _LARGE_REGION_KM
    return "" if len(countries) > 1 and row["feature_class"] == "L" and is_large else countries[0]


def _add_place(draft: Draft, row: dict[str, str], table: str) -> None:
    latitude, longitude = float(row["latitude"]), float(row["longitude"])
    if not (-90 <= latitude <= 90 and -180 <= longitude <= 180):
        raise ValueError(f"{latitude}, {longitude} is not on Earth")
    geonameid = int(row["geonameid"] or 0)
    known = draft.get(geonameid) if geonameid else None
    place = known or draft.add(
        DraftPlace(
            name=row["name"],
            latitude=latitude,
            longitude=longitude,
            feature_class=row["feature_class"],
            feature_code=row["feature_code"],
            country_code=_country_of(row),
            admin1_code=row["admin1_code"],
            radius_km=float(row["radius_km"]),
            geonameid=geonameid,
            slug=row["id"],
            source=f"curated:{table}",
        )
    )
    if row["feature_class"] == "L":  # packages file a region that spans countries under one of them, and lack the size
        is_main = row["country_code"].startswith(place.country_code or " ")
        place.country_code = place.country_code if is_main else _country_of(row)
        place.radius_km = float(row["radius_km"])
    place.prominence = max(place.prominence, int(row["prominence"]))
    place.add_name(row["name"], NameKind.PREFERRED)
    for column, kind in _LISTS.items():
        for name in row[column].split("|"):
            place.add_name(name, kind)
            _note_english(place, name, kind)
    if row["feature_class"] == "R":  # "A40" is a road in many countries
        place.reserved |= {key for key in map(fold_name, place.names) if _ROAD_NUMBER.match(key)}


def _note_english(place: DraftPlace, name: str, kind: NameKind) -> None:
    if name and kind in {NameKind.ALTERNATE, NameKind.HISTORICAL}:
        (place.english if kind == NameKind.ALTERNATE else place.former).add(fold_name(name))
