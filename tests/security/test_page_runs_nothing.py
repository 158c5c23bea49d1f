"""Whatever a report holds is shown in the page as text: nothing of it runs, asks anybody, or breaks the page."""

# ruff: noqa: E501 - tables, one row a line

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import folium
import pytest
from content_networks import answer_for_content_networks
from hostile_map import (
    GATHERED,
    GROUP,
    STRIPS,
    WALK,
    Watched,
    as_shown,
    make_labels,
    make_reports,
    name_of,
    report_id,
    sentence,
)
from payloads import CLASSES, LONG, PAYLOADS
from waiting import wait_for

from geomap.model import Mention, ParsedReport, Place, Report
from geomap.rendering.layer import ReportLayer
from geomap.rendering.page import write_map

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.browser

Visit = Callable[..., Watched]
PATIENCE = 120_000
"""Milliseconds: a machine that does many things at once is slow."""

HOSTILE_TITLE = "</title><script>canary(1)</script>${canary(1)}`<!--\\u003c\ud800"
BLANKS = dict.fromkeys(map(ord, " \t\n\r\v\f\x1c\x1d\x1e\x1f\x85\xa0\u1680\u2028\u2029\u202f\u205f\u3000\ufeff"))
BLANKS |= dict.fromkeys(range(0x2000, 0x200B))


@pytest.fixture
def visit(browser: Browser) -> Iterator[Visit]:
    """Open a file as its reader does, without a network, and watch what it does."""
    contexts = []

    def open_watched(path: Path, fragment: str = "", *, allowed: tuple[str, ...] = ()) -> Watched:
        context = browser.new_context(offline=True, reduced_motion="reduce", locale="en-GB")
        contexts.append(context)
        watched = Watched(context.new_page(), allowed=(path.as_uri(), *allowed))
        watched.page.set_default_timeout(PATIENCE)
        watched.page.goto(path.as_uri() + fragment)
        return watched

    yield open_watched
    for context in contexts:
        context.close()


