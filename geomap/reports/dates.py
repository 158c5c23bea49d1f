"""Dates as reports write them -> ISO 8601.

A regular expression locates a date, dateutil reads what was located; prose is never searched by guessing.
Only full dates count: a month or a year alone is no date. Numbers such as 05/06/2025 are read day first, as most of the
world writes them, unless only the other order gives a date or a 12-hour clock (AM, PM) follows, which goes with
month first.
"""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import lru_cache

from geomap.languages import ENGLISH

_WORDS = ENGLISH.dates  # a report has to be read before anything can know its language
MONTH = _WORDS.month
_YEAR = r"[12][0-9]{3}"
_DAY = rf"[0-3]?[0-9](?:{_WORDS.day_ending})?"
_DATE = rf"""
    (?P<iso>{_YEAR}(?P<iso_mark>[-/.])[01]?[0-9](?P=iso_mark)[0-3]?[0-9])
  | (?P<numeric>[0-3]?[0-9](?P<mark>[-/.])[0-3]?[0-9](?P=mark){_YEAR})
  | (?P<month_first>{MONTH}\s{{1,3}}{_DAY},?\s{{1,3}}{_YEAR})
  | (?P<day_first>{_DAY}(?:\s{{1,3}}(?:{_WORDS.day_joint}\s{{1,3}})?|[-/]){MONTH}(?:,?\s{{1,3}}|[-/]){_YEAR})
"""
_ZONES = {"UTC": 0, "GMT": 0, "Z": 0, "EST": -5, "EDT": -4, "CST": -6, "CDT": -5, "MST": -7, "MDT": -6, "PST": -8}
_ZONES |= {"PDT": -7, "CET": 1, "CEST": 2, "EET": 2, "EEST": 3, "MSK": 3}
_HALF_DAY_DOTS = re.compile(r"\.m\b\.?", re.IGNORECASE)  # "8:05 a.m." is more than dateutil knows
_HOUR_12 = rf"\s?{_WORDS.half_day}"
_ZONE = rf"\s?(?:(?:{'|'.join(sorted(_ZONES, key=len, reverse=True))})\b|[+-][0-9]{{2}}:?[0-9]{{2}}\b)"
_TIME = rf"""
    (?:T|,?\s{{1,3}}(?:{_WORDS.time_joint}\s{{1,3}}|[-–|]\s{{1,3}})?)
    (?P<time>[0-9]{{1,2}}:[0-9]{{2}}(?::[0-9]{{2}})?(?![0-9:])(?:\.[0-9]{{1,9}})?(?P<half_day>{_HOUR_12})?(?P<zone>{_ZONE})?
      |[0-9]{{1,2}}(?P<half_day_only>{_HOUR_12})(?P<zone_only>{_ZONE})?)
"""
_LOCATED = re.compile(
    rf"(?<![^\W_])(?<![0-9][-/.,])(?:{_WORDS.weekday})?(?P<date>{_DATE})(?:(?:{_TIME})|(?![^\W_]))(?![-/.]?[0-9])",
    re.IGNORECASE | re.VERBOSE,
)
_DIGITS = {8: "%Y%m%d", 12: "%Y%m%d%H%M", 14: "%Y%m%d%H%M%S"}
_LONGEST_VALUE = 200


@dataclass(frozen=True, slots=True)
class FoundDate:
    """A date in a text: ``text[start:end]`` is as written, with weekday and time; ``iso`` is ISO 8601."""

    start: int
    end: int
    iso: str


def find_dates(text: str) -> list[FoundDate]:
    """Return the full dates of a text in its order."""
    found = ((match, _read(match)) for match in _LOCATED.finditer(text))
    return [FoundDate(match.start(), match.end(), iso) for match, iso in found if iso]


def parse_date(value: object) -> str:
    """Return a date from a metadata field as ISO 8601, or an empty string if it is not a full date.

    Numbers are seconds or milliseconds since 1970, or a date written together (20250525, 20250525120014). A value
    that is neither text nor number is no date: writing it out may take hours.
    """
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        return ""
    if isinstance(value, float):
        value = int(value) if math.isfinite(value) else ""
    try:
        text = str(value).strip()
    except ValueError:  # an integer of thousands of digits
        return ""
    if text.isascii() and text.isdigit():
        return _read_digits(text)
    found = find_dates(text[:_LONGEST_VALUE])
    return found[0].iso if found else ""


def _read(match: re.Match[str]) -> str:
    date, time = match["date"], match["time"]
    is_12_hour = bool(match["half_day"] or match["half_day_only"])
    day_first = bool(match["numeric"]) and not is_12_hour
    if time and (moment := _parse(f"{date} {_HALF_DAY_DOTS.sub('m', time)}", day_first=day_first)):
        return moment.replace(microsecond=0).isoformat()
    day = _parse(date, day_first=day_first)
    return day.date().isoformat() if day else ""


@lru_cache(maxsize=4096)  # the reports of a folder share their days, and dateutil takes most of the time of reading
def _parse(located: str, *, day_first: bool) -> datetime | None:
    from dateutil import parser  # only reports that carry dates pay for it

    zones = {name: hours * 3600 for name, hours in _ZONES.items()}
    try:
        moment = parser.parse(located.upper(), dayfirst=day_first, tzinfos=zones, default=datetime(2000, 1, 1))  # noqa: DTZ001 - the report states no zone
        moment.utcoffset()  # "+98:30" is found out only here
    except (ValueError, OverflowError):
        return None
    return moment


def _read_digits(digits: str) -> str:
    if len(digits) in _DIGITS and digits[0] in "12":
        try:
            moment = datetime.strptime(digits, _DIGITS[len(digits)])  # noqa: DTZ007 - the report states no zone
        except ValueError:
            return ""
        return moment.date().isoformat() if len(digits) == len("YYYYMMDD") else moment.isoformat()
    if len(digits) in (9, 10, 12, 13):
        seconds = int(digits) / (1000 if len(digits) > len("1748174414") else 1)
        return datetime.fromtimestamp(seconds, UTC).replace(microsecond=0).isoformat()
    return ""
