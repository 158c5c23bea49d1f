"""Wrong places are put right on the map, stay so, and come back corrected from the next build."""

from __future__ import annotations

import csv
import io
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from browsing import Open, counts, place_names, place_row, wait_for

from geomap.cli.main import main
from geomap.model import ParsedReport
from geomap.pipeline.build import build
from geomap.rendering.notebook import show_map
from geomap.rendering.page import write_map
from geomap.watching.server import MapServer

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Locator, Page

pytestmark = pytest.mark.browser

REPORTS = {
    "floods.txt": "Floods closed schools in Paris. 🚨 Sirens sounded in Paris at noon. Crews came from Kirkuk.",
    "summit.txt": "The summit in Paris ended late. Delegates flew on to Baghdad, and from Baghdad to Erbil.",
    "camp.txt": "A convoy reached Point Twelve on Monday. Point Twelve lies in the hills beyond Kirkuk.",
}


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """Return a project whose reports geomap itself reads, recognises and resolves."""
    folder = tmp_path / "data" / "reports"
    folder.mkdir(parents=True)
    for name, text in REPORTS.items():
        (folder / name).write_text(text, encoding="utf-8")
    return tmp_path


def form(page: Page) -> Locator:
    """Return the form that corrects."""
    return page.locator(".geomap-correct")


def bar(page: Page) -> Locator:
    """Return the list of corrections that the map was not built with."""
    return page.locator(".geomap-corrections")


def correct(page: Page, choice: str, reach: str = "here") -> None:
    """Fill the form that is open, and send it off."""
    form(page).get_by_role("radio", name=choice).first.check()
    form(page).locator(f"input[value='{reach}']").check()
    form(page).get_by_role("button", name="Correct", exact=True).click()


def open_report(page: Page, report: str) -> None:
    """Open a report in the reader."""
    page.get_by_role("tab", name="Reports").click()
    page.locator(f"#geomap-panel-reports .geomap-row[data-report='{report}']").click()


def select(page: Page, words: str) -> None:
    """Select words in the text of the open report, as the pointer does."""
    page.evaluate(
        """words => {
          const walker = document.createTreeWalker(document.querySelector(".geomap-text"), NodeFilter.SHOW_TEXT);
          while (walker.nextNode()) {
            const node = walker.currentNode;
            const at = node.data.indexOf(words);
            if (at >= 0) return getSelection().setBaseAndExtent(node, at, node, at + words.length);
          }
        }""",
        words,
    )


def download(page: Page) -> bytes:
    """Download the table of corrections."""
    if bar(page).get_by_role("button", name="Show").is_visible():
        bar(page).get_by_role("button", name="Show").click()
    with page.expect_download() as found:
        page.get_by_role("button", name="Download corrections.csv").click()
    assert found.value.suggested_filename == "corrections.csv"
    return Path(found.value.path()).read_bytes()


def shown(page: Page) -> dict[str, tuple[str, str]]:
    """Return by name how often and where each place of the list is."""
    rows = page.locator("#geomap-panel-places .geomap-row").all()
    texts = [row.inner_text().split("\n") for row in rows]
    return {text[0]: (text[1], text[-1]) for text in texts}


def test_a_quiet_name_whose_place_is_corrected_is_a_place_and_the_other_way_round(
    open_file: Open, analysts_map: Path
) -> None:
    page = open_file(analysts_map, "#place=geonames:690791")
    quiet = page.locator(".geomap-marker.is-quiet")
    assert (quiet.count(), counts(page)[2]) == (1, 37)
    page.get_by_role("button", name="Wrong?").click()
    correct(page, "Ukraine")
    wait_for(page, lambda: (quiet.count(), counts(page)[2]) == (0, 38))
    page.goto(page.url.split("#")[0] + "#place=geonames:703448")
    page.locator(".geomap-card").first.get_by_role("button", name="Wrong?").click()
    form(page).get_by_role("checkbox", name="It stands for a government").check()
    correct(page, "Kyiv", "everywhere")
    wait_for(page, lambda: (quiet.count(), counts(page)[2]) == (1, 13))
    assert page.locator(".geomap-marker.is-chosen").all_inner_texts() == [
        ""
    ]  # nothing counts it when it is chosen, either
    rows = csv.DictReader(io.StringIO(download(page).decode("utf-8-sig")))
    assert [(row["name"], row["usage"]) for row in rows] == [("Ukraine said", ""), ("Kyiv", "associative")]


