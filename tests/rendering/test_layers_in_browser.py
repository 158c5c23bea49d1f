"""What is drawn on the map: areas, markers, texts beside a large map, an online base map."""

from __future__ import annotations

import random
import re
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import folium
import pytest
from browsing import Open, place_row, wait_for
from content_networks import answer_for_content_networks
from made_up import KHARKIV, MALI, SUMY, UKRAINE, parse

from geomap.gazetteer import open_gazetteer
from geomap.model import Candidate, ParsedReport, Place, Report
from geomap.rendering.layer import ReportLayer
from geomap.rendering.page import write_map
from geomap.rendering.tiles import Tiles

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page, Route

DETAILS = "document.getElementById('geomap_details').textContent"
"""What is not read yet of what is added to the base map where one zooms in."""

pytestmark = pytest.mark.browser

KHARKIV_OBLAST = Place(
    "geonames:706482", "Kharkiv Oblast", 49.5, 36.5, 706482, "UA", "Kharkiv", "UA.07", "A", "ADM1", 2633834, 150.0
)
RUSSIA = Place("geonames:2017370", "Russia", 60.0, 100.0, 2017370, "RU", "", "", "A", "PCLI", 144478050, 3500.0)
BLACK_SEA = Place("geonames:630673", "Black Sea", 43.0, 34.0, 630673, "", "", "", "H", "SEA", 0, 300.0)
DERHACHI = Place("geonames:1", "Derhachi", 50.11, 36.11, 1, "UA", "Kharkiv", "UA.07", "P", "PPL", 20000)

CHAD = Place("geonames:2434508", "Chad", 15.0, 19.0, 2434508, "TD", "", "", "A", "PCLI", 15477751, 700.0)

SIMFEROPOL = (44.95, 34.1)
CHUHUIV = (49.83, 36.68)
POLTAVA = (49.59, 34.55)


def reports_of(*places: Place) -> list[ParsedReport]:
    text = " ".join(f"Rain fell in {place.name}." for place in places)
    return [parse(Report("rain.txt", text, "Rain"), {place.name: {"place": place} for place in places})]


def tint_at(page: Page, latitude: float, longitude: float) -> int:
    """Return how opaque the canvas of areas is at a point of the map."""
    return int(
        page.evaluate(
            """([latitude, longitude]) => {
              const canvas = document.querySelector(".leaflet-geomap-areas-pane canvas");
              const [x, y] = screenPoint(latitude, longitude);
              const box = canvas.getBoundingClientRect();
              const ratio = canvas.width / box.width;
              const context = document.createElement("canvas").getContext("2d", { willReadFrequently: true });
              context.drawImage(canvas, -Math.round((x - box.left) * ratio), -Math.round((y - box.top) * ratio));
              return context.getImageData(0, 0, 1, 1).data[3];
              function screenPoint(latitude, longitude) {
                const map = map_geomap;
                const { x, y } = map.latLngToContainerPoint([latitude, longitude]);
                const frame = map.getContainer().getBoundingClientRect();
                return [x + frame.left, y + frame.top];
              }
            }""",
            [latitude, longitude],
        )
    )


def point_on_screen(page: Page, latitude: float, longitude: float) -> tuple[float, float]:
    x, y = page.evaluate(
        """([latitude, longitude]) => {
          const { x, y } = map_geomap.latLngToContainerPoint([latitude, longitude]);
          const frame = map_geomap.getContainer().getBoundingClientRect();
          return [x + frame.left, y + frame.top];
        }""",
        [latitude, longitude],
    )
    return x, y


def open_map(open_file: Open, folder: Path, reports: Sequence[ParsedReport], at: str = "#at=48,33,5.5") -> Page:
    write_map(reports, folder / "map.html")
    return open_file(folder / "map.html", at)


def test_a_region_is_drawn_as_its_polygon_and_answers_a_click(open_file: Open, tmp_path: Path) -> None:
    page = open_map(open_file, tmp_path, reports_of(KHARKIV_OBLAST))
    assert page.locator(".leaflet-marker-icon").count() == 0
    assert tint_at(page, *CHUHUIV) > 0
    assert tint_at(page, *POLTAVA) == 0
    page.mouse.click(*point_on_screen(page, *CHUHUIV))
    assert page.locator(".geomap-panel h2").inner_text() == "Kharkiv Oblast"


def test_crimea_is_drawn_with_ukraine_and_not_with_russia(open_file: Open, tmp_path: Path) -> None:
    assert tint_at(open_map(open_file, tmp_path, reports_of(UKRAINE)), *SIMFEROPOL) > 0
    assert tint_at(open_map(open_file, tmp_path, reports_of(RUSSIA)), *SIMFEROPOL) == 0


