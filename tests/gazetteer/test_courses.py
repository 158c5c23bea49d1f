"""Rivers, ranges and seas follow a line: they are near what they pass, and not near what a circle would cover."""

import csv
from pathlib import Path

import pytest

from geomap.errors import GazetteerError
from geomap.gazetteer import open_gazetteer
from geomap.gazetteer.compilation.courses import add_courses
from geomap.gazetteer.compilation.curated import CURATED
from geomap.gazetteer.compilation.draft import Draft, DraftPlace
from geomap.gazetteer.courses import Course
from geomap.gazetteer.descriptions import describe, describe_lines

BENT = Course(((0.0, 0.0), (0.0, 4.0), (4.0, 4.0)), 20.0)


def test_a_place_is_as_far_as_the_line_widened() -> None:
    assert BENT.distance_km(0.1, 2.0) == 0
    assert BENT.distance_km(1.0, 2.0) == pytest.approx(111.2 - 20, abs=0.5)
    assert BENT.distance_km(2.0, 3.0) == pytest.approx(111.2 - 20, abs=0.5)
    assert BENT.reach_km(0.0, 0.0) == pytest.approx(629 + 20, abs=1)


def test_a_line_may_cross_the_date_line() -> None:
    course = Course(((10.0, 179.0), (10.0, -179.0)), 5.0)
    assert course.distance_km(10.0, 180.0) == 0
    longitudes = [longitude for longitude, _ in course.draw()]
    assert max(longitudes) - min(longitudes) < 3


def test_the_ring_round_a_line_is_closed_and_holds_the_line() -> None:
    ring = BENT.draw()
    assert ring[0] == ring[-1]
    longitudes, latitudes = zip(*ring, strict=True)
    assert min(longitudes) < 0 < 4 < max(longitudes)
    assert min(latitudes) < 0 < 4 < max(latitudes)
    assert max(latitudes) < 4.3


@pytest.mark.parametrize("course", ["1 2", "1 2|x y", "1 2|100 3", ""])
def test_a_row_that_is_no_course_is_named(course: str, tmp_path: Path) -> None:
    draft = Draft()
    draft.add(DraftPlace("Nile", 15.0, 32.0, "H", "STM", slug="nile"))
    (tmp_path / "courses.csv").write_text(f"place_id,course,width_km,source\ngeomap:nile,{course},5,x\n")
    with pytest.raises(GazetteerError, match=r"courses\.csv, line 2"):
        add_courses(draft, tmp_path)


def test_each_curated_course_passes_its_place() -> None:
    courses = open_gazetteer().courses
    with (CURATED / "courses.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert len(rows) == len({row["place_id"] for row in rows}) == len(courses)
    gazetteer = open_gazetteer()
    names = {place_id: place_id.partition(":")[2].replace("-", " ") for place_id in courses}
    away = {}
    for place_id, course in courses.items():
        for place in gazetteer.search(names[place_id]):
            if place.place_id == place_id:
                away[place_id] = course.distance_km(place.latitude, place.longitude)
    assert len(away) > len(courses) / 2
    assert [place_id for place_id, distance in away.items() if distance > 150] == []


def test_the_dnieper_is_near_its_towns_only() -> None:
    (dnieper,) = (place for place in open_gazetteer().search("Dnieper") if place.feature_code == "STM")
    course = open_gazetteer().courses[dnieper.place_id]
    for name in ("Kyiv", "Kremenchuk", "Zaporizhzhia", "Kherson"):
        town = open_gazetteer().search(name, country_code="UA", limit=1)[0]
        assert course.distance_km(town.latitude, town.longitude) < 40, name
    for name in ("Kharkiv", "Odesa", "Lviv"):
        town = open_gazetteer().search(name, country_code="UA", limit=1)[0]
        assert course.distance_km(town.latitude, town.longitude) > 80, name
    lines = describe_lines(describe(dnieper, open_gazetteer()))
    assert any(line.startswith("along: ") for line in lines)
    assert any("extent of its course" in line for line in lines)
