"""What `geomap export` writes, read by the programs that people use."""

from __future__ import annotations

import json
import os
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

import geomap
from geomap.cli.main import main
from geomap.exporting.columns import COLUMNS, THINGS, Thing
from geomap.pipeline.result import BuildResult
from geomap.text.cells import EXPORTED_REPORTS

pytestmark = pytest.mark.usefixtures("built")
FORMATS = ("geojson", "kml", "geoparquet")


def need(name: str) -> Any:
    """Import a reader; in CI it has to be there."""
    return __import__(name) if os.environ.get("CI") == "true" else pytest.importorskip(name)


def export(tmp_path: Path, thing: Thing, name: str, *options: str) -> Path:
    path = tmp_path / name
    assert main(["export", f"--{thing}", "-o", str(path), *options], project=tmp_path) == 0
    return path


def read_features(tmp_path: Path, thing: Thing) -> list[dict[str, Any]]:
    features: list[dict[str, Any]] = json.loads(export(tmp_path, thing, "x.geojson").read_bytes())["features"]
    return features


def test_mentions_are_those_of_the_map_each_story_once(built: BuildResult, tmp_path: Path) -> None:
    rows = [json.loads(line) for line in export(tmp_path, "mentions", "m.jsonl").read_text().splitlines()]
    assert sum(row["place_id"] is not None for row in rows) == built.mention_count == 4
    assert {row["report_id"] for row in rows} == {"r.jsonl#1", "r.jsonl#3"}
    (first, *_) = rows
    assert first["mention_id"] == f"r.jsonl#1@{first['start']}"
    assert [each["id"] for each in first["copies"]] == ["r.jsonl#2"]
    assert first["copies"][0]["source"] == "@agency"
    assert "Kharkiv" in first["excerpt"]
    assert [row["text"] for row in rows if row["corrected"]] == ["Kirkuk"]


def test_reports_are_all_that_were_read_and_say_which_are_copies(tmp_path: Path) -> None:
    rows = [json.loads(line) for line in export(tmp_path, "reports", "r.jsonl").read_text().splitlines()]
    assert [(row["id"], row["copy_of"]) for row in rows] == [
        ("r.jsonl#1", None),
        ("r.jsonl#2", "r.jsonl#1"),
        ("r.jsonl#3", None),
        ("r.jsonl#4", None),
    ]
    assert [len(row["mentions"]) for row in rows] == [2, 1, 3, 0]
    assert all(mention["text"] in row["text"] for row in rows for mention in row["mentions"])


def test_places_are_counted_over_stories(built: BuildResult, tmp_path: Path) -> None:
    rows = [json.loads(line) for line in export(tmp_path, "places", "p.jsonl").read_text().splitlines()]
    assert len(rows) == built.place_count == 4
    kharkiv = next(row for row in rows if row["name"] == "Kharkiv")
    assert (kharkiv["mentions"], kharkiv["reports"], kharkiv["names"]) == (1, 1, ["Kharkiv"])
    assert (kharkiv["first_date"], kharkiv["last_date"]) == ("2025-05-24", "2025-05-24")


@pytest.mark.parametrize("thing", THINGS)
def test_csv_loads_in_pandas_with_the_documented_columns(thing: Thing, tmp_path: Path) -> None:
    import pandas as pd

    path = export(tmp_path, thing, "x.csv")
    frame = pd.read_csv(path, keep_default_na=False, na_values=[""])
    assert list(frame.columns) == [column.name for column in COLUMNS[thing]]
    for column in COLUMNS[thing]:
        known = frame[column.name].dropna()
        kinds = {"text": ("string",), "truth": ("boolean",)}.get(column.kind, ("integer", "floating"))
        assert known.empty or pd.api.types.infer_dtype(known) in kinds, column
    assert len(frame) == {"places": 4, "mentions": 5, "reports": 4}[thing]


