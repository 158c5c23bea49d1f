"""Web pages: the article's text with trafilatura, never the page's menu."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from geomap.errors import MissingPackageError, ReportError
from geomap.model import Report
from geomap.reports.base import read_bounded
from geomap.reports.dates import parse_date
from geomap.reports.encoding import decode, is_binary
from geomap.reports.fields import Metadata, make_report, read_metadata
from geomap.reports.openings import read_opening

_DECLARED = re.compile(
    rb"<meta[^>]{1,200}?charset\s{0,3}=\s{0,3}[\"']?([\w-]{2,30})|<\?xml[^>]{1,80}?encoding=[\"']([\w-]{2,30})", re.I
)
_HEAD_BYTES = 8_192
# The last day that a page may state is fixed: with a clock, reading would depend on the day of the build.
_DATE_SEARCH = {"original_date": True, "extensive_search": False, "max_date": "2100-12-31"}
_PUBLISHED = (
    '//meta[@property="article:published_time" or @itemprop="datePublished" or @name="date"]/@content'
    '|//time[@pubdate or @itemprop="datePublished"]/@datetime'
)
_MENUS = "//nav|//body/footer|//*[@role='navigation' or @role='menu' or @role='menubar']|//*[@hidden]"
_FURNITURE = "//head|//header|//footer|//aside|//form|//script|//style|//noscript|//template|//button|//select"
_FIELDS = {"title": "title", "date": "date", "source": "sitename", "url": "url", "language": "language", "text": "text"}
_UNPARSABLE = re.compile("[\0-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_WINDOW_REST = re.compile(r"\s+[|–—·-]\s+(?P<outlet>[^|–—·]{2,60})")
_BLOCKS = (
    *("p", "div", "section", "article", "main", "blockquote", "pre", "br", "figcaption", "dt", "dd"),
    *("h1", "h2", "h3", "h4", "h5", "h6", "li", "tr", "td", "th"),
)


class WebPageReader:
    """Reads saved web pages; trafilatura is loaded when the first one is read."""

    suffixes = frozenset({".html", ".htm", ".xhtml"})

    def read(self, path: Path, report_id: str) -> Iterator[Report | ReportError]:
        """Yield the one report of the page; raise `ReportError` for an empty page and one without readable text."""
        data = read_bounded(path)
        declared = _DECLARED.search(data[:_HEAD_BYTES])
        encoding = (declared[1] or declared[2]).decode("ascii", "replace") if declared else ""
        html = decode(data, declared=encoding)
        if not html.strip():
            raise ReportError("is empty")
        if is_binary(html):
            raise ReportError("is not text; save the page as HTML or remove it")
        body, metadata = _read_page(html)
        if not body:
            raise ReportError("holds no readable text; save the page with its article, or as plain text")
        report = make_report(report_id, body, metadata)
        opening = read_opening(body, file_name=path.stem)
        yield make_report(report_id, report.text, metadata.or_else(opening), with_title=False)


def _read_page(html: str) -> tuple[str, Metadata]:
    try:
        return _extract(html)
    except ImportError as error:
        reason = f"web pages need trafilatura ({error}); pip install trafilatura lxml_html_clean"
        raise MissingPackageError(reason) from error
    except Exception as error:  # a hostile page can break the extractor in any way; it stays one failed report
        raise ReportError(f"cannot be read as a web page ({type(error).__name__}); save it as plain text") from error


def _extract(html: str) -> tuple[str, Metadata]:
    import trafilatura  # slow to load, and only web pages need it

    tree = _parse(html)
    moments = [parse_date(str(value)) for value in tree.xpath(_PUBLISHED)]
    window = " ".join(str(tree.findtext(".//title") or "").split())
    _drop(tree, _MENUS)
    document = trafilatura.bare_extraction(
        tree, with_metadata=True, include_comments=False, date_extraction_params=_DATE_SEARCH
    )
    found = {field: getattr(document, name, None) or "" for field, name in _FIELDS.items()}
    if found["source"] in (
        "",
        getattr(document, "hostname", ""),
    ):  # where no name is stated, trafilatura gives the host
        found["source"] = _outlet(window, str(found["title"])) or found["source"]
    moment = next((moment for moment in moments if moment[:10] == found["date"]), "")  # trafilatura knows the day alone
    metadata = read_metadata(found | {"date": moment or found["date"] or next(filter(None, moments), "")})
    paragraphs = str(found["text"]).split("\n") if found["text"] else _readable_lines(_parse(html))
    return "\n\n".join(paragraph.strip() for paragraph in paragraphs if paragraph.strip()), metadata


def _outlet(window: str, title: str) -> str:
    """Return what follows the article's title in the name of the window, as in "Bridge closed | Daily Steppe"."""
    match = _WINDOW_REST.fullmatch(window[len(title) :]) if title and window.startswith(title) else None
    return match["outlet"] if match else ""


def _parse(html: str) -> Any:
    from lxml import html as lxml_html  # type: ignore[import-untyped] # lxml has no types of its own

    parser = lxml_html.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True)
    return lxml_html.document_fromstring(_UNPARSABLE.sub(" ", html).encode(), parser=parser)


def _drop(tree: Any, xpath: str) -> None:
    for element in tree.xpath(xpath):
        if element.getparent() is not None:
            element.drop_tree()


def _readable_lines(tree: Any) -> list[str]:
    """Return all lines of a page that is too short or too odd for trafilatura, without menus, scripts and forms."""
    _drop(tree, f"{_MENUS}|{_FURNITURE}")
    for element in tree.iter(*_BLOCKS):
        element.text = f"\n{element.text or ''}"
        element.tail = f"\n{element.tail or ''}"
    return [" ".join(line.split()) for line in tree.text_content().splitlines()]
