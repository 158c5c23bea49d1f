"""What the tests of the page share: how a reader's things are found in it."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qs

import waiting

if TYPE_CHECKING:
    from playwright.sync_api import Locator, Page

WORLD = "#at=20,0,1.83"
"""The address at which the map shows everything, on the usual screen."""

Open = Callable[..., "Page"]


def place_row(page: Page, name: str) -> Locator:
    """Return the row of a place in the list."""
    return page.locator(f"#geomap-panel-places .geomap-row:has(.geomap-row-name:text-is('{name}'))")


def place_names(page: Page) -> list[str]:
    """Return the names in the list of places."""
    wait_for_lists(page)
    return page.locator("#geomap-panel-places .geomap-row-name").all_inner_texts()


def report_titles(page: Page) -> list[str]:
    """Return the titles in the list of reports."""
    wait_for_lists(page)
    return page.locator("#geomap-panel-reports > .geomap-row-list .geomap-row-name").all_inner_texts()


def wait_for_lists(page: Page) -> None:
    """Wait until the first page of each list is filled."""
    page.locator("[aria-busy='true']").first.wait_for(state="detached")


def counts(page: Page) -> tuple[int, int, int]:
    """Return how many reports, places and mentions are shown."""
    data = page.evaluate("({...document.getElementById('geomap').dataset})")
    return int(data["shownReports"]), int(data["shownPlaces"]), int(data["shownMentions"])


def choices(page: Page) -> dict[str, list[str]]:
    """Return what the page's address says, without where the map is."""
    found = parse_qs(page.evaluate("location.hash.slice(1)"), keep_blank_values=True)
    return {name: values for name, values in found.items() if name != "at"}


def place_of_map(page: Page) -> tuple[float, float, float]:
    """Return the latitude, longitude and zoom of the map that the page's address says."""
    latitude, longitude, zoom = map(
        float, page.evaluate("location.hash").partition("at=")[2].partition("&")[0].split(",")
    )
    return latitude, longitude, zoom


def search(page: Page, words: str, *, until: Callable[[], Any]) -> None:
    """Type into the search field and wait until the page has answered."""
    page.get_by_role("combobox", name="Search").fill(words)
    wait_for(page, until)


def wait_for(page: Page, is_so: Callable[[], Any], seconds: float = 30) -> None:
    """Wait until something is so, while the page goes on."""
    waiting.wait_for(is_so, seconds=seconds, page=page)
