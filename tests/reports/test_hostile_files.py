"""Files that were made to hurt cost bounded time and memory, and one clear line."""

# ruff: noqa: E501 - one case a row, and markup as it stands in files

from __future__ import annotations

import io
import os
import subprocess
import sys
import time
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from document_files import pdf_file, word_file, zip_file
from marking import slow_but_first
from waiting import is_running, wait_for

from geomap.config import USUAL, Limits
from geomap.errors import ReportError
from geomap.model import Report
from geomap.reports import SourceFile, find_files, read_file
from geomap.reports.confinement import run_confined

pytestmark = pytest.mark.slow

POSIX = pytest.mark.skipif(sys.platform == "win32", reason="names and limits of POSIX")
ENTITIES = "".join(
    f'<!ENTITY {after} "{10 * f"&{before};"}">' for before, after in zip("abcdefghi", "bcdefghij", strict=True)
)
LAUGHS = f'<!DOCTYPE x [<!ENTITY a "ha">{ENTITIES}]>'


@pytest.fixture(autouse=True)
def _bounded() -> Iterator[None]:
    started = time.process_time()  # the confined process has a limit of its own
    yield
    assert time.process_time() - started < 10


def read(path: Path, data: bytes | str) -> list[Report | ReportError]:
    path.write_bytes(data.encode() if isinstance(data, str) else data)
    found = list(read_file(SourceFile(path, path.name)))
    assert all(len(str(each).splitlines()) == 1 for each in found if isinstance(each, ReportError))
    return found


def replace_part(document: bytes, part: str, content: str) -> bytes:
    with zipfile.ZipFile(io.BytesIO(document)) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    return zip_file(members | {part: content.encode()})


# Tables and JSON


@pytest.mark.parametrize(
    "value",
    [
        "[" * 900 + "]" * 900,
        '{"a":' * 900 + "1" + "}" * 900,
        pytest.param("[" + "[]," * 1_000_000 + "[]]", marks=pytest.mark.slow),
        '{"name": ' + "9" * 4_300 + "}",
        '["' + "\U000e0041" * 1_000_000 + '"]',
        "9" * 4_300,
        "1e999",
        "-1e308",
        "NaN",
        '{"name": {"name": {"name": "x"}}}',
        "[[1748174414]]",
    ],
    ids=["lists", "objects", "wide", "number", "text", "digits", "infinite", "large", "nan", "names", "nested"],
)
def test_fields_that_are_no_texts_cost_no_more_than_their_line(value: str, tmp_path: Path) -> None:
    fields = ", ".join(f'"{name}": {value}' for name in ("title", "date", "source", "url", "language", "domain", "id"))
    if len(fields) < USUAL.report_bytes:
        found = read(tmp_path / "a.jsonl", f'{{"text": "Calm in Sumy.", {fields}}}\n{{"text": "Rain in Kirkuk."}}')
        assert [type(each) for each in found] == [Report, Report]
    for name in ("title", "date", "source"):
        started = time.process_time()
        found = read(tmp_path / "a.jsonl", f'{{"text": "Calm in Sumy.", "{name}": {value}}}\n{{"text": "Rain."}}')
        assert [type(each) for each in found] == [Report, Report]
        assert time.process_time() - started < 5
        assert all(not each.date for each in found if isinstance(each, Report))


@pytest.mark.parametrize("value", ["[" * 100_000, "9" * 100_001, "-" + "9" * 100_001], ids=lambda value: value[:2])
def test_a_line_that_json_cannot_hold_costs_that_line_alone(value: str, tmp_path: Path) -> None:
    error, report = read(tmp_path / "a.jsonl", f'{{"text": "Calm.", "date": {value}}}\n{{"text": "Rain."}}')
    assert "nested too deeply, or a number too long" in str(error)
    assert isinstance(report, Report)


@pytest.mark.parametrize("value", ["1", "[{}]"])
def test_keys_of_json_do_not_forge_lines(value: str, tmp_path: Path) -> None:
    names = r"a\nfailed: b.txt", r"c\u0085\u2028d", r"\ud800\u0000", "e" * 1_000_000
    (error,) = read(tmp_path / "a.json", "{" + ", ".join(f'"{name}": {value}' for name in names) + "}")
    assert "a failed: b.txt" in str(error)
    assert len(str(error)) < 500
    str(error).encode()