def test_a_nationality_whose_place_is_corrected_stays_on_the_map_without_nationalities(
    open_file: Open, analysts_map: Path
) -> None:
    page = open_file(analysts_map, "#also=demonyms&place=geonames:690791")
    page.locator(".geomap-card", has_text="Ukrainian crews").get_by_role("button", name="Wrong?").click()
    form(page).get_by_role("combobox").select_option("2. Ukrainian")
    correct(page, "Ukraine")
    page.get_by_role("button", name="Remove the filter with nationalities").click()
    wait_for(page, lambda: page.locator(".geomap-chips").is_hidden())
    wait_for(page, lambda: counts(page)[2] == 38)
    assert page.locator(".geomap-tally").inner_text().startswith("1 of 2 mentions · 1 indirect")


def test_from_the_map_to_the_table_to_the_next_build(open_file: Open, project: Path) -> None:
    built = build(jobs=1, project=project)
    page = open_file(built.output)
    assert "France" in shown(page)["Paris"][1]
    everything = counts(page)

    # another place, one of those that were considered
    place_row(page, "Paris").click()
    card = page.locator(".geomap-card", has_text="Floods")
    card.get_by_role("button", name="Wrong?").click()
    assert form(page).get_by_text("everywhere").inner_text() == "everywhere 3"
    correct(page, "Texas", "report")
    assert page.locator(".geomap-panel .geomap-card").count() == 1  # the summit stays in France
    paris = page.locator("#geomap-panel-places .geomap-row", has_text="Texas")
    assert "corrected" in paris.inner_text()
    paris.click()
    assert "Set by hand: 2 mentions." in page.locator(".geomap-panel").inner_text()
    assert page.locator(".geomap-panel mark.is-corrected").count() == 2
    assert counts(page) == (everything[0], everything[1] + 1, everything[2])

    # no place at all, in the reader
    open_report(page, "summit.txt")
    page.locator(".geomap-name", has_text="Baghdad").first.click()
    page.locator(".geomap-here").get_by_role("button", name="Wrong?").click()
    correct(page, "Not a place", "everywhere")
    assert page.locator(".geomap-name", has_text="Baghdad").count() == 0
    page.get_by_role("tab", name="Places").click()
    assert "Baghdad" not in place_names(page)

    # a place that was missed, selected in the text and found on the map
    open_report(page, "camp.txt")
    select(page, "oint Twelv")
    page.get_by_role("button", name=re.compile("Mark .*Point Twelve.* as a place")).click()
    form(page).get_by_role("button", name="On the map").click()
    spot = page.evaluate(
        "(() => { const at = map_geomap.latLngToContainerPoint([35.9, 44.1]); return [at.x, at.y]; })()"
    )
    page.locator("#map_geomap").click(position={"x": spot[0], "y": spot[1]})
    form(page).locator("input[value='everywhere']").check()
    form(page).get_by_label("Note").fill("=the camp")
    form(page).get_by_role("button", name="Correct", exact=True).click()
    assert page.locator(".geomap-name", has_text="Point Twelve").count() == 2
    page.get_by_role("tab", name="Places").click()
    corrected = shown(page)
    assert corrected["Point Twelve"][0] == "2"
    assert "3 corrections" in bar(page).inner_text()
    assert "not saved yet" in bar(page).inner_text()

    page.reload()
    page.locator("[data-ready]").wait_for()
    assert shown(page) == corrected

    table = download(page)
    assert "downloaded" in bar(page).inner_text()
    rows = list(csv.DictReader(io.StringIO(table.decode("utf-8-sig"))))
    assert [(row["name"], row["scope"], row["action"]) for row in rows] == [
        ("Paris", "report:floods.txt", "is"),
        ("Baghdad", "*", "is-not-a-place"),
        ("Point Twelve", "*", "is-a-place"),
    ]
    assert rows[2]["note"] == "'=the camp"
    (project / "downloaded.csv").write_bytes(table)
    assert main(["correct", str(project / "downloaded.csv")], project=project) == 0
    assert "=the camp" in (project / "data" / "corrections.csv").read_text("utf-8-sig")
    build(jobs=1, project=project)

    page.reload()
    page.locator("[data-ready]").wait_for()
    assert bar(page).is_hidden()
    assert page.evaluate("localStorage.length") == 0
    assert shown(page) == corrected
    open_report(page, "camp.txt")
    assert page.locator(".geomap-name mark.is-corrected").all_inner_texts() == ["Point Twelve"] * 2
    assert "set by hand" in (page.locator(".geomap-name", has_text="Point Twelve").first.get_attribute("title") or "")
    page.locator(".geomap-name", has_text="Point Twelve").first.click()
    page.get_by_role("button", name="All its excerpts").click()
    page.get_by_role("button", name="Why here?").first.click()
    assert "Set by hand in corrections.csv." in page.locator(".geomap-why").first.inner_text()
    assert "=the camp" in page.locator(".geomap-why").first.inner_text()


