"""The sample reports and the texts that geomap was asked for, from the command to the map in a browser."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

import geomap

if TYPE_CHECKING:
    from playwright.sync_api import Browser

REPORTS = Path(__file__).parents[2] / "data" / "reports"
ASKED_FOR = (
    "Russia has amassed around 50,000 troops near the border with the Kharkiv region, it is said. If those "
    "units return to Pokrovsk (in Donetsk), the defence will be stretched, said Michael Clarke of Sky News. He "
    "pointed to the capture of two villages along the border with Russia's Lugansk People's Republic (LPR). "
    "Washington is monitoring the build-up, which could precede a large-scale assault on Kharkov."
)


def test_the_texts_it_must_serve_first() -> None:
    found = {mention.text: mention for mention in geomap.parse(ASKED_FOR)}
    places = {text: (m.place.country_code, m.place.feature_code) for text, m in found.items() if m.place}
    assert places["Russia"] == ("RU", "PCLI")
    assert places["Kharkiv region"] == ("UA", "ADM1")
    assert places["Pokrovsk"] == ("UA", "PPL")
    assert places["Donetsk"][0] == "UA"
    assert places["Washington"] == ("US", "PPLC")
    assert places["Kharkov"] == ("UA", "PPL")
    assert found["Kharkov"].place.name == "Kharkiv"
    assert places["Lugansk People's Republic"][0] == "UA"
    assert not any(name in text for text in found for name in ("Clarke", "Michael", "Sky"))


@pytest.mark.parametrize(
    ("text", "name", "place_id"),
    [
        ("Shelling continued in the Kharkov Region on Sunday.", "Kharkov Region", "geonames:706482"),
        ("Drones were shot down over the Kursk region overnight.", "Kursk region", "geonames:538555"),
        ("The army advanced in the Donetsk region.", "Donetsk region", "geonames:709716"),
        ("Air raid sirens sounded in Kiev at dawn.", "Kiev", "geonames:703448"),
        ("Trains from Lugansk were cancelled.", "Lugansk", "geonames:702658"),
        ("He was born in Paris, Texas, in 1950.", "Paris", "geonames:4717560"),
        ("She moved to Paris, France, in 1950.", "Paris", "geonames:2988507"),
        ("A fire broke out in Alexandria, Louisiana, on Friday.", "Alexandria", "geonames:4314550"),
    ],
)
def test_exonyms_regions_and_pairs(text: str, name: str, place_id: str) -> None:
    places = {mention.text: mention.place and mention.place.place_id for mention in geomap.parse(text)}
    assert places.get(name) == place_id


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict[str, int]]:
    """Build the map of the sample reports as a user does; return it with the numbers of the summary."""
    folder = tmp_path_factory.mktemp("project")
    shutil.copytree(REPORTS, folder / "data" / "reports")
    done = subprocess.run(
        [sys.executable, "-m", "geomap", "build"], cwd=folder, capture_output=True, text=True, check=True
    )
    summary = {
        key: int(value) for key, value in re.findall(r"^(Mentions|Places|Unresolved names): (\d+)", done.stdout, re.M)
    }
    assert re.search(r"^Reports: \d+ read, \d+ new, 0 changed, 0 removed, 0 failed$", done.stdout, re.M)
    return folder / "output" / "map.html", summary


@pytest.mark.browser
def test_the_built_map_opens_without_a_network_and_shows_what_the_summary_said(
    browser: Browser, built: tuple[Path, dict[str, int]]
) -> None:
    path, summary = built
    context = browser.new_context(offline=True, viewport={"width": 1280, "height": 800})
    page = context.new_page()
    trouble: list[str] = []
    page.on("console", lambda message: trouble.append(message.text))
    page.on("pageerror", lambda error: trouble.append(str(error)))
    page.on("request", lambda request: request.url == path.as_uri() or trouble.append(request.url))
    page.goto(path.as_uri())
    page.locator("[data-ready]").wait_for()
    counts = page.evaluate("geomap.counts")
    assert (counts["places"], counts["mentions"]) == (summary["Places"], summary["Mentions"])
    page.get_by_role("combobox", name="Search").fill("Kharkiv")
    page.locator("[role=option]:has-text('Kharkiv')").first.click()
    page.locator(".geomap-panel mark").first.wait_for()
    marks = page.locator(".geomap-panel mark").all_inner_texts()
    assert marks
    assert all(mark.lower().startswith(("kharkiv", "kharkov")) for mark in marks)
    context.close()
    assert trouble == []
