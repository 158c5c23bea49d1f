"""Small backends for tests: of geomap's own and of those who build on it. They need no model, gazetteer or browser."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Generic, TypeVar

from geomap.model import Mention, ParsedReport, Place, Report
from geomap.pipeline.backends import Backends, OpenGazetteer

Backend = TypeVar("Backend")

PLACES: Mapping[str, Place] = {
    place.name: place
    for place in (
        Place("geonames:706483", "Kharkiv", 49.98081, 36.25272, 706483, "UA", feature_class="P", feature_code="PPLA"),
        Place("geonames:98717", "Kirkuk", 35.46806, 44.39222, 98717, "IQ", feature_class="P", feature_code="PPLA"),
        Place("geonames:170063", "Aleppo", 36.20124, 37.16117, 170063, "SY", feature_class="P", feature_code="PPLA"),
    )
}
"""The places that `NameResolver` knows."""

UNKNOWN = "Nowhereville"
"""A name that `NameRecognizer` finds and `NameResolver` does not know."""


@dataclass(slots=True)
class NameRecognizer:
    """Finds given names where they stand as whole words."""

    names: tuple[str, ...] = (*PLACES, UNKNOWN)
    fingerprint: str = "names-1"

    def recognize(self, report: Report) -> list[Mention]:
        """Return the names in the order of the text; a text that says "poison" raises ZeroDivisionError."""
        if "poison" in report.text:
            raise ZeroDivisionError("poison in the text")
        pattern = rf"\b(?:{'|'.join(map(re.escape, self.names))})\b"
        return [Mention(found.start(), found.end(), found[0]) for found in re.finditer(pattern, report.text)]


@dataclass(slots=True)
class NameResolver:
    """Gives each name its place in `PLACES`, and none to others."""

    fingerprint: str = "places-1"

    def resolve(self, report: Report, mentions: Sequence[Mention]) -> list[Mention]:  # noqa: ARG002 -- the protocol's
        """Return the mentions with their places."""
        return [replace(each, place=PLACES.get(each.text), confidence=0.5) for each in mentions]


@dataclass(frozen=True, slots=True)
class DrawnCounts:
    """What `draw_json` has drawn."""

    places: int
    mentions: int
    left_out: int = 0
    shards: int = 0


def draw_json(parsed_reports: Iterable[ParsedReport], output: Path) -> DrawnCounts:
    """Write the reports as lines of JSON, where a map would be drawn."""
    parsed = list(parsed_reports)
    output.parent.mkdir(parents=True, exist_ok=True)
    lines = (json.dumps(asdict(each)) + "\n" for each in parsed)
    output.write_text("".join(lines), encoding="ascii", newline="\n")
    places = [mention.place.place_id for each in parsed for mention in each.mentions if mention.place is not None]
    return DrawnCounts(len(set(places)), len(places))


@dataclass(frozen=True, slots=True)
class Standalone(Generic[Backend]):
    """Makes backends that need no gazetteer."""

    make: Callable[[], Backend]

    def __call__(self, _open_gazetteer: OpenGazetteer) -> Backend:
        """Return a backend."""
        return self.make()


SMALL_BACKENDS = Backends(Standalone(NameRecognizer), Standalone(NameResolver), draw_json)
"""A whole pipeline of the backends above."""
