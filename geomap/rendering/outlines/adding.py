"""The outlines that a map needs, from the compiled file into the map's block."""

from __future__ import annotations

import base64
import gzip
import json
from collections.abc import Mapping
from functools import cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from geomap.gazetteer import open_gazetteer
from geomap.gazetteer.courses import Course
from geomap.rendering.bundle import read_bundled
from geomap.rendering.columns import Block
from geomap.rendering.outlines.layout import PER_DEGREE, Outlines, Polygon, Rings, open_outlines, pack_rings


def add_outlines(block: Block, *, with_countries: bool) -> None:
    """Add the polygons of the areas among the block's places; areas without one are drawn as circles.

    Countries come as codes that the viewer finds in its atlas, or, ``with_countries``, for pages that have no atlas,
    as polygons too.
    """
    places, outlines = block.document["places"], open_outlines()
    found: list[int | str | None] = []
    polygons: list[Polygon] = []
    for row in range(len(places["id"])):
        outline = None if places["anchor"][row] else _find(outlines, places, row)
        if isinstance(outline, str) and with_countries:
            outline = _country_polygon(outline)
        if isinstance(outline, Polygon):
            polygons.append(outline)
            found.append(len(polygons) - 1)
        else:
            found.append(outline)
    places["outline"] = found
    _add_columns(block, pack_rings("ring", [polygon.fine for polygon in polygons]))
    _add_columns(block, pack_rings("coarse", [polygon.coarse for polygon in polygons]))


@cache
def encode_region_lines() -> str:
    """Return the borders between the regions of each country, for the base map, as a block."""
    columns = open_outlines().columns
    block = Block({})
    _add_columns(block, {name: columns[name] for name in ("lineSize", "lineStep")})
    return block.encode()


def _find(outlines: Outlines, places: dict[str, list[Any]], row: int) -> Polygon | str | None:
    feature, place_id = places["feature"][row], places["id"][row]
    if feature.startswith("A.PCL") and not feature.endswith("PCLH"):  # none of the past
        return outlines.countries.get(places["country"][row])
    if feature.startswith(("H.", "L.", "T.")) and (course := open_gazetteer().courses.get(place_id)):
        return _draw_course(course)
    if not feature.startswith(("A.", "L.", "T.")):
        return None
    scheme, _, number = place_id.partition(":")
    return outlines.polygon(number) if scheme == "geonames" else None


def _draw_course(course: Course) -> Polygon:
    """Return a river or range as the area within its width: it would cover far too much as a circle."""
    return Polygon([np.round(np.array(course.draw()) * PER_DEGREE).astype(np.int64)], [])


def _add_columns(block: Block, columns: Mapping[str, NDArray[np.int64]]) -> None:
    for name, numbers in columns.items():
        add = block.add_signed if name.endswith("Step") else block.add_numbers
        add(name, numbers)


@cache
def _country_polygon(code: str) -> Polygon | None:
    """Return the polygon of a country from the base map, or None if it has none."""
    world = _read_world()
    scale, shift = (np.asarray(world[name]) for name in ("scale", "translate"))
    rings: Rings = []
    for ring in world["countries"].get(code, ()):
        points = np.concatenate([_read_arc(world, arc) for arc in ring]) * scale + shift
        rings.append(np.round(points * PER_DEGREE).astype(np.int64))
    return Polygon(rings, []) if rings else None


def _read_arc(world: dict[str, Any], number: int) -> NDArray[np.int64]:
    steps = np.asarray(world["arcs"][number if number >= 0 else ~number], np.int64)
    points = np.cumsum(steps.reshape(-1, 2), axis=0)
    return points if number >= 0 else points[::-1]


@cache
def _read_world() -> dict[str, Any]:
    details = json.loads(gzip.decompress(base64.b64decode(read_bundled("details.txt"))))
    world: dict[str, Any] = details["fine"]
    return world
