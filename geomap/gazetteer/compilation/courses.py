"""The curated courses of rivers, ranges and seas."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from geomap.errors import GazetteerError
from geomap.gazetteer.compilation.curated import CURATED
from geomap.gazetteer.compilation.draft import Draft
from geomap.gazetteer.compilation.extents import Extent
from geomap.gazetteer.courses import Course
from geomap.text.tables import read_records


def add_courses(draft: Draft, folder: Path = CURATED) -> None:
    """Give places their courses, and the extents that follow from them."""
    for number, row in read_records(folder / "courses.csv"):
        place = draft.places.get(row["place_id"])
        if place is None:
            raise GazetteerError(f"courses.csv, line {number}: no place has the id {row['place_id']}")
        try:
            course = Course(tuple(_read_points(row["course"])), float(row["width_km"]))
        except ValueError as error:
            raise GazetteerError(f"courses.csv, line {number}: {error}") from error
        place.course = course
        place.radius_km, place.extent = course.reach_km(place.latitude, place.longitude), Extent.COURSE


def _read_points(text: str) -> Iterator[tuple[float, float]]:
    points = text.split("|")
    if len(points) < 2:
        raise ValueError("a course has two points at least")
    for point in points:
        latitude, longitude = map(float, point.split())
        if not (-90 <= latitude <= 90 and -180 <= longitude <= 180):
            raise ValueError(f"{point} is not on Earth")
        yield latitude, longitude
