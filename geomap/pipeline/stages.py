"""The backends that a run goes through, each loaded when it is first called."""

from __future__ import annotations

import hashlib
import logging
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache
from os import PathLike
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol, TypeVar

from geomap.config import NO_MEMORY, USUAL, MapSettings, Project, describe_cut, open_project
from geomap.corrections import CorrectionBook, LoadedCorrections, Problem, correct_report, load_corrections
from geomap.engines.grouping import Many
from geomap.errors import GeomapError, ReportError, describe_error
from geomap.gazetteer import open_gazetteer, use_overlays
from geomap.model import Mention, ParsedReport, Report, digest_texts
from geomap.recognizers.base import BatchRecognizer, recognize_up_to
from geomap.system.code_digests import digest_code

if TYPE_CHECKING:
    from geomap.gazetteer.overlays.folder import Overlay
    from geomap.recognizers.base import Recognizer
    from geomap.rendering.tiles import Tiles
    from geomap.resolvers.base import Resolver


Backend = TypeVar("Backend")

_log = logging.getLogger("geomap")


class MapCounts(Protocol):
    """What a build wants to know of the map that was drawn."""

    @property
    def places(self) -> int:
        """How many places it shows."""
        ...

    @property
    def mentions(self) -> int:
        """How many mentions it shows."""
        ...

    @property
    def left_out(self) -> int:
        """How many mentions are older than the newest of their place that were asked for."""
        ...

    @property
    def shards(self) -> int:
        """How many files beside it hold its texts, 0 where it holds them itself."""
        ...


def _default_recognizer() -> Recognizer:
    from geomap.recognizers import default_recognizer  # it brings the gazetteer and the models

    return default_recognizer()


@dataclass(frozen=True, slots=True)
class _SpacyRecognizers:
    """Makes recognizers that ask a pipeline of spaCy; equal ones stand for each other in all processes."""

    pipeline: str

    def __call__(self) -> Recognizer:
        from geomap.recognizers.spacy import SpacyRecognizer  # an optional package

        return SpacyRecognizer(open_gazetteer(), self.pipeline)


def _default_resolver() -> Resolver:
    from geomap.resolvers import default_resolver

    return default_resolver()


@dataclass(frozen=True, slots=True)
class MapDrawer:
    """Draws the map: with an online base map if one is configured, with the newest mentions of each place if asked.

    Raises `ConfigurationError` for tiles that no page could use.
    """

    settings: MapSettings = field(default_factory=MapSettings)
    max_excerpts_per_place: int | None = None

    def __post_init__(self) -> None:
        self._make_tiles()  # what is wrong is told before there is something to draw

    def __call__(self, parsed_reports: Iterable[ParsedReport], output: Path) -> MapCounts:
        """Write the map and return what it holds."""
        from geomap.rendering.labels import collect_labels
        from geomap.rendering.page import write_map  # folium: only a build draws

        return write_map(
            parsed_reports,
            output,
            labels=collect_labels(open_gazetteer()),
            tiles=self._make_tiles(),
            max_excerpts_per_place=self.max_excerpts_per_place,
        )

    def _make_tiles(self) -> Tiles | None:
        if not self.settings.tiles:
            return None
        from geomap.rendering.tiles import Tiles

        return Tiles(self.settings.tiles, self.settings.attribution)


@dataclass(frozen=True, slots=True)
class _ResolverAtHome:
    """Makes the default resolver of a project that says where its sources are at home."""

    sources: tuple[tuple[str, str], ...]

    def __call__(self) -> Resolver:
        from geomap.resolvers import default_resolver

        return default_resolver(sources=dict(self.sources))


@lru_cache(maxsize=16)
def _make(factory: Callable[[], Backend], overlays: tuple[Overlay, ...]) -> Backend:
    with use_overlays(overlays):
        return factory()


@lru_cache(maxsize=4)
def _load_corrections(path: Path, _stamp: bytes, overlays: tuple[Overlay, ...]) -> LoadedCorrections:
    return load_corrections(path, lambda: open_gazetteer(overlays))