def test_csv_has_no_cell_that_a_spreadsheet_would_run(tmp_path: Path) -> None:
    import csv

    with export(tmp_path, "reports", "x.csv").open(encoding="utf-8-sig", newline="") as stream:
        cells = {cell for row in csv.reader(stream) for cell in row}
    assert not [cell for cell in cells if cell[:1] in "=+-@\t\r\n" and cell]
    assert {'\'=HYPERLINK("http://evil")', "'+1", "'@agency", "''-quoted"} <= cells


def test_a_latitude_below_zero_stays_a_number(tmp_path: Path) -> None:
    import pandas as pd

    assert -35.5 in set(pd.read_csv(export(tmp_path, "places", "x.csv"))["latitude"])


def test_geojson_keeps_the_rules_of_rfc_7946(tmp_path: Path) -> None:
    for thing in THINGS:
        collection = json.loads(export(tmp_path, thing, "x.geojson").read_bytes())
        assert set(collection) == {"type", "features"}  # no crs: WGS 84 always
        assert collection["type"] == "FeatureCollection"
        for feature in collection["features"]:
            assert set(feature) == {"type", "id", "geometry", "properties"}
            assert feature["type"] == "Feature"
            assert isinstance(feature["id"], str)
            geometry = feature["geometry"]
            if geometry is not None:
                assert geometry["type"] == ("MultiPoint" if thing == "reports" else "Point")
                flat = geometry["coordinates"] if thing == "reports" else [geometry["coordinates"]]
                assert all(len(each) == 2 and abs(each[0]) <= 180 and abs(each[1]) <= 90 for each in flat)
        ids = [feature["id"] for feature in collection["features"]]
        assert len(ids) == len(set(ids))


def test_longitude_comes_first_and_unresolved_names_have_no_point(tmp_path: Path) -> None:
    features = read_features(tmp_path, "mentions")
    corrected = next(each for each in features if each["properties"]["corrected"])
    assert corrected["geometry"] == {"type": "Point", "coordinates": [44.25, -35.5]}
    assert [each["properties"]["text"] for each in features if each["geometry"] is None] == ["Nowhereville"]


@pytest.mark.parametrize("form", FORMATS)
@pytest.mark.parametrize("thing", THINGS)
def test_geopandas_reads_what_was_exported(thing: Thing, form: str, tmp_path: Path) -> None:
    geopandas = need("geopandas")
    need("pyogrio")
    path = export(tmp_path, thing, f"x.{'parquet' if form == 'geoparquet' else form}")
    frame = geopandas.read_parquet(path) if form == "geoparquet" else geopandas.read_file(path, engine="pyogrio")
    features = read_features(tmp_path, thing)
    assert len(frame) == len(features)
    assert frame.crs.to_epsg() == 4326 or frame.crs.to_string() == "OGC:CRS84"
    for row, feature in zip(frame.geometry, features, strict=True):
        if feature["geometry"] is None:
            assert row is None or row.is_empty
        else:
            points = [row] if row.geom_type == "Point" else list(row.geoms)
            coordinates = feature["geometry"]["coordinates"]
            assert [[each.x, each.y] for each in points] == (coordinates if thing == "reports" else [coordinates])
    wanted = {column.name for column in COLUMNS[thing]} - {"name", {"reports": "title", "mentions": "text"}.get(thing)}
    assert wanted <= set(frame.columns)


def test_geoparquet_has_the_metadata_of_version_1_1(tmp_path: Path) -> None:
    need("pyarrow")
    from pyarrow import parquet

    schema = parquet.read_schema(export(tmp_path, "reports", "x.parquet"))
    geo = json.loads(schema.metadata[b"geo"])
    assert (geo["version"], geo["primary_column"]) == ("1.1.0", "geometry")
    assert geo["columns"] == {"geometry": {"encoding": "WKB", "geometry_types": ["MultiPoint"]}}