@pytest.mark.parametrize("piece", slow_but_first(["[]", '{"":1}', "1.5", '"ab"', "[[],[]]"]))
def test_json_of_millions_of_values_is_refused_before_it_is_held(piece: str, tmp_path: Path) -> None:
    (error,) = read(tmp_path / "a.json", f'[{{"text": "Calm.", "x": [{",".join([piece] * 5_000_000)}]}}]')
    assert "more than 5,000,000 values; save it as JSON Lines" in str(error)


@pytest.mark.slow
def test_rows_of_a_table_cost_their_own_cells_however_many_columns_there_are(tmp_path: Path) -> None:
    columns = ",".join(f"c{number},t{'-' * (number % 50)}itle{'_' * (number // 50)}" for number in range(1_000))
    rows = "".join(f"Calm in Sumy {number}.,2025-05-25\n" for number in range(3_000))
    for names in (columns, ",".join(f"c{number}" for number in range(50_000))):
        found = read(tmp_path / "a.csv", f"text,date,{names}\n{rows}")
        assert [each.date for each in found if isinstance(each, Report)] == ["2025-05-25"] * 3_000


# XML


_ATTRIBUTE = 'a{}="x"'


@pytest.mark.parametrize("name", slow_but_first("title pubDate guid link description source language dc:date".split()))
def test_fields_of_feeds_are_bounded(name: str, tmp_path: Path) -> None:
    entry = "<item><title>Bridge</title><description>Calm in Sumy.</description>%s</item>"
    for field in (
        f"<{name}>{'x' * 3_000_000}</{name}>",
        f"<{name}>{'&lt;b&gt;' * 300_000}</{name}>",
        f"<{name}>{'<b>' * 200}{'</b>' * 200}</{name}>",
        f"<{name}>{'<b/>' * 50_000}</{name}>",
        f'<{name} href="{"x" * 3_000_000}"/>',
        f"<{name} {' '.join(map(_ATTRIBUTE.format, range(50_000)))}/>",
        f"<{name}>&j;</{name}>",
        f'<{name} href="&j;"/>',
    ):
        head = LAUGHS if "&j;" in field else ""
        found = read(tmp_path / "a.rss", f"{head}<rss><channel>{field}{entry % field}</channel></rss>")
        for each in found:
            if isinstance(each, Report):
                assert max(map(len, (each.id, each.title, each.source, each.date, each.url, each.language))) < 1_000


def test_entities_are_not_expanded(tmp_path: Path) -> None:
    found = read(
        tmp_path / "a.rss",
        f"{LAUGHS}<rss><channel><item><title>x</title><description>&j;</description></item></channel></rss>",
    )
    assert sum(len(each.text) for each in found if isinstance(each, Report)) < 100
    text = '<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:p><w:t>Sumy &j;</w:t></w:p></w:document>'
    found = read(tmp_path / "a.docx", replace_part(word_file("x"), "word/document.xml", LAUGHS + text))
    assert sum(len(each.text) for each in found if isinstance(each, Report)) < 100


@pytest.mark.parametrize("address", ["file:///etc/hostname", "secret.txt", "http://127.0.0.1:9/x"])
def test_nothing_outside_is_fetched(address: str, tmp_path: Path) -> None:
    (tmp_path / "secret.txt").write_text("SECRET")
    for head in (
        f'<!DOCTYPE rss [<!ENTITY e SYSTEM "{address}">]>',
        f'<!DOCTYPE rss SYSTEM "{address}">',
        f'<!DOCTYPE rss [<!ENTITY % p SYSTEM "{address}"> %p;]>',
        f'<?xml-stylesheet href="{address}"?>',
    ):
        body = f'<rss><channel><item><title>x &e;</title><description xmlns:xi="http://www.w3.org/2001/XInclude"><xi:include href="{address}" parse="text"/>Calm</description></item></channel></rss>'
        found = read(tmp_path / "a.rss", head + body)
        hostname = Path("/etc/hostname").read_text().strip() if Path("/etc/hostname").exists() else "SECRET"
        texts = " ".join(str(each) for each in found)
        assert "SECRET" not in texts
        assert hostname not in texts


