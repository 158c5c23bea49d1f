"""What all tests share: a browser, where there is one, and when the longest of them run."""

from __future__ import annotations

import errno
import os
import shutil
import signal
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

import pytest
from http_service import serve  # noqa: F401 - a fixture for all tests

if TYPE_CHECKING:
    from playwright.sync_api import Browser


if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:  # as in jobs that a shell put into the background
    signal.signal(signal.SIGINT, signal.default_int_handler)  # processes that tests start and interrupt inherit it


def pytest_runtest_setup(item: pytest.Item) -> None:
    """Skip what takes many minutes unless it is asked for."""
    if item.get_closest_marker("long") and os.environ.get("GEOMAP_LONG_TESTS") != "1":
        pytest.skip("takes many minutes: not here, but with GEOMAP_LONG_TESTS=1")


@pytest.fixture
def forbid(monkeypatch: pytest.MonkeyPatch) -> Callable[[Path], None]:
    """Make files unreadable by an injected fault: permissions do not bind root, and CI is root."""
    forbidden: set[Path] = set()
    open_path = Path.open

    def open_unless_forbidden(path: Path, *arguments: Any, **options: Any) -> Any:
        if path.resolve() in forbidden:
            raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), str(path))
        return open_path(path, *arguments, **options)

    monkeypatch.setattr(Path, "open", open_unless_forbidden)
    return lambda path: forbidden.add(path.resolve())


COMMANDS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome", "msedge")
USUAL_PLACES = (
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
    r"C:\Program Files\Google\Chrome\Application\chrome.exe",
    r"C:\Program Files (x86)\Microsoft\Edge\Application\msedge.exe",
)


@pytest.fixture(scope="session")
def chromium() -> str:
    """Return the Chromium that GEOMAP_CHROMIUM names or that is installed."""
    executable = _find_chromium()
    if executable is None:
        _do_without("no Chromium found: install one, or set GEOMAP_CHROMIUM to its executable")
    return executable


@pytest.fixture(scope="session")
def browser(chromium: str) -> Iterator[Browser]:
    """Start Chromium."""
    try:
        from playwright.sync_api import sync_playwright
    except ImportError:
        _do_without("playwright is not installed: pip install -e '.[test]'")
    is_root = hasattr(os, "geteuid") and os.geteuid() == 0
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"] if is_root else [])
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
