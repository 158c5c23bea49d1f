"""The copies in a duplicate cluster are folded into its first report."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import islice
from typing import Final

from geomap.model import Copy, Mention, ParsedReport

_SEARCHED: Final = 200
"""Names of a copy that are looked for in the whole text of the first; more are new for it if it has no such mention.

So a copy of megabytes takes no time that grows with its square.
"""


@dataclass(frozen=True, slots=True)
class _First:
    """What is known of the first report of a duplicate cluster: its text, and the names in it."""

    text: str
    names: tuple[str, ...]


def fold_duplicates(
    parsed_reports: Iterable[ParsedReport], first_of: Mapping[str, str], clustered: Iterable[ParsedReport]
) -> Iterator[ParsedReport]:
    """Yield each duplicate cluster once, as its first report with the others as ``copies``, and all other reports.

    ``first_of`` tells for ids of copies that of the first; ``clustered`` are these reports, copies and first ones. The
    order stays. A name that only a copy has is not lost: the copy is yielded with such mentions only.
    """
    if not first_of:
        yield from parsed_reports
        return
    firsts: dict[str, _First] = {}
    copies: dict[str, list[Copy]] = defaultdict(list)
    for each in clustered:
        report = each.report
        if report.id in first_of:
            copy = Copy(report.id, report.title, report.source, report.date, report.url)
            copies[first_of[report.id]].append(copy)
        else:
            names = dict.fromkeys(_normalise(mention.text) for mention in each.mentions)
            firsts[report.id] = _First(_normalise(report.text), tuple(names))
    for parsed in parsed_reports:
        first = first_of.get(parsed.report.id)
        if first is None:
            own = copies.get(parsed.report.id)
            yield replace(parsed, copies=tuple(own)) if own else parsed
        elif extra := _find_extra(parsed.mentions, firsts.get(first, _First("", ()))):
            yield replace(parsed, mentions=extra)


def _find_extra(mentions: Sequence[Mention], first: _First) -> tuple[Mention, ...]:
    names = dict.fromkeys(_normalise(each.text) for each in mentions)
    for known in first.names:
        names.pop(known, None)
    told = {name for name in islice(names, _SEARCHED) if name in first.text}
    extra = names.keys() - told
    return tuple(each for each in mentions if _normalise(each.text) in extra)


def _normalise(text: str) -> str:
    return " ".join(text.casefold().split())