def _stamp(path: Path) -> bytes:
    """Return what changes with the content of a file: times are too coarse for a table that is saved twice in a row."""
    try:
        return hashlib.blake2b(path.read_bytes(), digest_size=16).digest()
    except OSError:
        return b""


@dataclass(frozen=True, slots=True)
class Stages:
    """The backends of a run, as functions that make them; each process, workers too, calls them once.

    ``overlays`` are what the user has added to the gazetteer that the backends open, ``sources`` tells where outlets
    are at home, ``corrections`` what people have said about names; ``problems`` tell of those that cannot be used.
    """

    recognizer: Callable[[], Recognizer] = _default_recognizer
    resolver: Callable[[], Resolver] = _default_resolver
    draw: Callable[[Iterable[ParsedReport], Path], MapCounts] = MapDrawer()
    overlays: tuple[Overlay, ...] = ()
    sources: tuple[tuple[str, str], ...] = ()
    corrections: CorrectionBook = field(default_factory=CorrectionBook)
    problems: tuple[Problem, ...] = ()
    mentions_per_report: int = USUAL.mentions_per_report

    def in_project(self, project: Project) -> Stages:
        """Return the same stages on the gazetteer of a project, with its corrections.

        An overlay that is damaged raises `GazetteerError`, a table of corrections that is none `CorrectionError`, and a
        setting of geomap.toml that the backends cannot use `ConfigurationError` or `MissingPackageError`.
        """
        overlays = self._find_overlays(project)
        recognizer = (
            _SpacyRecognizers(project.settings.recognizer.spacy)
            if project.settings.recognizer.spacy
            else self.recognizer
        )
        loaded = _load_corrections(project.corrections, _stamp(project.corrections), overlays)
        is_default = self.resolver is _default_resolver
        stages = replace(
            self,
            recognizer=recognizer,
            resolver=_ResolverAtHome(project.settings.sources)
            if project.settings.sources and is_default
            else self.resolver,
            draw=replace(self.draw, settings=project.settings.map) if isinstance(self.draw, MapDrawer) else self.draw,
            overlays=overlays,
            sources=project.settings.sources if is_default else (),
            corrections=loaded.book,
            problems=loaded.problems,
            mentions_per_report=project.settings.limits.mentions_per_report,
        )
        stages._make_configured()
        return stages

    def _make_configured(self) -> None:
        """Make what depends on a setting, so that a wrong one is told before any report is read."""
        if isinstance(self.recognizer, _SpacyRecognizers):
            self._make(self.recognizer)
        if isinstance(self.resolver, _ResolverAtHome):
            self._make(self.resolver)

    def keep_newest(self, excerpts: int | None) -> Stages:
        """Return the same stages with a map that shows only so many mentions of each place, the newest."""
        if excerpts is None or not isinstance(self.draw, MapDrawer):
            return self
        return replace(self, draw=replace(self.draw, max_excerpts_per_place=excerpts))

    def _find_overlays(self, project: Project) -> tuple[Overlay, ...]:
        if not project.overlays.is_dir():
            return self.overlays
        from geomap.gazetteer.overlays.folder import find_overlays

        return find_overlays(project.overlays)

    def fingerprint(self) -> str:
        """Return what changes whenever any report could give other mentions or places, but for overlays and sources."""
        own = (self._make(self.recognizer).fingerprint, self._make(self.resolver).fingerprint)
        most = self.mentions_per_report
        return digest_texts(own if most == USUAL.mentions_per_report else (*own, f"mentions_per_report={most}"))

    def overlay_fingerprint(self) -> str:
        """Return what changes whenever overlays or sources could change what is found in a report, "" without them."""
        if not self.overlays and not self.sources:
            return ""
        code = digest_code("geomap.gazetteer.overlays.layered", "geomap.resolvers.home_settings")
        return digest_texts(
            (code, self.fingerprint(), *(overlay.digest for overlay in self.overlays), repr(self.sources))
        )

    def scan(self, report: Report) -> tuple[str, str]:
        """Return the digest of a report, and of what overlays have on its names and sources on its outlet, "" for none.

        Where both are the same, so is what is found in the report; it takes a fraction of the time of finding that.
        """
        gazetteer = open_gazetteer(self.overlays)
        touch = gazetteer.touch("\n".join((report.text, report.title, report.source)))
        if not self.sources:
            return report.digest(), touch
        from geomap.resolvers.home_settings import find_setting

        setting = find_setting(report, {source.lower(): home for source, home in self.sources})
        return report.digest(), digest_texts((touch, setting)) if setting else touch

    def scan_corrections(self, report: Report) -> tuple[str, str]:
        """Return the digest of a report, and of what corrections that are not its own have on it, "" for nothing."""
        return report.digest(), self.corrections.touch(report)

    def analyse(self, report: Report) -> ParsedReport:
        """Return the report with the places it names, corrected."""
        return self.analyse_all([report])[0]

    def analyse_all(self, reports: Sequence[Report]) -> list[ParsedReport]:
        """Return reports with the places they name, corrected; what is found in one does not depend on the others."""
        resolve, most = self._make(self.resolver).resolve, self.mentions_per_report
        found = recognize_up_to(self._make(self.recognizer), reports, most)
        return [
            correct_report(report, spans, resolve, self.corrections, most=most, reach=reach)
            for report, (spans, reach) in zip(reports, found, strict=True)
        ]

    def _make(self, factory: Callable[[], Backend]) -> Backend:
        backend: Backend = _make(factory, self.overlays)
        return backend

    def analyser(self) -> Callable[..., Any]:
        """Return what engines are to run over reports: `try_analyse`, for many at once where that takes less time."""
        is_for_many = isinstance(self._make(self.recognizer), BatchRecognizer)
        return Many(self.try_analyse_all) if is_for_many else self.try_analyse

    def try_analyse(self, report: Report) -> ParsedReport | ReportError:
        """Return the report with its places, or why that failed: one report must not stop the others."""
        return self.try_analyse_all([report])[0]

    def try_analyse_all(self, reports: Sequence[Report]) -> list[ParsedReport | ReportError]:
        """Return each report with its places, or why that failed."""
        try:
            return [*self.analyse_all(reports)]
        except Exception as error:
            if isinstance(error, GeomapError) and not isinstance(error, ReportError):
                raise  # a missing gazetteer is not the reports' fault, and fails all of them
            if len(reports) > 1:
                return [self.try_analyse(report) for report in reports]
            return [_blame(report, error) for report in reports]


