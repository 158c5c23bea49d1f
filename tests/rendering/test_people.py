"""The page for everyone: screen readers, keys, small screens, the dark, other languages, less motion."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from browsing import Open, place_row, wait_for

import geomap.rendering

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = pytest.mark.browser
AXE = Path(geomap.rendering.__file__).parent / "viewer" / "node_modules" / "axe-core" / "axe.min.js"
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


def find_violations(page: Page) -> list[str]:
    """Return what axe-core objects to, with the element."""
    if page.evaluate("typeof axe") == "undefined":
        page.evaluate(AXE.read_text("utf-8") + "; undefined")
    # links to places in a list that scrolls are taken for skip links that lead nowhere: the page has none of those
    rules = {"skip-link": {"enabled": False}}
    options: dict[str, Any] = {"runOnly": RULES, "rules": rules, "resultTypes": ["violations"]}
    result = page.evaluate("options => axe.run(document, options)", options)
    return [
        f"{found['id']}: {node['html'][:160]} {node['failureSummary'][-200:]}"
        for found in result["violations"]
        for node in found["nodes"]
    ]


def pull_up(page: Page) -> None:
    """Open the drawer where the screen is so small that there is one."""
    handle = page.get_by_role("button", name="Lists and search")
    if handle.is_visible():
        handle.click()


def open_place(page: Page) -> None:
    pull_up(page)
    place_row(page, "Paris").click()
    page.get_by_role("button", name="Why here?").click()


def open_reader(page: Page) -> None:
    pull_up(page)
    page.get_by_role("tab", name="Reports").click()
    page.locator(".geomap-row[data-report='daily/calm.txt']").click()
    page.locator(".geomap-reader .geomap-name").first.click()


def open_filters(page: Page) -> None:
    page.keyboard.press("/")
    page.keyboard.type("kha")
    page.get_by_role("option", name="Kharkiv").wait_for()
    page.get_by_role("button", name="Filters").click()
    page.get_by_role("checkbox", name="The Made-up Courier").check()


def open_doubt(page: Page) -> None:
    pull_up(page)
    page.get_by_role("tab", name="Doubtful").click()
    page.get_by_role("button", name="Export and share").click()


def correct_a_place(page: Page) -> None:
    pull_up(page)
    page.get_by_role("tab", name="Doubtful").click()
    page.locator(".geomap-doubtful").get_by_role("button", name="Wrong?").click()
    page.get_by_role("radio", name="Not a place").check()
    page.get_by_role("button", name="Correct", exact=True).click()
    page.locator(".geomap-corrections").get_by_role("button", name="Show").click()
    page.locator(".geomap-unresolved").get_by_role("button", name="Where is it?").click()


def open_about(page: Page) -> None:
    page.get_by_role("button", name="About this map").click()


@pytest.mark.skipif(
    not AXE.exists() and os.environ.get("CI") != "true",
    reason="axe-core is not installed: npm ci in geomap/rendering/viewer",
)
@pytest.mark.parametrize(
    ("width", "colors"), [(1280, "light"), (1280, "dark"), (390, "light")], ids=["light", "dark", "mobile"]
)
def test_axe_finds_nothing(open_file: Open, analysts_map: Path, width: int, colors: str) -> None:
    page = open_file(analysts_map, width=width, color_scheme=colors)
    assert find_violations(page) == []
    for act in (open_place, open_reader, open_doubt, correct_a_place, open_filters, open_about):
        act(page)
        assert find_violations(page) == [], act.__name__
        for _ in range(4):
            page.keyboard.press("Escape")


def test_everything_is_reached_by_keys(open_file: Open, analysts_map: Path) -> None:
    page = open_file(analysts_map)
    stops = []
    for _ in range(60):
        page.keyboard.press("Tab")
        stop = page.evaluate(
            """() => {
              const at = document.activeElement;
              const label = at.getAttribute("aria-label") || at.closest("label")?.innerText;
              return at === document.body ? "" : label || at.innerText;
            }"""
        )
        if stop == "":
            break
        stops.append(stop)
    wanted = ["Export and share", "About this map", "Search reports and places", "Filters", "Kyiv", "Map of the places"]
    wanted += ["Zoom in", "Show all places", "Earlier", "Play", "Later", "Step", "First day", "Last day"]
    assert [one for one in wanted if not any(stop.startswith(one) for stop in stops)] == []
    assert len(stops) < 40  # a list is one stop, markers are none


def test_the_list_is_walked_by_arrows_and_focus_comes_back(open_file: Open, analysts_map: Path) -> None:
    page = open_file(analysts_map)
    page.locator("#geomap-panel-places .geomap-row").first.focus()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowUp")
    name = page.evaluate("document.activeElement.querySelector('.geomap-row-name').innerText")
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.innerText") == name  # the panel's heading
    page.keyboard.press("Escape")
    assert page.locator(".geomap-panel").is_hidden()
    assert page.evaluate("document.activeElement.querySelector('.geomap-row-name').innerText") == name


def test_tabs_are_changed_by_arrows(open_file: Open, analysts_map: Path) -> None:
    page = open_file(analysts_map)
    page.get_by_role("tab", name="Places").focus()
    page.keyboard.press("ArrowRight")
    assert page.get_by_role("tab", name="Doubtful").get_attribute("aria-selected") == "true"
    assert page.locator("#geomap-panel-doubt").is_visible()


def test_counts_are_told_to_screen_readers_as_they_change(open_file: Open, analysts_map: Path) -> None:
    page = open_file(analysts_map)
    line = page.locator(".geomap-summary[role='status']")
    assert line.inner_text().startswith("33 reports · 9 places · 37 of 39 mentions · 1 indirect · 3 Mar")
    page.get_by_role("button", name="Filters").click()
    page.get_by_role("checkbox", name="Brief Wire").check()
    assert line.inner_text().startswith("25 of 33 reports · 1 of 9 places · 25 of 39 mentions")


def test_on_a_small_screen_the_lists_are_a_drawer(open_file: Open, analysts_map: Path) -> None:
    page = open_file(analysts_map, width=390, height=844, has_touch=True)
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    handle = page.get_by_role("button", name="Lists and search")
    assert handle.get_attribute("aria-expanded") == "false"
    assert not place_row(page, "Kyiv").is_visible()
    handle.tap()
    assert handle.get_attribute("aria-expanded") == "true"
    place_row(page, "Kyiv").tap()
    assert handle.get_attribute("aria-expanded") == "false"
    panel = page.locator(".geomap-panel").bounding_box()
    marker = page.locator(".leaflet-marker-icon.is-chosen")
    assert panel is not None
    wait_for(page, lambda: (marker.bounding_box() or panel)["y"] < panel["y"])
    page.locator(".geomap-close").first.tap()
    page.get_by_role("button", name="Show the timeline").tap()
    assert page.locator(".geomap-chart").is_visible()


def test_ukrainian_readers_get_ukrainian_with_its_plurals(open_file: Open, analysts_map: Path) -> None:
    page = open_file(analysts_map, locale="uk-UA")
    assert page.evaluate("document.documentElement.lang") == "uk"
    assert page.locator(".geomap-summary").inner_text().startswith("33 звіти · 9 місць · згадки: 37 з 39 · непрямих: 1")
    page.get_by_role("tab", name="Місця").wait_for()
    place_row(page, "Kharkiv").click()
    assert "5 згадок · 4 уривки" in page.locator(".geomap-tally").inner_text()
    assert "Україна" in page.locator(".geomap-panel").inner_text()


def test_other_readers_get_english_with_their_own_dates_and_numbers(open_file: Open, analysts_map: Path) -> None:
    page = open_file(analysts_map, "#place=geonames:706483", locale="de-DE")
    assert page.evaluate("document.documentElement.lang") == "en"
    assert "20. März 2025" in page.locator(".geomap-panel").inner_text()
    assert "1,4\xa0Mio" in page.locator(".geomap-panel").inner_text()


def test_without_motion_the_map_jumps(open_file: Open, analysts_map: Path) -> None:
    page = open_file(analysts_map)
    place_row(page, "Bamako").click()
    assert page.evaluate("map_geomap.getCenter().lat") == pytest.approx(12.65, abs=3)
