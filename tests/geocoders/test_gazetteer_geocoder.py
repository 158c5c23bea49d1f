"""The gazetteer stands wherever one of geopy's geocoders does."""

from pathlib import Path

import pandas as pd
import pytest
from geopy.exc import GeocoderQueryError
from geopy.extra.rate_limiter import RateLimiter
from geopy.location import Location
from geopy.point import Point

from geomap import GazetteerGeocoder
from geomap.gazetteer.overlays.adding import add_file


@pytest.fixture(scope="module")
def geocoder() -> GazetteerGeocoder:
    return GazetteerGeocoder()


def test_exonym_gives_the_city(geocoder: GazetteerGeocoder) -> None:
    location = geocoder.geocode("Kharkov")
    assert isinstance(location, Location)
    assert location.address == "Kharkiv, Kharkiv Oblast, UA"
    assert (round(location.latitude), round(location.longitude)) == (50, 36)
    assert location.raw["geonameid"] == 706483


def test_what_follows_a_comma_narrows(geocoder: GazetteerGeocoder) -> None:
    assert geocoder.geocode("Paris").raw["country_code"] == "FR"
    assert geocoder.geocode("Paris, Texas").raw["country_code"] == "US"
    assert geocoder.geocode({"city": "Paris", "state": "Texas"}).raw["country_code"] == "US"
    assert geocoder.geocode("Paris", country_codes="us").raw["country_code"] == "US"


def test_several_answers_are_a_list(geocoder: GazetteerGeocoder) -> None:
    found = geocoder.geocode("Springfield", exactly_one=False, limit=3)
    assert [type(each) for each in found] == [Location] * 3
    assert len({each.raw["place_id"] for each in found}) == 3


@pytest.mark.parametrize("query", ["", "  ", "Qwertyuiopville", ", Texas"])
def test_unknown_names_give_none(geocoder: GazetteerGeocoder, query: str) -> None:
    assert geocoder.geocode(query) is None
    assert geocoder.geocode(query, exactly_one=False) is None


@pytest.mark.parametrize("query", [(49.99, 36.23), "49.99, 36.23", Point(49.99, 36.23)])
def test_reverse_gives_the_nearest_town(geocoder: GazetteerGeocoder, query: object) -> None:
    location = geocoder.reverse(query)
    assert location.raw["name"] == "Kharkiv"
    assert location.raw["distance_km"] < 5


def test_reverse_gives_several_nearest_first(geocoder: GazetteerGeocoder) -> None:
    found = geocoder.reverse((49.99, 36.23), exactly_one=False, limit=4)
    distances = [each.raw["distance_km"] for each in found]
    assert len(found) == 4
    assert distances == sorted(distances)


def test_reverse_refuses_what_is_no_point(geocoder: GazetteerGeocoder) -> None:
    with pytest.raises(GeocoderQueryError):
        geocoder.reverse("nowhere")


def test_rate_limiter_and_pandas_work_on_it(geocoder: GazetteerGeocoder) -> None:
    frame = pd.DataFrame({"name": ["Kyiv", "Lugansk", "Nowhereville"]})
    frame["location"] = frame["name"].apply(RateLimiter(geocoder.geocode, min_delay_seconds=0))
    assert [None if each is None else each.raw["name"] for each in frame["location"]] == ["Kyiv", "Luhansk", None]


def test_places_added_to_the_project_are_found(tmp_path: Path) -> None:
    table = tmp_path / "own.csv"
    table.write_text("name,latitude,longitude\nCamp Qwertz,36.5,44.25\n", encoding="utf-8")
    add_file(table, tmp_path / "data" / "gazetteer")
    location = GazetteerGeocoder(project=tmp_path).geocode("Camp Qwertz")
    assert (location.latitude, location.longitude) == (36.5, 44.25)
