"""Web pages: the article's text with trafilatura, never the page's menu."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import asdict

from geomap.config import Limits
from geomap.errors import MissingPackageError, ReportError
from geomap.model import Report
from geomap.reports.base import Readable, read_report
from geomap.reports.confinement import run_confined
from geomap.reports.dates import parse_date
from geomap.reports.encoding import decode, is_binary
from geomap.reports.fields import Metadata, make_report, read_metadata
from geomap.reports.headlines import read_headline_metadata
from geomap.reports.markup import MENUS, drop, parse_html, readable_lines
from geomap.system.installing import install_command

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
_FIELDS = {"title": "title", "date": "date", "source": "sitename", "url": "url", "language": "language", "text": "text"}
_WINDOW_REST = re.compile(r"\s+[|–—·-]\s+(?P<outlet>[^|–—·]{2,60})")


class WebPageReader:
    """Reads saved web pages; trafilatura reads them in a process of its own."""

    suffixes = frozenset({".html", ".htm", ".xhtml"})
    packages: tuple[str, ...] = ("trafilatura",)

    def read(self, file: Readable, report_id: str, limits: Limits) -> Iterator[Report | ReportError]:
        """Yield the one report of the page; raise `ReportError` for an empty page and one without readable text."""
        data = read_report(file, limits)
        declared = _DECLARED.search(data[:_HEAD_BYTES])
        encoding = (declared[1] or declared[2]).decode("ascii", "replace") if declared else ""
        html = decode(data, declared=encoding)
        if not html.strip():
            raise ReportError("is empty")
        if is_binary(html):
            raise ReportError("is not text; save the page as HTML or remove it")
        found = run_confined("geomap.reports.web_page:extract_article", html.encode("utf-8", "surrogatepass"), limits)
        body, metadata = found.pop("body"), Metadata(**found)
        if not body:
            raise ReportError("holds no readable text; save the page with its article, or as plain text")
        report = make_report(report_id, body, metadata)
        headline = read_headline_metadata(body, file_name=file.stem)
        yield make_report(report_id, report.text, metadata.or_else(headline), with_title=False)


def extract_article(page: bytes, _limits: Limits) -> dict[str, str]:
    """Return the article of a page in UTF-8 as ``body``, with the fields of `Metadata`; runs in a confined process."""
    try:
        import trafilatura
    except ImportError as error:
        reason = f"web pages need trafilatura ({error}): {install_command('trafilatura', 'lxml-html-clean')}"
        raise MissingPackageError(reason) from error
    html = page.decode("utf-8", "surrogatepass")
    tree = parse_html(html)
    moments = [parse_date(str(value)) for value in tree.xpath(_PUBLISHED)]
    window = " ".join(str(tree.findtext(".//title") or "").split())
    drop(tree, MENUS)
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
    paragraphs = str(found["text"]).split("\n") if found["text"] else readable_lines(parse_html(html))
    body = "\n\n".join(paragraph.strip() for paragraph in paragraphs if paragraph.strip())
    return {"body": body, **asdict(metadata)}


def _outlet(window: str, title: str) -> str:
    """Return the outlet in a window's title, behind the article's title: "Bridge closed | Daily Steppe"."""
    match = _WINDOW_REST.fullmatch(window[len(title) :]) if title and window.startswith(title) else None
    return match["outlet"] if match else ""
