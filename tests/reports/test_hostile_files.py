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
from document_files import word_file, zip_file

from geomap.config import USUAL, Limits
from geomap.errors import ReportError
from geomap.model import Report
from geomap.reports import SourceFile, find_files, read_file
from geomap.reports.confinement import run_confined

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


# XML


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


# E-mail


@pytest.mark.parametrize(
    "data",
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
        "Subject: x\nContent-Type: text/html\n\n" + "<div>" * 100_000 + "x",
    ],
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
    deadline = time.monotonic() + 60
    while not (tmp_path / "id").exists():
        assert time.monotonic() < deadline
        time.sleep(0.02)
    build.kill()
    build.wait()
    while is_running(int((tmp_path / "id").read_text())):
        assert time.monotonic() < deadline
        time.sleep(0.02)


def is_running(process_id: int) -> bool:
    try:
        return Path(f"/proc/{process_id}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


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
    found = find_files(tmp_path)
    assert not found.files
    assert len(found.errors) == 4
    assert all(len(str(error).splitlines()) == 1 and "rename it" in str(error) for error in found.errors)
    assert all(character.isprintable() for error in found.errors for character in str(error))
