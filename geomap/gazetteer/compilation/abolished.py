"""Units that were abolished: names of where they were, that texts still use."""

from __future__ import annotations

from geomap.gazetteer.compilation.draft import Draft
from geomap.gazetteer.compilation.packages import PackageFolder
from geomap.gazetteer.compilation.subdivisions import read_subdivisions
from geomap.gazetteer.normalisation import fold_name

_SHORTEST = 4  # letters of a name that stands for the unit without its word: "Lol" is seldom the state


def mark_abolished(draft: Draft, packages: PackageFolder) -> None:
    """Make historical features of the units that the newer table of units does not have any more.

    A unit that has a code in the draft all the same is one of today: the curated tables gave it.
    """
    today = {row.geonameid for row in read_subdivisions(packages)}
    countries = {row.code[:2] for row in read_subdivisions(packages)}
    for place in draft.places.values():
        if place.feature_code not in {"ADM1", "ADM2"} or place.country_code not in countries:
            continue
        if place.geonameid and str(place.geonameid) not in today and not place.admin1_code:
            place.feature_code += "H"
            place.reserved |= {key for key in map(fold_name, place.names) if len(key) < _SHORTEST}
