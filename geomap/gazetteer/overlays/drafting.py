"""An overlay while it is being read: columns of plain numbers and a file of names, no object for each place."""

from __future__ import annotations

import tempfile
from array import array
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from types import TracebackType
from typing import Final, TextIO, TypeAlias, cast

from geomap.errors import GazetteerError
from geomap.gazetteer.compilation.draft import NameKind
from geomap.gazetteer.layout import DEGREE, KIND_MASK, LIKENESS_MASK, ROW_MASK
from geomap.gazetteer.overlays.spelling import Key, fold_names, spell_keys, spell_loose_key

_LARGEST: Final = (1 << 32) - 1
KIND_BITS: Final = KIND_MASK.bit_length()
"""`OverlayDraft.key_codes` have the kind in the low bits, the likeness above."""

_BATCH: Final = 20_000  # names that are folded together
_Waiting: TypeAlias = tuple[
    int, int, Callable[[Sequence[str]], Iterable[Key]]
]  # row, number of names, how to spell them


class OverlayDraft:
    """The places and names of one file; a context manager, because names wait in a temporary file.

    12 million places with 30 million names take about 800 MB of memory and 500 MB of temporary space.
    """

    def __init__(self) -> None:
        self.geonameids = array("I")
        self.latitudes, self.longitudes = array("i"), array("i")
        self.populations = array("I")
        self.indices = {name: array("H") for name in ("country", "admin1", "feature")}
        self.values: dict[str, dict[str, int]] = {name: {"": 0} for name in self.indices}
        self.name_text = bytearray()
        self.name_ends = array("I")
        self.slugs: list[str] = []
        self.unit_rows: dict[str, int] = {}
        self.unit_names: dict[str, str] = {}
        self.key_hashes, self.key_rows, self.key_codes = array("q"), array("I"), array("B")
        self._waiting: list[_Waiting] = []
        self._waiting_names: list[str] = []
        self._keys = cast(TextIO, tempfile.TemporaryFile("w+", encoding="utf-8", newline="\n"))  # noqa: SIM115 -- closed below

    def __enter__(self) -> OverlayDraft:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self._keys.close()

    @property
    def rows(self) -> int:
        """The number of places, or ids of places, that were added."""
        return len(self.geonameids)

    def add_place(
        self,
        name: str,
        latitude: float,
        longitude: float,
        *,
        feature: str,
        country_code: str,
        admin1_code: str,
        population: int,
        geonameid: int = 0,
        slug: str = "",
    ) -> None:
        """Add a place, with its id of GeoNames or a slug; `add_names` gives it names."""
        if len(self.geonameids) > ROW_MASK:
            raise GazetteerError(f"The file holds more than {ROW_MASK:,} places: add it country by country.")
        if feature == "A.ADM1" and admin1_code:
            self.unit_rows.setdefault(admin1_code, len(self.geonameids))
        self.geonameids.append(geonameid)
        self.latitudes.append(round(latitude * DEGREE))
        self.longitudes.append(round(longitude * DEGREE))
        self.populations.append(min(population, _LARGEST))
        for column, value in (("country", country_code), ("admin1", admin1_code), ("feature", feature)):
            values = self.values[column]
            self.indices[column].append(values.setdefault(value, len(values)))
        self.name_text += name.encode()
        self.name_ends.append(len(self.name_text))
        if not geonameid:
            self.slugs.append(slug)

    def add_id(self, geonameid: int) -> None:
        """Add the id of a place that stands elsewhere; `add_loose_name` and `add_names` give it names."""
        self.geonameids.append(geonameid)

    def add_names(self, names: Sequence[str], country_code: str) -> None:
        """Give the place that was added last its names, the usual one first."""
        self._wait((len(self.geonameids) - 1, len(names), partial(spell_keys, country_code=country_code)), names)

    def add_loose_name(self, name: str, kind: NameKind, *, is_usual: bool) -> None:
        """Give the place whose id was added last a name."""
        self._wait((len(self.geonameids) - 1, 1, partial(_spell_only, kind=kind, is_usual=is_usual)), (name,))

    def _wait(self, entry: _Waiting, names: Sequence[str]) -> None:
        self._waiting.append(entry)
        self._waiting_names += names
        if len(self._waiting_names) >= _BATCH:
            self._spell_waiting()

    def _spell_waiting(self) -> None:
        """Turn the waiting names into keys, all together: one by one would take many times as long."""
        folded = fold_names(self._waiting_names)
        begin = 0
        texts: list[str] = []
        for row, count, spell in self._waiting:
            for text, kind, likeness in spell(folded[begin : begin + count]):
                texts.append(text)
                self.key_rows.append(row)
                self.key_codes.append(kind | round(likeness * LIKENESS_MASK) << KIND_BITS)
            begin += count
        self.key_hashes.extend(map(hash, texts))
        self._keys.writelines(f"{text}\n" for text in texts)
        self._waiting.clear()
        self._waiting_names.clear()

    def finish(self) -> None:
        """Turn the last waiting names into keys; nothing can be added after this."""
        self._spell_waiting()

    def read_keys(self) -> Iterator[str]:
        """Yield the keys in the order in which they were added."""
        self._keys.seek(0)
        return (line[:-1] for line in self._keys)


def _spell_only(folded: Sequence[str], *, kind: NameKind, is_usual: bool) -> Iterator[Key]:
    return spell_loose_key(folded[0], kind, is_usual=is_usual)
