"""The map asks nobody for anything and keeps nothing: a recording proxy and Chromium's own log are the witnesses."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import TYPE_CHECKING, Any

import pytest
from waiting import wait_for

from geomap.model import Mention, ParsedReport, Place, Report
from geomap.rendering.page import write_map
from geomap.rendering.tiles import Tiles
from geomap.watching.page import make_page

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.browser

PATIENCE = 120_000
A_WHILE = 300
"""Milliseconds in which nothing may be asked for: what must not come cannot be waited for."""
PROBE = "http://probe.invalid/seen"
TILES = Tiles("https://tiles.invalid/{z}/{x}/{y}.png", "© nobody")
OF_THE_BROWSER = re.compile(
    r"^https?://(?:[\w-]+\.)*(?:google|googleapis|gstatic|googleusercontent|gvt1|chromium)\.(?:com|org)/|^chrome"
)
"""What Chromium asks for on its own account, page or no page; no name of it stands in a map."""


class Recorder(BaseHTTPRequestHandler):
    """A proxy that notes what it is asked for and gives nothing."""

    protocol_version = "HTTP/1.1"
    seen: list[tuple[str, str]]

    def answer(self) -> None:
        self.seen.append((f"{self.command} {self.path}", self.headers.get("Referer", "")))
        body = b"<title>elsewhere</title>"
        self.send_response(200 if self.path.startswith("/") else 404)
        self.send_header("Content-Type", "text/html")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    do_GET = do_POST = do_HEAD = do_CONNECT = do_OPTIONS = answer  # noqa: N815 - names of the standard library

    def log_message(self, *_values: Any) -> None:
        pass


@contextmanager
def recording() -> Iterator[tuple[str, list[tuple[str, str]]]]:
    """Serve on a port of this machine; yield the address and what was asked."""
    seen: list[tuple[str, str]] = []
    server = ThreadingHTTPServer(("127.0.0.1", 0), type("_Recorder", (Recorder,), {"seen": seen}))
    server.daemon_threads = True
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
    thread.start()
    yield f"127.0.0.1:{server.server_port}", seen
    server.shutdown()
    server.server_close()
    thread.join()


@pytest.fixture
def maps(tmp_path: Path) -> dict[str, Path]:
    """Write a map, one with an online base map, and a large one whose texts lie beside it."""
    place = Place("geonames:706483", "Kharkiv", 49.98, 36.25, 706483, "UA", "Kharkiv", "UA.07", "P", "PPLA", 1_400_000)
    address = "https://news.invalid/story"
    reports = [
        ParsedReport(
            Report(f"{number}.txt", "Calm in Kharkiv.", f"Title {number}", "Courier", "2025-05-25", address),
            (Mention(8, 15, "Kharkiv", place=place, confidence=0.9),),
        )
        for number in range(3)
    ]
    found = {name: tmp_path / f"{name}.html" for name in ("plain", "tiles", "large")}
    write_map(reports, found["plain"])
    write_map(reports, found["tiles"], tiles=TILES)
    write_map(reports, found["large"], inline_excerpts=1)
    return found


def use(page: Page, path: Path) -> None:
    """Do what a reader does: search, filter, read, ask why, cite, look at the credits."""
    page.set_default_timeout(PATIENCE)
    page.goto(path.as_uri() if path.is_absolute() else str(path))
    page.locator("[data-ready]").wait_for()
    page.evaluate("location.hash = '#report=1.txt'")
    page.locator(".geomap-panel .geomap-text").wait_for()
    page.evaluate("location.hash = '#place=geonames:706483&q=calm'")
    page.locator(".geomap-panel .geomap-card").first.wait_for()
    for selector in (".geomap-actions button", ".geomap-filter-button", ".geomap-credit"):
        page.locator(selector).first.evaluate("one => one.click()")
    page.wait_for_timeout(A_WHILE)


def read_net_log(path: Path) -> set[str]:
    """Return the addresses that the browser's own log of its network says it has asked for."""
    text = path.read_text(encoding="utf-8", errors="replace")
    return {address for address in re.findall(r'"url":"([^"]+)"', text) if address.startswith(("http", "ws", "ftp"))}


def test_nothing_is_asked_for(maps: dict[str, Path], tmp_path: Path, browser: Browser, chromium: str) -> None:
    log = tmp_path / "net.json"
    with recording() as (proxy, seen):
        # no "offline": the way out has to be open for anything to be seen on it
        options = [
            "--no-sandbox",
            f"--log-net-log={log}",
            "--net-log-capture-mode=Everything",
            "--proxy-bypass-list=<-loopback>",
        ]
        watched = browser.browser_type.launch(executable_path=chromium, args=[*options, f"--proxy-server={proxy}"])
        context = watched.new_context(reduced_motion="reduce")
        page = context.new_page()
        for path in maps.values():
            use(page, path)
            check_storage(page, context)
        before = [
            asked for asked, _ in seen if not OF_THE_BROWSER.match(asked.partition(" ")[2]) and "google" not in asked
        ]
        page.goto("about:blank")
        page.set_content(f"<img src='{PROBE}'>")
        wait_for(lambda: f"GET {PROBE}" in [asked for asked, _ in seen], page=page)  # or the proxy proves nothing
        context.close()
        watched.close()
    assert before == []
    logged = {address for address in read_net_log(log) if not OF_THE_BROWSER.match(address)}
    assert logged == {PROBE}, "of all pages only the probe's has asked for something"