def test_what_has_no_polygon_is_a_circle_of_its_radius(open_file: Open, tmp_path: Path) -> None:
    page = open_map(open_file, tmp_path, reports_of(BLACK_SEA), "#at=43,34,5")
    assert page.locator(".leaflet-marker-icon").count() == 0
    assert tint_at(page, 43.0, 36.0) > 0  # 163 km off the middle
    assert tint_at(page, 43.0, 39.0) == 0  # 407 km


def test_an_area_too_small_to_be_seen_is_a_marker_of_its_own_form(open_file: Open, tmp_path: Path) -> None:
    page = open_map(open_file, tmp_path, reports_of(KHARKIV_OBLAST), "#at=20,10,2")
    assert page.locator(".leaflet-marker-icon.is-area[data-place='geonames:706482']").count() == 1


def test_the_more_a_country_is_named_the_darker_it_is(open_file: Open, tmp_path: Path) -> None:
    often = parse(
        Report("often.txt", "Mali, Mali, Mali, Mali and Chad."), {"Mali": {"place": MALI}, "Chad": {"place": CHAD}}
    )
    page = open_map(open_file, tmp_path, [often], "#at=16,8,4")
    assert tint_at(page, 18.0, -2.0) > tint_at(page, 15.5, 19.0) > 0


def test_places_are_gathered_and_gathered_anew_as_filters_change(open_file: Open, tmp_path: Path) -> None:
    apart = [
        replace(report, report=replace(report.report, id=place.name))
        for place in (KHARKIV, DERHACHI, SUMY)
        for report in reports_of(place)
    ]
    page = open_map(open_file, tmp_path, apart, "#at=50,35,6")
    cluster = page.locator(".leaflet-marker-icon.is-cluster")
    assert cluster.inner_text() == "2"
    page.get_by_role("combobox", name="Search").fill("derhachi")
    wait_for(page, lambda: cluster.count() == 0)
    assert page.locator(".leaflet-marker-icon").count() >= 1


def test_doubt_and_displacement_have_forms_of_their_own(
    open_file: Open, parsed_reports: list[ParsedReport], tmp_path: Path
) -> None:
    page = open_map(open_file, tmp_path, parsed_reports, "#at=50.8,35.3,8")
    assert page.locator(".leaflet-marker-icon.is-doubtful[data-place='geonames:692194']").count() == 1
    displaced = page.locator(".leaflet-marker-icon.is-displaced[data-place='geonames:692194']")
    assert displaced.count() == 1
    forms = {
        name: page.locator(f".leaflet-marker-icon{name}").first.evaluate(
            "marker => [getComputedStyle(marker).borderStyle, getComputedStyle(marker).borderRadius].join(' ')"
        )
        for name in (".is-doubtful", ".is-displaced", "[data-place='geonames:706483']")
    }
    assert len(set(forms.values())) == 3


def test_borders_of_regions_are_read_when_one_zooms_in(open_file: Open, tmp_path: Path) -> None:
    page = open_map(open_file, tmp_path, reports_of(UKRAINE), "#at=20,10,2")
    length = "document.getElementById('geomap_regions').textContent.length"
    assert page.evaluate(length) > 100_000
    page.evaluate("map_geomap.setView([49, 32], 6)")
    wait_for(page, lambda: page.evaluate(length) == 0)


def test_the_texts_of_a_large_map_are_read_from_beside_it_when_needed(
    open_file: Open, parsed_reports: list[ParsedReport], tmp_path: Path
) -> None:
    counts = write_map(parsed_reports, tmp_path / "large map.html", inline_excerpts=5)
    assert counts.shards == 1
    assert "Crews worked" not in (tmp_path / "large map.html").read_text("utf-8")
    page = open_file(tmp_path / "large map.html")
    place_row(page, "Kharkiv").click()
    page.locator(".geomap-panel mark").first.wait_for()
    assert page.locator(".geomap-panel mark").all_inner_texts() == ["Kharkiv"] * 4


def test_many_texts_are_unpacked_after_the_map_is_drawn(open_file: Open, tmp_path: Path) -> None:
    chance = random.Random(3)
    noise = [f"Rain fell in Kharkiv. {chance.randbytes(900).hex()} Waters rose." for _ in range(900)]
    reports = [
        parse(Report(f"{number:03}", text), {"Kharkiv": {"place": KHARKIV}}) for number, text in enumerate(noise)
    ]
    write_map(reports, tmp_path / "map.html")
    page = open_file(tmp_path / "map.html")
    place_row(page, "Kharkiv").click()
    page.locator(".geomap-panel mark").first.wait_for()
    assert page.locator(".geomap-panel mark").first.inner_text() == "Kharkiv"
    page.get_by_role("combobox", name="Search").fill("waters rose")
    wait_for(page, lambda: page.locator("#geomap").get_attribute("data-shown-mentions") == "900")


