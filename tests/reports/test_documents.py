"""PDF, Word and e-mail as their usual programs write them: the words as they stand, and what the format states."""

# ruff: noqa: E501 - one case a row, and markup as it stands in files

from __future__ import annotations

import io
from email.header import Header
from email.message import EmailMessage
from email.mime.text import MIMEText
from email.utils import formataddr
from importlib.metadata import version
from pathlib import Path

import pytest
from document_files import PARAGRAPHS, TITLE, email_file, pdf_file, word_file

from geomap.errors import ReportError
from geomap.model import Report
from geomap.reports import SourceFile, read_file, reader_fingerprint
from geomap.reports.confinement import end_confined
from geomap.reports.pdf_text import join_pages
from geomap.system.installing import install_command

BODY = "\n\n".join(PARAGRAPHS)


def read(path: Path, data: bytes) -> Report | ReportError:
    path.write_bytes(data)
    (found,) = read_file(SourceFile(path, path.name))
    return found


def read_report(path: Path, data: bytes) -> Report:
    report = read(path, data)
    assert isinstance(report, Report), report
    return report


def read_reason(path: Path, data: bytes) -> str:
    error = read(path, data)
    assert isinstance(error, ReportError), error
    assert error.path == str(path)
    assert len(str(error).splitlines()) == 1
    return error.reason


# PDF


def test_the_text_of_a_pdf_with_what_its_properties_state(tmp_path: Path) -> None:
    report = read_report(tmp_path / "sitrep.pdf", pdf_file(*PARAGRAPHS))
    assert " ".join(report.text.split()) == " ".join(BODY.split())
    assert (report.id, report.title, report.source) == ("sitrep.pdf", TITLE, "Daily Steppe")
    assert report.date[:2] == "20"  # that of the file's making


def test_lines_that_a_pdf_broke_are_whole_again(tmp_path: Path) -> None:
    report = read_report(tmp_path / "a.pdf", pdf_file("word " * 60 + "Nova Kakhovka. " * 60))
    assert "Nova\nKakhovka" not in report.text
    assert report.text.count("Nova Kakhovka") == 60


def test_headers_in_the_text_of_a_pdf_count_more_than_its_properties(tmp_path: Path) -> None:
    report = read_report(tmp_path / "a.pdf", pdf_file("Date: 3 May 2025", "Source: Steppe Wire", *PARAGRAPHS))
    assert (report.date, report.source, report.title) == ("2025-05-03", "Steppe Wire", TITLE)
    assert report.text.startswith("Engineers")


@pytest.mark.parametrize("title", ["Microsoft Word - sitrep.docx", "untitled", "(unspecified)", "Document1", "x.indd"])
def test_a_title_that_nobody_wrote_is_none(title: str, tmp_path: Path) -> None:
    report = read_report(tmp_path / "bridge_report.pdf", pdf_file(BODY, title=title, author="admin"))
    assert (report.title, report.source) == ("bridge report", "")


def test_running_heads_and_page_numbers_are_no_text() -> None:
    pages = [f"Daily Steppe\n{'x' * 60} on day {n},\nshort end.\nPage {n} of 4" for n in range(1, 5)]
    text = join_pages(pages)
    assert "Daily Steppe" not in text
    assert "Page" not in text
    assert text.startswith("x" * 60 + " on day 1, short end.\n\n")


def test_words_and_ligatures_are_put_together_again() -> None:
    assert join_pages(["The ofﬁcials of Melito-\npol closed the North-\nWest road"]) == (
        "The officials of Melitopol closed the North- West road"
    )


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "is empty"),
        (b"hello", "is no PDF"),
        (b"%PDF-1.7\n" + b"x" * 500, "cannot be read as a PDF"),
        (pdf_file(BODY)[:600], "cannot be read as a PDF"),
        (pdf_file(BODY, password="secret"), "is encrypted; save it without a password"),
        (pdf_file(), "holds no text, only pictures of it"),
    ],
    ids=["empty", "other", "garbage", "truncated", "encrypted", "scan"],
)
def test_a_pdf_that_cannot_be_read_is_one_clear_line(data: bytes, reason: str, tmp_path: Path) -> None:
    assert reason in read_reason(tmp_path / "a.pdf", data)


