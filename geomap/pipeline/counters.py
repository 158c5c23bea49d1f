"""Everything that a build counts: the work that it does, and what it sees in the reports that pass by."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from geomap.config import describe_cut
from geomap.corrections.correction import Correction
from geomap.errors import ReportError
from geomap.model import Mention, ParsedReport
from geomap.text.excerpts import cut_excerpt
from geomap.text.failures import Failures


@dataclass(frozen=True)
class WorkDone:
    """What a build has really done: everything else was known from an earlier build.

    ``skipped`` files are hidden or of a kind that geomap does not read. ``reports_found_again`` had been built by an
    older geomap, or by another recognizer; ``reports_scanned`` were only searched for names that changed overlays of
    the gazetteer or corrections have, ``reports_signed`` compared with others for the first time.
    """

    skipped: int = 0
    files_read: int = 0
    reports_recognised: int = 0
    reports_found_again: int = 0
    reports_scanned: int = 0
    reports_signed: int = 0

    def plus(self, **more: int) -> WorkDone:
        """Return the same with more of some of it."""
        return replace(self, **{name: getattr(self, name) + count for name, count in more.items()})


@dataclass(frozen=True, slots=True)
class UnresolvedName:
    """A name that no place was found for: how often it is mentioned, and the first excerpt that does."""

    name: str
    mentions: int
    report_id: str
    excerpt: str


class AppliedCorrections:
    """Counts how often each correction takes effect in the reports that pass by; ``times`` is by digest."""

    def __init__(self, corrections: Iterable[Correction]) -> None:
        self._corrections = {each.digest(): each for each in corrections}
        self.times: dict[str, int] = dict.fromkeys(self._corrections, 0)

    def watch(self, parsed_reports: Iterable[ParsedReport]) -> Iterator[ParsedReport]:
        """Yield the reports unchanged and count their corrections."""
        for parsed in parsed_reports:
            for digest in parsed.corrections:
                self.times[digest] += 1
            yield parsed

    def list_idle(self) -> list[Correction]:
        """Return the corrections that took no effect, by line."""
        return sorted(
            (self._corrections[key] for key, times in self.times.items() if not times), key=lambda each: each.line
        )


class CutReports:
    """Notes which of the reports that pass by are cut: only their first ``most`` mentions are kept."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._cut = Failures()

    def watch(self, parsed_reports: Iterable[ParsedReport]) -> Iterator[ParsedReport]:
        """Yield the reports unchanged and note those that are cut."""
        for parsed in parsed_reports:
            if parsed.is_cut:
                self._cut.add(ReportError(describe_cut(len(parsed.mentions), self._most), path=parsed.report.id))
            yield parsed

    @property
    def lines(self) -> list[str]:
        """A line for each cut report, or for the first of many."""
        return [str(each) for each in self._cut]


class UnresolvedNames:
    """Collects the names without a place from the reports that pass by."""

    def __init__(self) -> None:
        self._names: dict[str, UnresolvedName] = {}

    def watch(self, parsed_reports: Iterable[ParsedReport]) -> Iterator[ParsedReport]:
        """Yield the reports unchanged and note their unresolved names."""
        for parsed in parsed_reports:
            for mention in parsed.mentions:
                if mention.place is None:
                    self._note(parsed, mention)
            yield parsed

    def list(self) -> tuple[UnresolvedName, ...]:
        """Return the unresolved names, the most frequent first, then by name."""
        return tuple(sorted(self._names.values(), key=lambda each: (-each.mentions, each.name)))

    def _note(self, parsed: ParsedReport, mention: Mention) -> None:
        known = self._names.get(mention.text)
        if known is not None:
            self._names[mention.text] = replace(known, mentions=known.mentions + 1)
            return
        report = parsed.report
        excerpt = cut_excerpt(report.text, mention.start, mention.end, title=report.title)
        self._names[mention.text] = UnresolvedName(mention.text, 1, report.id, excerpt)
