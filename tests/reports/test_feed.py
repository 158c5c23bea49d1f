"""A feed gives a report for each entry, with what the entry or else the feed states."""

# ruff: noqa: E501 - one case a row, and markup as it stands in files

from __future__ import annotations

from pathlib import Path

import pytest
from document_files import PARAGRAPHS, feed_file

from geomap.errors import ReportError
from geomap.model import Report
from geomap.reports import SourceFile, read_file

CONTENT = f"<p>{PARAGRAPHS[0]}</p><script>Oslo</script><p>Rail &amp; road: {PARAGRAPHS[1]}</p>"


def read(path: Path, data: bytes | str) -> list[Report | ReportError]:
    path.write_bytes(data.encode() if isinstance(data, str) else data)
    return list(read_file(SourceFile(path, path.name)))


def read_reason(path: Path, data: bytes | str) -> str:
    (error,) = read(path, data)
    assert isinstance(error, ReportError)
    assert len(str(error).splitlines()) == 1
    return error.reason


@pytest.mark.parametrize(("form", "name"), [("rss", "a.rss"), ("atom", "a.atom"), ("rss", "a.xml"), ("atom", "a.xml")])
def test_entries_with_what_they_and_the_feed_state(form: str, name: str, tmp_path: Path) -> None:
    first, second = read(tmp_path / name, feed_file(form, CONTENT, "<p>Calm in Sumy.</p>"))
    assert isinstance(first, Report)
    assert isinstance(second, Report)
    assert first.text == f"Story 1\n\n{PARAGRAPHS[0]}\n\nRail & road: {PARAGRAPHS[1]}"
    assert (first.title, first.source, first.language) == ("Story 1", "Daily Steppe", "en")
    assert (first.date, first.url) == ("2025-05-25T12:00:14+00:00", "https://steppe.example/story/1")
    assert first.id == f"{name}#https://steppe.example/1"
    assert second.text == "Story 2\n\nCalm in Sumy."


def test_the_oldest_form_and_xhtml_inside(tmp_path: Path) -> None:
    rdf = (
        '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/" '
        'xmlns:dc="http://purl.org/dc/elements/1.1/"><channel><title>Wire</title></channel><item><title>All calm</title>'
        "<link>https://w.example/1</link><description>Calm in Sumy.</description><dc:date>2025-05-25</dc:date></item>"
        "</rdf:RDF>"
    )
    (report,) = read(tmp_path / "a.rss", rdf)
    assert isinstance(report, Report)
    assert (report.text, report.source, report.date) == ("All calm\n\nCalm in Sumy.", "Wire", "2025-05-25")
    atom = (
        '<feed xmlns="http://www.w3.org/2005/Atom"><title>Wire</title><entry><title>All calm</title><id>1</id>'
        '<content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p>Calm in <b>Sumy</b>.</p></div></content>'
        "<source><title>Reuters</title></source></entry></feed>"
    )
    (report,) = read(tmp_path / "a.atom", atom)
    assert isinstance(report, Report)
    assert (report.text, report.source, report.id) == ("All calm\n\nCalm in Sumy.", "Reuters", "a.atom#1")


def test_a_feed_that_breaks_off_gives_what_came_before_and_one_clear_line(tmp_path: Path) -> None:
    data = feed_file("rss", CONTENT, CONTENT, CONTENT)
    found = read(tmp_path / "a.rss", data[: data.rindex(b"<item>") + 60])
    assert [type(each) for each in found[:2]] == [Report, Report]
    assert isinstance(found[-1], ReportError)
    assert "is broken XML" in found[-1].reason
    assert sum(isinstance(each, ReportError) for each in found) == 1


def test_marks_that_xml_forbids_cost_no_entry(tmp_path: Path) -> None:
    item = "<item><title>A&nbsp;B & C</title><description>Calm in Sumy & Kyiv</description></item>"
    first, *rest = read(tmp_path / "a.rss", f"<rss><channel>{item}</channel></rss>")
    assert isinstance(first, Report)
    assert "Sumy" in first.text
    assert "Kyiv" in first.text
    assert all("is broken XML" in str(error) for error in rest)


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        ("", "is empty"),
        ("hello", "is broken XML"),
        ("\x00\x01" * 50, "is broken XML"),
        ("<html><body/></html>", "is XML, but no RSS or Atom feed"),
        ("<rss><channel/></rss>", "holds no reports: the feed has no entries"),
        ("<rss><channel><item/></channel></rss>", "entry 1 has an empty text"),
    ],
)
def test_a_feed_that_cannot_be_read_is_one_clear_line(data: str, reason: str, tmp_path: Path) -> None:
    assert reason in read_reason(tmp_path / "a.xml", data)
