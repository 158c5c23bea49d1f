"""How far places reach is measured on outlines or on the places in them, and each place says on which."""

import numpy as np
import pytest

from geomap.gazetteer import open_gazetteer
from geomap.gazetteer.compilation.draft import Draft, DraftPlace
from geomap.gazetteer.compilation.extents import Extent, _Members, _share_out
from geomap.gazetteer.compilation.outlines import Outline
from geomap.gazetteer.layout import present_feature
from geomap.model import Place


def make_square(west: float, south: float, size: float) -> list[tuple[float, float]]:
    east, north = west + size, south + size
    return [(west, south), (west, north), (east, north), (east, south), (west, south)]


def test_an_outline_reaches_to_its_furthest_corner_without_distant_parts() -> None:
    mainland, island, overseas = make_square(0, 0, 4), make_square(5, 1, 1), make_square(60, 1, 2)
    outline = Outline([mainland, island, overseas])
    assert outline.contains(61.0 - 60, 61.0)
    assert outline.reach_km(2, 2) == pytest.approx(458.3, abs=0.5)  # the far corner of the island
    assert len(outline.body) == 2


def test_units_of_one_mainland_are_one_body() -> None:
    units = [make_square(0, 0, 2), make_square(2, 0, 2), make_square(4, 0, 2)]
    far_and_larger = make_square(80, 0, 3)  # larger than each unit, smaller than all of them
    assert Outline([*units, far_and_larger]).reach_km(1, 3) == pytest.approx(351, abs=2)


def make_place(number: int, code: str, latitude: float, longitude: float, **more: object) -> DraftPlace:
    place = DraftPlace(f"P{number}", latitude, longitude, code[0], code[2:], "XX", geonameid=number)
    for name, value in more.items():
        setattr(place, name, value)
    return place


def test_an_outline_that_was_redrawn_is_not_used() -> None:
    draft = Draft()
    unit = draft.add(make_place(1, "A.ADM1", 1.0, 1.0, admin1_code="XX.1"))
    for number in range(6):
        draft.add(make_place(10 + number, "P.PPL", 0.5 + number / 10, 0.5, admin1_code="XX.1"))
        draft.add(make_place(20 + number, "P.PPL", 0.5 + number / 10, 1.5, admin1_code="XX.2"))
        draft.add(make_place(30 + number, "P.PPL", 0.5 + number / 10, 1.7, admin1_code="XX.2"))
    members = _Members(draft)
    assert members.fit(unit, Outline([make_square(0, 0, 1)]))
    assert not members.fit(unit, Outline([make_square(0, 0, 2)]))  # most of its places belong to another unit
    assert not members.fit(unit, Outline([make_square(1, 0, 1)]))


def test_a_unit_of_which_nothing_is_known_gets_its_share() -> None:
    draft = Draft()
    draft.add(make_place(1, "A.PCLI", 1.0, 1.0, radius_km=400.0, extent=Extent.OUTLINE))
    units = [draft.add(make_place(2 + each, "A.ADM1", 1.0, 1.0, admin1_code=f"XX.{each}")) for each in range(4)]
    _share_out(draft)
    assert {(unit.radius_km, unit.extent) for unit in units} == {(200.0, Extent.SHARE)}


def find_unit(name: str, country: str, feature: str = "A.ADM1") -> Place:
    found = open_gazetteer().search(name, country_code=country, limit=20)
    return next(place for place in found if f"{place.feature_class}.{place.feature_code}" == feature)


@pytest.mark.parametrize(
    ("name", "country", "least", "most"),
    [
        ("England", "GB", 350, 500),
        ("Scotland", "GB", 250, 450),
        ("Lombardy", "IT", 100, 200),
        ("Tshopo", "CD", 150, 400),
        ("Texas", "US", 600, 800),
        ("Crimea", "UA", 150, 260),
    ],
)
def test_first_level_units_have_their_real_extent(name: str, country: str, least: float, most: float) -> None:
    assert least < find_unit(name, country).radius_km < most


def test_countries_reach_to_their_borders_and_not_overseas() -> None:
    assert 500 < find_unit("France", "FR", "A.PCLI").radius_km < 700
    assert 4000 < find_unit("Russia", "RU", "A.PCLI").radius_km < 5000


def test_no_default_is_left_for_units() -> None:
    gazetteer = open_gazetteer()
    features, origins = gazetteer.meta["features"], gazetteer.meta["origins"]
    is_unit = np.array([feature in {"A.ADM1", "A.ADM2"} for feature in features])
    rows = np.flatnonzero(is_unit[np.asarray(gazetteer.columns["feature"])])
    usual = [row for row in rows.tolist() if Extent.USUAL in origins[gazetteer.columns["origin"][row]]]
    assert len(usual) <= 20  # of small islands that lie in no unit
    radii = np.asarray(gazetteer.columns["radius"])[rows]
    assert np.mean(radii == 250) < 0.01
    assert np.mean(radii == 600) < 0.01


@pytest.mark.parametrize(
    ("name", "country", "feature"),
    [
        ("Rift Valley Province", "KE", "A.ADM1H"),
        ("Orientale Province", "CD", "A.ADM1H"),
        ("Vynohradiv Raion", "UA", "A.ADM2H"),
        ("Alsace", "FR", "A.ADM1H"),
    ],
)
def test_abolished_units_are_found_as_what_they_were(name: str, country: str, feature: str) -> None:
    assert find_unit(name, country, feature).name
    assert present_feature(feature) == feature[:-1]
    assert present_feature("A.ADM1") == "A.ADM1"


def test_forms_that_nobody_writes_are_gone() -> None:
    assert open_gazetteer().matches("province of wilaya ya nakuru") == []
    for form in ("Kharkov Oblast", "Dohuk Governorate", "Province of Nineveh", "State of Texas"):
        assert open_gazetteer().matches(form), form
