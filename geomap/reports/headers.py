"""Metadata that stands in front of a text: YAML front matter and lines such as ``Date: 25 May 2025``."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from geomap.errors import ReportError
from geomap.reports.fields import Metadata, find_fields, read_metadata

_FENCE = re.compile(r"---[ \t]*\r?\n")
_CLOSING_FENCE = re.compile(r"^(?:---|\.\.\.)[ \t]*(?:\r?\n|\Z)", re.MULTILINE)
_LONGEST_FRONT_MATTER = 16_000
_DEEPEST = 50  # what is nested takes PyYAML, where it has no C, time that grows with the square of the depth
_READ_APART = re.compile("[\t\ufeff]")  # what PyYAML with libyaml, nine times as fast, reads otherwise than without
_LONGEST_ANCHOR = 40  # as shown
_HEADER = re.compile(r"[*_]{0,2}(?P<name>[^\W\d_][\w -]{0,30}?)[*_]{0,2} ?:[*_]{0,2}(?!//)\s*(?P<value>.*)$")
_MOST_HEADERS = 20
_LONGEST_HEADER = 500
# Words that open a sentence of a report more often than a header ("Report: ...", "Time: ...") are left out.
_HEADER_FIELDS = frozenset({"title", "date", "source", "url", "language"})
_NO_HEADERS = frozenset({"time", "feed", "site", "agency", "heading"})
_OTHER_HEADERS = frozenset(
    {"author", "authors", "by", "byline", "tags", "keywords", "category", "section", "id", "slug"}
)
_OPENING_BYTES = 20_000


@dataclass(frozen=True, slots=True)
class HeadedText:
    """A text without its headers; ``opening`` is the index where its own words begin, after headers that stay."""

    metadata: Metadata
    text: str
    opening: int = 0


def split_headers(text: str) -> HeadedText:
    """Return a text without its front matter and header lines, and the metadata in these.

    Raises `ReportError` for front matter with anchors or aliases: a few lines of them stand for gigabytes.
    """
    front_matter, rest = _split_front_matter(text)
    headed = _split_header_lines(rest)
    return HeadedText(front_matter.or_else(headed.metadata), headed.text, headed.opening)


def _split_front_matter(text: str) -> tuple[Metadata, str]:
    start = _FENCE.match(text)
    end = start and _CLOSING_FENCE.search(text, start.end(), start.end() + _LONGEST_FRONT_MATTER)
    if not start or not end:
        return Metadata(), text
    block = text[start.end() : end.start()]
    values = _load_yaml(block) or _load_lines(block)
    if not values:  # text between two rules
        return Metadata(), text
    return _pick(values), text[end.end() :].lstrip("\r\n")


def _load_yaml(block: str) -> Mapping[object, object] | None:
    """Return the mapping in a YAML block, or None if it holds none; each value is text as written there."""
    import yaml  # only reports with front matter pay for it

    # The base loaders keep every scalar as the text it is and build nothing from tags, dates or merge keys.
    loader = yaml.BaseLoader if _READ_APART.search(block) else getattr(yaml, "CBaseLoader", yaml.BaseLoader)
    try:
        nodes = _list_nodes(yaml.parse(block, Loader=loader))
        if not nodes or not isinstance(nodes[0], yaml.MappingStartEvent):  # text between two rules
            return None
        anchor = next((node.anchor for node in nodes if node.anchor), "")
        values = {} if anchor else yaml.load(block, Loader=loader)  # noqa: S506 - the safe loader builds dates
    except (yaml.YAMLError, ValueError, OverflowError):  # the last two for escaped characters that do not exist
        return None
    if anchor:  # a few lines that stand for each other nine times over make gigabytes
        reason = f"has a YAML anchor or alias in its front matter ('{anchor[:_LONGEST_ANCHOR]}')"
        raise ReportError(f"{reason}; write its value out, or put it in quotation marks")
    return values if isinstance(values, Mapping) else None


def _list_nodes(events: Iterable[Any]) -> list[Any]:
    """Return the YAML events that have or repeat a value; raise `ValueError` if they are nested too deeply."""
    import yaml

    nodes, depth = [], 0
    for event in events:
        depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
        if depth > _DEEPEST:
            raise ValueError("nested too deeply")
        if isinstance(event, yaml.NodeEvent):
            nodes.append(event)
    return nodes


def _load_lines(block: str) -> dict[object, object]:
    matches = (_HEADER.match(line[:_LONGEST_HEADER]) for line in block.splitlines())
    return {match["name"]: (match["value"] or "").strip().strip("'\"") for match in matches if match}


def _pick(values: Mapping[object, object]) -> Metadata:
    named = {name: value for name, value in values.items() if isinstance(name, str)}
    best: dict[str, object] = {}
    for field, names in find_fields(named).items():
        best[field] = next((named[name] for name in names if named[name]), "")
    return read_metadata(best)


def _split_header_lines(text: str) -> HeadedText:
    lines = text[:_OPENING_BYTES].splitlines(keepends=True)
    taken: dict[object, object] = {}
    last, kept_lines = -1, []
    for index, line in enumerate(lines[: 2 * _MOST_HEADERS]):
        match = _HEADER.match(line[:_LONGEST_HEADER].strip())
        if match and _is_known(match["name"]):
            taken.setdefault(match["name"], match["value"] or "")
            last = index
        elif line.strip() and not (match and taken) and not _is_headline_before_headers(lines, index):
            break
        else:
            kept_lines.append((index, line))
    if not any(find_fields([str(name)]).keys() & _HEADER_FIELDS for name in taken):
        return HeadedText(Metadata(), text)
    kept = "".join(line for index, line in kept_lines if index < last).lstrip("\r\n")
    rest = text[sum(len(line) for line in lines[: last + 1]) :]
    if not kept.strip():
        return HeadedText(_pick(taken), rest.lstrip("\r\n"))
    is_headline = _HEADER.match(kept.split("\n", 1)[0].strip()) is None
    return HeadedText(_pick(taken), kept + rest, 0 if is_headline else len(kept))


def _is_headline_before_headers(lines: list[str], index: int) -> bool:
    if any(line.strip() for line in lines[:index]):
        return False
    following = next((line for line in lines[index + 1 : index + 3] if line.strip()), "")
    match = _HEADER.match(following[:_LONGEST_HEADER].strip())
    return match is not None and _is_known(match["name"])


def _is_known(name: str) -> bool:
    plain = name.strip().casefold().replace(" ", "")
    if plain in _NO_HEADERS:
        return False
    return plain in _OTHER_HEADERS or bool(find_fields([name]).keys() & _HEADER_FIELDS)
