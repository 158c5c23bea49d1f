"""Military grid references (MGRS) and UTM coordinates in texts, and the points they stand for."""

from __future__ import annotations

import re
from functools import cache
from typing import Final, NamedTuple

from geomap.languages import ENGLISH, Language

_BANDS: Final = "CDEFGHJKLMNPQRSTUVWX"  # of eight degrees from 80 south; the last one has twelve
_COLUMNS: Final = ("ABCDEFGH", "JKLMNPQR", "STUVWXYZ")  # by zone
_ROWS: Final = "ABCDEFGHJKLMNPQRSTUV"
_EVEN_ROWS: Final = _ROWS[5:] + _ROWS[:5]
_SQUARE: Final = 100_000  # metres
_ROW_CYCLE: Final = 2_000_000
_MARGIN: Final = 0.7  # degrees by which a square may reach beyond its band
MGRS: Final = re.compile(
    r"(?<![\w.,/-])(?P<zone>[1-9]|0[1-9]|[1-5]\d|60) ?(?P<band>[C-HJ-NP-X]) ?"
    r"(?P<column>[A-HJ-NP-Z])(?P<row>[A-HJ-NP-V]) ?(?P<east>\d{1,10})(?: (?P<north>\d{1,5}))?(?![\w-]|[.,]\d)"
)
UTM: Final = re.compile(
    r"(?<![\w.,/-])(?P<zone>[1-9]|0[1-9]|[1-5]\d|60) ?(?P<band>[C-HJ-NP-X]),? {0,2}(?:E(?:asting)?:? ?)?"
    r"(?P<east>[1-9]\d{5})(?:\.\d{1,3})? ?(?:m ?E|mE|m|E)?,? {1,2}(?:N(?:orthing)?:? ?)?"
    r"(?P<north>\d{7})(?:\.\d{1,3})?(?: ?(?:m ?N|mN|m|N)\b)?(?![\w-]|[.,]\d)"
)


class Point(NamedTuple):
    """A point in degrees, and its uncertainty in km by the digits that are written."""

    latitude: float
    longitude: float
    radius_km: float


@cache
def _date(language: Language) -> re.Pattern[str]:
    """Return the pattern of dates: "12 MAR 2020" is one, not square AR in zone 12M."""
    return re.compile(rf"\d{{1,2}} ?(?:{'|'.join(language.dates.short_months).upper()})(?![A-Z])")


def read_mgrs(match: re.Match[str], language: Language = ENGLISH) -> Point | None:
    """Return the middle of the square that a match of `MGRS` names, or None if there is no such square."""
    digits = match["east"] + (match["north"] or "")
    half, odd = divmod(len(digits), 2)
    if odd or not 2 <= half <= 5 or _date(language).match(match[0]) or (match["north"] and len(match["north"]) != half):
        return None
    zone, side = int(match["zone"]), 10 ** (5 - half)
    column = _COLUMNS[(zone - 1) % 3].find(match["column"])
    if column < 0:
        return None
    row = (_ROWS if zone % 2 else _EVEN_ROWS).index(match["row"])
    easting = (column + 1) * _SQUARE + (int(digits[:half]) + 0.5) * side
    northing = row * _SQUARE + (int(digits[half:]) + 0.5) * side
    for cycle in range(5):
        point = _unproject(easting, northing + cycle * _ROW_CYCLE, zone, match["band"])
        if point is not None:
            return Point(*point, max(0.01, 0.71 * side / 1000))
    return None


def read_utm(match: re.Match[str]) -> Point | None:
    """Return the point that a match of `UTM` names, or None if there is no such point.

    N and S may be the band or the hemisphere: S is the band (32 to 40 north) where the northing lies in that.
    """
    easting, northing, zone = float(match["east"]), float(match["north"]), int(match["zone"])
    point = _unproject(easting, northing, zone, match["band"])
    if point is None and match["band"] in "NS":
        point = _unproject(easting, northing, zone, "", is_northern=match["band"] == "N")
    return Point(*point, 0.01) if point else None


def _unproject(
    easting: float, northing: float, zone: int, band: str, *, is_northern: bool = True
) -> tuple[float, float] | None:
    """Return latitude and longitude of a point, or None outside of the band (if any) or the projection."""
    import utm  # only for texts that have such coordinates

    try:
        latitude, longitude = utm.to_latlon(easting, northing, zone, northern=band >= "N" if band else is_northern)
    except utm.OutOfRangeError:
        return None
    if band:
        bottom = 8 * _BANDS.index(band) - 80
        if not bottom - _MARGIN <= latitude <= bottom + (12 if band == "X" else 8) + _MARGIN:
            return None
    return float(latitude), float(longitude)
