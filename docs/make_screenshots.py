"""Take the screenshot of the README: `python docs/make_screenshots.py output/map.html`; needs the extra `test`."""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

from playwright.sync_api import sync_playwright

FOLDER = Path(__file__).parent


def main(path: Path) -> None:
    """Open the map as a reader does, choose a place, and write docs/map.png."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
        page = browser.new_page(viewport={"width": 1360, "height": 800}, locale="en-GB")
        page.goto(path.resolve().as_uri())
        page.locator("[data-ready]").wait_for()
        page.get_by_role("searchbox").fill("Kharkiv")
        page.locator(".geomap-row:has-text('Kharkiv')").first.click()
        page.wait_for_timeout(1500)
        page.get_by_role("searchbox").fill("")
        for _ in range(2):
            page.get_by_role("button", name="Zoom out").click()
            page.wait_for_timeout(600)
        page.screenshot(path=FOLDER / "map.png")
        browser.close()


if __name__ == "__main__":
    main(Path(sys.argv[1]))
