"""Waiting for what is expected, for as long as it takes, instead of for a time that is too long or too short."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from playwright.sync_api import Page


def wait_for(is_so: Callable[[], object], *, seconds: float = 60, page: Page | None = None) -> None:
    """Look again and again whether something is so; a page goes on meanwhile.

    The policy of geomap's pages forbids Playwright's own way, which runs texts as code.
    """
    deadline = time.monotonic() + seconds
    while not is_so():
        assert time.monotonic() < deadline, "what was waited for did not happen"
        if page is None:
            time.sleep(0.02)
        else:
            page.wait_for_timeout(20)


def is_running(process: int) -> bool:
    """Tell whether a process is there and has not ended (systems with /proc alone)."""
    try:
        return Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


def wait_for_children(parent: int, count: int) -> list[int]:
    """Wait until a process has so many children that have not ended; return their numbers."""
    wait_for(lambda: len(find_children(parent)) >= count)
    return find_children(parent)


def find_children(parent: int) -> list[int]:
    """Return the children of a process that have not ended (systems with /proc alone)."""
    found = []
    for path in Path("/proc").glob("[0-9]*/stat"):
        try:
            state, above = path.read_text().rpartition(")")[2].split()[:2]
        except OSError:  # it has just ended
            continue
        if int(above) == parent and state != "Z":
            found.append(int(path.parent.name))
    return found
