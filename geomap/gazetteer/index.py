"""The compiled gazetteer, memory-mapped: which places has a name, what is known about a place."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import Any, NamedTuple

import marisa_trie
import numpy as np
import numpy.typing as npt

from geomap.gazetteer.container import Container
from geomap.gazetteer.layout import COLUMNS, DEGREE, IMPORTANCE_UNIT, KIND_NAMES, MANY, ROW_BITS, ROW_MASK
from geomap.gazetteer.normalisation import fold_name
from geomap.model import Place

EMBEDDED = Path(__file__).parent / "compiled" / "world.gazetteer"
# how much less likely a name means a place of which it is not the usual name, in orders of magnitude of importance
_KIND_PENALTY = {
    "preferred": 0.0,
    "alternate": 0.3,
    "abbreviation": 0.3,
    "historical": 0.4,
    "demonym": 0.5,
    "variant": 0.4,
}
_UNLIKE_PENALTY = 1.2  # on top, for an alternate name that has no letters in common with the usual one
_SEAT_ADVANTAGE = 1.6  # of a town over the unit that it is the seat of, where both have the name


class Match(NamedTuple):
    """One place under one name; ``kind`` tells what the name is to it (preferred, alternate, demonym ...)."""

    row: int
    kind: str


class Gazetteer:
    """Names and places of one compiled file; rows are ordered by importance, the best known place first."""

    def __init__(self, path: Path = EMBEDDED) -> None:
        self._container = Container(path)
        self.meta: dict[str, Any] = self._container.meta
        self.fingerprint = f"{self.meta['version']}-{self._container.digest}"
        self._names = self._trie("names")
        self._slots = np.frombuffer(self._container.section("slots"), "<u4")
        self._more = np.frombuffer(self._container.section("more"), "<u4")
        columns = {name: np.frombuffer(self._container.section(name), kind) for name, kind in COLUMNS.items()}
        self.latitudes: npt.NDArray[np.int32] = columns["latitude"]
        self.longitudes: npt.NDArray[np.int32] = columns["longitude"]
        self.columns = columns
        self._name_offsets = np.frombuffer(self._container.section("name_offsets"), "<u4")
        self._name_text = self._container.section("name_text")
        self._lexicon = self._trie("lexicon")
        self._levels = np.frombuffer(self._container.section("lexicon_levels"), "<u2")
        self.place = lru_cache(maxsize=20_000)(self._read_place)

    def _trie(self, name: str) -> marisa_trie.Trie:
        return marisa_trie.Trie().map(self._container.section(name))

    def __len__(self) -> int:
        return int(self.meta["places"])

    @property
    def names(self) -> marisa_trie.Trie:
        """The trie of folded names (see `geomap.gazetteer.normalisation`)."""
        return self._names

    def verify(self) -> None:
        """Raise `GazetteerError` when any byte of the file is damaged; reads all of it."""
        self._container.verify()

    def matches(self, name: str) -> list[Match]:
        """Return the places that have this name in any spelling, the best known first."""
        key_id = self._names.get(fold_name(name))
        return [] if key_id is None else self.matches_of(key_id)

    def matches_of(self, key_id: int) -> list[Match]:
        """Return the places of a key of the trie, the best known first."""
        return [Match(posting & ROW_MASK, KIND_NAMES[posting >> ROW_BITS]) for posting in self.postings(key_id)]

    def postings(self, key_id: int) -> list[int]:
        """Return the packed rows and kinds (see `geomap.gazetteer.layout`) of a key of the trie."""
        slot = int(self._slots[key_id])
        if not slot & MANY:
            return [slot]
        begin = slot ^ MANY
        count: int = self._more[begin]
        return self._more[begin + 1 : begin + 1 + count].tolist()  # type: ignore[no-any-return]

    def importance(self, row: int) -> float:
        """Return how well known a place is, on the scale of the decimal logarithm of a town's population."""
        return int(self.columns["importance"][row]) / IMPORTANCE_UNIT

    def lexicon_levels(self, folded_word: str) -> tuple[int, int, int]:
        """Return how common a folded word is as a word, as a first name and as a last name, 0 (not) to 15."""
        word_id = self._lexicon.get(folded_word)
        if word_id is None:
            return 0, 0, 0
        packed = int(self._levels[word_id])
        return packed & 15, packed >> 4 & 15, packed >> 8 & 15

    def _read_place(self, row: int) -> Place:
        column, meta = self.columns, self.meta
        feature_class, feature_code = meta["features"][column["feature"][row]].split(".", 1)
        admin1 = int(column["admin1"][row])
        unit = meta["admin1_rows"][admin1]
        geonameid = int(column["geonameid"][row])
        return Place(
            place_id=f"geonames:{geonameid}" if geonameid else f"geomap:{self._slug(row)}",
            name=self._name(row),
            latitude=int(self.latitudes[row]) / DEGREE,
            longitude=int(self.longitudes[row]) / DEGREE,
            geonameid=geonameid or None,
            country_code=meta["countries"][column["country"][row]],
            admin1=self._name(unit) if unit >= 0 else "",
            admin1_code=meta["admin1"][admin1],
            feature_class=feature_class,
            feature_code=feature_code,
            population=int(column["population"][row]),
            radius_km=int(column["radius"][row]) / 10,
        )

    def _name(self, row: int) -> str:
        begin, end = self._name_offsets[row : row + 2]
        return bytes(self._name_text[begin:end]).decode()

    def _slug(self, row: int) -> str:
        return self._slugs[int(np.searchsorted(self._rows_without_id, row))]

    @property
    def _rows_without_id(self) -> npt.NDArray[np.intp]:
        if not hasattr(self, "_without_id"):
            self._without_id = np.flatnonzero(self.columns["geonameid"] == 0)
        return self._without_id

    @property
    def _slugs(self) -> list[str]:
        if not hasattr(self, "_slug_list"):
            self._slug_list = bytes(self._container.section("slugs")).decode().split("\n")
        return self._slug_list

    def search(self, query: str, *, country_code: str = "", limit: int | None = 10) -> list[Place]:
        """Return the places that a name means, the likeliest first.

        Parts after a comma narrow the search to what they contain: "Paris, Texas", "Pokrovsk, Donetsk Oblast, Ukraine".
        """
        name, *wider = (part.strip() for part in query.split(","))
        places = self._ranked(name)
        if country_code:
            places = [place for place in places if place.country_code == country_code.upper()]
        for part in wider:
            containers = [self.place(match.row) for match in self.matches(part)]
            places = [place for place in places if any(is_within(place, container) for container in containers)]
        return places if limit is None else places[:limit]

    def _ranked(self, name: str) -> list[Place]:
        """Return the places of a name, the likeliest in world news first."""
        folded = fold_name(name)
        matches = self.matches(name)
        places = [self.place(match.row) for match in matches]
        seats = {place.admin1_code for place in places if place.feature_class == "P" and place.population > 0}
        surprises = []
        for match, place in zip(matches, places, strict=True):
            surprise = _KIND_PENALTY[match.kind] - self.importance(match.row)
            if match.kind in {"alternate", "variant", "historical"}:
                surprise += _UNLIKE_PENALTY * (1 - similarity(folded, fold_name(place.name)))
            if place.feature_code in {"ADM1", "ADM2"} and place.admin1_code in seats:
                surprise += _SEAT_ADVANTAGE
            surprises.append(surprise)
        return [places[index] for index in sorted(range(len(places)), key=surprises.__getitem__)]

    def nearest(self, latitude: float, longitude: float, *, limit: int = 1) -> list[tuple[Place, float]]:
        """Return the populated places next to a point with their distances in km, nearest first; scans all rows."""
        features = np.array([name.startswith("P.") for name in self.meta["features"]])
        rows = np.flatnonzero(features[self.columns["feature"]])
        distances = distances_km(latitude, longitude, self.latitudes[rows] / DEGREE, self.longitudes[rows] / DEGREE)
        order = np.argsort(distances, kind="stable")[:limit]
        return [(self.place(int(rows[index])), float(distances[index])) for index in order]

    def info(self) -> dict[str, Any]:
        """Return version, digest, numbers and sources."""
        return {
            "version": self.meta["version"],
            "digest": self._container.digest,
            "places": len(self),
            "names": len(self._names),
            "countries": len(self.meta["countries"]) - 1,
            "bytes": self._container.path.stat().st_size,
            "sources": self.meta["sources"],
        }


