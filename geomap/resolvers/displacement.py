"""Names that say where to look from: "30 km south of Kirkuk" is a point of its own, "near Kirkuk" a wider circle."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Final, NamedTuple

from geomap.gazetteer.courses import distance_km, find_point
from geomap.model import Anchor, Mention, Place

_BEHIND: Final = 100  # characters before a name that may say where to look
_UNITS: Final = {"k": 1.0, "mi": 1.609344, "na": 1.852, "nm": 1.852, "me": 0.001, "m": 0.001}  # by their first letters
_NUMBERS: Final = {
    "a": 1, "an": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9,
    "ten": 10, "eleven": 11, "twelve": 12, "a dozen": 12, "fifteen": 15, "twenty": 20, "thirty": 30, "forty": 40,
    "fifty": 50, "sixty": 60, "seventy": 70, "eighty": 80, "ninety": 90, "a hundred": 100, "one hundred": 100,
    "half a": 0.5, "a few": 3, "a couple of": 2, "several": 5,
}  # fmt: skip
_VAGUE: Final = frozenset({"a few", "several"})
_WINDS: Final = ("n", "nne", "ne", "ene", "e", "ese", "se", "sse", "s", "ssw", "sw", "wsw", "w", "wnw", "nw", "nnw")
_NAMES: Final = {"n": "north", "e": "east", "s": "south", "w": "west"}
_FIGURE: Final = r"\d{1,3}(?:,\d{3})*(?:\.\d{1,2})?|\d{1,5}(?:\.\d{1,2})?"
_WORD: Final = "|".join(sorted(_NUMBERS, key=len, reverse=True))
_WIND: Final = r"(?:due )?(?P<wind>(?:(?:north|south|east|west)[- ]?){1,3}|[NSEW]{1,3}\b\.?)(?:ward|wards|erly)? ?"
_DISTANCE: Final = re.compile(
    rf"(?<![\w.,$€£])(?P<number>{_FIGURE}|{_WORD})(?: ?(?:-|–|to) ?(?P<end>{_FIGURE}|{_WORD}))?[- ]?"
    r"(?P<unit>kms?|kilomet(?:er|re)s?|klicks?|miles?|mi\.?|nautical miles?|nm|met(?:er|re)s?|m) "
    r"(?:\([^()]{1,24}\) |away |further |to the |or so ){0,2}" + rf"(?:{_WIND})?(?:of|from|outside|outside of) "
    r"(?:the )?(?:(?:\w+ )?(?:city|town|village|capital|port|center|centre|outskirts|edge)(?: of|,)? (?:the )?)?$",
    re.IGNORECASE,
)
_ROUGHLY: Final = re.compile(
    r"(?P<outskirts>outskirts of|outside(?: of)?|suburbs? of|edges? of|around|vicinity of)"
    r"|(?P<near>near|close to|nearby|not far from|next to)"
    r"|(?P<coast>off(?: the)?(?: \w+)? coast of|off)"
    r"|(?P<border>border (?:with|between)|borders)"
    r"|(?P<side>(?:north|south|east|west|north(?:east|west)|south(?:east|west))(?:ern)?(?: part)? (?:of|from))",
    re.IGNORECASE,
)
_CLOSE: Final = re.compile(r" (?:the )?(?:(?:city|town|village|capital|port|coast)(?: of)? )?(?:the )?$", re.IGNORECASE)
# km that the circle around a place grows by
_WIDER_KM: Final = {"outskirts": 10.0, "near": 15.0, "coast": 50.0, "border": 30.0, "side": 40.0}
_LOOSE: Final = 0.2  # of the distance: how far "south" may be from due south, and "30 km" from 30
_STRICT: Final = 0.12  # of the distance, for one of sixteen winds
_BETWEEN: Final = re.compile(r"\bbetween (?:the )?$", re.IGNORECASE)


# how all that we look for ends, so that most names are done with at once
_LEADS: Final = tuple(
    f"{word} "
    for word in "of from outside outskirts suburb suburbs edge around vicinity near to nearby off with between borders "
    "the city town village capital port center centre coast of,".split()
)


class _Way(NamedTuple):
    """How far and where to, None for anywhere.

    ``spread`` is how far the distance may be off, in km, ``words`` is how to say it.
    """

    kilometres: float
    bearing: float | None
    spread: float
    words: str


def displace_mentions(text: str, mentions: Sequence[Mention]) -> list[Mention]:
    """Return the mentions; those that the text only measures from have moved, those it is vague about have grown."""
    displaced = [_displace(text, mention) for mention in mentions]
    for index, mention in enumerate(mentions[1:], 1):
        before = mentions[index - 1]
        if text[before.end : mention.start] == " and " and _BETWEEN.search(
            text, max(0, before.start - 14), before.start
        ):
            displaced[index - 1 : index + 1] = _span_between(before, mention)
    return displaced


def _displace(text: str, mention: Mention) -> Mention:
    place = mention.place
    if place is None or mention.kind != "place" or not text.endswith(_LEADS, 0, mention.start):
        return mention
    before = text[max(0, mention.start - _BEHIND) : mention.start]
    found = _DISTANCE.search(before)
    way = _read_way(found) if found else None
    return _move(mention, place, way) if way else _widen(mention, place, before)


def _read_way(found: re.Match[str]) -> _Way | None:
    unit = found["unit"].lower()
    scale = next(value for start, value in _UNITS.items() if unit.startswith(start))
    low, high = _read_number(found["number"]), _read_number(found["end"] or found["number"])
    letters = re.sub(r"north|east|south|west", lambda word: word[0][0], (found["wind"] or "").lower())
    wind = re.sub(r"[^nesw]", "", letters)
    if high < low or (wind and wind not in _WINDS) or (not wind and scale < 1):
        return None
    distance = (low + high) / 2 * scale
    spread = (high - low) / 2 * scale + (distance / 2 if found["number"].lower() in _VAGUE else 0)
    share = _STRICT if len(wind) == 3 or found[0].lower().find("due ") >= 0 else _LOOSE
    amount = found["number"] + (f" to {found['end']}" if found["end"] else "")
    words = f"{amount} {found['unit']} {_spell_wind(wind)} of"
    return _Way(distance, _WINDS.index(wind) * 22.5 if wind else None, spread + share * distance, words)


def _spell_wind(wind: str) -> str:
    names = [_NAMES[letter] for letter in wind]
    return "".join(names) if len(names) < 3 else f"{names[0]}-{names[1]}{names[2]}"


def _read_number(written: str) -> float:
    known = _NUMBERS.get(written.lower())
    return float(written.replace(",", "")) if known is None else float(known)


def _move(mention: Mention, place: Place, way: _Way) -> Mention:
    if way.bearing is None or place.feature_code in {
        "PCLI",
        "ADM1",
    }:  # anywhere around; or from a border we do not know
        return replace(mention, place=replace(place, radius_km=round(place.radius_km + way.kilometres, 1)))
    latitude, longitude = find_point(place.latitude, place.longitude, kilometres=way.kilometres, bearing=way.bearing)
    kilometres = round(way.kilometres, 1)
    moved = Place(
        place_id=f"{place.place_id}@{kilometres:g}km,{way.bearing:g}",
        name=f"{way.words} {place.name}",
        latitude=round(latitude, 5),
        longitude=round(longitude, 5),
        country_code=place.country_code,
        radius_km=round(place.radius_km + way.spread, 1),
    )
    reasons = (f"{way.words} {place.name}, says the text", *mention.evidence[:3])
    return replace(mention, place=moved, anchor=Anchor(place.place_id, kilometres, way.bearing), evidence=reasons)


def _widen(mention: Mention, place: Place, before: str) -> Mention:
    for found in _ROUGHLY.finditer(before, max(0, len(before) - 45)):
        if _CLOSE.fullmatch(before, found.end()) and (not found.start() or not before[found.start() - 1].isalnum()):
            wider = place.radius_km + _WIDER_KM[str(found.lastgroup)]
            return replace(mention, place=replace(place, radius_km=round(wider, 1)))
    return mention


def _span_between(first: Mention, second: Mention) -> list[Mention]:
    """Return two names that something lies between: it may be anywhere from one to the other."""
    if first.place is None or second.place is None:
        return [first, second]
    one, other = first.place, second.place
    apart = distance_km(one.latitude, one.longitude, other.latitude, other.longitude)
    return [
        replace(each, place=replace(place, radius_km=round(max(place.radius_km, apart), 1)))
        for each, place in ((first, first.place), (second, second.place))
    ]
