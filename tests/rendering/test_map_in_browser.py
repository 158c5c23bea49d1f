"""What a reader sees and does in a built map, opened from disk without a network."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

import folium
import pytest
from browsing import Open
from content_networks import answer_for_content_networks

from geomap.model import ParsedReport
from geomap.rendering.labels import Label
from geomap.rendering.layer import ReportLayer
from geomap.rendering.page import write_map

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.browser


@pytest.fixture
def page(open_file: Open, parsed_reports: list[ParsedReport], labels: list[Label], tmp_path: Path) -> Page:
    write_map(parsed_reports, tmp_path / "map.html", labels=labels, title="Made-up reports")
    return open_file(tmp_path / "map.html")


def row(name: str) -> str:
    return f".geomap-row:has(.geomap-row-name:text-is('{name}'))"


def show_indirect(page: Page) -> None:
    page.get_by_role("button", name="Filters").click()
    page.get_by_label("Surely stand for a government").select_option("as places")
    page.get_by_label("Peoples and nationalities").check()


def is_painted(page: Page) -> bool:
    """Tell whether the base map's canvas holds more than one colour."""
    return bool(
        page.evaluate(
            """() => {
              const canvas = document.querySelector(".leaflet-tile-pane canvas");
              const { data } = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height);
              const colors = new Uint32Array(data.buffer);
              return colors.some((color) => color !== colors[0]);
            }"""
        )
    )


def test_the_map_shows_as_many_places_and_mentions_as_it_holds(page: Page) -> None:
    show_indirect(page)
    data = page.evaluate("({...document.getElementById('geomap').dataset})")
    assert (data["places"], data["mentions"], data["reports"], data["unresolved"]) == ("5", "9", "3", "1")
    assert (data["shownPlaces"], data["shownMentions"]) == ("5", "9")
    counts = {"reports": 3, "places": 5, "mentions": 9, "unresolved": 1, "names": 1, "left_out": 0}
    assert page.evaluate("geomap.counts") == counts
    assert page.locator(".geomap-row").count() == 5
    assert is_painted(page)


def test_one_line_says_what_is_shown(page: Page) -> None:
    line = page.locator(".geomap-summary").inner_text()
    line = re.sub(r"\s*–\s*", "–", line)  # versions of Chromium put other blanks around it
    assert line == "3 reports · 5 places · 7 of 9 mentions · 1 indirect · 24–25 May 2025 · 1 undated"
    assert re.search(r"file of \d+ \w+ \d{4}", page.locator(".geomap-made").inner_text())


def test_names_of_governments_and_peoples_count_only_on_demand(page: Page) -> None:
    page.locator(row("Ukraine")).click()
    assert page.locator(".geomap-panel mark").all_inner_texts() == ["Ukraine said"]
    assert page.locator(f"{row('Ukraine')} .geomap-row-count").count() == 0
    page.keyboard.press("Escape")
    show_indirect(page)
    assert page.locator(f"{row('Ukraine')} .geomap-row-count").inner_text() == "2"
    page.locator(row("Ukraine")).click()
    assert sorted(set(page.locator(".geomap-panel mark").all_inner_texts())) == ["Ukraine said", "Ukrainian"]


def test_a_marker_opens_its_place_and_escape_closes_it(page: Page) -> None:
    page.locator(row("Kharkiv")).click()
    page.keyboard.press("Escape")
    assert page.locator(".geomap-panel").is_hidden()
    page.locator(".leaflet-marker-icon[data-place='geonames:706483']").click()
    assert page.locator(".geomap-panel h2").inner_text() == "Kharkiv"


def test_doubt_and_displacement_are_visible(page: Page) -> None:
    page.locator(row("Sumy")).first.click()
    assert (
        page.locator(".leaflet-marker-icon.is-chosen.is-doubtful, .leaflet-marker-icon.is-chosen.is-displaced").count()
        == 1
    )
    page.locator(row("Sumy")).nth(1).click()
    texts = []
    for number in range(2):
        page.locator(row("Sumy")).nth(number).click()
        warning = page.locator(".geomap-panel .geomap-warning").inner_text()
        texts.append(re.sub("[\u2068\u2069]", "", warning))  # they keep the name apart from its sentence
    assert sorted(texts) == ["About 30 km south of Sumy", "Doubtful: this may be another place, or no place at all."]


