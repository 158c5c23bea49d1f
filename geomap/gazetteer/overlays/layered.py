"""The embedded gazetteer with a project's overlays on top of it."""

from __future__ import annotations

import hashlib
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from geomap.errors import GazetteerError
from geomap.gazetteer.geodesy import distance_km
from geomap.gazetteer.index import EMBEDDED, Gazetteer
from geomap.gazetteer.layout import ROW_MASK, row_of
from geomap.gazetteer.overlays.chained_columns import chain_columns, merge_values
from geomap.gazetteer.overlays.chained_names import MOST_KEYS, ChainedNames, ids_in_tries
from geomap.gazetteer.overlays.folder import Overlay
from geomap.gazetteer.overlays.layer import KnownIds, OverlayLayer
from geomap.gazetteer.overlays.text_keys import find_keys
from geomap.model import Place


class LayeredGazetteer(Gazetteer):
    """Answers as `Gazetteer` does, for all layers together.

    The embedded rows stay what they are, those of the overlays follow. ``fingerprint`` is the embedded gazetteer's:
    `digest_impact` tells what the overlays change for a text.
    """

    def __init__(self, overlays: Sequence[Overlay], *, embedded: Path = EMBEDDED) -> None:
        super().__init__(embedded)
        opened = [OverlayLayer(overlay) for overlay in overlays]
        self._layers = sorted(opened, key=lambda layer: layer.table is None)  # names need the places they belong to
        self._starts = self._place_layers()
        tables = [self._table, *(layer.table for layer in self._layers if layer.table is not None)]
        values = merge_values(tables)
        self.meta = {**self.meta, **values, "places": self._count_places()}
        self.columns = chain_columns(tables, values)  # type: ignore[assignment]  # has an array's calls that are used
        self.latitudes, self.longitudes = self.columns["latitude"], self.columns["longitude"]
        tries = [layer.index.names for layer in self._layers]
        self._embedded_names = self.names
        self._added_names = ChainedNames(tries)
        self.names = ChainedNames([self.names, *tries])
        self._merged_postings = lru_cache(maxsize=50_000)(self._merge_postings)
        self._impact_of_key = lru_cache(maxsize=100_000)(self._digest_key)

    def _place_layers(self) -> list[int]:
        """Give each layer its rows, and return the first rows of all that have places, the embedded gazetteer first."""
        known, starts, start = [KnownIds.of_column(self.columns["geonameid"])], [0], len(self._table)
        for layer in self._layers:
            ids = layer.place_behind(start, known)
            if layer.table is not None:
                known.append(ids)
                starts.append(start)
                start += layer.size
        if start > ROW_MASK:
            raise GazetteerError(
                f"The overlays hold more places than geomap can use together ({start:,}, of {ROW_MASK:,} at most): "
                "take one out with `geomap gazetteer remove`."
            )
        return starts

    def _count_places(self) -> int:
        return len(self._table) + sum(layer.size - layer.count_moved() for layer in self._layers if layer.size)

    def postings(self, key_id: int) -> list[int]:
        """Return the packed rows and kinds of a key of `names`, the best known place first."""
        return super().postings(key_id - 1) if key_id <= MOST_KEYS else self._merged_postings(key_id)

    def all_postings(self, key_id: int) -> list[int]:
        """Return also the villages of the embedded gazetteer that a bare name does not mean."""
        if key_id <= MOST_KEYS:
            return super().all_postings(key_id - 1)
        found = dict.fromkeys(self._merged_postings(key_id))
        for number, inner_id in ids_in_tries(key_id):
            if not number:  # overlays have no villages of this kind
                found.update(dict.fromkeys(super().all_postings(inner_id)))
        return self._without_known_villages(found)

    def _without_known_villages(self, postings: Iterable[int]) -> list[int]:
        """Leave out the villages that stand at their unit's point where an overlay has a place of the name in reach."""
        found = list(postings)
        added = [row for row in map(row_of, found) if row >= len(self._table)]
        villages = self.villages if added else range(0)
        return [one for one in found if row_of(one) not in villages or not self._is_one_of(row_of(one), added)]

    def _is_one_of(self, village: int, rows: Iterable[int]) -> bool:
        place = self.place(village)
        return place.approximate and any(
            other.feature_class == "P"
            and other.country_code == place.country_code
            and distance_km(place.latitude, place.longitude, other.latitude, other.longitude) <= 2 * place.radius_km
            for other in map(self.place, rows)
        )

    def _merge_postings(self, key_id: int) -> list[int]:
        found: dict[int, int] = {}
        for number, inner_id in ids_in_tries(key_id):
            postings = self._layers[number - 1].postings(inner_id) if number else super().postings(inner_id)
            for posting in postings:
                found.setdefault(row_of(posting), posting)  # what an earlier layer says of the name holds
        if len(found) > 1:
            importance = self.columns["importance"]
            found = {row: found[row] for row in sorted(found, key=lambda row: (-int(importance[row]), row))}
        return self._without_known_villages(found.values())

    def _read_place(self, row: int) -> Place:
        number = bisect_right(self._starts, row) - 1
        if number == 0:
            return super()._read_place(row)
        table = self._layers[number - 1].table
        assert table is not None  # layers with places come first
        return table.read(row - self._starts[number], self._unit_name)

    def _unit_name(self, admin1_code: str) -> str:
        names = (layer.unit_name(admin1_code) for layer in self._layers)
        return self._table.unit_name(admin1_code) or next(filter(None, names), "")

    def second_level(self, row: int) -> int | None:
        """Return the row of the second-level unit that a populated place lies in, or None if no source tells."""
        return super().second_level(row) if row < len(self._table) else None

    def names_of(self, row: int) -> set[str]:
        """Return the folded names of a row; this looks at all names."""
        own = super().names_of(row) if row < len(self._table) else set()
        return own.union(*(layer.names_of(row) for layer in self._layers))

    def _populated_rows(self) -> npt.NDArray[np.intp]:
        is_shown = np.ones(len(self._table) + sum(layer.size for layer in self._layers), bool)
        for layer in self._layers:
            if layer.table is not None:
                is_shown[layer.hidden_rows()] = False
        rows = super()._populated_rows()
        return rows[is_shown[rows]]

    def verify(self) -> None:
        """Read all files and raise `GazetteerError` if a byte is damaged."""
        super().verify()
        for layer in self._layers:
            layer.container.verify()

    def info(self) -> dict[str, Any]:
        """Return what the embedded gazetteer and each overlay hold, and what they have together."""
        return {
            **super().info(),
            "names": len(self._embedded_names),
            "places": len(self._table),
            "all_places": len(self),
            "overlays": [layer.info() for layer in self._layers],
        }

    def digest_impact(self, text: str) -> str:
        """Return the impact digest of a text: what overlays add to names in it, or an empty string if nothing."""
        digests = [digest for key in sorted(find_keys(text, self._added_names)) if (digest := self._impact_of_key(key))]
        return hashlib.blake2b(b"".join(digests), digest_size=16).hexdigest() if digests else ""

    def _digest_key(self, key: str) -> bytes:
        """Return a digest of the places of a name, or no bytes if they are those of the embedded gazetteer."""
        key_id = self.names.get(key)
        postings = self.postings(key_id)
        embedded_id = self._embedded_names.get(key)
        if postings == ([] if embedded_id is None else super().postings(embedded_id)):
            return b""
        parts = [key, *map(self._describe_posting, postings)]
        return hashlib.blake2b("\n".join(parts).encode(), digest_size=16).digest()

    def _describe_posting(self, posting: int) -> str:
        """Describe what a posting says without reference to rows of overlays."""
        row = row_of(posting)
        if row < len(self._table):
            return str(posting)
        return f"{posting & ~ROW_MASK} {self.columns['importance'][row]} {self.place(row)!r}"