def test_nesting_without_end(tmp_path: Path) -> None:
    deep = "<a>" * 100_000
    (error,) = read(tmp_path / "a.rss", f"<rss><channel><item>{deep}")
    assert "is broken XML" in str(error)
    (error,) = read(tmp_path / "a.docx", replace_part(word_file("x"), "word/document.xml", f"<w>{deep}"))
    assert isinstance(error, ReportError)
    found = read(
        tmp_path / "b.rss",
        "<rss><channel><item><description>" + "&lt;div&gt;" * 100_000 + "Sumy</description></item></channel></rss>",
    )
    assert len(found) == 1


@pytest.mark.slow
def test_an_entry_of_millions_of_elements(tmp_path: Path) -> None:
    (error,) = read(tmp_path / "a.rss", "<rss><channel><item>" + "<a/>" * 300_000 + "</item></channel></rss>")
    assert "more than 100,000 elements" in str(error)


def test_an_endless_text_in_xml(tmp_path: Path) -> None:
    found = read(tmp_path / "a.rss", "<rss><channel><item><title>x</title><description>" + "a" * 12_000_000)
    assert [each for each in found if isinstance(each, ReportError)]


# Word


def test_a_word_document_that_unpacks_to_gigabytes(tmp_path: Path) -> None:
    (error,) = read(tmp_path / "a.docx", replace_part(word_file("x"), "word/document.xml", "<w>" + " " * 20_000_000))
    assert "100 times its size" in str(error)


def test_a_word_document_whose_parts_lead_in_a_ring(tmp_path: Path) -> None:
    ring = '<Relationships><Relationship Type="x/officeDocument" Target="../../_rels/.rels"/></Relationships>'
    (found,) = read(tmp_path / "a.docx", replace_part(word_file("x"), "_rels/.rels", ring))
    assert isinstance(found, ReportError)


@pytest.mark.slow
def test_properties_of_word_documents_are_bounded(tmp_path: Path) -> None:
    core = '{}<c:coreProperties xmlns:c="c" xmlns:dc="d" xmlns:t="t">{}</c:coreProperties>'
    for head, content in (
        (LAUGHS, "<dc:title>&j;</dc:title><dc:creator>&j;</dc:creator><t:created>&j;</t:created>"),
        (LAUGHS, '<dc:title x="&j;">Calm</dc:title>'),
        ("", f"<dc:title>{os.urandom(2_000_000).hex()}</dc:title><t:created>{os.urandom(2_000_000).hex()}</t:created>"),
        ("", "<dc:title>" * 2_000),
        ("", "".join(f"<x{number}>{number}</x{number}>" for number in range(90_000))),
    ):
        data = replace_part(word_file("Calm in Sumy."), "docProps/core.xml", core.format(head, content))
        (report,) = read(tmp_path / "a.docx", data)
        assert isinstance(report, Report)
        assert report.text == "Calm in Sumy."
        assert max(map(len, (report.title, report.source, report.date))) < 500


# E-mail