@pytest.fixture
def served(project: Path) -> Iterator[tuple[str, subprocess.Popen[str]]]:
    """Watch and serve the project; return the address of its map."""
    command = [sys.executable, "-u", "-W", "error", "-m", "geomap", "watch", "--serve", "--jobs", "1"]
    with subprocess.Popen(
        command, cwd=project, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
    ) as process:
        try:
            assert process.stdout is not None
            address = next(found[0] for line in process.stdout if (found := re.search(r"http://\S+", line)))
            next(line for line in process.stdout if "Map: " in line)
            yield address, process
        finally:
            process.kill()


def test_a_served_map_saves_at_once_and_shows_the_new_build(
    browser: Browser, served: tuple[str, subprocess.Popen[str]], project: Path
) -> None:
    address, process = served
    problems: list[str] = []
    context = browser.new_context(reduced_motion="reduce", locale="en-GB")
    page = context.new_page()
    page.on("console", lambda message: problems.append(message.text))
    page.on("pageerror", lambda error: problems.append(str(error)))
    page.goto(address)
    wait_for(page, lambda: is_ready(page))
    place_row(page, "Paris").click()
    page.locator(".geomap-card", has_text="Floods").get_by_role("button", name="Wrong?").click()
    correct(page, "Texas", "everywhere")
    corrections = project / "data" / "corrections.csv"
    wait_for(page, lambda: corrections.exists() and "Paris,*,is," in corrections.read_text("utf-8-sig"))
    # the page has reloaded itself, and the map says it by itself now
    wait_for(page, lambda: is_ready(page) and bar(page).is_hidden() and page.evaluate("localStorage.length") == 0)
    assert "Texas" in shown(page)["Paris"][1]
    assert shown(page)["Paris"][0] == "3"
    assert problems == []

    process.kill()
    process.wait()
    place_row(page, "Kirkuk").click()
    page.get_by_role("button", name="Wrong?").first.click()
    correct(page, "Not a place")
    wait_for(page, lambda: "Not saved: geomap watch does not answer." in bar(page).inner_text())
    assert b"Kirkuk" in download(page)
    context.close()


def is_ready(page: Page) -> bool:
    """Tell whether the map is drawn; False while it is just reloading."""
    from playwright.sync_api import Error

    try:
        return bool(page.evaluate("document.querySelector('[data-ready]') !== null"))
    except Error:
        return False


def test_what_the_server_refuses_is_told_and_kept(browser: Browser, analysts_map: Path) -> None:
    from geomap.errors import UsageError

    def refuse(_table: bytes) -> str:
        raise UsageError("the table is open in another program")

    with MapServer(actions={"corrections": refuse}) as server:
        server.show(analysts_map.read_bytes())
        context = browser.new_context(reduced_motion="reduce", locale="en-GB")
        page = context.new_page()
        page.goto(server.url + "#place=geonames:4717560")
        wait_for(page, lambda: is_ready(page))
        page.get_by_role("button", name="Wrong?").click()
        correct(page, "Île-de-France")
        wait_for(page, lambda: "Not saved: the table is open in another program" in bar(page).inner_text())
        bar(page).get_by_role("button", name="Show").click()
        server.actions["corrections"] = lambda _table: '{"problems": []}'
        bar(page).get_by_role("button", name="Try again").click()
        wait_for(page, lambda: "the map is being built again" in bar(page).inner_text())
        context.close()


