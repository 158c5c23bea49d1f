from __future__ import annotations

import time

import pytest

from geomap.gazetteer import open_gazetteer
from geomap.gazetteer.geodesy import distances_km
from geomap.model import Mention
from geomap.recognizers.coordinates import add_coordinates, find_coordinates

KHARKIV = (49.9935, 36.2304)
BAGHDAD = (33.3342, 44.4036)

# the figures for grids were made with the reference implementation of MGRS (GeographicLib's, by the package mgrs) and
# with the package utm
WRITTEN = [
    ("49.9935, 36.2304", *KHARKIV),
    ("49.9935 36.2304", *KHARKIV),
    ("49.9935° N, 36.2304° E", *KHARKIV),
    ("49.9935 N, 36.2304 E", *KHARKIV),
    ("N49.9935° E36.2304°", *KHARKIV),
    ("N 49.9935 E 36.2304", *KHARKIV),
    ("lat 49.9935 lon 36.2304", *KHARKIV),
    ("Latitude: 49.9935, Longitude: 36.2304", *KHARKIV),
    ("lat/long 49.9935, 36.2304", *KHARKIV),
    ("49.9935 degrees north, 36.2304 degrees east", *KHARKIV),
    ("49°59'36.6\"N 36°13'49.4\"E", *KHARKIV),
    ("49° 59′ 36.6″ N, 36° 13′ 49.4″ E", *KHARKIV),
    ("49°59’36.6”N, 36°13’49.4”E", *KHARKIV),
    ("49º59'36.6''N 36º13'49.4''E", *KHARKIV),
    ("N 49°59'36.6\" E 36°13'49.4\"", *KHARKIV),
    ("49°59.61'N 036°13.82'E", *KHARKIV),
    ("49 deg 59.61 min N 36 deg 13.82 min E", *KHARKIV),
    ("49-59-36N 36-13-49E", 49.99333, 36.23028),
    ("495936N 0361349E", 49.99333, 36.23028),
    ("33°51′S 151°12′E", -33.85, 151.2),
    ("33.8688° S, 151.2093° E", -33.8688, 151.2093),
    ("-33.8688, 151.2093", -33.8688, 151.2093),
    ("\u221233.8688, 151.2093", -33.8688, 151.2093),
    ("40.7128° N, 74.0060° W", 40.7128, -74.006),
    ("37U CQ 12345 67890", 49.334852, 36.416909),
    ("37UCQ1234567890", 49.334852, 36.416909),
    ("38S MB 4488", 33.333235, 44.403628),
    ("38SMB4488", 33.333235, 44.403628),
    ("37U 312345 5512345", 49.734301, 36.39575),
    ("37U 312345mE 5512345mN", 49.734301, 36.39575),
    ("37N 312345 5512345", 49.734301, 36.39575),
    ("56H 334873 6252266", -33.857, 151.215),
]

ORDINARY = [
    "It cost $49.99, 36.23 more than last year",
    "They won 2-1, 3-0 and then 6-4, 7-5",
    "On 12 MAR 2020 and 01 FEB 1999, and again 12MAR2020",
    "Version 1.2.3, 4.5.6; the constants 3.1415, 2.7182, 1.4142",
    "Call 555-1234, 202-555-0199 or +44 20 7946 0958",
    "Between 10.5 and 12.5 percent; 25.1234%, 30.5678%",
    "Coefficients of 0.123, 0.456 were found, from 12.345 to 13.456",
    "20°C on Monday and 35° on Friday",
    "doi:10.1234/5678.9012 and 1,234.567, 8,901.234",
    "at 10 N. Main St and 20 E. Oak",
    "10K TV 2000 and 5G ME 1000 phones",
    "12.3456 km, 4.5678 km",
    "The 5-4-3 play, 20-30-40, pages 123-456",
    "99.9999, 200.1234 and 95°00'N 10°00'E",
]


@pytest.mark.parametrize(("written", "latitude", "longitude"), WRITTEN)
def test_coordinates_are_found_in_every_usual_notation(written: str, latitude: float, longitude: float) -> None:
    text = f"The drone fell at {written} before dawn."
    (mention,) = find_coordinates(text, open_gazetteer())
    assert (mention.text, text[mention.start : mention.end], mention.kind) == (written, written, "coordinates")
    assert mention.place is not None
    near = distances_km(latitude, longitude, mention.place.latitude, mention.place.longitude)  # type: ignore[arg-type]
    assert near <= mention.place.radius_km + 0.02


@pytest.mark.parametrize("text", ORDINARY)
def test_other_numbers_are_no_coordinates(text: str) -> None:
    assert find_coordinates(text, open_gazetteer()) == []


def test_the_place_has_a_stable_id_its_country_and_the_precision_that_was_written() -> None:
    exact, rough = find_coordinates("At 49.9935, 36.2304, then lat 35.5 lon 44.4.", open_gazetteer())
    assert exact.place is not None
    assert rough.place is not None
    assert (exact.place.place_id, exact.place.name) == ("geo:49.9935,36.2304", "49.9935, 36.2304")
    assert (exact.place.country_code, rough.place.country_code) == ("UA", "IQ")
    assert exact.place.radius_km < 0.1 < 5 < rough.place.radius_km < 20
    assert 0.9 < exact.confidence < 1


def test_a_point_at_sea_has_no_country() -> None:
    (mention,) = find_coordinates("The ship sank at 30°00'N 40°00'W.", open_gazetteer())
    assert mention.place is not None
    assert mention.place.country_code == ""


def test_two_decimals_or_three_count_only_where_the_text_says_that_they_are_a_position() -> None:
    gazetteer = open_gazetteer()
    assert len(find_coordinates("Coordinates: 36.350, 43.150.", gazetteer)) == 1
    assert find_coordinates("The rates were 36.350, 43.150.", gazetteer) == []


@pytest.mark.parametrize(
    "piece", ["1", "49°", "49°59'", "49.9935,", "N 49", "lat ", "49-59-", "37U ", "1.", "37U 312345 "]
)
def test_the_time_grows_with_the_length_of_hostile_text_and_no_faster(piece: str) -> None:
    gazetteer = open_gazetteer()

    def seconds(length: int) -> float:
        text = (piece * length)[:length]
        started = time.process_time()
        find_coordinates(text, gazetteer)
        return time.process_time() - started

    seconds(1_000)
    assert min(seconds(80_000) for _ in range(2)) < 8 * min(seconds(20_000) for _ in range(3)) + 0.05


def test_coordinates_stand_among_the_names_in_the_order_of_the_text_and_replace_what_they_overlap() -> None:
    text = "From Kyiv to 37U CQ 12345 67890 and Lviv."
    names = [Mention(5, 9, "Kyiv"), Mention(17, 19, "CQ"), Mention(36, 40, "Lviv")]
    merged = add_coordinates(text, names, open_gazetteer())
    assert [mention.text for mention in merged] == ["Kyiv", "37U CQ 12345 67890", "Lviv"]
    assert add_coordinates("From Kyiv", names[:1], open_gazetteer()) == names[:1]