def test_texts_that_are_lost_are_said_to_be(
    open_file: Open, trouble: list[str], parsed_reports: list[ParsedReport], tmp_path: Path
) -> None:
    write_map(parsed_reports, tmp_path / "map.html", inline_excerpts=5)
    for shard in (tmp_path / "map_texts").iterdir():
        shard.write_text("// of another map")
    page = open_file(tmp_path / "map.html")
    place_row(page, "Kharkiv").click()
    page.get_by_text("lies in a file beside this map that is missing").first.wait_for()


def test_an_online_base_map_is_asked_only_after_the_reader_switched_it_on(browser: Browser, tmp_path: Path) -> None:
    tiles = Tiles("https://tiles.example.org/{z}/{x}/{y}.png", "Made-up tiles <b>&</b>")
    write_map(reports_of(KHARKIV), tmp_path / "map.html", tiles=tiles)
    context = browser.new_context()
    page = context.new_page()
    asked: list[str] = []
    trouble: list[str] = []
    page.on("console", lambda message: trouble.append(message.text))
    page.on("request", lambda request: asked.append(request.url))
    page.route(re.compile("^https://tiles.example.org/"), _answer_with_a_tile)
    page.goto((tmp_path / "map.html").as_uri())
    page.locator("[data-ready]").wait_for()
    assert [address for address in asked if address.startswith("http")] == []
    page.get_by_label("tiles.example.org").check()
    wait_for(page, lambda: any(address.startswith("https://tiles.example.org/") for address in asked))
    wait_for(page, lambda: page.locator("img.leaflet-tile-loaded").count() > 0)
    assert {address.split("/")[2] for address in asked if address.startswith("http")} == {"tiles.example.org"}
    assert "Made-up tiles <b>&</b>" in page.locator(".geomap-credits").inner_text()
    assert trouble == []
    page.get_by_label("tiles.example.org").uncheck()
    assert page.locator("img.leaflet-tile").count() == 0
    context.close()


def _answer_with_a_tile(route: Route) -> None:
    route.fulfill(
        body='<svg xmlns="http://www.w3.org/2000/svg" width="256" height="256"/>', content_type="image/svg+xml"
    )


def test_alternatives_are_drawn_on_demand(open_file: Open, tmp_path: Path) -> None:
    text = "Rain fell in Sumy."
    doubtful = {"place": SUMY, "confidence": 0.4, "alternatives": (Candidate(KHARKIV, 0.3), Candidate(DERHACHI, 0.1))}
    page = open_map(open_file, tmp_path, [parse(Report("rain.txt", text), {"Sumy": doubtful})], "#at=50.5,35.5,7")
    assert page.locator(".leaflet-marker-icon.is-alternative").count() == 0
    page.locator(".leaflet-marker-icon.is-place").click()
    page.get_by_role("button", name="Why here?").click()
    assert page.locator(".leaflet-marker-icon.is-alternative").all_inner_texts() == ["30%", "10%"]
    page.get_by_role("button", name="Why here?").click()
    assert page.locator(".leaflet-marker-icon.is-alternative").count() == 0


def test_a_displaced_point_shows_what_it_was_measured_from(
    open_file: Open, parsed_reports: list[ParsedReport], tmp_path: Path
) -> None:
    page = open_map(open_file, tmp_path, parsed_reports, "#at=50.8,35,8")
    before = marks_drawn(page)
    page.locator(".leaflet-marker-icon.is-displaced:not(.is-doubtful)").click()
    assert before == 0
    assert marks_drawn(page) > 40  # the line of 30 km


def test_a_place_at_the_point_of_its_unit_says_so_and_shows_how_far_off_it_may_be(
    open_file: Open, tmp_path: Path
) -> None:
    village = Place("geomap:ua-11", "Ulanove", 51.15, 34.31, country_code="UA", radius_km=18.0, approximate=True)
    report = parse(Report("r.txt", "Shelling hit Ulanove."), {"Ulanove": {"place": village, "confidence": 0.9}})
    page = open_map(open_file, tmp_path, [report], "#at=51.15,34.31,9")
    before = marks_drawn(page)
    page.locator(".leaflet-marker-icon.is-place").click()
    assert "lies within about 18 km" in page.locator(".geomap-panel .geomap-warning").inner_text()
    assert before == 0
    wait_for(page, lambda: marks_drawn(page) > 40)  # the circle


