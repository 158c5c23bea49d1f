"""The gazetteer stands wherever one of geopy's geocoders does."""

import csv
from pathlib import Path

import pandas as pd
import pytest
from geopy.distance import great_circle
from geopy.exc import GeocoderQueryError
from geopy.extra.rate_limiter import RateLimiter
from geopy.location import Location
from geopy.point import Point

from geomap import GazetteerGeocoder
from geomap.gazetteer.overlays.adding import add_file


@pytest.fixture(scope="module")
def geocoder() -> GazetteerGeocoder:
    return GazetteerGeocoder()


TABLE = Path(__file__).parent / "expected_queries.csv"
"""Written before the code ran; a row without a point is one of which nothing may be found."""


def is_right(row: dict[str, str], found: Location | None) -> bool:
    if found is None or not row["latitude"]:
        return found is None and not row["latitude"]
    point = (float(row["latitude"]), float(row["longitude"]))
    return great_circle(point, (found.latitude, found.longitude)).km <= float(row["within_km"])


def test_queries_as_people_write_them_give_the_place(geocoder: GazetteerGeocoder) -> None:
    rows = list(csv.DictReader(TABLE.read_text(encoding="utf-8").splitlines()))
    wrong = [row["query"] for row in rows if not is_right(row, geocoder.geocode(row["query"]))]
    assert len(rows) == 200
    assert wrong == []


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


@pytest.mark.parametrize(
    "query",
    [
        {"city": "Springfield", "state": "IL", "country": "USA"},
        {"street": "1 Main Street", "city": "Springfield", "state": "Illinois", "postalcode": "62701", "county": None},
        {"street": "1 Main Street, Springfield", "state": "IL"},
    ],
)
def test_a_structured_query_gives_the_town(geocoder: GazetteerGeocoder, query: dict[str, str]) -> None:
    assert geocoder.geocode(query).address == "Springfield, Illinois, US"


@pytest.mark.parametrize(
    "query",
    [
        "12 Main Street, Texas",
        "12 Main Street, MN",
        "10115, Germany",
        {"street": "12 Main Street", "state": "Texas"},
        {"postalcode": "10115", "country": "Germany"},
        {"city": "Springfield", "country": "Narnia"},
        {},
    ],
)
def test_the_unit_of_an_unknown_town_is_no_answer(geocoder: GazetteerGeocoder, query: str | dict[str, str]) -> None:
    assert geocoder.geocode(query) is None


@pytest.mark.parametrize("query", [None, 123, float("nan"), ["Paris"], {"town": "Paris"}, {"city": 5}])
def test_what_is_no_query_is_refused_as_geopy_does(geocoder: GazetteerGeocoder, query: object) -> None:
    with pytest.raises(GeocoderQueryError, match="query"):
        geocoder.geocode(query)


@pytest.mark.parametrize("exactly_one", [True, False])
def test_a_limit_below_one_is_refused_as_geopy_does(geocoder: GazetteerGeocoder, exactly_one: bool) -> None:
    for ask, query in ((geocoder.geocode, "Paris"), (geocoder.reverse, (49.99, 36.23))):
        with pytest.raises(ValueError, match="less than 1"):
            ask(query, exactly_one=exactly_one, limit=0)


def test_options_that_nobody_reads_are_refused_by_name(geocoder: GazetteerGeocoder) -> None:
    with pytest.raises(TypeError, match="language"):
        geocoder.geocode("Paris", language="en")
    with pytest.raises(TypeError, match="domain"):
        GazetteerGeocoder(domain="example.org")


@pytest.mark.parametrize("codes", ["us,ca", ["US", "CA"], ("ca", "us")])
def test_several_countries_are_asked_for_at_once(geocoder: GazetteerGeocoder, codes: str | list[str]) -> None:
    found = geocoder.geocode("Paris", exactly_one=False, country_codes=codes)
    assert {each.raw["country_code"] for each in found} == {"US", "CA"}


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


@pytest.mark.parametrize("point", [(0, 0), (-40, -140), (0, -30), (23.5, 8.0)], ids=["gulf", "south", "sea", "desert"])
def test_reverse_finds_no_town_where_none_is_near(geocoder: GazetteerGeocoder, point: tuple[float, float]) -> None:
    assert geocoder.reverse(point) is None
    assert geocoder.reverse(point, exactly_one=False) is None


@pytest.mark.parametrize("query", ["nowhere", None, (), "", 12, (float("nan"), 1.0)])
def test_reverse_refuses_what_is_no_point(geocoder: GazetteerGeocoder, query: object) -> None:
    with pytest.raises(GeocoderQueryError):
        geocoder.reverse(query)


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