def check_storage(page: Page, context: Any) -> None:
    """Nothing is kept, as long as the reader has corrected nothing."""
    kept = page.evaluate(
        """async () => ({
          local: Object.keys(localStorage), session: Object.keys(sessionStorage), cookie: document.cookie,
          databases: (await indexedDB.databases().catch(() => [])).length,
        })"""
    )
    assert kept == {"local": [], "session": [], "cookie": "", "databases": 0}
    assert context.cookies() == []


def test_a_configured_base_map_is_asked_only_when_it_is_switched_on(
    maps: dict[str, Path], browser: Browser, chromium: str
) -> None:
    with recording() as (proxy, seen):
        watched = browser.browser_type.launch(
            executable_path=chromium, args=["--no-sandbox", f"--proxy-server={proxy}"]
        )
        page = watched.new_page()
        use(page, maps["tiles"])
        before = {asked for asked, _ in seen if "google" not in asked}
        page.evaluate("document.querySelector('.geomap-about')?.close?.()")
        page.locator(
            "input[type=checkbox][role=switch], .geomap-tiles input, .geomap-tile-switch input"
        ).first.evaluate("one => one.click()")
        wait_for(lambda: any("tiles.invalid" in asked for asked, _ in seen), page=page)
        page.wait_for_timeout(A_WHILE)
        after = {asked for asked, _ in seen if "google" not in asked}
        watched.close()
    assert before == set()
    assert after == {"CONNECT tiles.invalid:443"}


def test_the_policy_allows_nothing_else(maps: dict[str, Path]) -> None:
    allowed = {"plain": set(), "tiles": {"img-src https://tiles.invalid"}, "large": set()}
    for name, path in maps.items():
        policy = re.search(r'Content-Security-Policy" content="([^"]+)"', path.read_text("utf-8"))
        assert policy is not None
        directives = set(policy[1].split("; "))
        hashed = {
            each
            for each in directives
            if re.fullmatch(r"(?:script|style)-src(?: 'sha256-[\w+/=]+'){3}(?: 'strict-dynamic')?", each)
        }
        assert len(hashed) == 2
        assert ("'strict-dynamic'" in policy[1]) == (name == "large")
        assert directives - hashed == {"default-src 'none'", "base-uri 'none'", "form-action 'none'"} | allowed[name]
        assert 'name="referrer" content="no-referrer"' in path.read_text("utf-8")


def test_who_follows_a_link_comes_from_nowhere(browser: Browser, tmp_path: Path) -> None:
    """Also where the map is served: the other site learns neither its address nor gets hold of its window."""
    place = Place("user:sumy", "Sumy", 50.9, 34.8)
    with recording() as (elsewhere, seen), recording() as (_here, _):
        report = Report("a.txt", "Calm in Sumy.", source="Courier", url=f"http://{elsewhere}/story")
        write_map([ParsedReport(report, (Mention(8, 12, "Sumy", place=place, confidence=0.9),))], tmp_path / "map.html")
        page_bytes = make_page((tmp_path / "map.html").read_bytes()).content
        context = browser.new_context()
        page = context.new_page()
        page.set_default_timeout(PATIENCE)
        page.route("http://map.test/**", lambda route: route.fulfill(body=page_bytes, content_type="text/html"))
        page.goto("http://map.test/secret-token/")
        page.locator("[data-ready]").wait_for()
        page.evaluate("location.hash = '#report=a.txt'")
        with context.expect_page(timeout=PATIENCE) as opened:
            page.locator(".geomap-panel a.geomap-origin").first.evaluate("one => one.click()")
        other = opened.value
        other.wait_for_load_state()
        facts = other.evaluate("[window.opener, document.referrer]")
        context.close()
    assert ("GET /story", "") in seen
    assert all(referrer == "" for request, referrer in seen if request == "GET /story")  # its icon has its own
    assert facts == [None, ""]


def test_the_reading_of_the_log_finds_addresses(tmp_path: Path) -> None:
    (tmp_path / "net.json").write_text(json.dumps({"events": [{"params": {"url": PROBE}}]}, separators=(",", ":")))
    assert read_net_log(tmp_path / "net.json") == {PROBE}
