"""The page's address, and files that leave the page."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path
from types import SimpleNamespace
from typing import TYPE_CHECKING, cast
from xml.etree import ElementTree

import pytest
from browsing import Open, choices, counts, place_names, place_of_map, place_row, search, wait_for

from geomap.exporting.columns import COLUMNS
from geomap.exporting.csv_file import write_csv
from geomap.exporting.records import iterate_records
from geomap.model import ParsedReport
from geomap.pipeline.built import Built
from geomap.rendering.page import write_map

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = pytest.mark.browser
ROUNDED = {
    "usage_probability": 0.005,
    "latitude": 1e-5,
    "longitude": 1e-5,
    "population": 0,
    "radius_km": 0.05,
    "anchor_distance_km": 0.05,
    "anchor_bearing": 0.5,
    "confidence": 0.005,
}
"""What a map carries with fewer digits, or writes as another number of the same value."""
KML = "{http://www.opengis.net/kml/2.2}"


def test_an_address_brings_everything_back_even_after_the_map_was_built_again(
    open_file: Open, analysts_map: Path, analysts_reports: list[ParsedReport], tmp_path: Path
) -> None:
    page = open_file(analysts_map)
    search(page, "sumy", until=lambda: "q" in choices(page))
    page.get_by_role("tab", name="Reports").click()
    page.locator(".geomap-row[data-report='courier/convoy.txt']").click()
    page.locator(".geomap-text .geomap-name", has_text="30 km south of Sumy").click()
    page.get_by_label("Undated (2)").uncheck()
    zoom = place_of_map(page)[2]
    page.get_by_role("button", name="Zoom in").click()
    wait_for(page, lambda: place_of_map(page)[2] > zoom)
    said = page.evaluate("location.hash.slice(1)")
    assert choices(page)["report"] == ["courier/convoy.txt"]
    view = page.evaluate("[map_geomap.getCenter().lat, map_geomap.getCenter().lng, map_geomap.getZoom()]")

    write_map(analysts_reports[:4], tmp_path / "again.html")  # other row numbers
    again = open_file(tmp_path / "again.html", f"#{said}")
    assert again.locator(".geomap-reader h2").inner_text() == "A convoy"
    assert again.get_by_role("combobox", name="Search").input_value() == "sumy"
    assert again.get_by_role("tab", name="Reports").get_attribute("aria-selected") == "true"
    assert again.locator(".geomap-name.is-chosen").all_inner_texts() == ["30 km south of Sumy"]
    there = again.evaluate("[map_geomap.getCenter().lat, map_geomap.getCenter().lng, map_geomap.getZoom()]")
    assert there == pytest.approx(view, abs=0.06)
    assert choices(again) == choices(page)


def test_back_and_forward_go_through_the_choices(open_file: Open, analysts_map: Path) -> None:
    page = open_file(analysts_map)
    place_row(page, "Kharkiv").click()
    wait_for(page, lambda: "place" in choices(page))
    place_row(page, "Kyiv").click()
    page.get_by_role("button", name="Filters").click()
    page.get_by_role("checkbox", name="Brief Wire").check()
    assert place_names(page) == ["Kyiv"]
    page.go_back()
    wait_for(page, lambda: len(place_names(page)) > 1)
    assert page.locator(".geomap-panel h2").inner_text() == "Kyiv"
    page.go_back()
    wait_for(page, lambda: page.locator(".geomap-panel h2").inner_text() == "Kharkiv")
    page.go_back()
    wait_for(page, lambda: page.locator(".geomap-panel").is_hidden())
    page.go_forward()
    page.go_forward()
    page.go_forward()
    wait_for(page, lambda: place_names(page) == ["Kyiv"])
    assert page.locator(".geomap-panel h2").inner_text() == "Kyiv"


SENSELESS = (
    "%",
    "at=1e999,NaN,-5&confidence=1e9&from=9999-99-99&to=x&tab=__proto__&kind=constructor&country=%00",
    "q=<img src=x onerror=alert(1)>&place=${alert(1)}&report=</script><script>alert(1)</script>",
    "place=" + "x" * 50_000,
    "from=2025-05-30&to=2025-01-01&place=__proto__&report=toString&source=hasOwnProperty",
    "at=85,190,20&q=" + "%F0%9F" * 200,
    "from=-271821-04-20&to=275760-09-13&undated=maybe&also=all",
)


GO_TO = """fragment => new Promise((resolve) => {
  const before = location.hash;
  addEventListener("hashchange", () => requestAnimationFrame(() => setTimeout(resolve)), { once: true });
  location.hash = fragment;
  if (location.hash === before) resolve();  // it says nothing new, and nobody is told
})"""
"""Puts choices into the page's address, and goes on when the page has followed them."""


def test_addresses_that_make_no_sense_do_no_harm(open_file: Open, analysts_map: Path) -> None:
    page = open_file(analysts_map, f"#{SENSELESS[0]}")
    everything = counts(page)
    for fragment in SENSELESS:
        page.evaluate(GO_TO, fragment)
        assert page.locator("h1").inner_text() == "Made-up reports"
        assert page.locator(".geomap-broken").count() == 0
    page.evaluate("location.hash = ''")
    wait_for(page, lambda: counts(page) == everything)


