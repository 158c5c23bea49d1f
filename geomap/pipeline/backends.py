"""What backends a run has: what finds names, what finds their places, what draws. Each is a function that makes one."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Protocol, TypeAlias

from geomap.config import MapSettings, Settings
from geomap.gazetteer import open_gazetteer
from geomap.model import ParsedReport

if TYPE_CHECKING:
    from geomap.gazetteer.index import Gazetteer
    from geomap.recognizers.base import Recognizer
    from geomap.rendering.tiles import Tiles
    from geomap.resolvers.base import Resolver

OpenGazetteer: TypeAlias = "Callable[[], Gazetteer]"
"""Returns the gazetteer of a run; a backend that needs none never calls it."""


class MapCounts(Protocol):
    """The counts that a build reports of the map that was drawn."""

    @property
    def places(self) -> int:
        """How many places the map shows."""
        ...

    @property
    def mentions(self) -> int:
        """How many mentions the map shows."""
        ...

    @property
    def left_out(self) -> int:
        """How many mentions are older than the newest of their place that were asked for."""
        ...

    @property
    def shards(self) -> int:
        """How many files beside the map hold its texts, 0 if it holds them itself."""
        ...


def make_recognizer(open_gazetteer: OpenGazetteer) -> Recognizer:
    """Return geomap's own recognizer."""
    from geomap.recognizers import default_recognizer

    return default_recognizer(open_gazetteer())


@dataclass(frozen=True, slots=True)
class SpacyRecognizers:
    """Makes recognizers that use a pipeline of spaCy; equal factories make equal recognizers in all processes."""

    pipeline: str

    def __call__(self, open_gazetteer: OpenGazetteer) -> Recognizer:
        """Return a recognizer."""
        from geomap.recognizers.spacy import SpacyRecognizer  # an optional package

        return SpacyRecognizer(open_gazetteer(), self.pipeline)


@dataclass(frozen=True, slots=True)
class RankingResolvers:
    """Makes geomap's own resolvers; ``sources`` tells where outlets are at home, by their names or domains."""

    sources: tuple[tuple[str, str], ...] = ()

    def __call__(self, open_gazetteer: OpenGazetteer) -> Resolver:
        """Return a resolver."""
        from geomap.resolvers import default_resolver

        return default_resolver(open_gazetteer(), sources=dict(self.sources))


@dataclass(frozen=True, slots=True)
class MapDrawer:
    """Draws the map: with an online base map if one is configured, with the newest mentions of each place if asked.

    ``versions`` are digests of what the mentions were found by, which the map carries.

    Raises `ConfigurationError` for tiles that no page could use.
    """

    settings: MapSettings = field(default_factory=MapSettings)
    max_excerpts_per_place: int | None = None
    versions: tuple[tuple[str, str], ...] = ()

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
            versions=dict(self.versions),
            max_excerpts_per_place=self.max_excerpts_per_place,
        )

    def _make_tiles(self) -> Tiles | None:
        if not self.settings.tiles:
            return None
        from geomap.rendering.tiles import Tiles

        return Tiles(self.settings.tiles, self.settings.attribution)


@dataclass(frozen=True, slots=True)
class Backends:
    """The backends of a run; each process, workers too, makes them once."""

    recognizer: Callable[[OpenGazetteer], Recognizer] = make_recognizer
    resolver: Callable[[OpenGazetteer], Resolver] = RankingResolvers()
    draw: Callable[[Iterable[ParsedReport], Path], MapCounts] = MapDrawer()

    def configure(self, settings: Settings, *, max_excerpts_per_place: int | None = None) -> Backends:
        """Return the backends with a project's settings applied; those that are not geomap's own stay as they are."""
        is_own = isinstance(self.resolver, RankingResolvers)
        return Backends(
            SpacyRecognizers(settings.recognizer.spacy) if settings.recognizer.spacy else self.recognizer,
            RankingResolvers(settings.sources) if is_own else self.resolver,
            replace(self.draw, settings=settings.map, max_excerpts_per_place=max_excerpts_per_place)
            if isinstance(self.draw, MapDrawer)
            else self.draw,
        )

    def draw_with(self, versions: Mapping[str, str]) -> Callable[[Iterable[ParsedReport], Path], MapCounts]:
        """Return what draws; geomap's own writes into the map by what versions the mentions were found."""
        if isinstance(self.draw, MapDrawer):
            return replace(self.draw, versions=tuple(versions.items()))
        return self.draw

    @property
    def sources(self) -> tuple[tuple[str, str], ...]:
        """The outlet locations that the resolver was given, by source."""
        return self.resolver.sources if isinstance(self.resolver, RankingResolvers) else ()


DEFAULT_BACKENDS = Backends()
