"""RSS and Atom files: one report for each entry, whatever the version of the format."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from geomap.config import Limits
from geomap.errors import ReportError
from geomap.model import Report
from geomap.reports.base import Readable
from geomap.reports.fields import one_line
from geomap.reports.markup import XmlEvents, strip_html
from geomap.reports.records import RecordReader

_ROOTS = frozenset({"rss", "RDF", "feed"})
_ENTRIES = frozenset({"item", "entry"})
_FEEDS = frozenset({"channel", "feed"})
_XML_LANGUAGE = "{http://www.w3.org/XML/1998/namespace}lang"
# In order of preference: the first that is filled counts.
_NAMES = {
    "text": ("encoded", "content", "description", "summary"),
    "title": ("title",),
    "date": ("pubDate", "published", "issued", "date", "updated", "modified"),
    "source": ("publisher",),
    "url": ("origLink", "link", "guid", "id"),
    "id": ("guid", "id", "link"),
    "language": ("language",),
}


class FeedReader:
    """Reads feeds entry by entry; memory does not grow with the file."""

    suffixes = frozenset({".rss", ".atom", ".xml"})
    packages: tuple[str, ...] = ()

    def read(self, file: Readable, report_id: str, limits: Limits) -> Iterator[Report | ReportError]:
        """Yield a report for each entry; raise `ReportError` where the file is no feed."""
        with file.open("rb") as stream:
            if not stream.read(1):
                raise ReportError("is empty")
        with file.open("rb") as stream:
            yield from _read_feed(XmlEvents(stream), RecordReader(report_id, limits, unit="entry"))


def _read_feed(events: XmlEvents, records: RecordReader) -> Iterator[Report | ReportError]:
    feed: dict[str, str] = {}
    root, number, is_in_entry = "", 0, False
    for event, name, element in events:
        if event == "start":
            if not root:
                root = _check_root(name)
                feed["language"] = element.get(_XML_LANGUAGE, "")
            is_in_entry = is_in_entry or name in _ENTRIES
        elif name in _ENTRIES:
            number, is_in_entry = number + 1, False
            yield records.read(_read_entry(element, feed), number=number)
            events.forget(element)
        elif not is_in_entry:
            parent = element.getparent()
            if parent is not None and _local_name(parent) in _FEEDS:
                feed[name] = feed.get(name) or one_line(element.text)
                events.forget(element)
    if events.fault:
        reason, line = events.fault
        kept = f"; {number:,} entries before and behind that are kept" if number else ""
        raise ReportError(f"is broken XML ({reason}); get it again{kept}", line=line)
    if not number:
        raise ReportError("holds no reports: the feed has no entries")


def _check_root(name: str) -> str:
    if name not in _ROOTS:
        raise ReportError("is XML, but no RSS or Atom feed; list it in .geomapignore, or remove it")
    return name


def _read_entry(entry: Any, feed: dict[str, str]) -> dict[str, str]:
    found: dict[str, str] = {}
    for element in entry:
        name = _local_name(element)
        if name == "source":  # the outlet where an aggregator found it: RSS gives the text, Atom a title inside
            found.setdefault("publisher", one_line(element.text) or _read_title(element))
        elif name != "link" or element.get("rel", "alternate") == "alternate":
            value = _read_content(element) or element.get("href", "")
            found.setdefault(name, value) if value else None
    record = {field: next((found[name] for name in names if name in found), "") for field, names in _NAMES.items()}
    record["text"] = strip_html(record["text"])
    record["title"] = one_line(strip_html(record["title"]))
    return record | {
        "source": record["source"] or feed.get("title", ""),
        "language": record["language"] or feed.get("language", ""),
    }


def _read_content(element: Any) -> str:
    """Return the text of an element, or its markup if it holds XHTML, from which the text is taken later."""
    if not len(element):
        return (element.text or "").strip()
    from lxml import etree

    return str(etree.tostring(element, encoding="unicode", method="html", with_tail=False))


def _read_title(source: Any) -> str:
    return next((one_line(child.text) for child in source if _local_name(child) == "title"), "")


def _local_name(element: Any) -> str:
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""
