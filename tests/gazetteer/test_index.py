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


@pytest.mark.parametrize(
    ("query", "place_id"),
    [
        ("U.S. state of Georgia", "geonames:4197000"),
        ("the Indian state of Kerala", "geonames:1267254"),
        ("Nigerian state of Borno", "geonames:2346794"),
        ("city of Kharkiv", "geonames:706483"),
        ("Watts, Los Angeles", "geomap:watts"),
        ("Deir az-Zour", "geonames:170794"),
        ("الخرطوم", "geonames:379252"),
        ("Gangnam", "geonames:1843140"),
        ("Loudoun Co., Virginia", "geonames:4770746"),
        ("Co. Kerry", "geonames:2963517"),
        ("Meadow Grove, Nebraska", "geomap:us-ne-meadow-grove"),
    ],
)
def test_a_place_is_found_as_reports_describe_it(query: str, place_id: str) -> None:
    assert open_gazetteer().search(query, limit=1)[0].place_id == place_id


@pytest.mark.parametrize(
    ("name", "geonameid"),
    [
        ("Kiev", 703448),
        ("Kharkov", 706483),
        ("Odessa", 698740),
        ("Peking", 1816670),
        ("Bombay", 1275339),
        ("Rangoon", 1298824),
        ("Burma", 1327865),
        ("Saigon", 1566083),
        ("Tiflis", 611717),
    ],
)
def test_established_english_names_count_as_much_as_the_usual_one(name: str, geonameid: int) -> None:
    assert likeness_of_name(name, geonameid) == 1


@pytest.mark.parametrize(
    ("name", "geonameid"),
    [
        ("Chiovia", 703448),
        ("Kaenugardur", 703448),
        ("Pechino", 1816670),
        ("Pokrovsk", 563464),
        ("Philadelphia", 250441),
    ],
)
def test_names_of_other_languages_and_of_other_places_do_not(name: str, geonameid: int) -> None:
    assert likeness_of_name(name, geonameid) < 0.7


def likeness_of_name(name: str, geonameid: int) -> float:
    gazetteer = open_gazetteer()
    return next(
        match.likeness for match in gazetteer.matches(name) if gazetteer.place(match.row).geonameid == geonameid
    )


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