@pytest.mark.parametrize(
    "data",
    slow_but_first(
        [
            "Subject: x\n"
            + "".join(f"Content-Type: multipart/mixed; boundary=b{n}\n\n--b{n}\n" for n in range(1_500))
            + "\nx",
            "Subject: x\nContent-Type: multipart/mixed; boundary=b\n\n" + "--b\n\n" * 20_000,
            "Subject: " + "=?" * 500_000 + "\n\nx",
            "Subject: " + "=?utf-8?b?" + "(" * 500_000 + "\n\nx",
            "From: " + "(" * 200_000 + "\nSubject: x\n\nx",
            "From: " + "<" * 200_000 + '"' * 200_000 + "\nSubject: x\n\nx",
            "Subject: x\nContent-Type: text/plain; " + "a*0*=b;" * 50_000 + "\n\nx",
            "Subject: x\nContent-Type: text/plain; charset=" + "'" * 200_000 + "\n\nx",
            "Subject: x\nContent-Type: text/plain; charset=unicode_escape\n\n\\ud800\\x",
            "Subject: x\nContent-Type: text/plain; charset=zlib\nContent-Transfer-Encoding: base64\n\neJwDAAAAAAE=",
            "Subject: x\nContent-Transfer-Encoding: x-uuencode\n\nbegin 644 x\n" + "M" * 100_000,
            "Subject: x\n" + "a: b\n" * 50_000 + "\nx",
            "Subject: x\n" * 200_000 + "\nx",
            "Subject: x\n" + " y\n" * 1_000_000 + "\nx",
            "Subject: " + "=?utf-8?b?QUFB?=\n " * 200_000 + "\n\nx",
            "Subject: " + "=?utf-7?q?" + "+AGE-" * 700 + "?=\nFrom: =?punycode?q?" + "9" * 3_900 + "?=\n\nx",
            "Subject: =?zlib?b?eJwDAAAAAAE=?=\nFrom: =?bz2?b?QlpoOTFBWSZTWQ==?=\n\nx",
            "Subject: x\nContent-Type: text/html\n\n" + "<div>" * 100_000 + "x",
        ]
    ),
    ids=[
        "deep",
        "parts",
        "words",
        "base64",
        "comments",
        "quotes",
        "parameters",
        "charset",
        "escape",
        "codec",
        "uu",
        "headers",
        "subjects",
        "folds",
        "folded words",
        "codecs",
        "packed words",
        "html",
    ],
)
def test_messages_made_to_keep_the_parser_busy(data: str, tmp_path: Path) -> None:
    assert len(read(tmp_path / "a.eml", data)) == 1


# PDF


def page_of(content: bytes, *, filters: str = "") -> bytes:
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /Contents 4 0 R /Resources << /XObject << /X 5 0 R >> >> >>",
        b"<< /Length %d %s >>\nstream\n%s\nendstream" % (len(content), filters.encode(), content),
        b"<< /Type /XObject /Subtype /Form /Resources << /XObject << /X 5 0 R >> >> /Length 5 >>\nstream\n/X Do\nendstream",
    ]
    data, offsets = b"%PDF-1.4\n", []
    for number, body in enumerate(objects, start=1):
        offsets.append(len(data))
        data += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    table = b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    return data + b"xref\n0 6\n0000000000 65535 f \n%strailer << /Root 1 0 R /Size 6 >>\nstartxref\n%d\n%%%%EOF" % (
        table,
        len(data),
    )


def test_pdf_objects_that_lead_in_rings(tmp_path: Path) -> None:
    (found,) = read(tmp_path / "form.pdf", page_of(b"/X Do"))
    assert isinstance(found, ReportError)
    ring = page_of(b"").replace(b"/Kids [3 0 R]", b"/Kids [2 0 R]")
    (found,) = read(tmp_path / "pages.pdf", ring)
    assert isinstance(found, ReportError)
    ring = page_of(b"").replace(b"/Size 6 ", b"/Prev 9 ").replace(b"/Length 0", b"/Length 4 0 R")
    (found,) = read(tmp_path / "length.pdf", ring)
    assert isinstance(found, ReportError)


def test_a_pdf_stream_that_unpacks_to_gigabytes(tmp_path: Path) -> None:
    import zlib

    bomb = zlib.compress(zlib.compress(b" " * 100_000_000, 9), 9)
    (found,) = read(tmp_path / "a.pdf", page_of(bomb, filters="/Filter [/FlateDecode /FlateDecode]"))
    assert isinstance(found, ReportError)


@pytest.mark.slow
def test_properties_of_pdf_files_are_bounded_before_they_change_the_process() -> None:
    from geomap.reports.pdf_text import read_pdf

    found = read_pdf(pdf_file("Calm in Sumy.", title="x" * 1_000_000, author="y" * 1_000_000), USUAL)
    assert "Calm in Sumy." in found.pop("text")
    assert max(map(len, found.values())) < 10_000


