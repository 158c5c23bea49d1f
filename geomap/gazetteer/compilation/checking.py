"""Whether the curated tables say the truth: each point against the outlines of its units, and against Natural Earth."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Final, NamedTuple

from geomap.gazetteer.compilation.curated import CURATED, PLACE_TABLES
from geomap.gazetteer.compilation.outlines import Outline, Outlines, read_outlines
from geomap.gazetteer.compilation.packages import PackageFolder
from geomap.gazetteer.compilation.subdivisions import read_subdivisions
from geomap.gazetteer.normalisation import fold_name
from geomap.text.tables import read_records

_NEAR_KM: Final = 20.0  # outlines are generalised, and small islands are not in them
_NAMESAKE_KM: Final = 1000.0
_KM_PER_DEGREE: Final = 111.2
_WATER: Final = frozenset("HU")
_LINEAR: Final = frozenset({"STM", "STMI", "CNL", "MTS"})  # what reaches far from its point
# Natural Earth 10m has units that were redrawn since, and colonial status where GeoNames has countries
_PARTS_OF: Final = {"XK": "RS", "PS": "IL", "EH": "MA", "HK": "CN", "MO": "CN", "TW": "CN", "SJ": "NO", "AX": "FI"}

_OFFSHORE: Final = frozenset({"ISL", "ISLS", "ATOL", "RF", "VLC", "OILT", "GASF", "PRT"})  # what outlines leave out
# where the reference means another thing of the name, or has its label at the edge of the thing
EXPLAINED: Final = {
    "anti-atlas": "the label stands far in the south-west",
    "atoyac-river": "a namesake",
    "bayu-undan": "a field at sea",
    "boyko-towers": "platforms at sea",
    "caroni-river-2": "a namesake",
    "cumberland-island": "a namesake",
    "fox-river": "a namesake",
    "river-aire": "a namesake",
    "uzh-river": "a namesake",
    "greater-sunrise": "a field at sea",
    "green-river-2": "a namesake",
    "hawaiian-islands": "the reference has the small islands in the north-west only",
    "karasu-river": "a namesake",
    "kashagan": "a field at sea",
    "korea-strait": "the label stands in the north-east",
    "luzon-strait": "the label stands off Taiwan",
    "plain-of-jars": "the label stands in the west of Laos",
    "pyramid-lake-2": "a namesake",
    "serra-do-espinhaco": "the label stands in the south",
    "tanimbar-islands": "the label stands in the south",
    "runit-dome": "stands on an atoll that the outlines leave out",
    "verde-river": "a namesake",
}


class Row(NamedTuple):
    """A row of a curated table."""

    table: str
    slug: str
    name: str
    countries: tuple[str, ...]
    admin1_code: str
    feature_class: str
    feature_code: str
    latitude: float
    longitude: float
    radius_km: float


def check_units(packages: PackageFolder, folder: Path = CURATED) -> Iterator[str]:
    """Yield a line for each curated land point that lies outside of the country or first-level unit that it states."""
    outlines = read_outlines(packages)
    countries, units = outlines.countries, _units_by_code(packages, outlines)
    for row in read_rows(folder):
        if row.feature_class in _WATER or row.radius_km > 100 or not row.countries or row.slug in EXPLAINED:
            continue
        if row.feature_code in _OFFSHORE:
            continue
        stated = [countries[code] for code in _with_parts(row.countries) if code in countries]
        away = min((outline.distance_km(row.latitude, row.longitude) for outline in stated), default=0.0)
        if away > _NEAR_KM + row.radius_km:
            yield f"{row.table}, {row.slug}: {row.name} lies {away:.0f} km outside of {' '.join(row.countries)}"
        elif row.admin1_code in units:
            away = units[row.admin1_code].distance_km(row.latitude, row.longitude)
            if away > _NEAR_KM + row.radius_km:
                yield f"{row.table}, {row.slug}: {row.name} lies {away:.0f} km outside of {row.admin1_code}"


def _with_parts(codes: tuple[str, ...]) -> set[str]:
    return {*codes, *(_PARTS_OF[code] for code in codes if code in _PARTS_OF)}


def _units_by_code(packages: PackageFolder, outlines: Outlines) -> dict[str, Outline]:
    """Return the outlines of first-level units by the codes that they have in GeoNames today."""
    first = [row for row in read_subdivisions(packages) if row.level == "1" and row.geonameid]
    return {row.code: outlines.units[int(row.geonameid)] for row in first if int(row.geonameid) in outlines.units}


def check_natural_features(reference: Path, folder: Path = CURATED) -> Iterator[str]:
    """Yield a line for each curated natural feature that lies elsewhere than the one of its name in the reference.

    ``reference`` is a table with the columns name, name_en, south, west, north and east (degrees), as made from
    Natural Earth. Of several of a name the nearest counts; one that is very far away and in a country is a namesake,
    and the outline of the country is enough.
    """
    boxes = _read_boxes(reference)
    for row in read_rows(folder, ("natural",)):
        if row.slug in EXPLAINED:
            continue
        key = fold_name(row.name)
        found = boxes.get(key) or boxes.get(_core(key), [])
        away = min((_distance_to_box(row, box) for box in found), default=0.0)
        if away > _NAMESAKE_KM and row.countries:
            continue
        reach = max(100.0, (1.5 if row.feature_code in _LINEAR else 1.0) * row.radius_km)
        if away > reach:
            yield f"{row.table}, {row.slug}: {row.name} lies {away:.0f} km from where the reference has it"


def count_common_features(reference: Path, folder: Path = CURATED) -> tuple[int, int]:
    """Return how many curated natural features there are, and how many of them the reference has by name."""
    boxes = _read_boxes(reference)
    keys = [fold_name(row.name) for row in read_rows(folder, ("natural",))]
    return len(keys), sum(key in boxes or _core(key) in boxes for key in keys)


Box = tuple[float, float, float, float]


def _read_boxes(reference: Path) -> dict[str, list[Box]]:
    boxes: dict[str, list[Box]] = defaultdict(list)
    for _, row in read_records(reference):
        box = (float(row["south"]), float(row["west"]), float(row["north"]), float(row["east"]))
        for name in {fold_name(row["name"]), fold_name(row["name_en"])} - {""}:
            boxes[name].append(box)
    return boxes


def _core(key: str) -> str:
    """Return a folded name without the word for its kind: "dnieper" of "dnieper river", "ohrid" of "lake ohrid"."""
    kinds = {"river", "lake", "mount", "mountains", "island", "islands", "range", "reservoir", "desert", "sea"}
    words = key.split(" ")
    if words[-1] in kinds:
        words = words[:-1]
    elif words[0] in kinds:
        words = words[1:]
    return " ".join(words)


def _distance_to_box(row: Row, box: Box) -> float:
    south, west, north, east = box
    latitude = min(max(row.latitude, south), north)
    turns = (row.longitude, row.longitude + 360, row.longitude - 360)
    gap = min(abs(turn - min(max(turn, west), east)) for turn in turns)
    wide = gap * math.cos(math.radians(row.latitude))
    return math.hypot(row.latitude - latitude, wide) * _KM_PER_DEGREE


def read_rows(folder: Path = CURATED, tables: tuple[str, ...] = PLACE_TABLES) -> Iterator[Row]:
    """Yield the places of the curated tables."""
    for table in tables:
        for _, row in read_records(folder / f"{table}.csv"):
            yield Row(
                table=f"{table}.csv",
                slug=row["id"],
                name=row["name"],
                countries=tuple(row["country_code"].split()),
                admin1_code=row["admin1_code"],
                feature_class=row["feature_class"],
                feature_code=row["feature_code"],
                latitude=float(row["latitude"]),
                longitude=float(row["longitude"]),
                radius_km=float(row["radius_km"]),
            )
