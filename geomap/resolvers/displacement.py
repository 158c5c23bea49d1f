"""Names that say where to look from: "30 km south of Kirkuk" is a point of its own, "near Kirkuk" a wider circle."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Final, NamedTuple

from geomap.gazetteer.geodesy import distance_km, find_bearing, find_point
from geomap.languages import ENGLISH, Language
from geomap.languages.base import DistancePatterns
from geomap.model import Anchor, Mention, Place

_BEHIND: Final = 100  # characters before a name that may say where to look
_WINDS: Final = ("n", "nne", "ne", "ene", "e", "ese", "se", "sse", "s", "ssw", "sw", "wsw", "w", "wnw", "nw", "nnw")
_NAMES: Final = {"n": "north", "e": "east", "s": "south", "w": "west"}  # as the map says it
_COUNTRY: Final = "PCLI"
_BETWEEN_BEHIND: Final = 34  # characters before a name that may say that something lies between it and the next
# km that the circle around a place grows by
_WIDER_KM: Final = {"outskirts": 10.0, "near": 15.0, "coast": 50.0, "border": 30.0, "side": 40.0}
_LOOSE: Final = 0.2  # of the distance: how far "south" may be from due south, and "30 km" from 30
_STRICT: Final = 0.12  # of the distance, for one of sixteen winds


class _Way(NamedTuple):
    """A distance and a direction, None for any.

    ``spread`` is how far the distance may be off, in km, ``words`` is how to say it.
    """

    kilometres: float
    bearing: float | None
    spread: float
    words: str


def displace_mentions(text: str, mentions: Sequence[Mention], language: Language = ENGLISH) -> list[Mention]:
    """Return the mentions with points moved by stated distances, and with wider circles where the text is vague."""
    patterns = language.distances
    displaced = [_displace(text, mention, patterns) for mention in mentions]
    for index, mention in enumerate(mentions[1:], 1):
        before = mentions[index - 1]
        if text[before.end : mention.start] != patterns.between_joint:
            continue
        found = patterns.between.search(text, max(0, before.start - _BETWEEN_BEHIND), before.start)
        word = (found["word"] or "").lower() if found else ""
        if found and word not in patterns.between_parties:
            displaced[index - 1 : index + 1] = _span_between(before, mention, is_middle=word in patterns.halfway)
    return displaced


def _displace(text: str, mention: Mention, patterns: DistancePatterns) -> Mention:
    place = mention.place
    if place is None or mention.kind != "place" or not text.endswith(patterns.leads, 0, mention.start):
        return mention
    before = text[max(0, mention.start - _BEHIND) : mention.start]
    found = patterns.distance.search(before)
    way = _read_way(found, patterns) if found else None
    return _move(mention, place, way) if way else _widen(mention, place, before, patterns)


def _read_way(found: re.Match[str], patterns: DistancePatterns) -> _Way | None:
    unit = found["unit"].lower()
    scale = next(value for start, value in patterns.units.items() if unit.startswith(start))
    low, high = (_read_number(each, patterns) for each in (found["number"], found["end"] or found["number"]))
    wind = _read_wind(found["wind"] or "", patterns)
    if high < low or (wind and wind not in _WINDS) or (not wind and scale < 1):
        return None
    distance = (low + high) / 2 * scale
    spread = (high - low) / 2 * scale + (distance / 2 if found["number"].lower() in patterns.vague_numbers else 0)
    share = _STRICT if len(wind) == 3 or patterns.exactly in found[0].lower() else _LOOSE
    amount = found["number"] + (f" to {found['end']}" if found["end"] else "")
    words = f"{amount} {found['unit']} {_spell_wind(wind)} of"
    return _Way(distance, _WINDS.index(wind) * 22.5 if wind else None, spread + share * distance, words)


def _read_wind(written: str, patterns: DistancePatterns) -> str:
    letters = written.lower()
    for word, letter in patterns.winds.items():
        letters = letters.replace(word, letter)
    return re.sub(r"[^nesw]", "", letters)


def _spell_wind(wind: str) -> str:
    names = [_NAMES[letter] for letter in wind]
    return "".join(names) if len(names) < 3 else f"{names[0]}-{names[1]}{names[2]}"


def _read_number(written: str, patterns: DistancePatterns) -> float:
    known = patterns.numbers.get(written.lower())
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


def _widen(mention: Mention, place: Place, before: str, patterns: DistancePatterns) -> Mention:
    for found in patterns.roughly.finditer(before, max(0, len(before) - 45)):
        if patterns.close.fullmatch(before, found.end()) and (
            not found.start() or not before[found.start() - 1].isalnum()
        ):
            wider = place.radius_km + _WIDER_KM[str(found.lastgroup)]
            return replace(mention, place=replace(place, radius_km=round(wider, 1)))
    return mention


def _span_between(first: Mention, second: Mention, *, is_middle: bool) -> list[Mention]:
    """Return two names between which something lies, as circles that reach from one to the other, or around the middle.

    Between countries lies no place but their border.
    """
    one, other = first.place, second.place
    if one is None or other is None or _COUNTRY in {one.feature_code, other.feature_code}:
        return [first, second]
    apart = distance_km(one.latitude, one.longitude, other.latitude, other.longitude)
    if is_middle:
        return [_move_to_middle(each, one, other, apart) for each in (first, second)]
    return [
        replace(each, place=replace(place, radius_km=round(max(place.radius_km, apart), 1)))
        for each, place in ((first, one), (second, other))
    ]


def _move_to_middle(mention: Mention, one: Place, other: Place, apart: float) -> Mention:
    bearing = find_bearing(one.latitude, one.longitude, other.latitude, other.longitude)
    latitude, longitude = find_point(one.latitude, one.longitude, kilometres=apart / 2, bearing=bearing)
    middle = Place(
        place_id=f"{one.place_id}@halfway:{other.place_id}",
        name=f"halfway between {one.name} and {other.name}",
        latitude=round(latitude, 5),
        longitude=round(longitude, 5),
        country_code=one.country_code if one.country_code == other.country_code else "",
        radius_km=round(_LOOSE * apart, 1),
    )
    return replace(mention, place=middle, evidence=(f"{middle.name}, says the text", *mention.evidence[:3]))
