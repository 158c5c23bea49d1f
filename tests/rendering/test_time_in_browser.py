"""The histogram of dates: brush, keys, steps, play, reports without a date."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from browsing import Open, choices, counts, place_names, wait_for

from geomap.model import Mention, ParsedReport, Place, Report
from geomap.rendering.page import write_map

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = pytest.mark.browser


def period(page: Page) -> tuple[str, str]:
    """Return first and last day as the address has them."""
    said = choices(page)
    return said["from"][0], said["to"][0]


def drag(page: Page, start: float, end: float) -> None:
    """Draw a period over a part of the histogram's width."""
    box = page.locator(".geomap-chart").bounding_box()
    assert box is not None
    page.mouse.move(box["x"] + start * box["width"], box["y"] + 20)
    page.mouse.down()
    page.mouse.move(box["x"] + end * box["width"], box["y"] + 20, steps=4)
    page.mouse.up()


def test_a_period_is_drawn_moved_and_taken_away(open_file: Open, analysts_map: Path) -> None:
    page = open_file(analysts_map)
    everything = counts(page)
    drag(page, 0.0, 0.3)
    assert period(page)[0] == "2025-03-03"
    assert "2025-03-20" < period(page)[1] < "2025-04-11"
    assert "Kyiv" not in place_names(page)
    first = period(page)
    drag(page, 0.15, 0.35)
    assert period(page)[0] > first[0]
    page.get_by_role("button", name="All dates").click()
    assert counts(page) == everything
    assert choices(page) == {}


def test_the_limits_move_by_keys_and_say_where_they_are(open_file: Open, analysts_map: Path) -> None:
    page = open_file(analysts_map)
    page.get_by_label("Step", exact=True).select_option("Day")
    first, last = page.get_by_role("slider", name="First day"), page.get_by_role("slider", name="Last day")
    last.focus()
    page.keyboard.press("Home")
    assert period(page) == ("2025-03-03", "2025-03-03")
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowRight")
    assert period(page) == ("2025-03-03", "2025-03-05")
    assert last.get_attribute("aria-valuetext") == "5 Mar 2025"
    first.focus()
    page.keyboard.press("End")
    assert period(page) == ("2025-03-05", "2025-03-05")
    page.get_by_label("Undated (2)").uncheck()
    assert place_names(page) == ["Kharkiv", "Sumy"]


def test_steps_of_day_week_and_month(open_file: Open, analysts_map: Path) -> None:
    page = open_file(analysts_map)
    page.get_by_label("Step", exact=True).select_option("Month")
    page.get_by_role("button", name="Later").click()
    assert period(page) == ("2025-03-01", "2025-03-31")
    page.get_by_role("button", name="Later").click()
    assert period(page) == ("2025-04-01", "2025-04-30")
    page.get_by_role("button", name="Earlier").click()
    assert period(page) == ("2025-03-01", "2025-03-31")
    page.get_by_role("button", name="All dates").click()
    page.get_by_label("Step", exact=True).select_option("Week")
    page.get_by_role("button", name="Later").click()
    assert period(page) == ("2025-03-03", "2025-03-09")


def test_play_goes_on_by_itself_and_stops_at_the_end(open_file: Open, analysts_map: Path) -> None:
    page = open_file(analysts_map)
    page.get_by_label("Step", exact=True).select_option("Month")
    page.get_by_role("button", name="Play").click()
    assert period(page)[0] == "2025-03-01"
    wait_for(page, lambda: period(page)[0] == "2025-05-01")
    page.get_by_role("button", name="Play").wait_for()  # it stopped: the button offers to play again
    assert period(page) == ("2025-05-01", "2025-05-31")


def test_reports_without_a_date_are_counted_shown_and_hidden(open_file: Open, analysts_map: Path) -> None:
    page = open_file(analysts_map)
    assert "2 undated" in page.locator(".geomap-summary").inner_text()
    assert "Mali" in place_names(page)
    page.get_by_label("Undated (2)").uncheck()
    assert "Mali" not in place_names(page)
    assert "undated" not in page.locator(".geomap-summary").inner_text()
    assert choices(page) == {"undated": ["no"]}


def test_a_bar_alone_is_no_wall(open_file: Open, tmp_path: Path) -> None:
    report = Report("a.txt", "Kharkiv waited.", date="2025-03-03")
    mention = Mention(0, 7, "Kharkiv", place=Place("geonames:706483", "Kharkiv", 49.98, 36.25), confidence=0.9)
    write_map([ParsedReport(report, (mention,))], tmp_path / "map.html")
    page = open_file(tmp_path / "map.html")
    box = page.locator(".geomap-bars.is-shown").bounding_box()
    assert box is not None
    assert 10 < box["width"] <= 40