def marks_drawn(page: Page) -> int:
    """Return how many pixels of the canvas of marks are not empty."""
    return int(
        page.evaluate(
            """() => {
              const canvas = document.querySelector(".leaflet-geomap-marks-pane canvas");
              const { width, height } = canvas;
              const copy = Object.assign(document.createElement("canvas"), { width, height });
              const context = copy.getContext("2d", { willReadFrequently: true });
              context.drawImage(canvas, 0, 0);
              const { data } = context.getImageData(0, 0, width, height);
              return new Uint32Array(data.buffer).reduce((drawn, color) => drawn + Number(color !== 0), 0);
            }"""
        )
    )


def test_links_join_places_that_are_named_one_after_the_other(open_file: Open, tmp_path: Path) -> None:
    page = open_map(open_file, tmp_path, reports_of(KHARKIV, SUMY), "#at=50.5,35.5,7")
    assert marks_drawn(page) == 0
    page.get_by_role("tab", name="Reports").click()
    page.locator("#geomap-panel-reports .geomap-row").first.click()
    wait_for(page, lambda: marks_drawn(page) > 40)
    page.keyboard.press("Escape")
    wait_for(page, lambda: marks_drawn(page) == 0)


def test_areas_and_popups_stand_in_someones_own_folium_map(browser: Browser, tmp_path: Path) -> None:
    someones = folium.Map(location=(49, 33), zoom_start=6)
    group = folium.FeatureGroup(name="Reports").add_to(someones)
    ReportLayer(reports_of(UKRAINE, KHARKIV)).add_to(group)
    folium.LayerControl(collapsed=False).add_to(someones)
    someones.save(str(tmp_path / "folium.html"))
    page = browser.new_page()
    trouble: list[str] = []
    page.on("pageerror", lambda error: trouble.append(str(error)))
    answer_for_content_networks(page)
    page.goto((tmp_path / "folium.html").as_uri())
    page.locator(".leaflet-marker-icon.is-place").first.wait_for()
    areas = page.locator(".leaflet-geomap-areas-pane canvas")
    assert areas.count() == 1
    painted = areas.evaluate(
        "canvas => canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height).data.some(Boolean)"
    )
    assert painted
    page.locator(".leaflet-marker-icon.is-place").first.dispatch_event("click")
    page.locator(".leaflet-popup mark").first.wait_for()
    page.get_by_label("Reports").uncheck()
    assert page.locator(".leaflet-marker-icon").count() == 0
    assert areas.count() == 0
    assert trouble == []
    page.close()


@pytest.mark.parametrize("link", ["#at=48.5,33,6", "#place=geonames:703448"])
def test_a_map_of_a_region_is_drawn_in_full_detail_from_the_start(
    open_file: Open, analysts_map: Path, link: str
) -> None:
    page = open_file(analysts_map, link)
    assert page.evaluate(DETAILS) == ""  # they have been read


def test_a_map_of_the_world_reads_the_details_when_there_is_time(open_file: Open, analysts_map: Path) -> None:
    page = open_file(analysts_map, "#at=30,10,2")
    wait_for(page, lambda: page.evaluate(DETAILS) == "")


def test_a_place_at_its_units_point_has_a_ring(open_file: Open, tmp_path: Path) -> None:
    village = replace(
        DERHACHI, place_id="geomap:ua-1", geonameid=None, name="Robotyne", radius_km=15.0, approximate=True
    )
    page = open_map(open_file, tmp_path, reports_of(village, replace(DERHACHI, longitude=37.5)), "#at=50,36.8,8")
    outlines = page.locator(".leaflet-marker-icon.is-place").evaluate_all(
        "markers => markers.map(marker => [marker.dataset.place, getComputedStyle(marker).outlineStyle])"
    )
    assert sorted(outlines) == [["geomap:ua-1", "dotted"], ["geonames:1", "none"]]


def test_a_river_is_drawn_along_its_course(open_file: Open, tmp_path: Path) -> None:
    (dnieper,) = (place for place in open_gazetteer().search("Dnieper") if place.feature_code == "STM")
    assert dnieper.radius_km > 500  # a circle would cover Kharkiv and Odesa, too
    page = open_map(open_file, tmp_path, reports_of(dnieper), "#at=49,33,6")
    wait_for(page, lambda: tint_at(page, 50.45, 30.52) > 0)
    for latitude, longitude in ((49.99, 36.23), (46.48, 30.73), (50.9, 34.8)):
        assert tint_at(page, latitude, longitude) == 0
