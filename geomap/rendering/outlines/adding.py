"""The outlines that a map needs, from the compiled file into the map's block."""

from __future__ import annotations

import base64
import gzip
import json
from collections.abc import Sequence
from functools import cache
from itertools import chain
from typing import Any

import numpy as np
from numpy.typing import NDArray

from geomap.rendering.bundle import read_bundled
from geomap.rendering.columns import Block
from geomap.rendering.outlines.layout import PER_DEGREE, Outlines, Polygon, Rings, open_outlines


def add_outlines(block: Block, *, with_countries: bool) -> None:
    """Add the polygons of the areas among the block's places; what has none there is drawn as a circle.

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
    _add_rings(block, "ring", [polygon.fine for polygon in polygons])
    _add_rings(block, "coarse", [polygon.coarse for polygon in polygons])


@cache
def encode_region_lines() -> str:
    """Return the borders between the regions of each country, for the base map, as a block."""
    columns = open_outlines().columns
    block = Block({})
    block.add_numbers("lineSize", columns["lineSize"])
    block.add_signed("lineStep", columns["lineStep"])
    return block.encode()


def _find(outlines: Outlines, places: dict[str, list[Any]], row: int) -> Polygon | str | None:
    feature = places["feature"][row]
    if feature.startswith("A.PCL") and not feature.endswith("PCLH"):  # none of the past
        return outlines.countries.get(places["country"][row])
    if not feature.startswith(("A.", "L.", "T.")):
        return None
    scheme, _, number = places["id"][row].partition(":")
    return outlines.polygon(number) if scheme == "geonames" else None


def _add_rings(block: Block, name: str, polygons: Sequence[Rings]) -> None:
    rings = list(chain.from_iterable(polygons))
    steps = [np.diff(ring, axis=0, prepend=np.zeros((1, 2), np.int64)).reshape(-1) for ring in rings]
    block.add_numbers(f"{name}Count", [len(some) for some in polygons])
    block.add_numbers(f"{name}Size", [len(ring) for ring in rings])
    block.add_signed(f"{name}Step", np.concatenate([np.zeros(0, np.int64), *steps]))


@cache
def _country_polygon(code: str) -> Polygon | None:
    """Return the polygon of a country from the base map, None where it has none."""
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