def save(page: Page, name: str) -> str:
    """Save a file by the menu and return its text."""
    page.get_by_role("button", name="Export and share").click()
    with page.expect_download() as found:
        page.get_by_role("button", name=name).click()
    path = found.value.path()
    assert path is not None
    return Path(path).read_text("utf-8")


def test_what_is_filtered_leaves_as_table_geojson_and_kml(open_file: Open, analysts_map: Path) -> None:
    page = open_file(analysts_map, "#source=Daily+Invention&source=The+Made-up+Courier")
    _, places, mentions = counts(page)
    table = save(page, "Table (CSV)")
    assert table.startswith("\ufeff")
    rows = list(csv.DictReader(io.StringIO(table[1:])))
    assert len(rows) == mentions + 1 == 11  # and a quiet mark
    fair = next(row for row in rows if row["name"] == "Paris")
    assert (fair["mention_id"], fair["text"], fair["confidence"]) == ("daily/fair.txt@12", "Paris", "0.4")
    assert float(fair["longitude"]) == pytest.approx(-95.55551)  # a number, not a formula
    assert fair["excerpt"].startswith("The fair in Paris opened late. =SUM(1)")
    document = json.loads(save(page, "GIS layer (GeoJSON)"))
    assert document["type"] == "FeatureCollection"
    assert len(document["features"]) == mentions + 1
    paris = next(one for one in document["features"] if one["properties"]["name"] == "Paris")
    assert paris["geometry"] == {"type": "Point", "coordinates": [pytest.approx(-95.55551), pytest.approx(33.66094)]}
    root = ElementTree.fromstring(save(page, "Google Earth (KML)"))
    assert len(root.findall(f".//{KML}Placemark")) == places


def test_the_table_says_what_geomap_export_says(
    open_file: Open, analysts_map: Path, analysts_reports: list[ParsedReport]
) -> None:
    page = open_file(analysts_map, "#also=associative&also=demonyms")
    rows = {row["mention_id"]: row for row in csv.DictReader(io.StringIO(save(page, "Table (CSV)")[1:]))}
    built = SimpleNamespace(iterate_shown=lambda: iter(analysts_reports))
    stream = io.BytesIO()
    write_csv(iterate_records(cast(Built, built), "mentions"), "mentions", stream)
    wanted = [row for row in csv.DictReader(io.StringIO(stream.getvalue().decode())) if row["place_id"]]
    assert {row["mention_id"] for row in wanted} == set(rows)
    for known in wanted:
        row = rows[known["mention_id"]]
        assert list(row) == [column.name for column in COLUMNS["mentions"] if column.page]
        assert {name: row[name] for name in row if name not in ROUNDED} == {
            name: known[name] for name in row if name not in ROUNDED
        }
        for name, accuracy in ROUNDED.items():
            assert (row[name] == "") == (known[name] == "")
            assert float(row[name] or 0) == pytest.approx(float(known[name] or 0), abs=accuracy)


def test_hostile_texts_leave_as_harmless_files(
    open_file: Open, hostile_reports: list[ParsedReport], tmp_path: Path
) -> None:
    from dataclasses import replace

    formula = "=HYPERLINK(1)"
    reports = [ParsedReport(replace(one.report, title=formula), one.mentions) for one in hostile_reports]
    write_map(reports, tmp_path / "map.html", title=formula)
    page = open_file(tmp_path / "map.html")
    rows = list(csv.DictReader(io.StringIO(save(page, "Table (CSV)")[1:])))
    assert {row["title"] for row in rows} == {f"'{formula}"}
    assert len(json.loads(save(page, "GIS layer (GeoJSON)"))["features"]) == len(hostile_reports)
    names = [name.text for name in ElementTree.fromstring(save(page, "Google Earth (KML)")).iter(f"{KML}name")]
    assert "Place </script><script>document.title='broken'</script>" in names


def test_a_link_to_what_is_seen_is_copied(open_file: Open, analysts_map: Path) -> None:
    page = open_file(analysts_map, permissions=["clipboard-read", "clipboard-write"])
    place_row(page, "Kyiv").click()
    page.get_by_role("button", name="Export and share").click()
    page.get_by_role("button", name="Copy link to this view").click()
    page.get_by_text("Copied.").wait_for()
    assert page.evaluate("navigator.clipboard.readText()") == page.evaluate("location.href")


def test_on_paper_there_is_the_map_and_what_was_chosen(open_file: Open, analysts_map: Path, tmp_path: Path) -> None:
    page = open_file(analysts_map, "#place=geonames:706483")
    page.pdf(path=tmp_path / "map.pdf")
    page.emulate_media(media="print")
    assert page.locator(".geomap-panel").is_visible()
    assert page.locator(".folium-map").is_visible()
    assert page.locator(".geomap-search").is_hidden()
    assert page.locator(".geomap-controls").is_hidden()
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
