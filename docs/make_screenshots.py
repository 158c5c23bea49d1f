"""Take pictures of a map: `python docs/make_screenshots.py output/map.html [FOLDER]`.

Without a folder only the README's picture is taken, `map.png` beside this script; with one, all of them, to be looked
at. Needs the extra `test` and a Chromium.
"""

from __future__ import annotations

import shutil
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from playwright.sync_api import sync_playwright

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

FOLDER = Path(__file__).parent
Colors = Literal["light", "dark"]


@dataclass(frozen=True)
class Picture:
    """What is done before the picture is taken, and on which screen."""

    act: Callable[[Page], None]
    colors: Colors = "light"
    size: tuple[int, int] = (1360, 820)


def show_world(page: Page) -> None:
    """Leave the map as it opens."""


def show_areas(page: Page) -> None:
    """Go where countries and regions lie side by side."""
    choose_place(page, "Georgia")
    page.keyboard.press("Escape")


def show_place(page: Page) -> None:
    """Open a place, with the others around it."""
    choose_place(page, "Kharkiv")
    zoom_out(page)


def show_reader(page: Page) -> None:
    """Read a report with its places on the map."""
    page.get_by_role("tab", name="Reports").click()
    page.locator("#geomap-panel-reports .geomap-row", has_text="Fighting closes in").first.click()


def show_reasons(page: Page) -> None:
    """Ask why a doubtful place stands where it does."""
    page.get_by_role("tab", name="Doubtful").click()
    page.locator(".geomap-doubtful").get_by_role("button", name="Why here?").first.click()


def show_filters(page: Page) -> None:
    """Filter by country and kind."""
    page.get_by_role("button", name="Filters").click()
    page.get_by_role("checkbox", name="Ukraine").check()
    page.get_by_role("radio", name="At least 50%").check()


def show_drawer(page: Page) -> None:
    """Pull up the lists on a small screen."""
    page.get_by_role("button", name="Lists and search").click()


def show_place_on_small_screen(page: Page) -> None:
    """Choose a place from the drawer."""
    show_drawer(page)
    page.locator("#geomap-panel-places .geomap-row").first.click()


PICTURES = {
    "map": Picture(show_place),
    "map-world": Picture(show_world),
    "map-areas": Picture(show_areas),
    "map-reader": Picture(show_reader),
    "map-reasons": Picture(show_reasons),
    "map-filters": Picture(show_filters),
    "map-dark": Picture(show_place, "dark"),
    "map-mobile": Picture(show_world, size=(390, 844)),
    "map-mobile-lists": Picture(show_drawer, size=(390, 844)),
    "map-mobile-place": Picture(show_place_on_small_screen, size=(390, 844)),
}


def choose_place(page: Page, name: str) -> None:
    """Go to a place by the search field's suggestions."""
    page.get_by_role("combobox", name="Search").fill(name)
    page.get_by_role("option").filter(has=page.get_by_text(name, exact=True)).first.click()


def zoom_out(page: Page) -> None:
    """Show more of what lies around."""
    for _ in range(2):
        page.get_by_role("button", name="Zoom out").click()
        page.wait_for_timeout(400)


def take(browser: Browser, path: Path, folder: Path, name: str) -> None:
    """Open the map as a reader does and write one picture."""
    picture = PICTURES[name]
    width, height = picture.size
    page = browser.new_page(
        viewport={"width": width, "height": height},
        color_scheme=picture.colors,
        locale="en-GB",
        reduced_motion="reduce",
    )
    page.goto(path.resolve().as_uri())
    page.locator("[data-ready]").wait_for()
    picture.act(page)
    page.wait_for_timeout(800)
    page.screenshot(path=folder / f"{name}.png")
    page.close()


def main(path: Path, folder: Path | None = None) -> None:
    """Take the README's picture, or all of them into a folder."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
        for name in PICTURES if folder else ["map"]:
            take(browser, path, folder or FOLDER, name)
        browser.close()


if __name__ == "__main__":
    main(*map(Path, sys.argv[1:3]))
