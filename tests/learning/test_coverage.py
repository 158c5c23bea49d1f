"""Coverage tells what no model could find, because the gazetteer lacks it."""

import json
from pathlib import Path

import pytest

from geomap.cli.main import main


def test_names_are_known_near_or_missing(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    text = "Kharkov, Qwertyville, Paris and Rome"
    points = {"Kharkov": (50.0, 36.2), "Qwertyville": (1.0, 1.0), "Paris": (-40.0, 170.0), "Rome": (None, None)}
    gold = [
        {"start": text.index(name), "end": text.index(name) + len(name), "lat": point[0], "lon": point[1]}
        for name, point in points.items()
    ]
    path = tmp_path / "small.jsonl"
    path.write_text(json.dumps({"id": "1", "text": text, "gold": gold}), encoding="utf-8")
    assert main(["gazetteer", "coverage", str(path)]) == 0
    assert capsys.readouterr().out.splitlines() == [
        "small: 3 names with coordinates, known 0.667, a place within 161 km 0.333, or its extent 0.333",
        "  unknown (1): Qwertyville 1",
        "  known, but not there (1): Paris 1",
    ]


def write_gold(path: Path, text: str, *marks: tuple[str, float, float, str]) -> Path:
    gold = [
        {
            "start": text.index(name),
            "end": text.index(name) + len(name),
            "lat": latitude,
            "lon": longitude,
            "type": kind,
        }
        for name, latitude, longitude, kind in marks
    ]
    path.write_text(json.dumps({"id": "1", "text": text, "gold": gold}), encoding="utf-8")
    return path


def test_the_extent_of_a_place_counts_beside_its_point(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    text = "Texas, and the Dnieper, and the Dnieper again"
    marks = [("Texas", 26.0, -97.5, "region"), ("Dnieper", 46.6, 32.5, "water"), ("again", 49.8, 24.0, "water")]
    assert main(["gazetteer", "coverage", str(write_gold(tmp_path / "a.jsonl", text, *marks)), "--misses", "0"]) == 0
    assert (
        capsys.readouterr().out
        == "a: 3 names with coordinates, known 0.667, a place within 161 km 0.000, or its extent 0.667\n"
    )


def test_demonyms_may_be_left_out_and_base_forms_looked_up(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    text = "Русские в Харькове"
    path = write_gold(tmp_path / "a.jsonl", text, ("Русские", 60, 100, "demonym"), ("Харькове", 50, 36.2, "city"))
    table = tmp_path / "bases.csv"
    table.write_text("name,base\nХарькове,Харьков\n", encoding="utf-8")
    assert main(["gazetteer", "coverage", str(path), "--without-demonyms", "--misses", "0"]) == 0
    assert (
        main(["gazetteer", "coverage", str(path), "--without-demonyms", "--base-forms", str(table), "--misses", "0"])
        == 0
    )
    first, second = capsys.readouterr().out.splitlines()
    assert first.startswith("a: 1 names with coordinates, known 0.000")
    assert second.startswith("a: 1 names with coordinates, known 1.000, a place within 161 km 1.000")


def test_settlements_are_known_in_their_country(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    table = tmp_path / "settlements.csv"
    table.write_text(
        "country_code,name,latitude,longitude\nUA,Kharkiv,50.0,36.25\nUA,Lviv,48.0,24.0\nUA,Qwertyville,1,1\nFR,Kharkiv,46,2\n",
        encoding="utf-8",
    )
    assert main(["gazetteer", "coverage", str(table)]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[0].startswith("UA: 3 settlements, known 0.667, within 25 km 0.333, median distance")
    assert lines[1] == "  unknown (1): Qwertyville"
    assert lines[2].startswith("  known, but not there (1): Lviv 195 km")
    assert lines[3:] == ["FR: 1 settlements, known 0.000, within 25 km 0.000", "  unknown (1): Kharkiv"]
