"""Coordinates written in a text, as mentions that name their own place: degrees, MGRS and UTM."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Iterator
from functools import lru_cache, partial
from typing import Final, NamedTuple

import numpy as np
import numpy.typing as npt

from geomap.gazetteer.geodesy import EARTH_KM, unit_vectors
from geomap.gazetteer.index import Gazetteer
from geomap.gazetteer.layout import DEGREE
from geomap.languages import ENGLISH, Language
from geomap.model import Mention, Place
from geomap.recognizers.degrees import degree_patterns, read_degrees
from geomap.recognizers.grid_references import MGRS, UTM, Point, read_mgrs, read_utm

CONFIDENCE: Final = 0.97
_GRID_HINT: Final = re.compile(r"\d ?[C-HJ-NP-X](?:,? {0,2}(?:E\w{0,6}:? ?)?\d{6}| ?[A-HJ-NP-Z]{2} ?\d)")
_FAR_KM: Final = 100.0  # from the next populated place: rather at sea than in its country
_BAND: Final = 1.0  # degrees of latitude, more than `_FAR_KM`
_ROUNDING: Final = 1e-6  # of a cosine, at most


def find_coordinates(
    text: str, gazetteer: Gazetteer, language: Language = ENGLISH, *, most: int | None = None
) -> list[Mention]:
    """Return the coordinates in a text in their order; a text without any costs next to nothing.

    The search ends when more than ``most`` are found.
    """
    found = sorted(_find_points(text, language), key=lambda each: (each[0], -each[1]))
    mentions: list[Mention] = []
    for start, end, point in found:
        if not mentions or start >= mentions[-1].end:
            mentions.append(_make_mention(text, start, end, point, gazetteer))
            if most is not None and len(mentions) > most:
                break
    return mentions


def count_coordinates(text: str, language: Language = ENGLISH) -> int:
    """Return the approximate number of coordinates in a text, in a fraction of the time of finding them."""
    return sum(1 for _ in _find_points(text, language))


def add_coordinates(
    text: str,
    mentions: list[Mention],
    gazetteer: Gazetteer,
    language: Language = ENGLISH,
    *,
    most: int | None = None,
) -> list[Mention]:
    """Return the mentions of a text with its coordinates among them; mentions that overlap these are dropped.

    The search for coordinates ends when more than ``most`` are found.
    """
    found = find_coordinates(text, gazetteer, language, most=most)
    if not found:
        return mentions
    starts = [each.start for each in found]
    kept = []
    for mention in mentions:
        behind = bisect_right(starts, mention.start)
        is_hit = (behind > 0 and found[behind - 1].end > mention.start) or (
            behind < len(found) and starts[behind] < mention.end
        )
        if not is_hit:
            kept.append(mention)
    return sorted([*kept, *found], key=lambda mention: mention.start)


def _find_points(text: str, language: Language) -> Iterator[tuple[int, int, Point]]:
    patterns = degree_patterns(language)
    if any(hint.search(text) for hint in patterns.hints):
        for pattern in patterns.forms:
            for match in pattern.finditer(text):
                point = read_degrees(match, text[max(0, match.start() - 20) : match.start()], language)
                if point is not None:
                    yield match.start(), match.end(), point
    if _GRID_HINT.search(text):
        readers: tuple[tuple[re.Pattern[str], Callable[[re.Match[str]], Point | None]], ...] = (
            (MGRS, partial(read_mgrs, language=language)),
            (UTM, read_utm),
        )
        for pattern, read in readers:
            for match in pattern.finditer(text):
                point = read(match)
                if point is not None:
                    yield match.start(), match.end(), point


def _make_mention(text: str, start: int, end: int, point: Point, gazetteer: Gazetteer) -> Mention:
    written = text[start:end]
    latitude, longitude = round(point.latitude, 5), round(point.longitude, 5)
    name = f"{_plain(latitude)}, {_plain(longitude)}"
    place = Place(
        place_id=f"geo:{_plain(latitude)},{_plain(longitude)}",
        name=name,
        latitude=latitude,
        longitude=longitude,
        country_code=_country_near(latitude, longitude, gazetteer),
        radius_km=round(point.radius_km, 2),
    )
    return Mention(
        start,
        end,
        written,
        kind="coordinates",
        probability=CONFIDENCE,
        place=place,
        confidence=CONFIDENCE,
        evidence=("the point is written in the text",),
    )


def _plain(degrees: float) -> str:
    return f"{degrees + 0.0:.5f}".rstrip("0").rstrip(".")


def _country_near(latitude: float, longitude: float, gazetteer: Gazetteer) -> str:
    """Return the country of the nearest populated place, or an empty string if that is far.

    Only places of about the same latitude are asked, unless rounding could decide between those.
    """
    populated = _populated(gazetteer)
    point = unit_vectors(np.array([latitude]), np.array([longitude]))[0].astype(np.float32)
    first, last = populated.latitudes.searchsorted([latitude - _BAND, latitude + _BAND])
    band = populated.by_latitude[first:last]
    cosines = populated.vectors[band] @ point
    best = float(cosines.max(initial=-1.0))
    if _is_far(best + _ROUNDING):
        return ""
    nearest = populated.rows[band[cosines > best - _ROUNDING]]
    if _is_far(best - _ROUNDING) or len(set(gazetteer.columns["country"][nearest].tolist())) > 1:
        return _find_next_of_all(point, populated, gazetteer)
    return gazetteer.place(int(nearest[0])).country_code


def _find_next_of_all(point: npt.NDArray[np.float32], populated: _Populated, gazetteer: Gazetteer) -> str:
    cosines = populated.vectors @ point
    best = int(np.argmax(cosines))
    return "" if _is_far(float(cosines[best])) else gazetteer.place(int(populated.rows[best])).country_code


def _is_far(cosine: float) -> bool:
    return float(np.arccos(min(1.0, cosine))) * EARTH_KM > _FAR_KM


class _Populated(NamedTuple):
    """The populated places of a gazetteer."""

    rows: npt.NDArray[np.int64]
    vectors: npt.NDArray[np.float32]
    by_latitude: npt.NDArray[np.int64]
    """Their indices from south to north."""
    latitudes: npt.NDArray[np.float64]
    """In that order."""


@lru_cache(maxsize=2)
def _populated(gazetteer: Gazetteer) -> _Populated:
    features = np.array([name.startswith("P.") for name in gazetteer.meta["features"]])
    every = np.arange(len(gazetteer))
    rows = every[features[np.asarray(gazetteer.columns["feature"][every])]]
    latitudes = gazetteer.latitudes[rows] / DEGREE
    vectors = unit_vectors(latitudes, gazetteer.longitudes[rows] / DEGREE)
    order = np.argsort(latitudes, kind="stable")
    return _Populated(rows, vectors.astype(np.float32), order, latitudes[order])