def test_each_correction_can_be_undone(open_file: Open, analysts_map: Path) -> None:
    page = open_file(analysts_map)
    before = counts(page)
    for name, choice in (("Paris", "Île-de-France"), ("São Tomé", "Not a place"), ("Kyiv", "Not a place")):
        place_row(page, name).click()
        page.locator(".geomap-panel").get_by_role("button", name="Wrong?").first.click()
        correct(page, choice, "everywhere")
    assert counts(page) == (before[0] - 25, before[1] - 2, before[2] - 26)
    assert place_row(page, "Kyiv").count() == 0
    bar(page).get_by_role("button", name="Show").click()
    bar(page).get_by_role("button", name=re.compile("Undo: .*Kyiv")).click()
    assert place_row(page, "Kyiv").count() == 1
    assert "2 corrections" in bar(page).inner_text()
    bar(page).get_by_role("button", name="Undo all").click()
    assert bar(page).is_hidden()
    assert counts(page) == before
    assert page.evaluate("localStorage.length") == 0


def test_facets_markers_and_doubts_follow_a_correction(open_file: Open, analysts_map: Path) -> None:
    page = open_file(analysts_map, "#tab=doubt&at=48,2,4")
    doubtful = page.locator(".geomap-doubtful", has_text="Paris")
    doubtful.get_by_role("button", name="Wrong?").click()
    correct(page, "Île-de-France")
    assert doubtful.count() == 0
    marker = page.locator(".geomap-marker[data-place='geonames:2988507']")
    wait_for(page, lambda: marker.count() == 1)
    assert "is-corrected" in (marker.get_attribute("class") or "")
    page.get_by_role("button", name="Filters").click()
    assert page.get_by_role("checkbox", name="France").count() == 1
    assert page.get_by_role("checkbox", name="United States").count() == 0


def test_a_name_without_a_place_gets_one_by_search_and_by_keys_alone(open_file: Open, analysts_map: Path) -> None:
    page = open_file(analysts_map, "#tab=doubt")
    page.locator(".geomap-unresolved").get_by_role("button", name="Where is it?").focus()
    page.keyboard.press("Enter")
    form(page).get_by_label("Another place").focus()
    page.keyboard.type("sumy")
    form(page).get_by_text("Sumy", exact=True).wait_for()
    page.keyboard.press("Enter")  # chooses what was found first
    page.keyboard.press("Enter")
    wait_for(page, lambda: page.locator(".geomap-unresolved").count() == 0)
    page.get_by_role("tab", name="Places").click()
    assert shown(page)["Sumy"][0] in ("1", "3")
    assert (
        page.locator(
            "#geomap-panel-places .geomap-row[data-place='geonames:692194'] .geomap-row-count"
        ).first.inner_text()
        == "3"
    )


def test_a_name_that_was_missed_can_be_typed_and_left_to_the_build(open_file: Open, analysts_map: Path) -> None:
    page = open_file(analysts_map, "#report=daily/fair.txt")
    missed = page.locator(".geomap-missed")
    missed.get_by_label("Name that was missed").fill("Paris")
    missed.get_by_role("button", name="Find").click()
    assert "no such name that is not marked already" in missed.inner_text()
    missed.get_by_label("Name that was missed").fill("fair")
    missed.get_by_role("button", name="Find").click()
    correct(page, "A place that geomap is to find")
    assert page.locator(".geomap-text mark.is-unresolved.is-corrected").all_inner_texts() == ["fair"]


def test_escape_leaves_the_map_click_then_the_form_then_the_panel(open_file: Open, analysts_map: Path) -> None:
    page = open_file(analysts_map, "#place=geonames:4717560")
    page.get_by_role("button", name="Wrong?").click()
    form(page).get_by_role("button", name="On the map").click()
    assert page.locator(".geomap-picking").is_visible()
    page.keyboard.press("Escape")
    assert page.locator(".geomap-picking").is_hidden()
    assert form(page).is_visible()
    page.keyboard.press("Escape")
    assert form(page).count() == 0
    assert page.evaluate("document.activeElement.textContent") == "Wrong?"
    page.keyboard.press("Escape")
    assert page.locator(".geomap-panel").is_hidden()


