"""Latitude and longitude in texts, in decimal degrees or in degrees, minutes and seconds, and the points they name."""

from __future__ import annotations

import re
from typing import Final

from geomap.recognizers.grid_references import Point

_DEGREE_KM: Final = 111.2
_MINUS: Final = "\u2212\u2013-"  # the hyphen last: these stand in sets of patterns
_SIGN: Final = f"[+{_MINUS}]?"
_DEGREES: Final = r"(?:[°º˚]| ?deg(?:rees?|\.)?)"
_MINUTES: Final = r"(?:['′’‘´`]| ?min(?:utes?|\.)?|m(?= ?\d))"
_SECONDS: Final = r"(?:[\"″”“]|''|′′|’’|´´| ?sec(?:onds?|\.)?|s)"
_SOUTH: Final = frozenset("SsWw")


def _angle(name: str) -> str:
    """Return a pattern for an angle with a mark of degrees; the seconds may go without theirs."""
    return (
        rf"(?P<{name}_d>\d{{1,3}}(?:\.\d{{1,8}})?) ?(?:{_DEGREES}|d|(?=[- ]\d\d[- ′']))[ -]?"
        rf"(?:(?P<{name}_m>\d{{1,2}}(?:\.\d{{1,6}})?) ?(?:{_MINUTES}|(?=[- ]\d\d|[NSEW]))[ -]?"
        rf"(?:(?P<{name}_s>\d{{1,2}}(?:\.\d{{1,4}})?) ?{_SECONDS}?)?)?"
    )


_NS: Final = r"(?P<ns>[NS](?:orth|outh)?\b|north|south|N|S)"
_EW: Final = r"(?P<ew>[EW](?:ast|est)?\b|east|west|E|W)"
_BETWEEN: Final = r"(?:[,;/]? {0,2}|,? and )(?:by )?(?:(?:lon|long|longitude)\.?:? ?)?"
_GUARD: Final = r"(?<![\w.,$€£])"
# 49°59'36"N 36°13'49"E, 49.9935° N, 36.2304° E, 49-59-36N 36-13-49E
_MARKED: Final = re.compile(rf"{_GUARD}{_angle('a')} ?{_NS}{_BETWEEN}{_angle('b')} ?{_EW}(?![a-z0-9])")
# N 49°59'36" E 36°13'49"
_LED: Final = re.compile(rf"{_GUARD}(?P<ns>[NS]) ?{_angle('a')}{_BETWEEN}(?P<ew>[EW]) ?{_angle('b')}(?![a-z0-9])")
# 49.9935 N, 36.2304 E
_LETTERED: Final = re.compile(
    rf"{_GUARD}(?P<a_d>\d{{1,2}}\.\d{{1,8}}) ?{_NS}{_BETWEEN}(?P<b_d>\d{{1,3}}\.\d{{1,8}}) ?{_EW}(?![a-z0-9])"
)
_LED_LETTERED: Final = re.compile(
    rf"{_GUARD}(?P<ns>[NS]) ?(?P<a_d>\d{{1,2}}\.\d{{1,8}}){_BETWEEN}(?P<ew>[EW]) ?(?P<b_d>\d{{1,3}}\.\d{{1,8}})"
    r"(?!\w|\.\d)"
)
# 495936N 0361349E
_COMPACT: Final = re.compile(
    r"(?<!\w)(?P<a_d>\d\d)(?P<a_m>[0-5]\d)(?P<a_s>[0-5]\d)?(?P<ns>[NS]),? ?"
    r"(?P<b_d>\d{3})(?P<b_m>[0-5]\d)(?P<b_s>[0-5]\d)?(?P<ew>[EW])(?!\w)"
)
# lat 49.99, lon 36.23; latitude: 49.9935 longitude: 36.2304; lat/long 49.99, 36.23
_LABELLED: Final = re.compile(
    rf"(?<!\w)(?:lat(?:itude|\.)? ?[:=]? ?(?P<a>{_SIGN}\d{{1,2}}(?:\.\d{{1,8}})?)°?[,;]? ?(?:and )?"
    rf"(?:lon|lng|long|longitude)\.? ?[:=]? ?(?P<b>{_SIGN}\d{{1,3}}(?:\.\d{{1,8}})?)°?"
    rf"|lat(?:itude)?[ /,]{{1,2}}(?:lon|lng|long|longitude)\.?:? ?(?P<c>{_SIGN}\d{{1,2}}\.\d{{1,8}})°?[,;]? ?"
    rf"(?P<d>{_SIGN}\d{{1,3}}\.\d{{1,8}})°?)(?![\d%]|\.\d)",
    re.IGNORECASE,
)
# 49.9935, 36.2304
_BARE: Final = re.compile(
    rf"(?<![\w.,$€£%:;/{_MINUS}])(?<![\d%][,;] )(?P<a>{_SIGN}\d{{1,2}}\.\d{{3,8}})°?(?:[,;] ?| )"
    rf"(?P<b>{_SIGN}\d{{1,3}}\.\d{{3,8}})"
    rf"(?:°|(?![\w%]| ?(?:%|percent|km|kg|points?\b)|[,;] ?{_SIGN}\d|\.\d| {_SIGN}\d{{1,9}}\.))"
)
_CUE: Final = re.compile(
    r"(?:coordinates?|located|location|position|GPS|grid|point|site|map|at)\W{0,4}$", re.IGNORECASE
)
# one of these is in every text that has coordinates, and each is found fast
HINTS: Final = tuple(
    re.compile(hint)
    for hint in (r"\.\d{3}", "[°º˚]", r"[NS],? ?\d", r"deg(?:\.|rees?)? ", r"[Ll](?:at|AT)(?:itude|ITUDE)?[\W]")
)
PATTERNS: Final = (_MARKED, _LED, _LETTERED, _LED_LETTERED, _COMPACT, _LABELLED, _BARE)