def similarity(one: str, other: str) -> float:
    """Return how alike two folded names are, 0 to 1: the Dice coefficient of their pairs of letters."""
    pairs, others = ({text[i : i + 2] for i in range(len(text) - 1)} for text in (one, other))
    return 2 * len(pairs & others) / max(1, len(pairs) + len(others))


def is_within(place: Place, container: Place) -> bool:
    """Tell whether a place lies in a country or first-level unit, by their codes."""
    if container.feature_code == "PCLI":
        return place.country_code == container.country_code
    return container.feature_code == "ADM1" and place.admin1_code == container.admin1_code


def distances_km(
    latitude: float, longitude: float, latitudes: npt.NDArray[np.float64], longitudes: npt.NDArray[np.float64]
) -> npt.NDArray[np.float64]:
    """Return the great-circle distances from a point to many, in km, on a sphere of 6371 km (haversine formula)."""
    phi, phis = np.radians(latitude), np.radians(latitudes)
    half = np.sin((phis - phi) / 2) ** 2
    half += np.cos(phi) * np.cos(phis) * np.sin((np.radians(longitudes) - np.radians(longitude)) / 2) ** 2
    distances: npt.NDArray[np.float64] = 2 * 6371.0 * np.arcsin(np.sqrt(np.clip(half, 0, 1)))
    return distances
