"""What is known about a report besides its text, and the many names that files use for it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, ValuesView
from dataclasses import dataclass, fields
from itertools import islice
from urllib.parse import urlsplit

from geomap.model import Report
from geomap.reports.dates import parse_date

# In order of preference: where a table has several of them, the first that is filled counts.
_SYNONYMS = {
    "text": "text body content article story articletext articlebody fulltext fullarticle maintext reporttext "
    "bodytext contenttext plaintext report message description notes summary abstract текст",
    "id": "id reportid articleid docid documentid storyid uuid guid eventidcnty",
    "title": "title headline heading articletitle subject заголовок назва название",
    "date": "date published publishedat publicationdate publisheddate datepublished publishedon dateofpublication "
    "pubdate publishdate publishedtime publishtime datetime eventdate posted postedat postedon dated timestamp "
    "created createdat datecreated seendate updated updatedat lastupdated datemodified modified time "
    "дата опубліковано опубликовано",
    "source": "source publisher outlet sourcename publishername publication newspaper newsoutlet agency sitename site "
    "feed джерело источник видання издание",
    "url": "url link href sourceurl articleurl weburl permalink canonicalurl uri посилання ссылка",
    "language": "language lang locale sourcelanguage мова язык",
    "domain": "domain sourcedomain hostname host website",
}
_FIELD_OF = {synonym: (field, rank) for field, names in _SYNONYMS.items() for rank, synonym in enumerate(names.split())}
_LANGUAGES = {
    "english": "en", "ukrainian": "uk", "russian": "ru", "arabic": "ar", "french": "fr", "german": "de",
    "spanish": "es", "italian": "it", "portuguese": "pt", "dutch": "nl", "polish": "pl", "turkish": "tr",
    "persian": "fa", "farsi": "fa", "hebrew": "he", "chinese": "zh", "japanese": "ja", "korean": "ko",
    "hindi": "hi", "urdu": "ur", "kurdish": "ku",
}  # fmt: skip
_LONGEST_LINE = 400
_MOST_VALUES = 20  # of a list
_UNSTORABLE = re.compile("[\0\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class Metadata:
    """What is known about a report, with values as in `Report`; unknown ones are empty strings."""

    title: str = ""
    source: str = ""
    date: str = ""
    url: str = ""
    domain: str = ""
    language: str = ""

    def or_else(self, other: Metadata) -> Metadata:
        """Return this metadata, with unknown fields taken from ``other``."""
        return Metadata(*(getattr(self, field.name) or getattr(other, field.name) for field in fields(self)))


def find_fields(names: Iterable[str]) -> dict[str, list[str]]:
    """Return the names that stand for each field (``text``, ``id``, ``title`` ...), the best first."""
    ranked: dict[str, list[tuple[int, str]]] = {}
    for name in names:
        field, rank = _FIELD_OF.get(_plain(name), ("", 0))
        if field:
            ranked.setdefault(field, []).append((rank, name))
    return {field: [name for _, name in sorted(found)] for field, found in ranked.items()}


def read_metadata(values: Mapping[str, object]) -> Metadata:
    """Return the metadata in values that `find_fields` named: dates in ISO 8601, web addresses only as ``url``."""
    url = _web_address(one_line(values.get("url")))
    source = one_line(_join_texts(values.get("source")))
    date = values.get("date")  # {"$date": "2025-05-25T10:00:00Z"}
    if _host(_web_address(source)) and " " not in source:
        url, source = url or _web_address(source), ""
    return Metadata(
        title=one_line(values.get("title")),
        source=source,
        date=parse_date(_join_texts(date.values() if isinstance(date, Mapping) else date)),
        url=url,
        domain=_domain(one_line(values.get("domain"))) or _host(url),
        language=_language(one_line(values.get("language"))),
    )


def clean_text(text: str) -> str:
    """Return the text with NULs and lone surrogates replaced one by one: no file or database can hold them."""
    return _UNSTORABLE.sub("\ufffd", text)


def one_line(value: object) -> str:
    """Return a field's value as one line of text, at most 400 characters; empty if it is no text or number."""
    if isinstance(value, Mapping):  # {"source": {"id": ..., "name": "Reuters"}}
        value = value.get("name") or value.get("title")
    if isinstance(value, bool) or not isinstance(value, str | int | float) or value != value:
        return ""
    try:
        return clean_text(" ".join(str(value)[: 4 * _LONGEST_LINE].split())[:_LONGEST_LINE].strip())
    except ValueError:  # an integer of thousands of digits
        return ""


def _join_texts(value: object) -> object:
    """Return a list of texts as one text ("Reuters, AP"), without nested values; other values as they are."""
    if not isinstance(value, list | ValuesView):
        return value
    return ", ".join(each[:_LONGEST_LINE] for each in islice(value, _MOST_VALUES) if isinstance(each, str))


def make_report(report_id: str, body: str, metadata: Metadata, *, with_title: bool = True) -> Report:
    """Return a report; its text is title, blank line, body unless the body begins with the title already.

    ``with_title=False`` leaves the title out of the text, for titles that are not the report's wording or stand in it.
    """
    body = clean_text(body)
    needs_title = with_title and metadata.title and not _begins_with(body, metadata.title)
    text = f"{metadata.title}\n\n{body.lstrip()}".rstrip() if needs_title else body
    values = {field.name: getattr(metadata, field.name) for field in fields(metadata)}
    return Report(id=report_id, text=text, **values)


def _begins_with(body: str, title: str) -> bool:
    opening = " ".join(body[: 4 * len(title) + 200].split()).lstrip("#*_ ")
    return opening.casefold().startswith(title.casefold())


def _plain(name: str) -> str:
    return "".join(character for character in name[:60].casefold() if character.isalnum())


def _web_address(text: str) -> str:
    if text[:4].lower() == "www.":
        text = f"https://{text}"
    return text if text.lower().startswith(("http://", "https://")) and _host(text) else ""


def _host(url: str) -> str:
    try:
        host = urlsplit(url).hostname or ""
    except ValueError:  # "http://[": no address after all
        return ""
    return _domain(host)


def _domain(host: str) -> str:
    if "/" in host:
        return _host(host if "//" in host else f"//{host}")
    return host.lower().strip(". ").removeprefix("www.")


def _language(name: str) -> str:
    name = name.casefold()
    code = re.split("[-_ ]", name, maxsplit=1)[0]
    return _LANGUAGES.get(name, code if len(code) in (2, 3) and code.isascii() and code.isalpha() else "")
