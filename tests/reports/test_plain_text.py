"""Title, date and source are found in plain text as reports really carry them, and nothing is lost from the text."""

# ruff: noqa: E501 - one case a row, as in a table

from __future__ import annotations

import time
from dataclasses import dataclass
from pathlib import Path

import pytest

from geomap.config import USUAL
from geomap.errors import ReportError
from geomap.model import Report
from geomap.reports.plain_text import PlainTextReader

BODY = (
    "Columns of armoured vehicles were seen on the road from Sumy to the border on Sunday morning, residents of three "
    "villages said. The regional administration asked people to stay at home until further notice."
)


@dataclass(frozen=True)
class Case:
    name: str
    text: str
    title: str
    date: str = ""
    source: str = ""
    url: str = ""
    domain: str = ""
    language: str = ""
    body: str | None = None  # the report's text where it is not the file's
    file: str = "field-note_from_sumy.txt"


FILE_TITLE = "field note from sumy"
FIRST_LINE = "date 2025-05-25 Troops mass near the border Sunday, May 25, 2025 12:00:14 PM"

CASES = [
    Case("nothing", BODY, FILE_TITLE),
    Case("first line of the issue", f"{FIRST_LINE}\n{BODY}", "Troops mass near the border", "2025-05-25T12:00:14"),
    Case("the same and blank", f"{FIRST_LINE}\n\n{BODY}", "Troops mass near the border", "2025-05-25T12:00:14"),
    Case("the same in one line", f"{FIRST_LINE} {BODY}", "Troops mass near the border", "2025-05-25T12:00:14"),
    Case("crlf", f"{FIRST_LINE}\r\n{BODY}\r\n", "Troops mass near the border", "2025-05-25T12:00:14"),
    Case("headline", f"Troops mass near the border\n\n{BODY}\n", "Troops mass near the border"),
    Case("headline without a blank line", f"Troops mass near the border\n{BODY}", "Troops mass near the border"),
    Case("headline with abbreviation", f"U.S. troops leave St. Petersburg\n\n{BODY}", "U.S. troops leave St. Petersburg"),
    Case("headline ending in U.S.", f"Refugees reach the U.S.\n\n{BODY}", "Refugees reach the U.S."),
    Case("headline is a question", f"Who holds Pokrovsk?\n\n{BODY}", "Who holds Pokrovsk?"),
    Case("a sentence is no title", f"Troops mass near the border.\n\n{BODY}", FILE_TITLE),
    Case("two sentences are no title", f"Shelling went on. Nobody was hurt in Sumy\n\n{BODY}", FILE_TITLE),
    Case("wrapped prose is no title", "\n".join([BODY[i : i + 70] for i in range(0, len(BODY), 70)]), FILE_TITLE),
    Case("markdown heading", f"# Troops mass near the *border*\n\n{BODY}", "Troops mass near the border", file="a.md"),
    Case("markdown setext", f"Troops mass\n===========\n\n{BODY}", "Troops mass", file="a.md"),
    Case("heading with date", f"# Sitrep Sumy, 25 May 2025\n\n{BODY}", "Sitrep Sumy", "2025-05-25", file="a.md"),
    Case("date ends the headline", f"Bridge closed at Kherson - 25.05.2025\n\n{BODY}", "Bridge closed at Kherson", "2025-05-25"),
    Case("date opens the headline", f"25 May 2025: Bridge closed\n\n{BODY}", "Bridge closed", "2025-05-25"),
    Case("date in brackets", f"Bridge closed (2025-05-25)\n\n{BODY}", "Bridge closed", "2025-05-25"),
    Case("date within the headline", f"The May 3, 2025 attack on Kherson\n\n{BODY}", "The May 3, 2025 attack on Kherson", "2025-05-03"),
    Case("date alone, then headline", f"Sunday, May 25, 2025\nBridge closed\n\n{BODY}", "Bridge closed", "2025-05-25"),
    Case("headline, then date", f"Bridge closed\nSunday, May 25, 2025 9:15 AM\n\n{BODY}", "Bridge closed", "2025-05-25T09:15:00"),
    Case("headline, byline, date", f"Bridge closed\n\nBy Ann Lee\nPublished 25 May 2025\n\n{BODY}", "Bridge closed", "2025-05-25"),
    Case("date opens the prose", f"2025-05-25 {BODY}", FILE_TITLE, "2025-05-25"),
    Case("date within the prose", f"On January 15, 2006, the council announced its formation. {BODY}", FILE_TITLE),
    Case("date ends a sentence", f"The council met on 6 May 2025.\n\n{BODY}", FILE_TITLE),
    Case("dateline with agency", f"KYIV, May 3 (AP) - {BODY}", FILE_TITLE, source="AP"),
    Case("dateline with year", f"KYIV, May 3, 2025 (AP) - {BODY}", FILE_TITLE, "2025-05-03", "AP"),
    Case("dateline, day first", f"MOSCOW, 3 May 2025 (Interfax) – {BODY}", FILE_TITLE, "2025-05-03", "Interfax"),
    Case("dateline, year in file name", f"KYIV, May 3 (AP) - {BODY}", "notes 2025", "2025-05-03", "AP", file="notes-2025.txt"),
    Case("dateline, year in the text", f"KYIV, May 3 (AP) - {BODY} The attack of May 3, 2025 was the worst.", FILE_TITLE, "2025-05-03", "AP"),
    Case("dateline without date", f"BEIRUT (AP) — {BODY}", FILE_TITLE, source="AP"),
    Case("dateline with country", f"KRAMATORSK, Ukraine (AFP) -- {BODY}", FILE_TITLE, source="AFP"),
    Case("agency alone", f"(REUTERS) {BODY}", FILE_TITLE, source="Reuters"),
    Case("agency in a line of its own", f"(REUTERS)\n\n{BODY}", FILE_TITLE, source="Reuters"),
    Case("agency with dash", f"(Reuters) - {BODY}", FILE_TITLE, source="Reuters"),
    Case("agency in slashes", f"MOSCOW, May 3. /TASS/. {BODY}", FILE_TITLE, source="TASS"),
    Case("agency and place in a line of their own", f"Washington (CNN)\n{BODY}", FILE_TITLE, source="CNN"),
    Case("place in title case", f"Kyiv, May 3, 2025 (AP) - {BODY}", FILE_TITLE, "2025-05-03", "AP"),
    Case("an agency within a sentence", f"Troops left Kyiv (AP) on Sunday. {BODY}", FILE_TITLE),
    Case("outlet, published, date", f"Steppe TV Published Saturday, May 31, 2025 1:19PM\n\n{BODY}", FILE_TITLE, "2025-05-31T13:19:00"),
    Case("headline and dateline", f"Bridge closed\n\nKYIV, May 3, 2025 (AP) - {BODY}", "Bridge closed", "2025-05-03", "AP"),
    Case("unknown agency", f"SANAA (Yemen News Agency) - {BODY}", FILE_TITLE, source="Yemen News Agency"),
    Case("a country in brackets", f"GENEVA (Switzerland) - {BODY}", FILE_TITLE),
    Case("brackets in prose", f"Hibhib (Arabic: x, Hibhib Village) is a village in northern Iraq. {BODY}", FILE_TITLE),
    Case("an acronym in prose", f"The Syrian Democratic Forces (SDF) said on Monday that {BODY}", FILE_TITLE),
    Case(
        "header lines",
        f"Title: Bridge closed\nDate: 25 May 2025\nSource: Daily Steppe\nURL: https://www.steppe.example/a?b=1\nLanguage: English\n\n{BODY}",
        "Bridge closed", "2025-05-25", "Daily Steppe", "https://www.steppe.example/a?b=1", "steppe.example", "en",
        f"Bridge closed\n\n{BODY}",
    ),
    Case("header lines, loose", f"SOURCE : Daily Steppe\npublished on:  2025-05-25 10:00\n{BODY}", FILE_TITLE, "2025-05-25T10:00:00", "Daily Steppe", body=BODY),
    Case("header lines in Ukrainian", f"Заголовок: Міст закрито\nДата: 2025-05-12\nДжерело: Степовий кур'єр\n\n{BODY}", "Міст закрито", "2025-05-12", "Степовий кур'єр", body=f"Міст закрито\n\n{BODY}"),
    Case("header lines, bold", f"**Date:** 25 May 2025\n**Source:** Daily Steppe\n\n{BODY}", FILE_TITLE, "2025-05-25", "Daily Steppe", body=BODY),
    Case("header lines after a headline", f"Bridge closed\nSource: Daily Steppe\nDate: 2025-05-25\n\n{BODY}", "Bridge closed", "2025-05-25", "Daily Steppe", body=f"Bridge closed\n\n{BODY}"),
    Case("an unknown header stays", f"Date: 2025-05-25\nLocation: Sumy\nSource: Patrol 4\n\n{BODY}", FILE_TITLE, "2025-05-25", "Patrol 4", body=f"Location: Sumy\n\n{BODY}"),
    Case("a link as source", f"Source: https://steppe.example/a\n\n{BODY}", FILE_TITLE, url="https://steppe.example/a", domain="steppe.example", body=BODY),
    Case("a speaker is no header", f"QUESTION: Did you discuss Aleppo? SECRETARY: We did.\n\n{BODY}", FILE_TITLE),
    Case("front matter", f"---\ntitle: Bridge closed\ndate: 2025-05-25\nsource: Daily Steppe\nlang: en-GB\ntags: [a, b]\n---\n{BODY}", "Bridge closed", "2025-05-25", "Daily Steppe", language="en", body=f"Bridge closed\n\n{BODY}"),
    Case("front matter, quoted", f"---\ntitle: 'Bridge: closed'\ndate: \"2025-05-25T10:00:00+02:00\"\n---\n\n{BODY}", "Bridge: closed", "2025-05-25T10:00:00+02:00", body=f"Bridge: closed\n\n{BODY}"),
    Case("front matter and headline", f"---\ndate: 2025-05-25\ntitle: Bridge closed\n---\n# Bridge closed\n\n{BODY}", "Bridge closed", "2025-05-25", body=f"# Bridge closed\n\n{BODY}", file="a.md"),
    Case("broken front matter", f"---\ntitle: Bridge: closed\ndate: 2025-05-25\n  - [x\n---\n{BODY}", "Bridge: closed", "2025-05-25", body=f"Bridge: closed\n\n{BODY}"),
    Case("a rule is no front matter", f"---\n{BODY}\n---\n{BODY}", FILE_TITLE),
    Case("open front matter", f"---\ntitle Bridge closed {BODY}", FILE_TITLE),
    Case("date in the file name", BODY, "bridge closed", "2025-05-25", file="2025-05-25-bridge_closed.txt"),
    Case("date at the end of the file name", BODY, "bridge closed", "2025-05-25", file="bridge-closed_20250525.txt"),
    Case("nothing but a date in the file name", BODY, "2025-05-25", "2025-05-25", file="2025-05-25.txt"),
    Case("the text's date wins", f"Bridge closed\n25 May 2025\n\n{BODY}", "Bridge closed", "2025-05-25", file="2024-01-01-x.txt"),
]  # fmt: skip


