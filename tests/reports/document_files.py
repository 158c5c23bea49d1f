"""Files of documents, each made by the usual writer library of its format."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping
from datetime import UTC, datetime
from email.message import EmailMessage
from html import escape

PARAGRAPHS = (
    "Engineers closed the road bridge at Nova Kakhovka on Sunday after a crack was found in one of its pillars.",
    "Traffic is sent over the ferry at Beryslav, where drivers waited for up to four hours, the regional office said.",
    "Repairs will take until the end of June. Buses between Kherson and Melitopol are running on another road.",
)
TITLE = "Bridge closed at Nova Kakhovka"
BODY_TEXT = "\n\n".join(PARAGRAPHS)
MOMENT = datetime(2025, 5, 25, 12, 0, 14, tzinfo=UTC)


def pdf_file(*paragraphs: str, title: str = TITLE, author: str = "Daily Steppe", password: str = "") -> bytes:
    from reportlab.lib.pdfencrypt import StandardEncryption
    from reportlab.lib.styles import getSampleStyleSheet
    from reportlab.platypus import Paragraph, SimpleDocTemplate

    stream = io.BytesIO()
    encryption = StandardEncryption(password, strength=40) if password else None
    document = SimpleDocTemplate(stream, title=title, author=author, encrypt=encryption)
    style = getSampleStyleSheet()["Normal"]
    document.build([Paragraph(escape(paragraph), style) for paragraph in paragraphs])
    return stream.getvalue()


def word_file(*paragraphs: str, title: str = TITLE, author: str = "Daily Steppe") -> bytes:
    from docx import Document

    document = Document()
    for paragraph in paragraphs:
        document.add_paragraph(paragraph)
    properties = document.core_properties
    properties.title, properties.author, properties.created = title, author, MOMENT
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def email_file(text: str, *, subject: str = TITLE, html: str = "") -> bytes:
    message = EmailMessage()
    message["Subject"], message["From"] = subject, "Daily Steppe <desk@steppe.example>"
    message["To"], message["Date"] = "me@example.org", MOMENT
    message["Archived-At"] = "<https://lists.steppe.example/1>"
    message.set_content(text)
    if html:
        message.add_alternative(html, subtype="html")
    message.add_attachment(b"Timbuktu", maintype="text", subtype="plain", filename="other.txt")
    return message.as_bytes()


def feed_file(form: str, *contents: str) -> bytes:
    """Return a feed, ``form`` is rss or atom, with an entry for each of the texts (HTML)."""
    from feedgen.feed import FeedGenerator

    feed = FeedGenerator()
    feed.id("https://steppe.example/feed")
    feed.title("Daily Steppe")
    feed.link(href="https://steppe.example/", rel="alternate")
    feed.description("All news")
    feed.language("en")
    for number, content in enumerate(contents, start=1):
        entry = feed.add_entry(order="append")
        entry.id(f"https://steppe.example/{number}")
        entry.title(f"Story {number}")
        entry.link(href=f"https://steppe.example/story/{number}")
        entry.content(content, type="html")
        entry.published(MOMENT)
        entry.updated(MOMENT)
    return bytes(feed.atom_str() if form == "atom" else feed.rss_str())


def zip_file(members: Mapping[str, bytes]) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return stream.getvalue()
