"""What a reader expects a name to mean in world news; the table was written before the code first ran."""

import csv
from pathlib import Path

import numpy as np

from geomap.gazetteer import open_gazetteer
from geomap.gazetteer.geodesy import distances_km
from geomap.model import Place

ROWS = list(csv.DictReader((Path(__file__).parent / "expected_places.csv").read_text(encoding="utf-8").splitlines()))


def is_expected(row: dict[str, str], place: Place) -> bool:
    if row["country_code"] and place.country_code != row["country_code"]:
        return False
    here = (np.array([place.latitude]), np.array([place.longitude]))
    return bool(distances_km(float(row["latitude"]), float(row["longitude"]), *here)[0] <= float(row["tolerance_km"]))


def test_names_mean_what_a_reader_expects() -> None:
    wrong = []
    for row in ROWS:
        found = open_gazetteer().search(row["query"], limit=1)
        if not found or not is_expected(row, found[0]):
            wrong.append((row["kind"], row["query"], found and found[0].place_id))
    assert wrong == []
