"""What has to hold for any input: fuzzers of both kinds call these, and the tests that keep their seeds."""

# ruff: noqa: E501 - tables, one row a line

from __future__ import annotations

import json
import tempfile
from functools import cache
from pathlib import Path

from geomap.errors import ReportError
from geomap.model import ParsedReport, Report, mention_as_json, mention_from_json
from geomap.pipeline.analyser import Analyser
from geomap.pipeline.backends import DEFAULT_BACKENDS
from geomap.pipeline.parse_stream import Piece, answer, read_line
from geomap.reports import SourceFile, read_file

SUFFIXES = (".txt", ".md", ".html", ".csv", ".tsv", ".json", ".jsonl", ".pdf", ".docx", ".eml", ".rss", ".atom", ".zip")
PIECES = (
    *("Kharkiv", "Kharkov", "Sumy", "Springfield", "Illinois", "New", "York", "Paris", "Texas", "U.S.", "W.Va.", "St.", "Georgia", "Jordan"),
    *("Reading", "Mali", "Russian troops", "Moscow denied", "the Hague", "The", "Mr", "President", "University of", "Lake", "River", "County"),
    *("30 km south of ", "between ", " and ", "near ", "north-east of ", "49.9935, 36.2304", "50°27'N 30°31'E", "36U WV 12345 67890", "37T 404000 5539000"),
    *(" in ", " of ", ", ", ". ", "; ", "'s ", "’s", "(", ")", "\n", "\n\n", "-", "–", " ", "\u00a0", "\u200b", "\u202e", "\ufeff", "\u0301", "İ", "ß", "ﬁ", "🇺🇦"),
    *("Київ", "Москва", "بغداد", "東京", "São Tomé", "O’Neill", "Sana'a", "“", "”", "\0", "\ud800", "\U0010ffff", "1", "7", "°", "′", "N", "E", "km", "%"),
)  # fmt: skip


def check_reader(suffix: str, data: bytes) -> None:
    """Read a file of these bytes: nothing but reports and errors of one line may come, with ids of their own."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"x{suffix}"
        path.write_bytes(data)
        found = list(read_file(SourceFile(path, path.name)))
    ids = [each.id for each in found if isinstance(each, Report)]
    assert len(ids) == len(set(ids))
    for each in found:
        if isinstance(each, Report):
            assert each.text.strip()
            assert len(each.id.splitlines()) == 1
            for value in (each.id, each.text, each.title, each.source, each.date, each.url, each.domain, each.language):
                value.encode()  # the store and the map can hold it
                assert "\0" not in value
        else:
            assert isinstance(each, ReportError)
            assert len(str(each).splitlines()) == 1
    assert found


def check_parse(text: str, **context: str) -> ParsedReport:
    """Find the places of a text: mentions are ordered, do not overlap, and say what stands in the text."""
    parsed = Analyser(DEFAULT_BACKENDS).analyse(Report("x", text, **context))
    end = 0
    for each in parsed.mentions:
        assert end <= each.start < each.end <= len(text), each
        assert text[each.start : each.end] == each.text, each
        assert 0 <= each.confidence <= 1, each
        assert all(0 <= other.confidence <= 1 for other in each.alternatives), each
        if each.place is not None:
            assert -90 <= each.place.latitude <= 90, each
            assert -180 <= each.place.longitude <= 180, each
        assert mention_from_json(json.loads(json.dumps(mention_as_json(each)))).text == each.text
        end = each.end
    return parsed


def check_line(line: bytes) -> None:
    """Answer a line of JSON Lines: one object in ASCII, whatever the line is."""
    body = answer(read_line, Analyser(DEFAULT_BACKENDS).analyse_all, Piece("x.jsonl", 1, line)).body
    assert isinstance(json.loads(body.encode("ascii"))["mentions"], list)


def run_parsers_here() -> None:
    """Let the confined parsers run in this process, where a fuzzer sees what they do; for fuzzers alone."""
    from geomap.config import Limits
    from geomap.errors import MissingPackageError
    from geomap.reports import email_message, pdf, web_page
    from geomap.reports.confined import _answer

    def run(function: str, data: bytes, limits: Limits) -> dict[str, str]:
        answer = _answer(function, data, limits)
        if "missing" in answer:
            raise MissingPackageError(answer["missing"])
        if "error" in answer:
            raise ReportError(answer["error"])
        return dict(json.loads(json.dumps(answer["result"])))

    for module in (email_message, pdf, web_page):
        module.run_confined = run


@cache
def sound_files() -> dict[str, tuple[bytes, ...]]:
    """Return files of every format that are well formed, to be damaged."""
    from document_files import PARAGRAPHS, email_file, feed_file, pdf_file, word_file, zip_file

    text = "---\ntitle: Bridge\ndate: 2025-05-25\ntags: [a, b]\n---\n" + "\n\n".join(PARAGRAPHS)
    headed = "Title: Bridge closed\nDate: May 3, 2025 8:05 a.m. EST\nSource: AP\n\nKYIV, May 3 (AP) - " + PARAGRAPHS[0]
    table = (
        f'id,title,text,date,source,url\n1,A,"{PARAGRAPHS[0]}",05/06/2025,AP,https://a.example/\n2,B,"x ""y""\nz",,,\n'
    )
    rows = [
        {"id": n, "title": "A", "text": text, "date": 1748174414 + n, "source": {"name": "AP"}}
        for n, text in enumerate(PARAGRAPHS)
    ]
    page = f"<html><head><meta charset=utf-8><title>Bridge | Daily Steppe</title></head><body><nav>Menu</nav><article><h1>Bridge</h1><p>{'</p><p>'.join(PARAGRAPHS * 3)}</p></article></body></html>"
    lines = "\n".join(map(json.dumps, rows))
    archive = zip_file(
        {"a/b.txt": headed.encode(), "c.csv": table.encode(), "e.zip": zip_file({"f.md": text.encode()})}
    )
    return {
        ".txt": (headed.encode(), text.encode("utf-16"), "Київ, 3 травня. Дощ у Харкові.".encode("cp1251")),
        ".md": (text.encode(), b"# Title\n\nBody in Sumy."),
        ".html": (page.encode(),),
        ".csv": (table.encode(), b"sep=;\ntext;id\nSumy;1\n"),
        ".tsv": (table.replace(",", "\t").encode(),),
        ".json": (json.dumps(rows).encode(), json.dumps({"articles": rows}).encode()),
        ".jsonl": (lines.encode(), lines.encode("utf-16")),
        ".pdf": (pdf_file(*PARAGRAPHS),),
        ".docx": (word_file(*PARAGRAPHS),),
        ".eml": (email_file(PARAGRAPHS[0], html=f"<p>{PARAGRAPHS[1]}</p>"),),
        ".rss": (feed_file("rss", *PARAGRAPHS),),
        ".atom": (feed_file("atom", *PARAGRAPHS),),
        ".zip": (archive,),
    }
