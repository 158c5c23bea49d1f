"""Markup -> trees and lines: HTML as browsers forgive it, XML that can fetch and expand nothing."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import IO, Any

from geomap.errors import ReportError

MENUS = "//nav|//body/footer|//*[@role='navigation' or @role='menu' or @role='menubar']|//*[@hidden]"
_FURNITURE = "//head|//header|//footer|//aside|//form|//script|//style|//noscript|//template|//button|//select"
_BLOCKS = (
    *("p", "div", "section", "article", "main", "blockquote", "pre", "br", "figcaption", "dt", "dd"),
    *("h1", "h2", "h3", "h4", "h5", "h6", "li", "tr", "td", "th"),
)
_UNPARSABLE = re.compile("[\0-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_TAG = re.compile(r"</?[a-zA-Z!][^<>]{0,2000}>|&#?\w{1,20};")
_MOST_ELEMENTS = 100_000
"""Elements of XML that may be held at once; each takes some hundred bytes, whatever the size of its file."""


def parse_html(html: str) -> Any:
    """Return the tree of a page."""
    from lxml import html as lxml_html

    parser = lxml_html.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True)
    return lxml_html.document_fromstring(_UNPARSABLE.sub(" ", html).encode(), parser=parser)


def drop(tree: Any, xpath: str) -> None:
    """Remove elements from a tree; the text behind them stays."""
    for element in tree.xpath(xpath):
        if element.getparent() is not None:
            element.drop_tree()


def readable_lines(tree: Any) -> list[str]:
    """Return all lines of a page without menus, scripts and forms; the tree is changed."""
    drop(tree, f"{MENUS}|{_FURNITURE}")
    for element in tree.iter(*_BLOCKS):
        element.text = f"\n{element.text or ''}"
        element.tail = f"\n{element.tail or ''}"
    return [" ".join(line.split()) for line in tree.text_content().splitlines()]


def strip_html(text: str) -> str:
    """Return the paragraphs of a piece of HTML as text; what holds no markup comes back as it is."""
    if not _TAG.search(text):
        return text
    try:
        lines = readable_lines(parse_html(f"<body>{text}"))
    except Exception:  # noqa: BLE001 - markup that breaks the parser, which any may, is text all the same
        return _TAG.sub(" ", text)
    return "\n\n".join(line for line in lines if line)


class XmlEvents:
    """The starts and ends of a document's elements, one after the other, in bounded memory.

    Entities are not expanded and nothing is fetched. Broken markup is skipped as well as can be: ``fault`` then
    says where, after the last event. Raises `ReportError` for more elements than fit, unless they are forgotten.
    """

    def __init__(self, stream: IO[bytes]) -> None:
        from lxml import etree

        self._parser = etree.iterparse(
            stream,
            events=("start", "end"),
            recover=True,
            resolve_entities=False,
            no_network=True,
            load_dtd=False,
            huge_tree=False,
            remove_comments=True,
            remove_pis=True,
        )
        self._held = 0
        self._error: tuple[str, int] | None = None

    def __iter__(self) -> Iterator[tuple[str, str, Any]]:
        """Yield "start" or "end", the element's name without its namespace, and the element."""
        from lxml import etree

        try:
            for event, element in self._parser:
                if event == "start":
                    self._held += 1
                    if self._held > _MOST_ELEMENTS:
                        raise ReportError(f"holds an entry of more than {_MOST_ELEMENTS:,} elements; split it")
                tag = element.tag
                yield event, tag.rpartition("}")[2] if isinstance(tag, str) else "", element
        except etree.XMLSyntaxError as error:  # nothing of it can be read
            self._error = (_shorten(error.msg), error.lineno or 1)

    @property
    def fault(self) -> tuple[str, int] | None:
        """The first fault of the document and its line, or None if it is sound."""
        faults = (each for each in self._parser.error_log if each.level_name == "FATAL")
        return self._error or next(((_shorten(each.message), each.line) for each in faults), None)

    def forget(self, element: Any) -> None:
        """Free an element that has ended, and those before it."""
        element.clear()
        while (before := element.getprevious()) is not None:
            element.getparent().remove(before)
        self._held = 0


def _shorten(message: str | None) -> str:
    return " ".join((message or "no XML").split())[:200]
