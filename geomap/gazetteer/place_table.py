"""What is known about the places of one compiled file, a row for each."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from functools import cached_property
from typing import Any

import numpy as np
import numpy.typing as npt

from geomap.gazetteer.container import Container
from geomap.gazetteer.courses import Course, read_courses
from geomap.gazetteer.layout import AT_UNIT, COLUMNS, DEGREE, NARROW, WIDE, village_slug
from geomap.gazetteer.name_texts import NameTexts
from geomap.gazetteer.trimmed_columns import TrimmedColumn
from geomap.model import Place


class PlaceTable:
    """The columns, names and codes of the places.

    ``owner`` is the beginning of ids of places without a GeoNames id: ``geomap:kerch-bridge``.
    """

    def __init__(self, container: Container, *, owner: str = "geomap") -> None:
        self._owner = owner
        self._container = container
        self._names = NameTexts(container)
        self.columns: dict[str, npt.NDArray[Any]] = {
            name: self._read_column(name, kind) for name, kind in COLUMNS.items()
        }
        self._admin2 = np.frombuffer(container.section("admin2"), "<u2") if "admin2" in container else None

    def _read_column(self, name: str, kind: str) -> npt.NDArray[Any]:
        section = self._container.section(name)
        values = np.frombuffer(section, NARROW if kind == WIDE and len(section) == len(self) else kind)
        if len(values) == len(self):
            return values
        return TrimmedColumn(values, len(self))  # type: ignore[return-value]  # has an array's calls that are used

    @cached_property
    def meta(self) -> dict[str, Any]:
        """The file's own description, and the values that the columns point to; read when first asked for."""
        if "values" not in self._container:
            return self._container.meta
        return {**self._container.meta, **json.loads(bytes(self._container.section("values")))}

    def __len__(self) -> int:
        return len(self._names)

    def name(self, row: int) -> str:
        """Return the usual name of a place."""
        return self._names.read(row)

    def unit_name(self, admin1_code: str) -> str:
        """Return the name of a first-level unit such as ``UA.07``, or an empty string."""
        row = self._units.get(admin1_code, -1)
        return self.name(row) if row >= 0 else ""

    def read(self, row: int, unit_name: Callable[[str], str]) -> Place:
        """Return a place; ``unit_name`` gives the names of first-level units."""
        column, meta = self.columns, self.meta
        feature_class, feature_code = meta["features"][column["feature"][row]].split(".", 1)
        admin1_code = meta["admin1"][column["admin1"][row]]
        geonameid = int(column["geonameid"][row])
        return Place(
            place_id=f"geonames:{geonameid}" if geonameid else f"{self._owner}:{self._slug(row)}",
            name=self.name(row),
            latitude=int(column["latitude"][row]) / DEGREE,
            longitude=int(column["longitude"][row]) / DEGREE,
            geonameid=geonameid or None,
            country_code=meta["countries"][column["country"][row]],
            admin1=unit_name(admin1_code),
            admin1_code=admin1_code,
            feature_class=feature_class,
            feature_code=feature_code,
            population=int(column["population"][row]),
            radius_km=int(column["radius"][row]) / 10,
            approximate=self.origin(row).endswith(AT_UNIT),
        )

    def origin(self, row: int) -> str:
        """Return the package or curated table that a place comes from."""
        return str(self.meta["origins"][self.columns["origin"][row]])

    def courses(self) -> Iterator[tuple[int, Course]]:
        """Yield the courses of rivers, ranges, coasts and seas behind the rows of their places."""
        return read_courses(self._container)

    def second_level(self, row: int) -> int | None:
        """Return the row of the second-level unit that a populated place lies in, or None if no source tells."""
        if self._admin2 is None or not self._admin2[row]:
            return None
        return int(self._admin2_rows[self._admin2[row]])

    @cached_property
    def _admin2_rows(self) -> npt.NDArray[Any]:
        return np.frombuffer(self._container.section("admin2_rows"), "<u4")

    @property
    def first_village(self) -> int:
        """The row from which on places are villages that only registers and post offices tell of."""
        return len(self) - len(self._village_numbers)

    @cached_property
    def _village_numbers(self) -> npt.NDArray[np.uint32]:
        has_villages = "village_numbers" in self._container
        return np.frombuffer(self._container.section("village_numbers") if has_villages else b"", "<u4")

    def name_at_point(self, row: int) -> str:
        """Return how the best known place is called that stands at the very point of a village, "" for none."""
        latitude, longitude = (self.columns[name] for name in ("latitude", "longitude"))
        known = slice(self.first_village)
        found = np.flatnonzero((latitude[known] == latitude[row]) & (longitude[known] == longitude[row]))
        return self.name(int(found[0])) if len(found) else ""

    def find_village(self, slug: str) -> int | None:
        """Return the row of a village by what `village_slug` made, None for what is none."""
        country, _, number = slug.partition("-")
        if not number.isdecimal() or int(number) > 0xFFFFFFFF:
            return None
        rows = np.flatnonzero(self._village_numbers == int(number)) + self.first_village
        countries = self.meta["countries"]
        codes = (countries[self.columns["country"][row]].lower() for row in rows)
        return next((int(row) for row, code in zip(rows, codes, strict=True) if code == country), None)

    def _slug(self, row: int) -> str:
        if row >= self.first_village:
            country = self.meta["countries"][self.columns["country"][row]]
            return village_slug(country, int(self._village_numbers[row - self.first_village]))
        return self._slugs[int(np.searchsorted(self._rows_without_id, row))]

    @cached_property
    def _units(self) -> dict[str, int]:
        return dict(zip(self.meta["admin1"], self.meta["admin1_rows"], strict=True))

    @cached_property
    def _rows_without_id(self) -> npt.NDArray[np.intp]:
        return np.flatnonzero(np.asarray(self.columns["geonameid"]) == 0)

    @cached_property
    def _slugs(self) -> list[str]:
        return bytes(self._container.section("slugs")).decode().split("\n")
