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
        "small: 3 names with coordinates, known 0.667, a place within 161 km 0.333",
        "  unknown (1): Qwertyville 1",
        "  known, but not there (1): Paris 1",
    ]
