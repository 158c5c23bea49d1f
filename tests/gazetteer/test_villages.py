"""Villages are the last rows: found when asked for, never in the way of what is better known."""

from pathlib import Path

import pytest
from village_files import make_gazetteer

from geomap.gazetteer.descriptions import describe
from geomap.gazetteer.index import Gazetteer
from geomap.gazetteer.layout import row_of
from geomap.gazetteer.overlays.adding import add_file
from geomap.gazetteer.overlays.folder import find_overlays
from geomap.gazetteer.overlays.layered import LayeredGazetteer
from geomap.model import Mention, mention_as_json, mention_from_json, place_as_json


@pytest.fixture
def gazetteer(tmp_path: Path) -> Gazetteer:
    return make_gazetteer(tmp_path)


def open_places(name: str, gazetteer: Gazetteer) -> list[str]:
    return [gazetteer.place(row_of(posting)).place_id for posting in gazetteer.postings(gazetteer.names.get(name))]


def test_a_bare_name_means_villages_only_where_nobody_else_has_it(gazetteer: Gazetteer) -> None:
    assert open_places("paris", gazetteer) == ["geonames:6"]
    assert open_places("lebedyn", gazetteer) == ["geonames:7"]
    assert open_places("ulanove", gazetteer) == ["geomap:pe-15", "geomap:ua-11"]


@pytest.mark.parametrize("name", ["rose", "luis banchero", "kalashnikov"])
def test_words_and_names_of_persons_are_no_bare_names_of_villages(name: str, gazetteer: Gazetteer) -> None:
    assert open_places(name, gazetteer) == []
    assert [place.name for place in gazetteer.search(name)] == [name.title()]


def test_who_asks_for_a_name_gets_them_all_the_best_known_first(gazetteer: Gazetteer) -> None:
    assert [place.place_id for place in gazetteer.search("Paris")] == ["geonames:6", "geomap:pe-14"]
    assert [place.place_id for place in gazetteer.search("Ulanove, Sumy Oblast")] == ["geomap:ua-11"]


def test_what_stands_at_its_unit_says_so_and_where(gazetteer: Gazetteer) -> None:
    (ulanove,), (paris,) = gazetteer.search("Ulanove", country_code="UA"), gazetteer.search("Paris", country_code="PE")
    assert (ulanove.latitude, ulanove.longitude, ulanove.radius_km, ulanove.approximate) == (51.15, 34.31, 18.0, True)
    assert (paris.latitude, paris.radius_km, paris.approximate) == (-15.9, 2.0, False)
    row = next(match.row for match in gazetteer.matches("Ulanove") if gazetteer.place(match.row) == ulanove)
    assert gazetteer.name_at_point(row) == "Bilopillia"
    assert describe(ulanove, gazetteer).origin == "register; point of its unit"


def test_json_says_it_of_approximate_places_only(gazetteer: Gazetteer) -> None:
    (ulanove,), (paris,) = gazetteer.search("Ulanove", country_code="UA"), gazetteer.search("Paris", country_code="PE")
    assert place_as_json(ulanove)["approximate"] is True
    assert "approximate" not in place_as_json(paris)
    for place in (ulanove, paris):
        mention = Mention(0, 5, "Xxxxx", place=place)
        assert mention_from_json(mention_as_json(mention)) == mention


def test_a_village_is_found_by_its_id(gazetteer: Gazetteer) -> None:
    (ulanove,) = gazetteer.search("Ulanove", country_code="UA")
    assert gazetteer.find_village(ulanove.place_id) == ulanove
    for other in ("geomap:pe-11", "geomap:ua-99", "geomap:kerch-bridge", "user:ua-11", "geomap:ua-" + "9" * 30):
        assert gazetteer.find_village(other) is None


def test_what_is_the_same_for_all_villages_is_stored_once(gazetteer: Gazetteer) -> None:
    stored = gazetteer._container.section("geonameid")
    assert len(stored) == 4 * (len(gazetteer) - len(gazetteer.villages) + 1)
    assert [int(gazetteer.columns["geonameid"][row]) for row in gazetteer.villages] == [0] * 7


def test_a_place_of_ones_own_goes_before_villages_of_its_name(gazetteer: Gazetteer, tmp_path: Path) -> None:
    folder = tmp_path / "overlays"
    (tmp_path / "own.csv").write_text("name,lat,lon\nRose,11,11\nUlanove,12,12\n")
    add_file(tmp_path / "own.csv", folder)
    layered = LayeredGazetteer(find_overlays(folder), embedded=tmp_path / "small.gazetteer")
    assert [place.latitude for place in layered.search("Rose")] == [11.0, 51.15]
    assert len(open_places("rose", layered)) == 1
    assert [place.latitude for place in layered.search("Ulanove")] == [12.0, -15.84, 51.15]
    assert layered.search("Paris") == gazetteer.search("Paris")
