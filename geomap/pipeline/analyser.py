"""How a report is analysed: names are found, then their places, then corrections are applied."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from geomap.config import USUAL, Project
from geomap.corrections import CorrectionBook, LoadedCorrections, Problem, correct_report, load_corrections
from geomap.errors import ReportError
from geomap.gazetteer import find_overlays, open_gazetteer
from geomap.model import ParsedReport, Report, digest_texts
from geomap.pipeline.backends import Backends, OpenGazetteer, SpacyRecognizers
from geomap.pipeline.blaming import try_all
from geomap.recognizers.base import BatchRecognizer, recognize_up_to

if TYPE_CHECKING:
    from geomap.gazetteer.index import Gazetteer
    from geomap.gazetteer.overlays.folder import Overlay
    from geomap.recognizers.base import Recognizer
    from geomap.resolvers.base import Resolver

Backend = TypeVar("Backend")


@dataclass(frozen=True, slots=True)
class Analyser:
    """Analyses reports with the backends of a run; it is plain data that can be sent to workers.

    ``overlays`` are what the user has added to the gazetteer that the backends open, ``corrections`` what people have
    said about names; ``problems`` tell of those that cannot be used. Of a report the first ``mentions_per_report`` are
    kept.
    """

    backends: Backends
    overlays: tuple[Overlay, ...] = ()
    corrections: CorrectionBook = field(default_factory=CorrectionBook)
    problems: tuple[Problem, ...] = ()
    mentions_per_report: int = USUAL.mentions_per_report

    @property
    def recognizer(self) -> Recognizer:
        """The recognizer, made once in each process."""
        made: Recognizer = _make(self.backends.recognizer, self.overlays)
        return made

    @property
    def resolver(self) -> Resolver:
        """The resolver, made once in each process."""
        made: Resolver = _make(self.backends.resolver, self.overlays)
        return made

    @property
    def takes_many(self) -> bool:
        """Whether analysing several reports at once takes less time than one by one."""
        return isinstance(self.recognizer, BatchRecognizer)

    def analyse(self, report: Report) -> ParsedReport:
        """Return a report with the places that it names, after corrections."""
        return self.analyse_all([report])[0]

    def analyse_all(self, reports: Sequence[Report]) -> list[ParsedReport]:
        """Return reports with the places that they name, after corrections; no report influences another."""
        resolve, most = self.resolver.resolve, self.mentions_per_report
        found = recognize_up_to(self.recognizer, reports, most)
        return [
            correct_report(report, spans, resolve, self.corrections, most=most, reach=reach)
            for report, (spans, reach) in zip(reports, found, strict=True)
        ]

    def try_analyse(self, report: Report) -> ParsedReport | ReportError:
        """Return a report with its places, or the error for it: one report must not stop the others."""
        return self.try_analyse_all([report])[0]

    def try_analyse_all(self, reports: Sequence[Report]) -> list[ParsedReport | ReportError]:
        """Return each report with its places, or the error for it."""
        return try_all(self.analyse_all, reports)

    def scan(self, report: Report) -> tuple[str, str]:
        """Return the digest of a report and its impact digest: of what overlays and outlet locations change in it.

        Where both are the same, so is what is found in the report; it takes a fraction of the time of finding that.
        The impact digest is an empty string where nothing is changed.
        """
        impact = open_gazetteer(self.overlays).digest_impact("\n".join((report.text, report.title, report.source)))
        if not self.backends.sources:
            return report.digest(), impact
        from geomap.resolvers.outlet_settings import find_setting

        setting = find_setting(report, {source.lower(): home for source, home in self.backends.sources})
        return report.digest(), digest_texts((impact, setting)) if setting else impact

    def scan_corrections(self, report: Report) -> tuple[str, str]:
        """Return the digest of a report and its impact digest by corrections of more than single reports.

        The impact digest is an empty string where none of them concerns the report.
        """
        return report.digest(), self.corrections.digest_impact(report)


def open_analyser(project: Project, backends: Backends) -> Analyser:
    """Return the analyser of a project, with the overlays of its gazetteer and its corrections.

    ``backends`` are configured already. A damaged overlay raises `GazetteerError`, a file that is no table of
    corrections `CorrectionError`, and a setting of geomap.toml that the backends cannot use `ConfigurationError` or
    `MissingPackageError`.
    """
    overlays = find_overlays(project.overlays)
    _make_configured(backends, overlays)
    loaded = _load_corrections(project.corrections, _stamp(project.corrections), overlays)
    most = project.settings.limits.mentions_per_report
    return Analyser(backends, overlays, loaded.book, loaded.problems, most)


def _make_configured(backends: Backends, overlays: tuple[Overlay, ...]) -> None:
    """Make what depends on a setting, so that a wrong one is told before any report is read."""
    if isinstance(backends.recognizer, SpacyRecognizers):
        _make(backends.recognizer, overlays)
    if backends.sources:
        _make(backends.resolver, overlays)


@dataclass(frozen=True, slots=True)
class _Opener:
    """Opens the gazetteer of a run."""

    overlays: tuple[Overlay, ...]

    def __call__(self) -> Gazetteer:
        return open_gazetteer(self.overlays)


@lru_cache(maxsize=16)
def _make(factory: Callable[[OpenGazetteer], Backend], overlays: tuple[Overlay, ...]) -> Backend:
    return factory(_Opener(overlays))


@lru_cache(maxsize=4)
def _load_corrections(path: Path, _stamp: bytes, overlays: tuple[Overlay, ...]) -> LoadedCorrections:
    return load_corrections(path, _Opener(overlays))


def _stamp(path: Path) -> bytes:
    """Return a digest of a file's content: its time is too coarse for a table that is saved twice in a row."""
    try:
        return hashlib.blake2b(path.read_bytes(), digest_size=16).digest()
    except OSError:
        return b""
