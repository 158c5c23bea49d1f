"""Curated points that lie elsewhere than they say are found."""

import csv
from pathlib import Path

import numpy as np
import pytest

from geomap.gazetteer.compilation.checking import check_natural_features, count_common_features
from geomap.gazetteer.compilation.curated import CURATED, PLACE_TABLES
from geomap.gazetteer.compilation.outlines import Outline

COLUMNS = next(csv.reader((CURATED / "natural.csv").read_text(encoding="utf-8").splitlines()))


@pytest.fixture
def reference(tmp_path: Path) -> Path:
    path = tmp_path / "reference.csv"
    path.write_text(
        "name,name_en,kind,south,west,north,east\nDnipro,Dnieper,River,46.5,30.5,55.0,35.4\n", encoding="utf-8"
    )
    return path


def write_feature(folder: Path, name: str, latitude: float, longitude: float) -> Path:
    values = dict.fromkeys(COLUMNS, "") | {
        "id": "dnieper",
        "name": name,
        "feature_class": "H",
        "feature_code": "STM",
        "latitude": str(latitude),
        "longitude": str(longitude),
        "radius_km": "10",
    }
    lines = [",".join(COLUMNS), ",".join(values[column] for column in COLUMNS)]
    (folder / "natural.csv").write_text("\n".join(lines), encoding="utf-8")
    return folder


@pytest.mark.parametrize("name", ["Dnieper", "Dnieper River", "Dnipro"])
def test_a_feature_where_the_reference_has_it_passes(name: str, tmp_path: Path, reference: Path) -> None:
    folder = write_feature(tmp_path, name, 48.0, 34.0)
    assert list(check_natural_features(reference, folder)) == []
    assert count_common_features(reference, folder) == (1, 1)


def test_a_feature_that_lies_elsewhere_is_named_with_the_distance(tmp_path: Path, reference: Path) -> None:
    (line,) = check_natural_features(reference, write_feature(tmp_path, "Dnieper", 48.0, 39.0))
    assert line.startswith("natural.csv, dnieper: Dnieper lies 268 km")


def test_a_point_is_inside_an_outline_or_so_far_from_it() -> None:
    square = np.array([[0, 0], [0, 1], [1, 1], [1, 0], [0, 0]], dtype=np.float64)
    hole = np.array([[0.4, 0.4], [0.4, 0.6], [0.6, 0.6], [0.6, 0.4], [0.4, 0.4]], dtype=np.float64)
    outline = Outline([square, hole])
    assert outline.distance_km(0.2, 0.2) == 0
    assert outline.distance_km(0.5, 0.5) == pytest.approx(15.7, abs=0.1)
    assert outline.distance_km(2.0, 1.0) == pytest.approx(111.2, abs=0.1)


def test_curated_tables_are_sorted_and_ids_are_unique() -> None:
    ids = []
    for table in PLACE_TABLES:
        with (CURATED / f"{table}.csv").open(encoding="utf-8", newline="") as file:
            rows = list(csv.DictReader(file))
        assert [row["id"] for row in rows] == sorted(row["id"] for row in rows)
        assert all(row["source"] for row in rows)
        ids += [row["id"] for row in rows]
    assert len(ids) == len(set(ids))