# Web pages


@pytest.mark.parametrize(
    "head",
    slow_but_first(
        [
            '<meta property="article:published_time" content="2025-99-99">' * 20_000,
            f'<meta property="og:title" content="{"x " * 500_000}"><meta name="author" content="{"y " * 500_000}">',
            f"<title>{'a | ' * 500_000}</title>",
            f'<script type="application/ld+json">{"[" * 500_000}</script>',
            f'<script type="application/ld+json">{{"datePublished": {"9" * 100_000}}}</script>',
            "".join(f'<meta name="n{number}" content="x">' for number in range(20_000)),
        ]
    ),
    ids=["dates", "texts", "title", "nested", "number", "names"],
)
def test_heads_of_web_pages_are_bounded(head: str, tmp_path: Path) -> None:
    body = "<p>Calm in Sumy, as the mayor said.</p>" * 20
    (report,) = read(tmp_path / "a.html", f"<html><head>{head}</head><body><article>{body}</article></body></html>")
    assert isinstance(report, Report)
    assert max(map(len, (report.title, report.source, report.date, report.url, report.language))) < 500


# The confined process


def test_a_parser_that_does_not_end_is_ended_and_the_next_file_is_read() -> None:
    started = time.perf_counter()
    with pytest.raises(ReportError, match="takes more than 1 seconds to read; split it"):
        run_confined("hostile_parsers:wait_for_ever", b"", Limits(seconds=1))
    assert time.perf_counter() - started < 30
    assert run_confined("hostile_parsers:talk", b"x" * 5_000_000, USUAL)["size"] == "5000000"


@pytest.mark.skipif(not Path("/proc").exists(), reason="looks for processes in /proc")
def test_a_parser_does_not_outlive_a_killed_build(tmp_path: Path) -> None:
    function = "hostile_parsers:note_process_and_wait"
    code = f"from geomap.config import Limits; from geomap.reports.confinement import run_confined; run_confined({function!r}, {str(tmp_path / 'id')!r}.encode(), Limits(seconds=2))"
    paths = os.pathsep.join([str(Path(__file__).parents[2]), str(Path(__file__).parent)])
    build = subprocess.Popen([sys.executable, "-c", code], env={**os.environ, "PYTHONPATH": paths})
    wait_for((tmp_path / "id").exists)
    build.kill()
    build.wait()
    wait_for(lambda: not is_running(int((tmp_path / "id").read_text())))


@pytest.mark.skipif(sys.platform != "linux", reason="other systems do not hold a process to its memory")
def test_a_parser_that_takes_all_memory_is_stopped() -> None:
    with pytest.raises(ReportError, match="needs too much memory"):
        run_confined("hostile_parsers:take_all_memory", b"", USUAL)


def test_a_parser_that_breaks_its_process_costs_one_file() -> None:
    with pytest.raises(ReportError, match="breaks its reader"):
        run_confined("hostile_parsers:end_at_once", b"x" * 5_000_000, USUAL)
    first, second = (run_confined("hostile_parsers:talk", b"", USUAL) for _ in range(2))
    assert first["process"] == second["process"] != str(os.getpid())


# Folders


@POSIX
def test_names_with_line_ends_are_one_line(tmp_path: Path) -> None:
    for name in ("a\nfailed: b.txt", "c\r.txt", "d\x1b[31m.txt", "e\u2028.txt"):
        (tmp_path / name).write_text("Calm in Sumy.")
        (tmp_path / f"empty {name}").touch()
    found = [entry for source in find_files(tmp_path) for entry in read_file(source)]
    reports = [entry for entry in found if isinstance(entry, Report)]
    assert [each.id for each in reports] == [
        "a\\x0afailed: b.txt",
        "c\\x0d.txt",
        "d\\x1b[31m.txt",
        "e\\u2028.txt",
    ]
    lines = [each.id for each in reports] + [str(entry) for entry in found if isinstance(entry, ReportError)]
    assert len(lines) == 8
    assert all(character.isprintable() for line in lines for character in line)
