"""How much of a gold corpus the gazetteer could find at best: whether it has the names, and the right places."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Final

import numpy as np

from geomap.gazetteer.geodesy import distances_km
from geomap.gazetteer.index import Gazetteer
from geomap.gazetteer.layout import DEGREE
from geomap.learning.corpora import GoldMention, GoldReport

NEAR_KM: Final = 161.0


@dataclass(slots=True)
class Coverage:
    """Counts over one corpus, of the names that are marked with coordinates.

    ``far`` are names that are known, but none of their places is near.
    """

    corpus: str
    names: int = 0
    known: int = 0
    near: int = 0
    unknown: Counter[str] = field(default_factory=Counter)
    far: Counter[str] = field(default_factory=Counter)

    def describe(self, *, most: int) -> Iterator[str]:
        """Yield the figures and the commonest misses as lines."""
        yield (
            f"{self.corpus}: {self.names:,} names with coordinates, known {self.known / max(1, self.names):.3f}, "
            f"a place within {NEAR_KM:.0f} km {self.near / max(1, self.names):.3f}"
        )
        for title, misses in (("unknown", self.unknown), ("known, but not there", self.far)):
            rows = sorted(misses.items(), key=lambda item: (-item[1], item[0]))[:most]
            yield f"  {title} ({misses.total():,}): " + ", ".join(f"{name} {count}" for name, count in rows)


def measure_coverage(reports: Iterable[GoldReport], gazetteer: Gazetteer) -> list[Coverage]:
    """Return the coverage of each corpus, in the order in which they come."""
    found: dict[str, Coverage] = {}
    for each in reports:
        coverage = found.setdefault(each.corpus, Coverage(each.corpus))
        for mark in (mark for mark in each.gold if mark.latitude is not None):
            _count(coverage, mark, each.report.text[mark.start : mark.end], gazetteer)
    return list(found.values())


def _count(coverage: Coverage, mark: GoldMention, name: str, gazetteer: Gazetteer) -> None:
    assert mark.latitude is not None
    assert mark.longitude is not None
    rows = np.array([match.row for match in gazetteer.matches(name)], dtype=np.int64)
    coverage.names += 1
    if not len(rows):
        coverage.unknown[name] += 1
        return
    coverage.known += 1
    points = gazetteer.latitudes[rows] / DEGREE, gazetteer.longitudes[rows] / DEGREE
    if distances_km(mark.latitude, mark.longitude, *points).min() <= NEAR_KM:
        coverage.near += 1
    else:
        coverage.far[name] += 1