def test_a_marker_answers_where_the_map_is_asked(open_file: Open, analysts_map: Path) -> None:
    page = open_file(analysts_map, "#place=geonames:4717560&at=12,-8,5")
    page.get_by_role("button", name="Wrong?").click()
    page.evaluate("map_geomap.setView([12, -8], 5, {animate: false})")
    form(page).get_by_role("button", name="On the map").click()
    page.locator(".geomap-marker[data-place='geonames:2460596']").click()
    assert form(page).get_by_role("radio", name="Bamako").is_checked()
    form(page).get_by_role("button", name="Correct", exact=True).click()
    assert page.locator(".geomap-panel h2").inner_text() == "Bamako"


HOSTILE: tuple[Any, ...] = (
    "[",
    '[{"name": "Paris"}]',
    '[{"name":"Paris","action":"is","reach":"everywhere","report":"","start":-1,"note":"","date":"","progress":"new",'
    '"target":{"placeId":"x:<img src=x onerror=alert(1)>","name":"<img src=x onerror=alert(1)>","latitude":1,'
    '"longitude":2,"country":"","admin1":"</script>","feature":"<b>"}}]',
)


@pytest.mark.parametrize("stored", HOSTILE, ids=["broken", "half", "markup"])
def test_what_others_have_stored_harms_nothing(open_file: Open, analysts_map: Path, stored: str) -> None:
    page = open_file(analysts_map)
    page.evaluate("stored => localStorage.setItem('geomap corrections ' + location.pathname, stored)", stored)
    page.reload()
    page.locator("[data-ready]").wait_for()
    assert counts(page)[2] == 37
    assert page.locator("img").count() == 0


def test_two_maps_do_not_mix(open_file: Open, analysts_map: Path, tmp_path: Path) -> None:
    page = open_file(analysts_map, "#place=geonames:4717560")
    page.get_by_role("button", name="Wrong?").click()
    correct(page, "Not a place", "everywhere")
    (tmp_path / "other.html").write_bytes(analysts_map.read_bytes())
    page.context.set_offline(False)
    other = page.context.new_page()
    other.goto((tmp_path / "other.html").as_uri())
    other.locator("[data-ready]").wait_for()
    assert bar(other).is_hidden()
    assert place_row(other, "Paris").count() == 1


def test_in_a_notebook_nothing_is_kept_and_that_is_said(browser: Browser, analysts_map: Path, tmp_path: Path) -> None:
    (tmp_path / "notebook.html").write_text(f"<!doctype html>{show_map(analysts_map)}", encoding="utf-8")
    context = browser.new_context(locale="en-GB", reduced_motion="reduce")
    page = context.new_page()
    page.goto((tmp_path / "notebook.html").as_uri())
    frame = page.frame_locator("iframe")
    frame.locator("[data-ready]").wait_for()
    frame.get_by_role("tab", name="Doubtful").click()
    frame.get_by_role("button", name="Wrong?").first.click()
    frame.get_by_role("radio", name="Not a place").check()
    frame.get_by_role("button", name="Correct", exact=True).click()
    frame.locator(".geomap-corrections").get_by_role("button", name="Show").click()
    assert "This browser keeps nothing" in frame.locator(".geomap-corrections").inner_text()
    with page.expect_download() as found:
        frame.get_by_role("button", name="Download corrections.csv").click()
    assert b"is-not-a-place" in Path(found.value.path()).read_bytes()
    context.close()


def test_in_shards_a_correction_reaches_what_is_loaded_and_says_so(
    open_file: Open, analysts_reports: list[ParsedReport], tmp_path: Path
) -> None:
    write_map(analysts_reports, tmp_path / "map.html", inline_excerpts=5)
    page = open_file(tmp_path / "map.html", "#place=geonames:703448")
    page.locator(".geomap-panel mark").first.wait_for()
    page.get_by_role("button", name="Wrong?").first.click()
    correct(page, "Not a place", "everywhere")
    assert place_row(page, "Kyiv").count() == 0  # one shard holds them all
    page.reload()
    page.locator("[data-ready]").wait_for()
    page.get_by_role("tab", name="Reports").click()
    page.locator("#geomap-panel-reports .geomap-row[data-report='undated.txt']").click()
    wait_for(page, lambda: page.locator(".geomap-text").count() == 1)
    page.get_by_role("tab", name="Places").click()
    wait_for(page, lambda: place_row(page, "Kyiv").count() == 0)
