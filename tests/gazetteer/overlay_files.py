"""Small files in GeoNames' formats, as tests of overlays need them."""

from __future__ import annotations

from pathlib import Path


def place_row(
    geonameid: int | str,
    name: str,
    latitude: float | str,
    longitude: float | str,
    *,
    plain: str | None = None,
    others: str = "",
    feature: str = "P.PPL",
    country: str = "UA",
    admin1: str = "26",
    population: int | str = 0,
) -> str:
    """Return a line of 19 columns."""
    feature_class, _, code = feature.partition(".")
    first = [
        geonameid,
        name,
        name if plain is None else plain,
        others,
        latitude,
        longitude,
        feature_class,
        code,
        country,
    ]
    return "\t".join(map(str, [*first, "", admin1, "", "", "", population, "", "", "", "2025-01-20"]))


ROBOTYNE = place_row(695586, "Robotyne", 47.44562, 35.83431, others="Роботине,Rabotino")
KRYNKY = place_row(703861, "Krynky", 46.72813, 33.06943, others="Кринки,Крынки,Krynky-nad-Dniprom", admin1="08")
"""The embedded gazetteer has the village, but not the last of the names."""


def write_lines(path: Path, *lines: str) -> Path:
    """Write a file of lines as GeoNames does."""
    path.write_bytes("".join(f"{line}\n" for line in lines).encode())
    return path
