"""Of a web page the article is read, with what the page says about it, and never its menu."""

# ruff: noqa: E501 - one case a row, as in a table

from __future__ import annotations

from pathlib import Path

import pytest

from geomap.errors import ReportError
from geomap.model import Report
from geomap.reports import SourceFile, read_file

PARAGRAPHS = [
    "Engineers closed the road bridge at Nova Kakhovka on Sunday after a crack was found in one of its pillars.",
    "Traffic is sent over the ferry at Beryslav, where drivers waited for up to four hours, the regional office said.",
    "Repairs will take until the end of June. Buses between Kherson and Melitopol are running on another road.",
]
PAGE = """<!DOCTYPE html><html lang="en"><head><meta charset="{charset}"><title>Bridge closed - Daily Steppe</title>
<meta property="og:title" content="Bridge closed at Nova Kakhovka"><meta property="og:site_name" content="Daily Steppe">
<meta property="article:published_time" content="2025-05-25T12:00:14+03:00">
<link rel="canonical" href="https://www.steppe.example/news/bridge"></head><body>
<nav><ul><li><a href="/">Home</a></li><li><a href="/paris">Paris</a></li><li><a href="/sport">Sport</a></li></ul></nav>
<article><h1>Bridge closed at Nova Kakhovka</h1>{body}</article>
<footer>Contact us in Timbuktu</footer><script>var place = "Oslo";</script></body></html>"""


def read(path: Path, data: bytes) -> Report | ReportError:
    path.write_bytes(data)
    (found,) = read_file(SourceFile(path, path.name))
    return found


def page(charset: str, extra: str = "") -> bytes:
    body = "".join(f"<p>{paragraph}</p>" for paragraph in [*PARAGRAPHS, extra] if paragraph)
    return PAGE.format(charset=charset, body=body).encode(charset)


def test_an_article_with_its_metadata(tmp_path: Path) -> None:
    report = read(tmp_path / "a.html", page("utf-8"))
    assert isinstance(report, Report)
    assert report.title == "Bridge closed at Nova Kakhovka"
    assert report.source == "Daily Steppe"
    assert report.date == "2025-05-25T12:00:14+03:00"
    assert report.url == "https://www.steppe.example/news/bridge"
    assert (report.domain, report.id) == ("steppe.example", "a.html")
    assert report.text.startswith("Bridge closed at Nova Kakhovka\n\nEngineers")
    assert report.text.count("Bridge closed") == 1
    assert all(paragraph in report.text for paragraph in PARAGRAPHS)
    assert not any(word in report.text for word in ("Paris", "Timbuktu", "Oslo"))


def test_the_outlet_in_the_name_of_the_window(tmp_path: Path) -> None:
    html = page("utf-8").replace(b'<meta property="og:site_name" content="Daily Steppe">', b"")
    report = read(
        tmp_path / "a.html", html.replace(b"Bridge closed - Daily", b"Bridge closed at Nova Kakhovka | Daily")
    )
    assert isinstance(report, Report)
    assert (report.title, report.source) == ("Bridge closed at Nova Kakhovka", "Daily Steppe")


def test_the_encoding_that_the_page_declares(tmp_path: Path) -> None:
    report = read(tmp_path / "a.htm", page("windows-1251", "Жители Херсона ждали парома до вечера воскресенья."))
    assert isinstance(report, Report)
    assert "Жители Херсона" in report.text


@pytest.mark.parametrize(
    "html",
    [
        "<html><body><nav>Paris</nav><p>Calm in Sumy.</p></body></html>",
        "<p>Calm in Sumy.</p>",
        "Calm in Sumy.",
        "<html><head><title>x</title></head><body><div id=menu role=navigation>Paris</div><div>Calm in Sumy.</div></body></html>",
    ],
)
def test_a_short_page_gives_its_readable_text(html: str, tmp_path: Path) -> None:
    report = read(tmp_path / "short-note.html", html.encode())
    assert isinstance(report, Report)
    assert "Calm in Sumy." in report.text
    assert "Paris" not in report.text
    assert report.date == ""


@pytest.mark.parametrize("html", ["<html><body><nav>Paris</nav></body></html>", "<html></html>", "<script>1</script>"])
def test_a_page_without_text_is_an_error(html: str, tmp_path: Path) -> None:
    assert isinstance(read(tmp_path / "a.html", html.encode()), ReportError)


def test_a_page_nested_without_end_is_no_disaster(tmp_path: Path) -> None:
    found = read(tmp_path / "a.html", b"<div>" * 50_000 + b"Sumy" + b"</div>" * 50_000)
    assert isinstance(found, Report | ReportError)
