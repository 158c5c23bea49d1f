"""How many settlements of a table the gazetteer knows, and how far from their place it has them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median
from typing import Final

import numpy as np

from geomap.gazetteer.index import Gazetteer
from geomap.learning.coverage import measure_distances
from geomap.text.tables import read_records

NEAR_KM: Final = 25.0


@dataclass(slots=True)
class SettlementCoverage:
    """Counts over the settlements of one country: known is what has a place of the name there, wherever it stands.

    ``distances`` are in km, of the known ones to the nearest place of the name in the country.
    """

    country_code: str
    settlements: int = 0
    distances: list[float] = field(default_factory=list)
    unknown: list[str] = field(default_factory=list)
    far: list[str] = field(default_factory=list)

    def describe(self, *, most: int) -> Iterator[str]:
        """Yield the figures and the misses as lines."""
        near = sum(distance <= NEAR_KM for distance in self.distances)
        middle = f", median distance {median(self.distances):.1f} km" if self.distances else ""
        yield (
            f"{self.country_code}: {self.settlements} settlements, known {len(self.distances) / self.settlements:.3f}, "
            f"within {NEAR_KM:.0f} km {near / self.settlements:.3f}{middle}"
        )
        for title, names in (("unknown", self.unknown), ("known, but not there", self.far)):
            if names and most:
                yield f"  {title} ({len(names)}): " + ", ".join(names[:most])


def measure_settlements(path: Path, gazetteer: Gazetteer) -> list[SettlementCoverage]:
    """Return the coverage of each country of a table with the columns country_code, name, latitude, longitude."""
    found: dict[str, SettlementCoverage] = {}
    for _, row in read_records(path):
        coverage = found.setdefault(row["country_code"], SettlementCoverage(row["country_code"]))
        distance = _find_distance(row, gazetteer)
        coverage.settlements += 1
        if distance is None:
            coverage.unknown.append(row["name"])
            continue
        coverage.distances.append(distance)
        if distance > NEAR_KM:
            coverage.far.append(f"{row['name']} {distance:.0f} km")
    return list(found.values())


def _find_distance(row: dict[str, str], gazetteer: Gazetteer) -> float | None:
    code = gazetteer.meta["countries"].index(row["country_code"])
    rows = np.array([match.row for match in gazetteer.matches(row["name"])], dtype=np.int64)
    rows = rows[np.asarray(gazetteer.columns["country"][rows]) == code] if len(rows) else rows
    if not len(rows):
        return None
    return float(measure_distances(rows, float(row["latitude"]), float(row["longitude"]), gazetteer).min())
