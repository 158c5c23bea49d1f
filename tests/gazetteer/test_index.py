"""The embedded gazetteer answers for places as reports name them."""

import subprocess
import sys

import pytest

from geomap.gazetteer import open_gazetteer


@pytest.mark.parametrize(
    ("names", "place_id"),
    [
        (["Kharkiv", "Kharkov", "Khar'kov", "KHARKIV", "Харків", "Харьков"], "geonames:706483"),
        (["Kyiv", "Kiev", "Київ"], "geonames:703448"),
        (["Luhansk", "Lugansk"], "geonames:702658"),
        (["Kharkiv region", "Kharkov Region", "Kharkiv Oblast", "Kharkivska oblast"], "geonames:706482"),
        (["Kursk region", "Kursk Oblast"], "geonames:538555"),
        (["Donetsk region", "Donetsk Oblast"], "geonames:709716"),
        (["Pokrovsk, Donetsk", "Krasnoarmiisk"], "geonames:704422"),
        (["Deir ez-Zor", "Deir Ezzor", "Deir al-Zor"], "geonames:170794"),
        (["Rapides Parish"], "geonames:4338356"),
        (["St. Louis, Missouri", "Saint Louis, Missouri"], "geonames:4407066"),
    ],
)
def test_every_usual_form_finds_the_place(names: list[str], place_id: str) -> None:
    found = {name: [place.place_id for place in open_gazetteer().search(name, limit=1)] for name in names}
    assert found == {name: [place_id] for name in names}


def test_crimea_is_ukraine() -> None:
    gazetteer = open_gazetteer()
    for name in ("Crimea", "Sevastopol", "Simferopol", "Yalta, Crimea"):
        assert gazetteer.search(name, limit=1)[0].country_code == "UA"


def test_codes_and_single_letters_are_no_names() -> None:
    for name in ("HRK", "UMY", "A", "x", ""):
        assert open_gazetteer().search(name) == []


def test_a_place_says_where_it_lies_and_how_far_it_reaches() -> None:
    (place,) = open_gazetteer().search("Kharkiv Oblast", limit=1)
    assert (place.country_code, place.admin1_code, place.feature_class, place.feature_code) == (
        "UA",
        "UA.07",
        "A",
        "ADM1",
    )
    assert 100 < place.radius_km < 250
    (russia,) = open_gazetteer().search("Russia", limit=1)
    assert russia.radius_km > 1000


def test_curated_places_have_ids_of_their_own() -> None:
    (bridge,) = open_gazetteer().search("Kerch Bridge", limit=1)
    assert bridge.place_id.startswith("geomap:")
    assert bridge.geonameid is None


def test_the_file_is_what_was_compiled() -> None:
    open_gazetteer().verify()


def test_opening_and_looking_up_loads_nothing_heavy() -> None:
    code = (
        "import sys; from geomap.gazetteer import open_gazetteer; open_gazetteer().search('Kyiv');"
        "print({'pandas', 'folium', 'geopy', 'rich'} & set(sys.modules))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "set()"