def read_degrees(match: re.Match[str], before: str) -> Point | None:
    """Return the point of a match of one of `PATTERNS`, None where it is none; ``before`` is the text before it."""
    if match.re is _LABELLED:
        return _make_point(match["a"] or match["c"], match["b"] or match["d"])
    if match.re is _BARE:
        latitude, longitude = match["a"], match["b"]
        is_exact = min(len(each.split(".")[1]) for each in (latitude, longitude)) >= 4
        return _make_point(latitude, longitude) if is_exact or _CUE.search(before) else None
    return _read_parts(match)


def _make_point(latitude: str, longitude: str) -> Point | None:
    places = min(len(each.partition(".")[2]) for each in (latitude, longitude))
    return _check(_number(latitude), _number(longitude), 0.5 * 10**-places)


def _number(written: str) -> float:
    return float(written.translate({ord(sign): "-" for sign in _MINUS}))


def _read_parts(match: re.Match[str]) -> Point | None:
    parts = match.groupdict()
    angles, precision = [], 180.0
    for name, side in (("a", parts["ns"]), ("b", parts["ew"])):
        values = [parts.get(f"{name}_{unit}") for unit in "dms"]
        written = [value for value in values if value is not None]
        numbers = [float(value) for value in written]
        if any(number >= 60 for number in numbers[1:]) or any(number % 1 for number in numbers[:-1]):
            return None
        angle = sum(number / 60**unit for unit, number in enumerate(numbers))
        angles.append(-angle if side[0] in _SOUTH else angle)
        places = len(written[-1].partition(".")[2])
        precision = min(precision, 0.5 * 10**-places / 60 ** (len(written) - 1))
    return _check(angles[0], angles[1], precision)


def _check(latitude: float, longitude: float, precision: float) -> Point | None:
    """Return the point if there is such a one; ``precision`` is in degrees."""
    if abs(latitude) > 90 or abs(longitude) > 180:
        return None
    return Point(latitude, longitude, max(0.01, round(precision * _DEGREE_KM * 1.42, 3)))
