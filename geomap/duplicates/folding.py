"""Reports that tell a story again are laid over the one that tells it first."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from geomap.model import Copy, Mention, ParsedReport


def fold_stories(
    parsed_reports: Iterable[ParsedReport], stories: Mapping[str, str], told_twice: Iterable[ParsedReport]
) -> Iterator[ParsedReport]:
    """Yield the reports with each story once, in their order: the first report of it has the others as ``copies``.

    ``stories`` tells for ids of copies that of the first; ``told_twice`` are these reports, copies and first ones. A
    name that stands in a copy and not in the first is not lost: the copy is yielded with such mentions only.
    """
    if not stories:
        yield from parsed_reports
        return
    texts: dict[str, str] = {}
    copies: dict[str, list[Copy]] = defaultdict(list)
    for each in told_twice:
        report = each.report
        if report.id in stories:
            copy = Copy(report.id, report.title, report.source, report.date, report.url)
            copies[stories[report.id]].append(copy)
        else:
            texts[report.id] = report.text
    for parsed in parsed_reports:
        story = stories.get(parsed.report.id)
        if story is None:
            own = copies.get(parsed.report.id)
            yield replace(parsed, copies=tuple(own)) if own else parsed
        elif extra := _find_extra(parsed.mentions, texts.get(story, "")):
            yield replace(parsed, mentions=extra)


def _find_extra(mentions: Iterable[Mention], text: str) -> tuple[Mention, ...]:
    words = " ".join(text.casefold().split())
    return tuple(each for each in mentions if " ".join(each.text.casefold().split()) not in words)
