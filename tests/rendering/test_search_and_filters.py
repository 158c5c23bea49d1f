"""Search, suggestions, facets, and what they leave."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from browsing import Open, choices, counts, place_names, search, wait_for

if TYPE_CHECKING:
    from playwright.sync_api import Locator, Page

pytestmark = pytest.mark.browser


def test_search_finds_words_of_excerpts_titles_and_places(open_file: Open, analysts_map: Path) -> None:
    page = open_file(analysts_map)
    for words, places in [
        ("sao tome", ["Paris", "São Tomé"]),  # accents folded, in the excerpt of its neighbour too
        ("KHARKÍV calm", ["Kharkiv", "Ukraine"]),  # all words, in excerpt or title; quiet marks too
        ('"drivers had come"', ["Kharkiv", "Sumy"]),  # words that stand together
        ('"come had drivers"', []),
        ("courier convoy zebra", []),
    ]:
        search(page, words, until=lambda words=words: choices(page).get("q") == [words])
        assert sorted(place_names(page)) == places
    assert "Nothing matches" in page.locator("#geomap-panel-places").inner_text()


def test_reports_that_hold_the_words_away_from_any_place_are_named(open_file: Open, analysts_map: Path) -> None:
    page = open_file(analysts_map, "#tab=reports&q=orchestra")
    assert page.locator("#geomap-panel-reports > .geomap-row-list .geomap-row").count() == 0
    elsewhere = page.locator(".geomap-elsewhere")
    assert "away from any place" in elsewhere.inner_text()
    elsewhere.locator(".geomap-row", has_text="Strikes on Kharkiv").click()
    assert page.locator(".geomap-reader .geomap-hit").inner_text() == "orchestra"


def test_suggestions_lead_to_a_place_by_keys_alone(open_file: Open, analysts_map: Path) -> None:
    page = open_file(analysts_map)
    page.keyboard.press("/")
    page.keyboard.type("kha")
    field = page.get_by_role("combobox", name="Search")
    page.get_by_role("option", name="Kharkiv").wait_for()
    assert field.get_attribute("aria-expanded") == "true"
    page.keyboard.press("ArrowDown")
    assert page.get_by_role("option", selected=True).locator(".geomap-row-name").inner_text() == "Kharkiv"
    page.keyboard.press("Enter")
    assert page.locator(".geomap-panel h2").inner_text() == "Kharkiv"
    assert field.input_value() == ""
    assert choices(page) == {"place": ["geonames:706483"]}


def test_escape_closes_suggestions_then_empties_the_field(open_file: Open, analysts_map: Path) -> None:
    page = open_file(analysts_map)
    everything = counts(page)
    page.keyboard.press("/")
    page.keyboard.type("kha")
    page.get_by_role("option", name="Kharkiv").wait_for()
    page.keyboard.press("Escape")
    assert page.get_by_role("listbox").is_hidden()
    wait_for(page, lambda: counts(page) != everything)
    page.keyboard.press("Escape")
    wait_for(page, lambda: counts(page) == everything)


def facet(page: Page, title: str) -> Locator:
    """Return a group of filters."""
    return page.locator(".geomap-facet", has=page.locator(f"legend:text-is('{title}')"))


def values(group: Locator) -> dict[str, str]:
    """Return a group's values with their counts."""
    names = group.locator(".geomap-facet-name").all_inner_texts()
    return dict(zip(names, group.locator(".geomap-row-count").all_inner_texts(), strict=True))


def test_facets_count_under_the_other_filters(open_file: Open, analysts_map: Path) -> None:
    page = open_file(analysts_map)
    page.get_by_role("button", name="Filters").click()
    assert values(facet(page, "Country")) == {
        "Ukraine": "33",
        "Mali": "2",
        "United States": "1",
        "São Tomé & Príncipe": "1",
    }
    facet(page, "Source").get_by_role("checkbox", name="The Made-up Courier").check()
    assert values(facet(page, "Country")) == {"Ukraine": "7"}
    assert values(facet(page, "Source"))["Brief Wire"] == "25"  # a facet's own choice leaves its other counts alone
    facet(page, "Source").get_by_role("checkbox", name="Daily Invention").check()
    assert values(facet(page, "Country")) == {"Ukraine": "8", "São Tomé & Príncipe": "1", "United States": "1"}
    facet(page, "Kind of place").get_by_role("checkbox", name="capital").check()
    assert place_names(page) == ["São Tomé"]
    page.get_by_role("button", name="Remove the filter capital").click()
    assert "Kharkiv" in place_names(page)
    page.get_by_role("button", name="Clear all").click()
    assert choices(page) == {}
    assert page.locator(".geomap-chips").is_hidden()


