"""Maps whose every field is hostile, and what watches a page that shows them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from geomap.model import Anchor, Candidate, Copy, Mention, ParsedReport, Place, Report
from geomap.rendering.labels import Label

if TYPE_CHECKING:
    from playwright.sync_api import Page

WATCH = (Path(__file__).parent / "watch.js").read_text(encoding="utf-8")
"""Runs before any script of the page: what a payload could call, and what the browser refuses, leaves a trace."""

WALK = (Path(__file__).parent / "walk.js").read_text(encoding="utf-8")
"""Goes through the page as a reader does and returns what it shows."""

GROUP = 20
"""As many excerpts as a place shows at once."""

GATHERED = (10.0, 10.0)
"""Where the places stand that gather reports, latitude first."""

STRIPS = [(-57.5 + 6 * strip, -170.0 + 17 * strip) for strip in range(20)]
"""The middles of the strips in which the other places stand, six of each strip a degree apart."""

_SURROGATE = re.compile("[\ud800-\udfff]")


def as_shown(text: str) -> str:
    """Return what a page can show of a text: what is no Unicode as U+FFFD."""
    return _SURROGATE.sub("\ufffd", text)


def report_id(number: int, payload: str) -> str:
    return f"{number:03} {payload}"


def name_of(payload: str) -> str:
    return payload.strip("\r\n") if payload.strip() else "Place"  # no recognizer lets a name begin with a line break


def sentence(payload: str) -> str:
    return f"Before {name_of(payload)} after. Unknown {name_of(payload)}? too."


def make_reports(payloads: Sequence[str]) -> list[ParsedReport]:
    """Return a report for each payload that holds it wherever a report, a place or a correction has a text.

    A place of its own gathers the reports of each `GROUP` payloads, and a longer report has all of these in its text.
    """
    groups = [payloads[start : start + GROUP] for start in range(0, len(payloads), GROUP)]
    single = [_make_report(number, payload) for number, payload in enumerate(payloads)]
    return single + [_make_long_report(number, group) for number, group in enumerate(groups)]


def _make_report(number: int, payload: str) -> ParsedReport:
    name, text = name_of(payload), sentence(payload)
    place = _make_place(f"user:{number:03} {payload}", name, number, payload)
    anchored = _make_place(f"far:{number:03} {payload}", name, number + 2, payload)
    evidence = (f"corrected by {payload} on {payload}: {payload}", payload)
    others = (Candidate(_make_place(f"other:{number:03} {payload}", payload, number + 1, payload), 0.3),)
    shared: dict[str, Any] = {"evidence": evidence, "corrected": True, "alternatives": others}
    first, second = len("Before "), text.rindex(name)
    after = first + len(name) + 1
    mentions = (
        Mention(
            0, 6, "Before", place=Place(f"group:{number // GROUP}", f"Group {number // GROUP}", *GATHERED), **shared
        ),
        Mention(first, first + len(name), name, place=place, confidence=0.9, **shared),
        Mention(after, after + 5, "after", place=anchored, anchor=Anchor(f"anchor {payload}", 30.0, 90.0), **shared),
        Mention(second, second + len(name), name, evidence=evidence),
    )
    report = Report(report_id(number, payload), text, payload, payload, payload, payload, payload, payload)
    return ParsedReport(report, mentions)


def _make_long_report(number: int, payloads: Sequence[str]) -> ParsedReport:
    text, mentions = "", []
    for row, payload in enumerate(payloads):
        name = name_of(payload)
        start = len(text) + len("Before ")
        place = _make_place(f"user:{number * GROUP + row:03} {payload}", name, number * GROUP + row, payload)
        mentions.append(Mention(start, start + len(name), name, place=place, confidence=0.9))
        text += sentence(payload) + "\n\n"
    copies = tuple(Copy(f"copy {payload}", payload, payload, payload, payload) for payload in payloads)
    return ParsedReport(Report(f"long {number:03}", text, f"Long {number}"), tuple(mentions), copies=copies)


def _make_place(place_id: str, name: str, number: int, payload: str) -> Place:
    latitude, longitude = -60 + number % 120, -170 + 17 * (number // 6 % 20)
    country, feature = payload[:2], payload
    return Place(place_id, name, latitude, longitude, None, country, payload, payload, feature, payload, 10)


def make_labels(payloads: Iterable[str]) -> list[Label]:
    return [
        Label(payload, -60 + number % 120, 0.5 * number % 180, 10**9 - number, "country")
        for number, payload in enumerate(payloads)
    ]


class Watched:
    """What a page did that it must not do: everything that Playwright and the page's own traps see of it."""

    def __init__(self, page: Page, *, allowed: Sequence[str] = ()) -> None:
        self.page = page
        self.seen: list[str] = []
        page.add_init_script(WATCH)
        page.on("console", lambda message: self.seen.append(f"console: {message.text}"))
        page.on("pageerror", lambda error: self.seen.append(f"error: {error}"))
        page.on("dialog", self._dismiss)
        page.on("popup", lambda other: self.seen.append(f"window: {other.url}"))
        page.on("download", lambda download: self.seen.append(f"download: {download.url}"))
        page.on("request", lambda request: self._note(request.url, allowed))

    def _dismiss(self, dialog: Any) -> None:
        self.seen.append(f"dialog: {dialog.message}")
        dialog.dismiss()

    def _note(self, address: str, allowed: Sequence[str]) -> None:
        if not address.startswith((*allowed, "blob:")):
            self.seen.append(f"request: {address}")

    def trouble(self) -> list[str]:
        """Return all that was seen, in words."""
        return self.seen + list(self.page.evaluate("window.trapped"))