def read(path: Path, text: str) -> Report:
    path.write_bytes(text.encode())
    (report,) = PlainTextReader().read(path, path.name, USUAL)
    assert isinstance(report, Report)
    return report


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_metadata_of_plain_text(case: Case, tmp_path: Path) -> None:
    report = read(tmp_path / case.file, case.text)
    found = (report.title, report.date, report.source, report.url, report.domain, report.language)
    assert found == (case.title, case.date, case.source, case.url, case.domain, case.language)
    assert report.text == (case.text if case.body is None else case.body)
    assert report.id == case.file


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "is empty"),
        (b" \r\n\t\n", "is empty"),
        (b"\xef\xbb\xbf", "is empty"),
        (b"---\ntitle: \n---\n", "is empty"),
        (b"\x00\x01\x02\x03" * 500, "not text"),
        (b"%PDF-1.7\n1 0 obj << /Type /Catalog >> endobj", "not text"),
        (b"PK\x03\x04" + bytes(range(256)) * 9, "not text"),
        (b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 9, "not text"),
        (b"{\\rtf1\\ansi Hello}", "not text"),
    ],
)
def test_what_is_no_report_is_refused_with_the_reason(data: bytes, reason: str, tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(data)
    with pytest.raises(ReportError, match=reason):
        list(PlainTextReader().read(path, "a.txt", USUAL))


def test_a_file_over_the_limit_is_refused_without_being_read(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    with path.open("wb") as stream:
        stream.truncate(5_000_000_000)  # sparse
    with pytest.raises(ReportError, match="10 MB"):
        list(PlainTextReader().read(path, "a.txt", USUAL))


def test_front_matter_of_any_depth_costs_nothing(tmp_path: Path) -> None:
    for matter in ("title: " + "[" * 5000, "title: " + "{a: " * 3000, "- " * 7_000, "\ttitle: " + "[" * 15_000):
        started = time.process_time()
        report = read(tmp_path / "a.txt", f"---\n{matter}\n---\n{BODY}")
        assert BODY in report.text
        assert time.process_time() - started < 1


@pytest.mark.parametrize(
    "matter",
    [
        "a: &b Reuters\nsource: *b",
        "source: &b Reuters",
        "title: *news",
        "tags: [x, &b y]",
        "base: &b {source: Reuters}\n<<: *b",
        "? &b x\n: y",
        "&b title: x",
        "x: {y: [{z: &b 1}]}",
        "&b\ntitle: x",
    ],
)
def test_front_matter_with_anchors_is_refused_with_the_remedy(matter: str, tmp_path: Path) -> None:
    with pytest.raises(ReportError, match=r"has a YAML anchor or alias in its front matter \('(b|news)'\); write its"):
        read(tmp_path / "a.md", f"---\n{matter}\n---\n{BODY}")


@pytest.mark.parametrize("block", ["*Published* in Sumy", "- *a\n- &b c", "*news", "title: *Breaking* news", "a & b"])
def test_words_in_asterisks_are_no_aliases(block: str, tmp_path: Path) -> None:
    report = read(tmp_path / "a.md", f"---\n{block}\n---\n{BODY}")
    assert BODY in report.text
    assert block in report.text or report.title == "*Breaking* news"


@pytest.mark.parametrize(
    ("line", "source", "date"),
    [
        ("source: [Reuters, AP]", "Reuters, AP", ""),
        ("source:\n  - Reuters", "Reuters", ""),
        ("source: {name: Reuters, id: 5}", "Reuters", ""),
        ("source: [[Reuters], {name: AP}]", "", ""),
        ("date: [2025-05-25, 2025-05-26]", "", "2025-05-25"),
        ("date: {published: 2025-05-25}", "", "2025-05-25"),
        ("date: {published: [2025-05-25]}", "", ""),
        ("date: [[2025-05-25]]", "", ""),
        ("date: 20250525", "", "2025-05-25"),
    ],
)
def test_lists_in_front_matter_are_read_but_not_what_is_nested_in_them(
    line: str, source: str, date: str, tmp_path: Path
) -> None:
    report = read(tmp_path / "a.md", f"---\ntitle: Bridge\n{line}\n---\nCalm.")
    assert (report.title, report.source, report.date) == ("Bridge", source, date)


@pytest.mark.parametrize(
    "matter", ['title: "\\UFFFFFFFF"', 'title: "\\U0FFFFFFF"', "%YAML 1." + "9" * 5_000 + "\n--- x"]
)
def test_front_matter_that_no_yaml_is_made_of_costs_nothing(matter: str, tmp_path: Path) -> None:
    assert read(tmp_path / "a.md", f"---\n{matter}\n---\n{BODY}").text.endswith(BODY)


@pytest.mark.parametrize("case", [case for case in CASES if "front matter" in case.name], ids=lambda case: case.name)
def test_front_matter_is_read_alike_without_libyaml(
    case: Case, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delattr("yaml.CBaseLoader", raising=False)
    test_metadata_of_plain_text(case, tmp_path)
