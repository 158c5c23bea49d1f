"""What a reader sees and does in a built map, opened from disk without a network."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import folium
import pytest

from geomap.model import ParsedReport
from geomap.rendering.bundle import read_bundled
from geomap.rendering.label import Label
from geomap.rendering.layer import ReportLayer
from geomap.rendering.page import write_map

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page, Route

pytestmark = pytest.mark.browser
Open = Callable[..., "Page"]


@pytest.fixture
def trouble() -> Iterator[list[str]]:
    """Collect requests, console messages and errors of opened pages; a test passes only where there were none."""
    found: list[str] = []
    yield found
    assert found == []


@pytest.fixture
def open_file(browser: Browser, trouble: list[str]) -> Iterator[Open]:
    contexts = []

    def open_path(path: Path, width: int = 1280, height: int = 800, colors: str = "light") -> Page:
        context = browser.new_context(
            offline=True, viewport={"width": width, "height": height}, color_scheme=colors, locale="en-GB"
        )
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(8000)
        page.on("console", lambda message: trouble.append(f"console: {message.text}"))
        page.on("pageerror", lambda error: trouble.append(f"error: {error}"))
        page.on("dialog", lambda dialog: trouble.append(f"dialog: {dialog.message}"))
        page.on("request", lambda request: request.url == path.as_uri() or trouble.append(f"request: {request.url}"))
        page.goto(path.as_uri())
        page.locator("[data-ready]").wait_for()
        return page

    yield open_path
    for context in contexts:
        context.close()


@pytest.fixture
def page(open_file: Open, parsed_reports: list[ParsedReport], labels: list[Label], tmp_path: Path) -> Page:
    write_map(parsed_reports, tmp_path / "map.html", labels=labels, title="Made-up reports")
    return open_file(tmp_path / "map.html")


def row(page: Page, name: str) -> str:
    return f".geomap-row:has(.geomap-row-name:text-is('{name}'))"


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
    page.get_by_label("Also count indirect mentions (2)").check()
    data = page.evaluate("({...document.getElementById('geomap').dataset})")
    assert (data["places"], data["mentions"], data["reports"], data["unresolved"]) == ("5", "9", "3", "1")
    assert (data["shownPlaces"], data["shownMentions"]) == ("5", "9")
    assert page.evaluate("geomap.counts") == {"reports": 3, "places": 5, "mentions": 9, "unresolved": 1, "names": 1}
    assert page.locator(".geomap-row").count() == 5
    assert is_painted(page)


def test_one_line_says_what_is_shown(page: Page) -> None:
    line = page.locator(".geomap-summary").inner_text()
    line = re.sub(r"\s*–\s*", "–", line)  # versions of Chromium put other blanks around it
    assert line == "4 of 5 places · 7 of 9 mentions in 3 reports · 24–25 May 2025 · 1 undated"


def test_names_of_governments_and_peoples_count_only_on_demand(page: Page) -> None:
    assert page.locator(row(page, "Ukraine")).count() == 0
    page.get_by_label("Also count indirect mentions (2)").check()
    page.locator(row(page, "Ukraine")).click()
    assert page.locator(".geomap-panel mark").all_inner_texts() == ["Ukraine said", "Ukrainian"]


def test_a_place_shows_its_excerpts_newest_first_with_its_name_marked(page: Page) -> None:
    page.locator(row(page, "Kharkiv")).click()
    panel = page.locator(".geomap-panel")
    assert panel.locator(".geomap-card-title").all_inner_texts() == [
        "Strikes on Kharkiv",
        "Strikes on Kharkiv",
        "A calm morning",
    ]
    assert panel.locator("mark").all_inner_texts() == ["Kharkiv"] * 4
    assert panel.locator("article:has(mark)").count() == 3
    background = panel.locator("mark").first.evaluate("mark => getComputedStyle(mark).backgroundColor")
    assert background == "rgb(255, 228, 138)"
    quotes = panel.locator("blockquote").all_inner_texts()
    assert all("Kharkiv" in quote for quote in quotes)
    assert "Two people were hurt, said Gen. Ivan Test. Crews worked all night in Kharkiv. Nobody knew" in quotes[1]
    assert "The Made-up Courier" in panel.inner_text()
    assert panel.locator("time").first.get_attribute("datetime") == "2025-05-25T18:30:00"
    link = panel.locator("a").first
    assert link.get_attribute("href") == "https://example.org/strikes?a=1&b=2"
    assert (link.get_attribute("rel"), link.get_attribute("target")) == ("noopener noreferrer", "_blank")


def test_a_marker_opens_its_place_and_escape_closes_it(page: Page) -> None:
    page.locator(row(page, "Mali")).click()
    page.keyboard.press("Escape")
    assert page.locator(".geomap-panel").is_hidden()
    page.locator(".leaflet-marker-icon[data-place='geonames:2453866']").click()
    assert page.locator(".geomap-panel h2").inner_text() == "Mali"


def test_doubt_and_displacement_are_visible(page: Page) -> None:
    page.locator(row(page, "Sumy")).first.click()
    assert (
        page.locator(".leaflet-marker-icon.is-chosen.is-doubtful, .leaflet-marker-icon.is-chosen.is-displaced").count()
        == 1
    )
    page.locator(row(page, "Sumy")).nth(1).click()
    texts = []
    for number in range(2):
        page.locator(row(page, "Sumy")).nth(number).click()
        texts.append(page.locator(".geomap-panel .geomap-warning").inner_text())
    assert sorted(texts) == ["About 30 km south of Sumy", "Doubtful: this may be another place, or no place at all."]


def test_names_without_a_place_are_listed_with_an_excerpt(page: Page) -> None:
    page.get_by_role("tab", name="Not found").click()
    assert page.locator(".geomap-unresolved strong").all_inner_texts() == ["Zarichkove"]
    assert page.locator(".geomap-unresolved mark").all_inner_texts() == ["Zarichkove"]


def test_search_narrows_list_and_map_and_needs_no_mouse(page: Page) -> None:
    page.keyboard.press("/")
    page.keyboard.type("ukraine kharkív")
    assert page.locator(".geomap-row-name").all_inner_texts() == ["Kharkiv"]
    assert page.locator(".leaflet-marker-icon").count() == 1
    page.keyboard.press("Escape")
    assert page.locator(".geomap-row").count() == 4
    page.locator(".geomap-row").first.focus()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    assert page.locator(".geomap-panel h2").inner_text() == page.locator(".geomap-row-name").nth(1).inner_text()


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
    page = open_file(tmp_path / "map.html", width=width, colors=colors)
    page.locator(row(page, "Kharkiv")).click()
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
        assert page.locator(".geomap-panel a").count() == 0
    page.get_by_role("tab", name="Not found").click()
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
    page.route(re.compile("^https?:"), _answer_for_content_networks)
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


def _answer_for_content_networks(route: Route) -> None:
    """Give folium's page the Leaflet of the bundle; the rest of what it asks for plays no part here."""
    name = route.request.url.rsplit("/", 1)[-1]
    if name in ("leaflet.js", "leaflet.css"):
        route.fulfill(body=read_bundled(name), content_type="text/javascript" if name.endswith("js") else "text/css")
    else:
        route.fulfill(body="", content_type="text/css" if name.endswith("css") else "text/javascript")