def test_confidence_and_usage(open_file: Open, analysts_map: Path) -> None:
    page = open_file(analysts_map)
    page.get_by_role("button", name="Filters").click()
    assert values(facet(page, "Confidence")) == {"All": "37", "At least 50%": "36", "At least 80%": "34"}
    page.get_by_role("radio", name="At least 50%").check()
    assert "Paris" not in place_names(page)
    facet(page, "Confidence").get_by_role("radio", name="All").check()
    quiet = page.locator(".geomap-row[data-place='geonames:690791']")
    assert quiet.locator(".geomap-row-count").count() == 0  # "Ukraine said" is a quiet mark, "Ukrainian crews" are off
    page.get_by_role("combobox", name="Surely stand for a government").select_option("as places")
    assert quiet.locator(".geomap-row-count").inner_text() == "1"
    page.get_by_role("checkbox", name="Peoples and nationalities").check()
    assert quiet.locator(".geomap-row-count").inner_text() == "2"
    assert choices(page) == {"also": ["associative", "demonyms"]}


def test_what_surely_stands_for_a_government_is_a_quiet_mark_that_can_be_hidden_or_raised(
    open_file: Open, analysts_map: Path
) -> None:
    page = open_file(analysts_map)
    mark, pins = page.locator(".geomap-marker.is-quiet"), page.locator("#map, .leaflet-container").first
    assert counts(page) == (32, 9, 37)
    assert page.locator(".geomap-summary").inner_text().count("1 indirect") == 1
    assert mark.count() == 1
    assert mark.inner_text() == ""
    assert pins.get_attribute("data-areas") == "1"  # Mali; Ukraine is no area as long as nothing need happen there
    mark.click()
    assert page.locator(".geomap-panel h2").inner_text() == "Ukraine"
    assert page.locator(".geomap-tally").inner_text().startswith("0 of 2 mentions · 1 indirect · 1 excerpt")
    page.keyboard.press("Escape")
    page.get_by_role("button", name="Filters").click()
    choice = page.get_by_role("combobox", name="Surely stand for a government")
    choice.select_option("hidden")
    wait_for(page, lambda: mark.count() == 0)
    assert counts(page) == (32, 8, 37)
    page.get_by_role("button", name="Remove the filter without indirect names").click()
    wait_for(page, lambda: mark.count() == 1)
    choice.select_option("as places")
    wait_for(page, lambda: mark.count() == 0)
    assert counts(page) == (32, 9, 38)
    assert pins.get_attribute("data-areas") == "2"


def test_what_is_named_quietly_alone_can_be_chosen_in_a_filter(open_file: Open, analysts_map: Path) -> None:
    page = open_file(analysts_map, "#q=kharkiv+calm")
    page.get_by_role("button", name="Filters").click()
    assert values(facet(page, "Kind of place")) == {"city": "1", "country": "0"}
    facet(page, "Kind of place").get_by_role("checkbox", name="country").check()
    wait_for(page, lambda: place_names(page) == ["Ukraine"])


def test_search_and_filters_also_hold_for_doubts_and_the_open_place(open_file: Open, analysts_map: Path) -> None:
    page = open_file(analysts_map, "#place=geonames:706483&tab=doubt")
    search(page, "convoy", until=lambda: choices(page).get("q") == ["convoy"])
    assert page.locator(".geomap-panel .geomap-card-title").all_inner_texts() == ["A convoy"]
    assert "1 of 5 mentions" in page.locator(".geomap-tally").inner_text()
    assert page.locator(".geomap-hit").first.inner_text() == "convoy"
    assert page.locator(".geomap-unresolved").count() == 0
    assert page.get_by_text("Nothing doubtful under these filters.").count() == 1


def test_a_place_that_the_filters_hide_says_so(open_file: Open, analysts_map: Path) -> None:
    page = open_file(analysts_map, "#place=geonames:706483&source=Brief+Wire")
    assert "hide every mention" in page.locator(".geomap-tally").inner_text()


def test_the_summary_tells_the_days_of_what_is_shown_and_nothing_is_ordered_that_is_one(
    open_file: Open, analysts_map: Path
) -> None:
    page = open_file(analysts_map)
    order = page.locator("#geomap-panel-places .geomap-order")
    assert order.is_visible()
    search(page, "bamako", until=lambda: place_names(page) == ["Bamako"])
    line = page.locator(".geomap-summary").inner_text()
    assert line.endswith("15 Apr 2025")
    assert "3 Mar" not in line
    assert "undated" not in line
    assert order.is_hidden()