def _blame(report: Report, error: Exception) -> ReportError:
    """Return the error for a report; whatever its text provokes concerns this text only."""
    if isinstance(error, ReportError):
        return error
    if isinstance(error, MemoryError):
        return ReportError(NO_MEMORY, path=report.id)
    return ReportError(f"its places cannot be found ({describe_error(error)})", path=report.id)


DEFAULT_STAGES = Stages()


def analyse(report: Report, *, project: Project | str | PathLike[str] | None = None) -> ParsedReport:
    """Return the report with the places it names, as a project (default: the current folder's) knows them."""
    stages = DEFAULT_STAGES.in_project(open_project(project))
    parsed = stages.analyse(report)
    if parsed.is_cut:
        _log.warning("%s: %s", report.id, describe_cut(len(parsed.mentions), stages.mentions_per_report))
    return parsed


def parse(
    text: str,
    *,
    title: str = "",
    source: str = "",
    domain: str = "",
    date: str = "",
    project: Project | str | PathLike[str] | None = None,
) -> list[Mention]:
    """Return the mentions of places in a text; what else is known about it is context only.

    ``project`` (a path or a `Project`, default: the current folder's) gives the places, sources and corrections.
    """
    report = Report("text", text, title=title, source=source, domain=domain, date=date)
    return list(analyse(report, project=project).mentions)
