"""The backends that a run goes through, each loaded when it is first called."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Protocol, TypeVar

from geomap.config import Config, find_root
from geomap.errors import GeomapError, ReportError
from geomap.failures import describe_error
from geomap.gazetteer import open_gazetteer, use_overlays
from geomap.model import Mention, ParsedReport, Report

if TYPE_CHECKING:
    from geomap.gazetteer.overlays.folder import Overlay
    from geomap.recognizers.base import Recognizer
    from geomap.resolvers.base import Resolver


Backend = TypeVar("Backend")


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


def _default_recognizer() -> Recognizer:
    from geomap.recognizers import default_recognizer  # it brings the gazetteer and the models

    return default_recognizer()


def _default_resolver() -> Resolver:
    from geomap.resolvers import default_resolver

    return default_resolver()


def _draw(parsed_reports: Iterable[ParsedReport], output: Path) -> MapCounts:
    from geomap.map_labels import collect_labels
    from geomap.rendering.page import write_map  # folium: only a build draws

    return write_map(parsed_reports, output, labels=collect_labels(open_gazetteer()))


@lru_cache(maxsize=16)
def _make(factory: Callable[[], Backend], overlays: tuple[Overlay, ...]) -> Backend:
    with use_overlays(overlays):
        return factory()


@dataclass(frozen=True, slots=True)
class Stages:
    """The backends of a run, as functions that make them; each process, workers too, calls them once.

    ``overlays`` are what the user has added to the gazetteer that the backends open.
    """

    recognizer: Callable[[], Recognizer] = _default_recognizer
    resolver: Callable[[], Resolver] = _default_resolver
    draw: Callable[[Iterable[ParsedReport], Path], MapCounts] = _draw
    overlays: tuple[Overlay, ...] = ()

    def in_project(self, config: Config) -> Stages:
        """Return the same stages on the gazetteer of a project; an overlay that is damaged raises `GazetteerError`."""
        if not config.overlays.is_dir():
            return self
        from geomap.gazetteer.overlays.folder import find_overlays

        return replace(self, overlays=find_overlays(config.overlays))

    def fingerprint(self) -> str:
        """Return what changes whenever any report could give other mentions or places, but for the overlays."""
        return _digest((self._make(self.recognizer).fingerprint, self._make(self.resolver).fingerprint))

    def overlay_fingerprint(self) -> str:
        """Return what changes whenever the overlays could change what is found in a report, "" without overlays."""
        if not self.overlays:
            return ""
        from geomap.gazetteer.overlays.touching import VERSION

        return _digest((VERSION, self.fingerprint(), *(overlay.digest for overlay in self.overlays)))

    def scan(self, report: Report) -> tuple[str, str]:
        """Return the digest of a report, and of what the overlays have on its names, "" for nothing.

        Where both are the same, so is what is found in the report; it takes a fraction of the time of finding that.
        """
        gazetteer = open_gazetteer(self.overlays)
        return report.digest(), gazetteer.touch("\n".join((report.text, report.title, report.source)))

    def analyse(self, report: Report) -> ParsedReport:
        """Return the report with the places it names."""
        spans = self._make(self.recognizer).recognize(report)
        return ParsedReport(report, tuple(self._make(self.resolver).resolve(report, spans)))

    def _make(self, factory: Callable[[], Backend]) -> Backend:
        backend: Backend = _make(factory, self.overlays)
        return backend

    def try_analyse(self, report: Report) -> ParsedReport | ReportError:
        """Return the report with its places, or why that failed: one report must not stop the others."""
        try:
            return self.analyse(report)
        except ReportError as error:
            return error
        except GeomapError:
            raise  # a missing gazetteer is not the report's fault, and fails all of them
        except Exception as error:  # noqa: BLE001 -- whatever a text provokes concerns this text only
            return ReportError(f"its places cannot be found ({describe_error(error)})", path=report.id)


DEFAULT_STAGES = Stages()


def _digest(parts: Iterable[str]) -> str:
    framed = "".join(f"{len(part)}:{part}" for part in parts)
    return hashlib.blake2b(framed.encode("utf-8"), digest_size=16).hexdigest()


def analyse(report: Report) -> ParsedReport:
    """Return the report with the places it names, as the project in the current folder knows them."""
    return DEFAULT_STAGES.in_project(Config(find_root(Path.cwd()))).analyse(report)


def parse(text: str, *, title: str = "", source: str = "", domain: str = "", date: str = "") -> list[Mention]:
    """Return the mentions of places in a text; what else is known about it is context only."""
    report = Report("text", text, title=title, source=source, domain=domain, date=date)
    return list(analyse(report).mentions)
