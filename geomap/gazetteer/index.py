"""The compiled gazetteer, memory-mapped: which places has a name, what is known about a place."""

from __future__ import annotations

from functools import cached_property, lru_cache
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from geomap.gazetteer.container import Container
from geomap.gazetteer.courses import Course
from geomap.gazetteer.geodesy import distances_km
from geomap.gazetteer.layout import DEGREE, IMPORTANCE_UNIT, KIND_NAMES, kind_of, likeness_of, row_of
from geomap.gazetteer.name_index import NameIndex, map_trie
from geomap.gazetteer.near_names import NearNames, reorder_kind
from geomap.gazetteer.normalisation import fold_name
from geomap.gazetteer.place_table import PlaceTable
from geomap.gazetteer.queries import Reading, read_query, split_description
from geomap.gazetteer.ranking import (
    Contender,
    Match,
    is_unit,
    narrow_places,
    pick_containers,
    pick_towns,
    rank_places,
)
from geomap.gazetteer.unit_codes import list_units
from geomap.languages import ENGLISH, Language
from geomap.model import Place

EMBEDDED = Path(__file__).parent / "compiled" / "world.gazetteer"


class Gazetteer(NameIndex):
    """Names and places of one compiled file; rows are ordered by importance, the best known place first."""

    def __init__(self, path: Path = EMBEDDED) -> None:
        self._container = Container(path)
        super().__init__(self._container)
        self.fingerprint = f"{self._container.meta['version']}-{self._container.digest}"
        self._table = PlaceTable(self._container)
        self.columns: dict[str, npt.NDArray[Any]] = self._table.columns
        self.latitudes: npt.NDArray[np.int32] = self.columns["latitude"]
        self.longitudes: npt.NDArray[np.int32] = self.columns["longitude"]
        self._lexicon = map_trie(self._container, "lexicon")
        self._levels = np.frombuffer(self._container.section("lexicon_levels"), "<u2")
        self.place = lru_cache(maxsize=20_000)(self._read_place)

    @cached_property
    def meta(self) -> dict[str, Any]:
        """The file's own description, and the values that the columns point to."""
        return self._table.meta

    def __len__(self) -> int:
        return int(self.meta["places"])

    def verify(self) -> None:
        """Read the whole file and raise `GazetteerError` if a byte is damaged."""
        self._container.verify()

    def matches(self, name: str) -> list[Match]:
        """Return the places that have this name in any spelling, the best known first."""
        key_id = self.names.get(fold_name(name))
        return [] if key_id is None else self.matches_of(key_id)

    def matches_of(self, key_id: int) -> list[Match]:
        """Return the places of a key of the trie, the best known first and all villages with them."""
        return [
            Match(row_of(posting), KIND_NAMES[kind_of(posting)], likeness_of(posting))
            for posting in self.all_postings(key_id)
        ]

    @cached_property
    def villages(self) -> range:
        """The rows of villages that only registers and post offices tell of."""
        return range(self._table.first_village, len(self._table))

    def name_at_point(self, row: int) -> str:
        """Return what an approximate place stands at: the name of a town, "" for the middle of its unit."""
        return self._table.name_at_point(row) if row in self.villages else ""

    def find_village(self, place_id: str) -> Place | None:
        """Return the village of an id such as ``geomap:ua-75540``, None for any other."""
        owner, _, slug = place_id.partition(":")
        row = self._table.find_village(slug) if owner == "geomap" else None
        return None if row is None else self.place(row)

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
        return self._table.read(row, self._table.unit_name)

    def search(self, query: str, *, country_code: str = "", limit: int | None = 10) -> list[Place]:
        """Return the places that a name or an address means, the likeliest first.

        Parts after a comma narrow the search to what they contain: "Paris, Texas", "Pokrovsk, Donetsk Oblast, Ukraine",
        "Watts, Los Angeles". Codes and postcodes may stand for units ("Chicago, IL 60601"), words that say what a place
        is before its name ("the Indian state of Kerala"). Of an address the town is found.
        """
        for reading in read_query(query, lambda name: bool(self.matches(name))):
            places = self._find(reading)
            if country_code:
                places = [place for place in places if place.country_code == country_code.upper()]
            if places:
                return places if limit is None else places[:limit]
        return []

    def _find(self, reading: Reading) -> list[Place]:
        """Return the places of a reading, the likeliest first; none where a part that contains them is not known."""
        matches = self.matches(reading.name)
        if not matches:
            return []
        groups = [self._find_containers(part) for part in reading.containers]
        groups += [[place for place in self._find_containers(part) if is_unit(place)] for part in reading.units]
        if not all(groups):
            return []
        places = self._rank(reading.name, matches)
        for containers in groups:
            places = narrow_places(places, containers)
        return pick_towns(places) if reading.is_town else places

    def _find_containers(self, part: str) -> list[Place]:
        """Return what a part of a query may mean that contains a place: by a code, or the best known of its name."""
        code = part.rstrip(".").upper()
        rows = [self._countries.get(code), *map(self._unit_rows.get, list_units(code))]
        coded = [self.place(row) for row in rows if row is not None and row >= 0]
        for form in dict.fromkeys((part, part.rstrip("."), split_description(part)[0])):
            matches = [match for match in self.matches(form) if match.row not in self.villages]
            if matches:
                return [*coded, *pick_containers(form, [self._contender(match) for match in matches])]
        return coded

    def find_near(
        self, name: str, *, country_code: str, admin1_code: str = "", language: Language = ENGLISH
    ) -> list[Match]:
        """Return the places of a country, or of a first-level unit of it, whose name differs by a letter or two.

        The nearest come first, then the best known. A word for the kind of place may stand at the other end or be left
        out ("Park Pendjari"). Names of less than five letters have none, from eight letters on two may differ. There is
        no such look-up in the whole world, where some place is like any word. Costs 1 to 10 ms when the country has
        been asked for before.
        """
        forms = dict.fromkeys(reorder_kind(fold_name(name), language.names.kinds))
        nearest = (near.name for form in forms for near in self._near_names.find(form, country_code))
        found = {match.row: match for each in nearest for match in self.matches(each)}
        country = self.columns["country"]
        return [
            match
            for row, match in found.items()
            if self.meta["countries"][country[row]] == country_code
            and admin1_code in {"", self.meta["admin1"][self.columns["admin1"][row]]}
        ]

    @cached_property
    def _near_names(self) -> NearNames:
        return NearNames(self._find_keys, self.names.restore_key)

    def _find_keys(self, country_code: str) -> npt.NDArray[np.uint32]:
        """Return the ids of the names that places of a country have."""
        countries = self.meta["countries"]
        if country_code not in countries:
            return np.empty(0, np.uint32)
        return self.keys_of_rows(np.asarray(self.columns["country"]) == countries.index(country_code))

    def _rank(self, name: str, matches: list[Match]) -> list[Place]:
        """Return the places, the likeliest first; villages, of which a name may have hundreds, are not compared."""
        villages = [match.row for match in matches if match.row in self.villages]
        known = [self._contender(match) for match in matches if match.row not in self.villages]
        return [*rank_places(name, known), *map(self.place, villages)]

    def _contender(self, match: Match) -> Contender:
        return Contender(self.place(match.row), self.importance(match.row), match)

    def digest_impact(self, text: str) -> str:  # noqa: ARG002 -- what a gazetteer with overlays answers
        """Return the impact digest of a text: what overlays add to names in it, or an empty string if nothing."""
        return ""

    def origin(self, row: int) -> str:
        """Return where a place comes from: a registry package, a curated table or an overlay."""
        return str(self.meta["origins"][self.columns["origin"][row]])

    def parents(self, row: int) -> list[Place]:
        """Return the units that a place lies in by its codes, the smallest first: second level, first level, country.

        The second level is known for populated places only.
        """
        place = self.place(row)
        rows = [
            self.second_level(row),
            self._unit_rows.get(place.admin1_code),
            self._countries.get(place.country_code),
        ]
        return [self.place(parent) for parent in rows if parent is not None and parent >= 0 and parent != row]

    def second_level(self, row: int) -> int | None:
        """Return the row of the second-level unit that a populated place lies in, or None if no source tells."""
        return self._table.second_level(row)

    @cached_property
    def courses(self) -> dict[str, Course]:
        """The courses by the ids of their places."""
        return {self._read_place(row).place_id: course for row, course in self._table.courses()}

    @cached_property
    def _unit_rows(self) -> dict[str, int]:
        return dict(zip(self._table.meta["admin1"], self._table.meta["admin1_rows"], strict=True))

    @cached_property
    def _countries(self) -> dict[str, int]:
        """The row of the best known country of each code."""
        columns, meta = self._table.columns, self._table.meta
        rows = np.flatnonzero(columns["feature"] == meta["features"].index("A.PCLI"))[::-1]
        return {meta["countries"][columns["country"][row]]: int(row) for row in rows}

    def nearest(self, latitude: float, longitude: float, *, limit: int = 1) -> list[tuple[Place, float]]:
        """Return the populated places nearest to a point with their distances in km; this scans all rows."""
        rows = self._populated_rows()
        distances = distances_km(latitude, longitude, self.latitudes[rows] / DEGREE, self.longitudes[rows] / DEGREE)
        order = np.argsort(distances, kind="stable")[:limit]
        return [(self.place(int(rows[index])), float(distances[index])) for index in order]

    def rows_with_feature(self, *beginnings: str) -> npt.NDArray[np.intp]:
        """Return the rows of places whose feature class and code ("P.PPLC") begin with one of some texts."""
        is_wanted = np.array([feature.startswith(beginnings) for feature in self.meta["features"]])
        return np.flatnonzero(is_wanted[np.asarray(self.columns["feature"])])

    def _populated_rows(self) -> npt.NDArray[np.intp]:
        return self.rows_with_feature("P.")

    def info(self) -> dict[str, Any]:
        """Return version, digest, numbers and sources."""
        return {
            "version": self.meta["version"],
            "digest": self._container.digest,
            "places": len(self),
            "names": len(self.names),
            "countries": len(self.meta["countries"]) - 1,
            "bytes": self._container.path.stat().st_size,
            "sources": self.meta["sources"],
        }
