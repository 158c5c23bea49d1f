"""The curated tables of settlements of countries that no package covers, one file for each country.

Columns: name, alternates (separated by bars), feature_code, country_code, admin1, admin2 (names as the gazetteer has
them; empty where it lacks the unit), latitude, longitude, radius_km, approximate (1 or 0), source.
"""

from __future__ import annotations

import math
from collections import defaultdict
from itertools import chain, count
from pathlib import Path
from typing import Final

from geomap.errors import GazetteerError
from geomap.gazetteer.compilation.curated import CURATED
from geomap.gazetteer.compilation.draft import Draft, DraftPlace, NameKind
from geomap.gazetteer.compilation.naming import strip_unit_word
from geomap.gazetteer.geodesy import distance_km
from geomap.gazetteer.normalisation import fold_name
from geomap.text.tables import read_records

FOLDER: Final = CURATED / "settlements"
_SOURCE: Final = "curated:settlements"
_SAME_KM: Final = {False: 15.0, True: 60.0}  # how far a place may stand from the row that means it, and if approximate
_CLASSES: Final = {
    **dict.fromkeys("PPL PPLX PPLL PPLA PPLA2 PPLQ PPLW STLMT".split(), "P"),
    **dict.fromkeys("LK LGN BAY FLLS STM WAD WTRH RSV SWMP".split(), "H"),
    **dict.fromkeys("PASS VAL HLL ISL ISLS MT MTS CAPE GRGE PLN VLC BCH DSRT PEN DUNE".split(), "T"),
    **dict.fromkeys("MILB PRT OILF AREA RGN OAS NVB PRK RESF".split(), "L"),
    **dict.fromkeys("ST RD RDJCT".split(), "R"),
}
Names = dict[tuple[str, str], list[DraftPlace]]


def add_settlement_tables(draft: Draft, folder: Path = FOLDER) -> None:
    """Add the settlements of all tables; call it when all that is better known has its usual name."""
    places, codes = _places_by_name(draft), _codes_by_name(draft)
    for path in sorted(folder.glob("*.csv")):
        for number, row in read_records(path):
            try:
                _add_row(draft, row, places, codes)
            except (KeyError, ValueError) as error:
                raise GazetteerError(f"{path.name}, line {number}: {error}") from error


def _places_by_name(draft: Draft) -> Names:
    places: Names = defaultdict(list)
    for place in draft.places.values():
        if place.feature_class != "A":
            for key in {fold_name(name) for name in place.names}:
                places[place.country_code, key].append(place)
    return places


def _codes_by_name(draft: Draft) -> dict[tuple[str, str], str]:
    """Return country and folded name of first-level units -> their codes, the usual names before others."""
    units = [place for place in draft.places.values() if place.feature_code == "ADM1"]  # new ones have no code yet
    codes: dict[tuple[str, str], str] = {}
    for is_usual in (True, False):
        for unit in units:
            for name, kind in unit.names.items():
                for key in (fold_name(name), strip_unit_word(fold_name(name))):
                    if is_usual == (kind == NameKind.PREFERRED):
                        codes.setdefault((unit.country_code, key), unit.admin1_code)
    return codes


def _add_row(draft: Draft, row: dict[str, str], places: Names, codes: dict[tuple[str, str], str]) -> None:
    country, is_approximate = row["country_code"], row["approximate"] == "1"
    latitude, longitude = float(row["latitude"]), float(row["longitude"])
    if not (-90 <= latitude <= 90 and -180 <= longitude <= 180):
        raise ValueError(f"{latitude}, {longitude} is not on Earth")
    admin1_code = _find_code(country, fold_name(row["admin1"]), codes)
    names = [row["name"], *(name.strip() for name in row["alternates"].split("|") if name.strip())]
    near = _find_near(names, country, (latitude, longitude), _SAME_KM[is_approximate], places)
    place = near or draft.add(
        DraftPlace(
            name=row["name"],
            latitude=latitude,
            longitude=longitude,
            feature_class=_CLASSES.get(row["feature_code"], "S"),
            feature_code=row["feature_code"],
            country_code=country,
            admin1_code=admin1_code,
            radius_km=float(row["radius_km"]),
            slug=_free_slug(f"{country}-{fold_name(row['name'])}".lower().replace(" ", "-"), draft),
            source=_SOURCE,
            is_approximate=is_approximate,
        )
    )
    for name in names:
        place.add_name(name, NameKind.ALTERNATE)
        if place.feature_class != "A" and place not in places[country, fold_name(name)]:
            places[country, fold_name(name)].append(place)


def _find_code(country: str, unit: str, codes: dict[tuple[str, str], str]) -> str:
    if not unit:
        return ""
    for name in (unit, strip_unit_word(unit)):
        if (country, name) in codes:
            return codes[country, name]
    raise ValueError(f"{country} has no first-level unit {unit!r}")


def _find_near(
    names: list[str], country: str, point: tuple[float, float], most: float, places: Names
) -> DraftPlace | None:
    """Return the place that a row means, if the draft has it: the nearest of its usual name, else of another."""
    for name in names:
        found = [
            (distance_km(*point, place.latitude, place.longitude), number, place)
            for number, place in enumerate(places.get((country, fold_name(name)), ()))
        ]
        away, _, place = min(found, default=(math.inf, 0, None), key=lambda each: each[:2])
        if place is not None and away <= most:
            return place
    return None


def _free_slug(slug: str, draft: Draft) -> str:
    numbered = chain([slug], (f"{slug}-{number}" for number in count(2)))
    return next(each for each in numbered if f"geomap:{each}" not in draft.places)