def test_without_pypdf_the_line_names_the_extra(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shadow = tmp_path / "shadow"
    shadow.mkdir()
    (shadow / "pypdf.py").write_text("raise ImportError('No module named pypdf')")
    monkeypatch.syspath_prepend(shadow)
    end_confined()  # the next one starts with this path
    try:
        reason = read_reason(tmp_path / "a.pdf", pdf_file(BODY))
    finally:
        end_confined()
    assert reason == f"PDF files need the package pypdf: {install_command('pypdf')}"


def test_another_version_of_pypdf_reads_again(tmp_path: Path) -> None:
    assert f"pypdf={version('pypdf')}" in reader_fingerprint(Path("a.pdf"))
    assert f"pypdf={version('pypdf')}" in reader_fingerprint(Path("a.zip"))
    assert "pypdf" not in reader_fingerprint(Path("a.txt"))


# Word


def test_the_text_of_a_word_document_with_what_its_properties_state(tmp_path: Path) -> None:
    report = read_report(tmp_path / "sitrep.docx", word_file(*PARAGRAPHS))
    assert report.text == BODY
    assert (report.title, report.source, report.date) == (TITLE, "Daily Steppe", "2025-05-25T12:00:14+00:00")


def test_tables_breaks_links_and_notes_of_a_word_document(tmp_path: Path) -> None:
    from docx import Document

    document = Document()
    document.add_heading("Losses by town", level=1)
    run = document.add_paragraph().add_run("Kherson")
    run.add_break()
    run.add_text("Oblast\tsouth")
    table = document.add_table(rows=2, cols=2)
    for row, texts in zip(table.rows, (("Town", "Houses"), ("Beryslav", "12")), strict=True):
        for cell, text in zip(row.cells, texts, strict=True):
            cell.text = text
    stream = io.BytesIO()
    document.save(stream)
    text = read_report(tmp_path / "a.docx", stream.getvalue()).text
    assert text == "Losses by town\n\nKherson\nOblast\tsouth\n\nTown \tHouses\n\nBeryslav \t12"


def test_what_was_deleted_from_a_word_document_is_no_text(tmp_path: Path) -> None:
    from docx import Document
    from docx.oxml import parse_xml

    document = Document()
    space = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    changed = f"<w:p {space}><w:del><w:r><w:delText>Oslo</w:delText></w:r></w:del><w:ins><w:r><w:t>Sumy</w:t></w:r></w:ins></w:p>"
    document.element.body.insert(0, parse_xml(changed))
    moved = f"<w:p {space}><w:moveFrom><w:r><w:t>Oslo</w:t></w:r></w:moveFrom><w:r><w:t>Kyiv</w:t></w:r></w:p>"
    document.element.body.insert(1, parse_xml(moved))
    stream = io.BytesIO()
    document.save(stream)
    assert read_report(tmp_path / "a.docx", stream.getvalue()).text == "Sumy\n\nKyiv"


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "is empty"),
        (b"hello", "is no sound archive"),
        (word_file(BODY)[:2000], "is no sound archive"),
        (b"\xd0\xcf\x11\xe0" + b"x" * 100, "is protected by a password, or an old .doc"),
        (word_file(), "is empty"),
    ],
    ids=["empty", "other", "truncated", "old", "blank"],
)
def test_a_word_document_that_cannot_be_read_is_one_clear_line(data: bytes, reason: str, tmp_path: Path) -> None:
    assert reason in read_reason(tmp_path / "a.docx", data)


# E-mail


def test_subject_and_body_of_a_message_with_what_its_headers_state(tmp_path: Path) -> None:
    report = read_report(tmp_path / "a.eml", email_file(BODY))
    assert report.text == f"{TITLE}\n\n{BODY}"
    assert (report.title, report.source, report.date) == (TITLE, "Daily Steppe", "2025-05-25T12:00:14+00:00")
    assert (report.url, report.domain) == ("https://lists.steppe.example/1", "lists.steppe.example")


def test_of_alternatives_the_plain_text_counts_and_else_the_html(tmp_path: Path) -> None:
    html = f"<html><style>p {{}}</style><body><p>{PARAGRAPHS[0]}</p><p>{PARAGRAPHS[1]}</p></body></html>"
    both = read_report(tmp_path / "a.eml", email_file(PARAGRAPHS[2], html=html))
    assert both.text == f"{TITLE}\n\n{PARAGRAPHS[2]}"
    only = read_report(tmp_path / "b.eml", email_file("", html=html))
    assert only.text == f"{TITLE}\n\n{PARAGRAPHS[0]}\n\n{PARAGRAPHS[1]}"


def test_letters_of_any_language_in_subject_and_body(tmp_path: Path) -> None:
    subject = "Міст закрито у Новій Каховці до кінця червня, пором працює"
    message = MIMEText("Жителі Херсона чекали на пором до вечора.", _charset="koi8-u")
    message["Subject"] = Header(f"Fwd: {subject}", "utf-8")  # long enough to be folded
    message["From"] = formataddr(("Щоденний Степ", "a@b.example"), "koi8-u")
    report = read_report(tmp_path / "a.eml", message.as_bytes())
    assert (report.title, report.source) == (subject, "Щоденний Степ")
    assert "Жителі Херсона" in report.text


def test_a_forwarded_message_is_part_of_the_text(tmp_path: Path) -> None:
    inner, outer = EmailMessage(), EmailMessage()
    inner["Subject"] = "inner"
    inner.set_content("Calm in Sumy.")
    outer["Subject"], outer["From"] = "Fw: news", "a@b.example"
    outer.set_content("See below.")
    outer.add_attachment(inner)
    assert read_report(tmp_path / "a.eml", outer.as_bytes()).text == "news\n\nSee below.\n\nCalm in Sumy."


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "is empty"),
        (b"hello", "is no e-mail"),
        (b"From: a@b.example\nContent-Type: image/png\n\nx", "holds no text; its attachments are not read"),
        (b"\x00\xff" * 200, "is no e-mail"),
    ],
    ids=["empty", "other", "no text", "garbage"],
)
def test_a_message_that_cannot_be_read_is_one_clear_line(data: bytes, reason: str, tmp_path: Path) -> None:
    assert reason in read_reason(tmp_path / "a.eml", data)