def test_credits_name_data_licences_and_border_policy(page: Page) -> None:
    page.locator(".geomap-credit").click()
    about = page.locator(".geomap-about").inner_text()
    for words in ("GeoNames, CC BY 4.0", "Natural Earth, public domain", "Crimea is part of Ukraine"):
        assert words in about
    assert "Licences of bundled software" in about
    page.keyboard.press("Escape")
    assert page.locator(".geomap-about").is_hidden()


def test_places_of_one_spot_do_not_hide_each_other(
    open_file: Open, tmp_path: Path, parsed_reports: list[ParsedReport]
) -> None:
    from dataclasses import replace

    evening = parsed_reports[0]
    mentions = tuple(
        replace(mention, place=mention.place and replace(mention.place, latitude=50.0, longitude=36.0))
        for mention in evening.mentions
    )
    write_map([ParsedReport(evening.report, mentions)], tmp_path / "map.html")
    page = open_file(tmp_path / "map.html")
    page.locator(".leaflet-marker-icon.is-cluster").click()
    assert page.locator(".geomap-panel h2").inner_text() == "2 places at this spot"
    page.locator(".geomap-panel .geomap-row").nth(1).click()
    assert page.locator(".geomap-panel h2").inner_text() == "Sumy"


@pytest.mark.parametrize(("width", "colors"), [(390, "light"), (1280, "dark")])
def test_it_works_on_a_narrow_screen_and_in_the_dark(
    open_file: Open, parsed_reports: list[ParsedReport], tmp_path: Path, width: int, colors: str
) -> None:
    write_map(parsed_reports, tmp_path / "map.html")
    page = open_file(tmp_path / "map.html", width=width, color_scheme=colors)
    if width < 760:
        page.get_by_role("button", name="Lists and search").click()
    page.locator(row("Kharkiv")).click()
    page.locator(".geomap-panel .geomap-close").click()
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_no_report_and_no_place_are_said(open_file: Open, tmp_path: Path) -> None:
    write_map([], tmp_path / "map.html")
    page = open_file(tmp_path / "map.html")
    assert page.locator(".geomap-summary").inner_text() == "This map holds no reports."
    assert is_painted(page)


def test_hostile_texts_are_shown_and_run_nowhere(
    open_file: Open, hostile_reports: list[ParsedReport], tmp_path: Path
) -> None:
    title = "<img src=x onerror=\"document.title='broken'\">"
    write_map(hostile_reports, tmp_path / "map.html", title=title, labels=[Label(title, 30, 30, 10**9, "country")])
    page = open_file(tmp_path / "map.html")
    assert page.title() == title
    assert page.locator("h1").inner_text() == title
    assert page.locator(".geomap-row").count() == len(hostile_reports)
    for number in range(len(hostile_reports)):
        page.locator(".geomap-row").nth(number).click()
        name = page.locator(".geomap-panel h2").text_content() or ""
        assert page.locator(".geomap-panel mark").text_content() == name.removeprefix("Place ")
        assert page.locator(".geomap-panel a:not([href^='#'])").count() == 0
    page.get_by_role("tab", name="Doubtful").click()
    shown = "".join(page.locator(".geomap-unresolved mark").all_text_contents())
    for one in hostile_reports[:-1]:
        assert one.mentions[1].text in shown
    assert "\ufffd lone" in shown
    assert page.title() == title


def test_the_layer_is_safe_in_someones_own_folium_map(
    browser: Browser, hostile_reports: list[ParsedReport], tmp_path: Path
) -> None:
    someones = folium.Map(location=(22, 20), zoom_start=5)
    ReportLayer(hostile_reports).add_to(someones)
    someones.save(str(tmp_path / "folium.html"))
    page = browser.new_page()
    trouble: list[str] = []
    page.on("pageerror", lambda error: trouble.append(str(error)))
    page.on("dialog", lambda dialog: trouble.append(dialog.message))
    answer_for_content_networks(page)
    page.goto((tmp_path / "folium.html").as_uri())
    page.locator(".leaflet-marker-icon.is-place").first.wait_for()
    assert page.locator(".leaflet-marker-icon").count() == len(hostile_reports)
    page.locator(".leaflet-marker-icon.is-place").first.dispatch_event("click")
    mark = page.locator(".leaflet-popup mark").first
    mark.wait_for()
    assert mark.text_content() in {one.mentions[0].text.replace("\ud800", "\ufffd") for one in hostile_reports}
    assert page.title() == ""
    assert trouble == []
    page.close()
