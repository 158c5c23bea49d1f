"""What all tests share: a browser, where there is one."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

import pytest

if TYPE_CHECKING:
    from playwright.sync_api import Browser

COMMANDS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome", "msedge")
USUAL_PLACES = (
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
    r"C:\Program Files\Google\Chrome\Application\chrome.exe",
    r"C:\Program Files (x86)\Microsoft\Edge\Application\msedge.exe",
)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Start the Chromium that GEOMAP_CHROMIUM names or that is installed."""
    executable = _find_chromium()
    if executable is None:
        _do_without("no Chromium found: install one, or set GEOMAP_CHROMIUM to its executable")
    try:
        from playwright.sync_api import sync_playwright
    except ImportError:
        _do_without("playwright is not installed: pip install -e '.[test]'")
    is_root = hasattr(os, "geteuid") and os.geteuid() == 0
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=executable, args=["--no-sandbox"] if is_root else [])
        yield started
        started.close()


def _find_chromium() -> str | None:
    if named := os.environ.get("GEOMAP_CHROMIUM"):
        return named
    on_path = (shutil.which(command) for command in COMMANDS)
    return next((path for path in (*on_path, *USUAL_PLACES) if path and Path(path).exists()), None)


def _do_without(reason: str) -> NoReturn:
    """Skip where people work; fail in CI, where a skipped browser test would go unnoticed."""
    if os.environ.get("CI") == "true":
        pytest.fail(f"{reason} (with CI=true browser tests are not skipped)")
    pytest.skip(reason)