@pytest.mark.parametrize("thing", THINGS)
def test_kml_is_valid_against_the_schema_of_ogc(thing: Thing, tmp_path: Path) -> None:
    from lxml import etree

    folder = Path(need("fastkml").__file__).parent / "schema"
    schema = etree.XMLSchema(etree.parse(str(folder / "ogckml22.xsd")))
    document = etree.parse(str(export(tmp_path, thing, "x.kml")))
    schema.assertValid(document)
    placemarks = document.findall(".//{*}Placemark")
    assert len(placemarks) == len(read_features(tmp_path, thing))


def test_kml_shows_hostile_text_as_text(tmp_path: Path) -> None:
    from lxml import etree

    document = etree.parse(str(export(tmp_path, "mentions", "x.kml")))
    descriptions = "".join(each.text or "" for each in document.findall(".//{*}description"))
    assert "&lt;b&gt;Aleppo" in descriptions  # what Google Earth takes for HTML says so as text


def test_an_export_that_fails_in_the_middle_leaves_the_old_file(
    built: BuildResult, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = export(tmp_path, "mentions", "x.csv")
    before = path.read_bytes()
    assert built.store is not None
    with closing(sqlite3.connect(built.store)) as database, database:
        database.execute("UPDATE reports SET body = x'00' WHERE id = CAST('r.jsonl#4' AS BLOB)")
    assert main(["export", "--mentions", "-o", str(path)], project=tmp_path) == 1
    assert "is damaged" in capsys.readouterr().err
    assert path.read_bytes() == before
    assert list(tmp_path.glob(".x*")) == []


def test_exported_reports_come_back_as_they_were(tmp_path: Path) -> None:
    before = [json.loads(line) for line in export(tmp_path, "reports", "r.jsonl").read_text().splitlines()]
    (tmp_path / "again").mkdir()
    frame = geomap.read_reports(export(tmp_path, "reports", "again/reports.csv"), project=tmp_path)
    for name in ("text", "title", "source", "date"):
        assert list(frame[name]) == [each[name] for each in before]


def test_the_readers_know_the_exported_table() -> None:
    assert [column.name for column in COLUMNS["reports"]][: len(EXPORTED_REPORTS)] == EXPORTED_REPORTS


def test_a_table_of_a_later_version_comes_back_as_it_was_too(tmp_path: Path) -> None:
    path = export(tmp_path, "reports", "later.csv")
    header, *rows = path.read_text("utf-8-sig").splitlines()
    path.write_text("\n".join([f"{header},words", *(f"{row},7" for row in rows)]), "utf-8-sig")
    assert '=HYPERLINK("http://evil")' in list(geomap.read_reports(path, project=tmp_path)["title"])


def test_what_cannot_be_done_is_said_with_the_remedy(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    assert main(["export", "-o", "x.xyz"], project=tmp_path) == 2
    assert "name one with --format" in capsys.readouterr().err
    assert main(["export", "--format", "geoparquet"], project=tmp_path) == 2
    assert "name a file with -o" in capsys.readouterr().err
    assert main(["export", "--map", str(tmp_path / "other.html")], project=tmp_path) == 1
    assert "other.html has not been built here" in capsys.readouterr().err
    (tmp_path / "empty").mkdir()
    assert main(["export"], project=tmp_path / "empty") == 1
    assert capsys.readouterr().err == "geomap: Nothing has been built here yet: run `geomap build` first.\n"
    assert list((tmp_path / "empty").iterdir()) == []


def test_the_columns_are_told(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["export", "--columns"]) == 0
    assert capsys.readouterr().out.splitlines()[0] == "place_id: id of the place, such as geonames:706483"


def test_the_documentation_lists_every_column() -> None:
    text = (Path(__file__).parents[2] / "docs" / "exports.md").read_text(encoding="utf-8")
    for thing, columns in COLUMNS.items():
        section = text.partition(f"## {thing.capitalize()}")[2].partition("##")[0]
        listed = [line.split("|") for line in section.splitlines() if line.startswith("| `")]
        assert [cells[1].strip(" `") for cells in listed] == [column.name for column in columns]
        assert [cells[3].strip() for cells in listed] == [column.meaning for column in columns]