@pytest.fixture(scope="module")
def hostile_map(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("hostile") / "map.html"
    write_map(make_reports(PAYLOADS), path, title=HOSTILE_TITLE, labels=make_labels(PAYLOADS))
    return path


@pytest.fixture(scope="module")
def small_map(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("small") / "map.html"
    write_map(make_reports(PAYLOADS[::40]), path)
    return path


def bare(text: str) -> str:
    """Return a text without blanks: paragraphs are elements, and their ends no characters."""
    return as_shown(text).translate(BLANKS)


def test_there_are_enough_payloads_of_every_class() -> None:
    assert len(set(PAYLOADS)) == len(PAYLOADS) >= 250
    assert all(len(payloads) >= 10 for payloads in CLASSES.values())


def test_every_field_is_shown_as_it_is_and_nothing_runs(visit: Visit, hostile_map: Path) -> None:
    watched = visit(hostile_map)
    watched.page.locator("[data-ready]").wait_for()
    own = watched.page.evaluate("Object.keys(Object.getOwnPropertyDescriptors(Object.prototype)).length")
    groups = range(-(-len(PAYLOADS) // GROUP))
    asked = {"long": [f"long {number:03}" for number in groups], "groups": [f"group:{number}" for number in groups]}
    found = watched.page.evaluate(f"({WALK.strip().rstrip(';')})({json.dumps(asked)})")
    assert watched.trouble() == []
    assert found["forbidden"] == []
    assert found["polluted"] == own
    for number in groups:
        payloads = PAYLOADS[number * GROUP :][:GROUP]
        check_reader(found["shown"]["long"][number], payloads)
        check_cards(found["shown"]["groups"][number], payloads)
    check_lists(found["shown"]["reports"], found["shown"]["places"])
    assert watched.page.title() == " ".join(as_shown(HOSTILE_TITLE).split())
    assert watched.page.locator("h1").text_content() == as_shown(HOSTILE_TITLE)


def check_reader(shown: dict[str, Any], payloads: Sequence[str]) -> None:
    assert bare(shown["text"]) == bare("".join(map(sentence, payloads)))
    assert bare("".join(shown["marks"])) == bare("".join(map(name_of, payloads)))
    assert shown["places"] == [as_shown(name_of(payload)) for payload in payloads]
    for copy, payload in zip(shown["copies"], payloads, strict=True):
        assert copy.count(as_shown(payload)) >= 3  # title, source, date
    assert all(re.match("https?:", link, re.IGNORECASE) for link in shown["links"])


def check_cards(cards: Sequence[dict[str, Any]], payloads: Sequence[str]) -> None:
    assert len(cards) == len(payloads)
    by_title = {card["title"]: card for card in cards}
    for payload in payloads:
        card = by_title[as_shown(payload or report_id(PAYLOADS.index(payload), payload))]
        assert bare(card["quote"]) == bare(sentence(payload))
        assert card["meta"].count(as_shown(payload)) >= 2  # source and date
        assert card["reasons"] == [as_shown(f"corrected by {payload} on {payload}: {payload}"), as_shown(payload)]
        assert card["alternatives"] == [as_shown(payload)]


def check_lists(reports: dict[str, str], places: dict[str, str]) -> None:
    for number, payload in enumerate(PAYLOADS):
        assert as_shown(payload or report_id(number, payload)) in reports[as_shown(report_id(number, payload))]
        assert as_shown(name_of(payload)) in places[as_shown(f"user:{number:03} {payload}")]
        assert as_shown(f"anchor {payload}") in places[as_shown(f"far:{number:03} {payload}")]


def test_addresses_of_the_web_are_links_that_tell_nothing(visit: Visit, tmp_path: Path) -> None:
    good = ["http://example.org/a?b=1&c=2", "HTTPS://EXAMPLE.ORG/x", "https://example.org/?q=\"><b onload='x'>"]
    write_map(make_reports(good), tmp_path / "map.html")
    watched = visit(tmp_path / "map.html")
    watched.page.locator("[data-ready]").wait_for()
    for number, address in enumerate(good):
        watched.page.evaluate(
            f"location.hash = {json.dumps('#report=')} + encodeURIComponent({json.dumps(report_id(number, address))})"
        )
        link = watched.page.locator(".geomap-panel a.geomap-origin")
        wait_for(lambda address=address, link=link: link.get_attribute("href") == address, page=watched.page)
        assert link.get_attribute("rel") == "noopener noreferrer"
        assert link.get_attribute("target") == "_blank"
    assert watched.trouble() == []


def test_the_fragment_of_an_address_can_hold_anything(visit: Visit, small_map: Path) -> None:
    """A link from somebody else opens the map with choices that were made up."""
    watched = visit(small_map, "#q=%3Cimg%20src=x%20onerror=canary(1)%3E&report=${canary(1)}&place=__proto__&at=1,1,1")
    watched.page.locator("[data-ready]").wait_for()
    script = """async ({names, values}) => {
      for (const [row, value] of values.entries()) {
        const encoded = encodeURIComponent(value);
        location.hash = `#${names.filter((name) => name !== "q" || row % 6 === 0).map((name) => `${name}=${encoded}`).join("&")}&${value}`;
        await new Promise((resolve) => setTimeout(resolve));
      }
    }"""
    names = "q report place source country kind tab at from to confidence also undated".split()
    watched.page.evaluate(script, {"names": names, "values": [as_shown(each) for each in PAYLOADS]})
    watched.page.evaluate("location.hash = '#report=long 000'")
    watched.page.locator(".geomap-panel .geomap-text").wait_for()
    assert watched.trouble() == []


def test_what_was_left_in_the_storage_of_the_browser_harms_nobody(visit: Visit, small_map: Path) -> None:
    """Another page of the disk may have filled it: browsers give all files one storage."""
    watched = visit(small_map)
    watched.page.locator("[data-ready]").wait_for()
    keys = watched.page.evaluate("Object.keys(localStorage)")
    sources = "".join(
        path.read_text("utf-8")
        for path in sorted((Path(write_map.__code__.co_filename).parent / "viewer" / "src").rglob("*.ts"))
    )
    written = re.findall(r"(?:localStorage|storage)\.\w+Item\(\s*[\"'`]([^\"'`$]+)", sources)
    keys += [*written, "geomap", "corrections", "geomap-corrections"]
    fill = """({keys, value}) => {
      localStorage.clear();
      for (const key of [...keys, `geomap corrections ${location.pathname}`]) localStorage.setItem(key, value);
      for (let row = 0; row < localStorage.length; row++) sessionStorage.setItem(localStorage.key(row), value);
    }"""
    values = [
        *PAYLOADS[:: len(PAYLOADS) // 4],
        json.dumps(
            [
                {"name": payload, "scope": "*", "action": "is", "note": payload, "by": payload}
                for payload in PAYLOADS[::9]
            ]
        ),
        json.dumps({"__proto__": {"polluted": "canary(1)"}, "rows": 7, "corrections": [None, 1, {"name": []}]}),
        "[" * 100_000,
        "null",
    ]
    for value in map(as_shown, values):
        watched.page.evaluate(fill, {"keys": keys, "value": value})
        watched.page.reload()
        watched.page.locator("[data-ready]").wait_for()
    assert watched.trouble() == []


def test_a_text_of_a_megabyte_without_an_end_is_shown(visit: Visit, tmp_path: Path) -> None:
    place = Place("user:kharkiv", "Kharkiv", 50.0, 36.0)
    reports = [
        ParsedReport(
            Report(name, f"Kharkiv {text} Kharkiv", title=text if name in ("one word", "marks") else name),
            (Mention(0, 7, "Kharkiv", place=place, confidence=0.9),),
        )
        for name, text in LONG.items()
    ]
    write_map(reports, tmp_path / "map.html")
    watched = visit(tmp_path / "map.html")
    watched.page.locator("[data-ready]").wait_for()
    for name, text in LONG.items():
        watched.page.evaluate(f"location.hash = '#report=' + encodeURIComponent({json.dumps(name)})")
        expected = bare(f"Kharkiv {text} Kharkiv")
        wait_for(lambda expected=expected: bare(text_of(watched.page)) == expected, seconds=120, page=watched.page)
    assert watched.trouble() == []


def text_of(page: Page) -> str:
    """Return the text that the reader shows."""
    return str(page.evaluate("document.querySelector('.geomap-text')?.textContent ?? ''"))


def test_the_layer_in_someones_own_folium_map_runs_nothing(browser: Browser, tmp_path: Path) -> None:
    """That page has no policy which could hold anything back."""
    someones = folium.Map(location=(0, 0), zoom_start=2)
    ReportLayer(make_reports(PAYLOADS)).add_to(someones)
    someones.save(str(tmp_path / "folium.html"))
    page = browser.new_page(locale="en-GB", viewport={"width": 1280, "height": 1400})
    watched = Watched(
        page, allowed=("file:", "https://cdn", "https://code.jquery", "https://netdna", "https://tile.openstreetmap")
    )
    answer_for_content_networks(page)
    page.goto((tmp_path / "folium.html").as_uri())
    page.locator(".leaflet-marker-icon.is-cluster").first.wait_for()
    # each strip of places in turn, near enough to tell places apart that are a degree apart
    found = page.evaluate(f"({OPEN_POPUPS})({json.dumps([*STRIPS, GATHERED])})")
    marks = {as_shown(name_of(payload)) for payload in PAYLOADS} | {"Before", "after"}
    assert {mark for popup in found for mark in popup} == marks
    assert watched.trouble() == []
    page.close()


OPEN_POPUPS = """async (points) => {
  const map = Object.values(window).find((one) => one instanceof L.Map);
  L.Popup.prototype.options.autoPan = false;  // or the markers that follow would be others
  const found = [];
  for (const point of points) {
    map.setView(point, 7, { animate: false });
    await new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve)));  // its markers are drawn
    for (const marker of document.querySelectorAll(".leaflet-marker-icon")) {
      marker.dispatchEvent(new MouseEvent("mouseover", { bubbles: true }));
      marker.dispatchEvent(new MouseEvent("click", { bubbles: true }));
      await new Promise((resolve) => setTimeout(resolve));
      const popup = Array.from(document.querySelectorAll(".leaflet-popup")).at(-1);  // those before it fade away
      for (let more; (more = popup?.querySelector(".geomap-more:not([hidden])")); ) more.click();
      found.push(Array.from(popup?.querySelectorAll("mark") ?? [], (mark) => mark.textContent));
    }
  }
  return found;
}"""


def test_the_watch_sees_what_runs(browser: Browser, tmp_path: Path) -> None:
    """The traps of these tests are no decoration: a page that runs a payload is caught in each way."""
    policy = "<meta http-equiv='Content-Security-Policy' content=\"img-src 'none'\">"
    (tmp_path / "bad.html").write_text(
        f"{policy}<body onload='canary(1)'><img src=https://evil.invalid/x><script>alert(2);x()</script>"
    )
    watched = Watched(browser.new_page(), allowed=("file:",))
    watched.page.goto((tmp_path / "bad.html").as_uri())
    for trace in ("canary(1)", "alert(2)", "x is not defined", "policy: img-src"):
        wait_for(lambda trace=trace: trace in " ".join(watched.trouble()), page=watched.page)
    watched.page.close()
