"""Latitude and longitude in texts, in decimal degrees or in degrees, minutes and seconds, and the points they name."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import Final

from geomap.languages import ENGLISH, Language
from geomap.languages.base import CoordinateWords
from geomap.recognizers.grid_references import Point

_DEGREE_KM: Final = 111.2
_MINUS: Final = "\u2212\u2013-"  # the hyphen last: these stand in sets of patterns
_SIGN: Final = f"[+{_MINUS}]?"
_GUARD: Final = r"(?<![\w.,$€£])"
# one of these is in every text that has coordinates without words
_HINTS: Final = (r"\.\d{3}", "[°º˚]", r"[NS],? ?\d", r",\d{4}")
# https://www.google.com/maps/@49.9935,36.2304,15z, https://www.openstreetmap.org/#map=15/49.9935/36.2304
_LINK: Final = re.compile(
    r"(?<=[@/=])(?P<a>-?\d{1,2}\.\d{3,8})(?:,|/|%2C|&mlon=)(?P<b>-?\d{1,3}\.\d{3,8})(?![\d.])", re.IGNORECASE
)
_WITH_COMMAS: Final = re.compile(  # 49,9935; 36,2304
    rf"(?<![\w.,;])(?P<a>{_SIGN}\d{{1,2}},\d{{4,8}})°?(?:; ?| ?/ ?)(?P<b>{_SIGN}\d{{1,3}},\d{{4,8}})(?![\w.,;%])"
)


@dataclass(frozen=True, slots=True)
class DegreePatterns:
    """The patterns of latitude and longitude in texts of a language."""

    hints: tuple[re.Pattern[str], ...]
    """One of these is in every text that has coordinates, and each is found fast."""
    forms: tuple[re.Pattern[str], ...]
    """All forms; the last two are those without sides: with a word before the numbers, and bare."""
    cue: re.Pattern[str]

    @property
    def labelled(self) -> re.Pattern[str]:
        """The pattern of a pair with a word before the numbers."""
        return self.forms[-2]

    @property
    def bare(self) -> re.Pattern[str]:
        """The pattern of two bare numbers."""
        return self.forms[-1]


@cache
def degree_patterns(language: Language) -> DegreePatterns:
    """Return the patterns of a language, compiled when they are first needed."""
    words = language.coordinates
    return DegreePatterns(
        tuple(re.compile(hint) for hint in (*_HINTS, *words.hints)),
        (*_compile_sides(words), _LINK, _WITH_COMMAS, _compile_labelled(words), _compile_bare(words)),
        words.cue,
    )


def _angle(name: str, words: CoordinateWords) -> str:
    """Return a pattern for an angle with a mark of degrees; the seconds may go without theirs."""
    degrees = rf"(?:[°º˚]| ?{words.degree})"
    minutes = rf"(?:['′’‘´`]| ?{words.minute}|m(?= ?\d))"
    seconds = rf"(?:[\"″”“]|''|′′|’’|´´| ?{words.second}|s)"
    return (
        rf"(?P<{name}_d>\d{{1,3}}(?:\.\d{{1,8}}|,\d{{3,8}})?) ?(?:{degrees}|d|(?=[- ]\d\d[- ′']))[ -]?"
        rf"(?:(?P<{name}_m>\d{{1,2}}(?:[.,]\d{{1,6}})?) ?(?:{minutes}|(?=[- ]\d\d|[NSEW]))[ -]?"
        rf"(?:(?P<{name}_s>\d{{1,2}}(?:[.,]\d{{1,4}})?) ?{seconds}?)?)?"
    )


def _compile_sides(words: CoordinateWords) -> tuple[re.Pattern[str], ...]:
    """Return patterns of coordinates that say north or south, east or west."""
    latitude, longitude, joint = _angle("a", words), _angle("b", words), words.joint
    ns, ew = rf"(?P<ns>{words.latitude_side})", rf"(?P<ew>{words.longitude_side})"
    return (
        # 49°59'36"N 36°13'49"E, 49.9935° N, 36.2304° E, 49-59-36N 36-13-49E
        re.compile(rf"{_GUARD}{latitude} ?{ns}{joint}{longitude} ?{ew}(?![a-z0-9])"),
        # N 49°59'36" E 36°13'49"
        re.compile(rf"{_GUARD}(?P<ns>[NS]) ?{latitude}{joint}(?P<ew>[EW]) ?{longitude}(?![a-z0-9])"),
        # 49.9935 N, 36.2304 E
        re.compile(
            rf"{_GUARD}(?P<a_d>\d{{1,2}}\.\d{{1,8}}) ?{ns}{joint}(?P<b_d>\d{{1,3}}\.\d{{1,8}}) ?{ew}(?![a-z0-9])"
        ),
        re.compile(
            rf"{_GUARD}(?P<ns>[NS]) ?(?P<a_d>\d{{1,2}}\.\d{{1,8}}){joint}(?P<ew>[EW]) ?(?P<b_d>\d{{1,3}}\.\d{{1,8}})"
            r"(?!\w|\.\d)"
        ),
        # 495936N 0361349E
        re.compile(
            r"(?<!\w)(?P<a_d>\d\d)(?P<a_m>[0-5]\d)(?P<a_s>[0-5]\d)?(?P<ns>[NS]),? ?"
            r"(?P<b_d>\d{3})(?P<b_m>[0-5]\d)(?P<b_s>[0-5]\d)?(?P<ew>[EW])(?!\w)"
        ),
    )


def _compile_labelled(words: CoordinateWords) -> re.Pattern[str]:
    """Return the pattern of lat 49.99, lon 36.23; latitude: 49.9935 longitude: 36.2304; lat/long 49.99, 36.23."""
    return re.compile(
        rf"(?<!\w)(?:{words.latitude_label}(?P<a>{_SIGN}\d{{1,2}}(?:\.\d{{1,8}})?)°?[,;]? ?"
        rf"{words.longitude_label}(?P<b>{_SIGN}\d{{1,3}}(?:\.\d{{1,8}})?)°?"
        rf"|{words.pair_label}(?P<c>{_SIGN}\d{{1,2}}\.\d{{1,8}})°?[,;]? ?"
        rf"(?P<d>{_SIGN}\d{{1,3}}\.\d{{1,8}})°?)(?![\d%]|\.\d)",
        re.IGNORECASE,
    )


def _compile_bare(words: CoordinateWords) -> re.Pattern[str]:
    """Return the pattern of 49.9935, 36.2304."""
    return re.compile(
        rf"(?<![\w.,$€£%:;/{_MINUS}])(?<![\d%][,;] )(?P<a>{_SIGN}\d{{1,2}}\.\d{{3,8}})°?(?:[,;] ?| )"
        rf"(?P<b>{_SIGN}\d{{1,3}}\.\d{{3,8}})"
        rf"(?:°|(?![\w%]| ?(?:%|{words.measure})|[,;] ?{_SIGN}\d|\.\d| {_SIGN}\d{{1,9}}\.))"
    )


def read_degrees(match: re.Match[str], before: str, language: Language = ENGLISH) -> Point | None:
    """Return the point of a match, or None if it is no point; ``before`` is the text before the match."""
    patterns = degree_patterns(language)
    if match.re in (_LINK, _WITH_COMMAS):
        return _make_point(*(each.replace(",", ".") for each in match.group("a", "b")))
    if match.re is patterns.labelled:
        return _make_point(match["a"] or match["c"], match["b"] or match["d"])
    if match.re is patterns.bare:
        latitude, longitude = match["a"], match["b"]
        is_exact = min(len(each.split(".")[1]) for each in (latitude, longitude)) >= 4
        return _make_point(latitude, longitude) if is_exact or patterns.cue.search(before) else None
    return _read_parts(match, language.coordinates)


def _make_point(latitude: str, longitude: str) -> Point | None:
    places = min(len(each.partition(".")[2]) for each in (latitude, longitude))
    return _check(_number(latitude), _number(longitude), 0.5 * 10**-places)


def _number(written: str) -> float:
    return float(written.translate({ord(sign): "-" for sign in _MINUS}))


def _read_parts(match: re.Match[str], words: CoordinateWords) -> Point | None:
    parts = match.groupdict()
    angles, precision = [], 180.0
    for name, side in (("a", parts["ns"]), ("b", parts["ew"])):
        values = [parts.get(f"{name}_{unit}") for unit in "dms"]
        written = [value for value in values if value is not None]
        numbers = [float(value.replace(",", ".")) for value in written]
        if any(number >= 60 for number in numbers[1:]) or any(number % 1 for number in numbers[:-1]):
            return None
        angle = sum(number / 60**unit for unit, number in enumerate(numbers))
        angles.append(-angle if side[0].lower() in words.negative else angle)
        places = len(written[-1].replace(",", ".").partition(".")[2])
        precision = min(precision, 0.5 * 10**-places / 60 ** (len(written) - 1))
    return _check(angles[0], angles[1], precision)


def _check(latitude: float, longitude: float, precision: float) -> Point | None:
    """Return the point, or None if it is not on Earth; ``precision`` is in degrees."""
    if abs(latitude) > 90 or abs(longitude) > 180:
        return None
    return Point(latitude, longitude, max(0.01, round(precision * _DEGREE_KM * 1.42, 3)))
