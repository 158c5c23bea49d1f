"""Places, lists, the reader and doubts, as an analyst goes through them."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from browsing import WORLD, Open, place_names, place_of_map, place_row, report_titles, wait_for

pytestmark = pytest.mark.browser


def test_a_place_shows_its_excerpts_newest_first_with_all_that_belongs_to_them(
    open_file: Open, analysts_map: Path
) -> None:
    page = open_file(analysts_map)
    place_row(page, "Kharkiv").click()
    panel = page.locator(".geomap-panel")
    assert panel.locator("h2").inner_text() == "Kharkiv"
    titles = panel.locator(".geomap-card-title").all_inner_texts()
    assert titles == ["A calm morning", "A convoy", "Strikes on Kharkiv", "Strikes on Kharkiv"][: len(titles)]
    assert panel.locator("mark").first.inner_text() == "Kharkiv"
    strikes = panel.locator("article", has_text="sirens sounded").first
    assert strikes.locator("time").get_attribute("datetime") == "2025-03-03T18:30:00"
    original = strikes.locator("a[target]")
    assert original.get_attribute("href") == "https://example.org/strikes?a=1&b=2"
    assert original.get_attribute("rel") == "noopener noreferrer"
    assert original.inner_text() == "The Made-up Courier"


def test_other_places_of_an_excerpt_are_links_to_them(open_file: Open, analysts_map: Path) -> None:
    page = open_file(analysts_map)
    place_row(page, "Sumy").first.click()
    page.locator(".geomap-panel .geomap-other", has_text=re.compile("^Kharkiv$")).first.click()
    assert page.locator(".geomap-panel h2").inner_text() == "Kharkiv"
    assert page.locator(".leaflet-marker-icon.is-chosen").get_attribute("data-place") == "geonames:706483"


def test_the_title_is_an_excerpt_of_its_own(open_file: Open, analysts_map: Path) -> None:
    page = open_file(analysts_map)
    place_row(page, "Kharkiv").click()
    told = (
        page.locator(".geomap-panel article", has_text="Strikes on Kharkiv").locator(".geomap-quote").all_inner_texts()
    )
    assert told == [
        "Strikes on Kharkiv …",
        "… Air raid sirens sounded in Kharkiv at dusk. Crews worked all night in Kharkiv. …",
    ]


def test_many_excerpts_come_a_page_at_a_time(open_file: Open, analysts_map: Path) -> None:
    page = open_file(analysts_map)
    place_row(page, "Kyiv").click()
    cards = page.locator(".geomap-panel article")
    assert cards.count() == 20
    assert cards.first.locator("time").get_attribute("datetime") == "2025-05-25"
    page.get_by_role("button", name="Show 5 more (5 left)").click()
    assert cards.count() == 25
    assert page.evaluate("document.activeElement.closest('article') !== null")


def test_why_here_tells_evidence_and_alternatives_and_draws_them(open_file: Open, analysts_map: Path) -> None:
    page = open_file(analysts_map)
    place_row(page, "Paris").click()
    why = page.get_by_role("button", name="Why here?")
    assert page.locator(".is-alternative").count() == 0
    why.click()
    reasons = page.locator(".geomap-why").inner_text()
    assert "Texas is named nearby" in reasons
    assert "confidence 40%" in reasons
    assert "Île-de-France, France" in reasons
    assert why.get_attribute("aria-expanded") == "true"
    wait_for(page, lambda: page.locator(".is-alternative").count() > 0)
    page.keyboard.press("Escape")
    assert page.locator(".geomap-why").is_hidden()
    assert page.locator(".is-alternative").count() == 0
    assert page.locator(".geomap-panel h2").inner_text() == "Paris"


def test_a_citation_is_copied(open_file: Open, analysts_map: Path) -> None:
    page = open_file(analysts_map, permissions=["clipboard-read", "clipboard-write"])
    place_row(page, "Sumy").first.click()
    page.locator(".geomap-panel article", has_text="Trains to Sumy").get_by_role("button", name="Copy citation").click()
    page.get_by_text("Copied.").wait_for()
    copied = page.evaluate("navigator.clipboard.readText()")
    assert "Trains to Sumy ran late." in copied
    assert copied.endswith(
        "Strikes on Kharkiv, The Made-up Courier, 3 Mar 2025, 18:30, https://example.org/strikes?a=1&b=2"
    )


def test_a_report_opens_with_all_its_places_and_leads_back(open_file: Open, analysts_map: Path) -> None:
    page = open_file(analysts_map)
    place_row(page, "Sumy").first.click()
    page.locator(".geomap-panel .geomap-card-title a", has_text="Strikes on Kharkiv").click()
    reader = page.locator(".geomap-reader")
    assert reader.locator("h2").inner_text() == "Strikes on Kharkiv"
    assert "In the evening an orchestra played." in reader.inner_text()
    assert reader.locator(".geomap-name").all_inner_texts() == ["Kharkiv", "Kharkiv", "Kharkiv", "Sumy"]
    assert reader.locator(".geomap-name.is-chosen").all_inner_texts() == ["Sumy"]
    reader.locator(".geomap-text .geomap-name", has_text="Kharkiv").first.click()
    assert reader.locator(".geomap-name.is-chosen").count() == 3
    assert "Kharkiv" in reader.locator(".geomap-here").inner_text()
    page.get_by_role("button", name="Back to").click()
    assert page.locator(".geomap-panel h2").inner_text() == "Kharkiv"
    assert reader.count() == 0


def test_reports_are_listed_newest_first_and_read_one_after_the_other(open_file: Open, analysts_map: Path) -> None:
    page = open_file(analysts_map, WORLD)
    page.get_by_role("tab", name="Reports").click()
    titles = report_titles(page)
    assert titles[0] == "brief/25.txt"
    assert titles[-2:] == ["Sumy again", "Rain"]
    page.locator(".geomap-row[data-report='courier/convoy.txt']").click()
    assert page.locator(".geomap-reader h2").inner_text() == "A convoy"
    page.get_by_role("button", name="Next report").click()
    assert page.locator(".geomap-reader h2").inner_text() == "Strikes on Kharkiv"
    assert page.locator(".geomap-row[aria-current='true']").get_attribute("data-report") == "courier/strikes.txt"
    page.locator("#geomap-panel-reports select").select_option("oldest")
    assert report_titles(page)[0] == "Strikes on Kharkiv"
    assert page.locator(".geomap-elsewhere .geomap-row").all_inner_texts()[0].startswith("Nothing")


def test_list_and_map_point_at_each_other(open_file: Open, analysts_map: Path) -> None:
    page = open_file(analysts_map)
    page.locator(".leaflet-marker-icon[data-place='geonames:2460596']").hover()
    wait_for(page, lambda: page.locator(".geomap-row.is-hovered").count() == 1)
    assert page.locator(".geomap-row.is-hovered .geomap-row-name").inner_text() == "Bamako"
    page.locator(".leaflet-marker-icon[data-place='geonames:2460596']").click()
    assert (
        page.locator("#geomap-panel-places .geomap-row[aria-current='true'] .geomap-row-name").inner_text() == "Bamako"
    )
    assert page.locator(".geomap-panel h2").inner_text() == "Bamako"


def test_what_the_map_shows_stands_first_in_the_lists(open_file: Open, analysts_map: Path) -> None:
    page = open_file(analysts_map, "#at=12.6,-8,6.5")
    headings = page.locator("#geomap-panel-places .geomap-row-heading").all_inner_texts()
    assert headings[0].startswith("In the map’s view")
    assert headings[1].startswith("Outside the map’s view")
    assert place_names(page)[0] in ("Bamako", "Mali")
    assert "Kyiv" in place_names(page)
    before = place_names(page)
    place_row(page, "Kyiv").click()  # the map goes there, but the list stays under the reader's hand
    wait_for(page, lambda: place_of_map(page)[0] > 40)
    assert place_names(page) == before
    page.locator(".folium-map").hover()
    page.mouse.wheel(0, -120)
    wait_for(page, lambda: place_names(page)[0] == "Kyiv")


def test_the_lists_follow_the_map_wherever_a_choice_or_a_link_takes_it(open_file: Open, analysts_map: Path) -> None:
    page = open_file(analysts_map, "#at=12.6,-8,6.5")
    assert place_names(page)[0] in ("Bamako", "Mali")
    page.get_by_role("combobox").first.fill("Kyiv")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    wait_for(page, lambda: place_names(page)[0] == "Kyiv")
    page.evaluate("location.hash = '#at=12.6,-8,6.5'")
    wait_for(page, lambda: place_names(page)[0] in ("Bamako", "Mali"))


def test_doubtful_places_and_names_without_a_place_are_listed_with_excerpts(
    open_file: Open, analysts_map: Path
) -> None:
    page = open_file(analysts_map)
    page.get_by_role("tab", name="Doubtful").click()
    doubtful = page.locator(".geomap-doubtful")
    assert doubtful.locator("strong").all_inner_texts() == ["Paris"]
    assert "The fair in Paris opened late." in doubtful.inner_text()
    assert "confidence 40%" in doubtful.inner_text()
    unresolved = page.locator(".geomap-unresolved")
    assert unresolved.locator("strong").all_inner_texts() == ["Zarichkove"]
    assert unresolved.locator("mark").all_inner_texts() == ["Zarichkove"]
    doubtful.locator("strong").click()
    assert page.locator(".geomap-panel h2").inner_text() == "Paris"


def test_text_that_runs_from_the_right_is_shown_from_the_right(open_file: Open, analysts_map: Path) -> None:
    page = open_file(analysts_map)
    place_row(page, "Bamako").click()
    quote = page.locator(".geomap-panel .geomap-quote")
    assert quote.evaluate("quote => getComputedStyle(quote).direction") == "rtl"
    assert page.locator(".geomap-panel h2").evaluate("name => getComputedStyle(name).direction") == "ltr"
