"""How much of a gold corpus the gazetteer could find at best: whether it has the names, and the right places."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

import numpy as np
import numpy.typing as npt

from geomap.gazetteer.geodesy import distances_km
from geomap.gazetteer.index import Gazetteer
from geomap.gazetteer.layout import DEGREE
from geomap.learning.corpora import GoldMention, GoldReport
from geomap.text.tables import read_records

NEAR_KM: Final = 161.0
_DEMONYM: Final = "demonym"


@dataclass(slots=True)
class Coverage:
    """Counts over one corpus, of the names that are marked with coordinates.

    ``near`` have a place within 161 km of the gold point, ``reached`` also those of which a place's extent comes that
    near: the points of seas, rivers and large countries are conventions. ``far`` are names of which none does.
    """

    corpus: str
    names: int = 0
    known: int = 0
    near: int = 0
    reached: int = 0
    unknown: Counter[str] = field(default_factory=Counter)
    far: Counter[str] = field(default_factory=Counter)

    def describe(self, *, most: int) -> Iterator[str]:
        """Yield the figures and the commonest misses as lines."""
        yield (
            f"{self.corpus}: {self.names:,} names with coordinates, known {self.known / max(1, self.names):.3f}, "
            f"a place within {NEAR_KM:.0f} km {self.near / max(1, self.names):.3f}, "
            f"or its extent {self.reached / max(1, self.names):.3f}"
        )
        for title, misses in (("unknown", self.unknown), ("known, but not there", self.far)):
            if not most:
                return
            rows = sorted(misses.items(), key=lambda item: (-item[1], item[0]))[:most]
            yield f"  {title} ({misses.total():,}): " + ", ".join(f"{name} {count}" for name, count in rows)


def read_base_forms(path: Path) -> dict[str, str]:
    """Return the base forms of inflected names, from a table with the columns ``name`` and ``base``."""
    return {row["name"]: row["base"] for _, row in read_records(path)}


def measure_coverage(
    reports: Iterable[GoldReport],
    gazetteer: Gazetteer,
    *,
    bases: Mapping[str, str] | None = None,
    without_demonyms: bool = False,
) -> list[Coverage]:
    """Return the coverage of each corpus, in the order in which they come.

    A name that is not known counts by what ``bases`` has for it.
    """
    found: dict[str, Coverage] = {}
    for each in reports:
        coverage = found.setdefault(each.corpus, Coverage(each.corpus))
        for mark in each.gold:
            if mark.latitude is not None and not (without_demonyms and mark.type.lower() == _DEMONYM):
                _count(coverage, mark, each.report.text[mark.start : mark.end], gazetteer, bases or {})
    return list(found.values())


def _count(coverage: Coverage, mark: GoldMention, name: str, gazetteer: Gazetteer, bases: Mapping[str, str]) -> None:
    assert mark.latitude is not None
    assert mark.longitude is not None
    coverage.names += 1
    matches = gazetteer.matches(name) or gazetteer.matches(bases.get(name, name))
    if not matches:
        coverage.unknown[name] += 1
        return
    coverage.known += 1
    rows = np.array([match.row for match in matches], dtype=np.int64)
    distances = measure_distances(rows, mark.latitude, mark.longitude, gazetteer)
    coverage.near += bool(distances.min() <= NEAR_KM)
    reaches = distances - np.asarray(gazetteer.columns["radius"][rows]) / 10 <= NEAR_KM
    if any(_is_reached(row, mark, gazetteer) for row in rows[reaches].tolist()):
        coverage.reached += 1
    else:
        coverage.far[name] += 1


def measure_distances(
    rows: npt.NDArray[np.int64], latitude: float, longitude: float, gazetteer: Gazetteer
) -> npt.NDArray[np.float64]:
    """Return how far the points of places are from another, in km."""
    return distances_km(latitude, longitude, gazetteer.latitudes[rows] / DEGREE, gazetteer.longitudes[rows] / DEGREE)


def _is_reached(row: int, mark: GoldMention, gazetteer: Gazetteer) -> bool:
    """Tell whether a place comes near, of which the circle round its point does."""
    assert mark.latitude is not None
    assert mark.longitude is not None
    course = gazetteer.courses.get(gazetteer.place(row).place_id)
    return course is None or course.distance_km(mark.latitude, mark.longitude) <= NEAR_KM
