"""How well known a place is, and how far it reaches, by its kind and population alone."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from geomap.gazetteer.compilation.importance import COUNTY_COUNTRIES
from geomap.gazetteer.layout import IMPORTANCE_UNIT

Floats = npt.NDArray[np.float32]

# The scale is that of the embedded gazetteer, where a village of unknown size has 1.0: what reports hardly ever name
# (streams, hills, farms) comes behind the villages, and what they do, before.
_LEVELS: Final = {
    "A.PCLI": 7.0, "A.PCL": 5.6, "A.ADM1": 5.6, "A.ADM2": 3.6, "A.ADM3": 2.6, "A.ADM4": 2.0, "A": 1.6,
    "L.CONT": 7.0, "L.RGN": 2.2, "L": 1.2,
    "H.OCN": 5.0, "H.SEA": 4.0, "H.GULF": 3.0, "H.STRT": 2.5, "H.LK": 1.2,
    "T.MTS": 1.8, "T.ISL": 1.8, "T.ISLS": 1.8, "T.DSRT": 1.8,
    "S.AIRP": 1.6,
    "P.PPLA": 2.0, "P.PPLA2": 1.6, "P.PPLA3": 1.4, "P.PPLA4": 1.2, "P.PPLH": 0.7, "P.PPLQ": 0.7, "P.PPLW": 0.7,
}  # fmt: skip
LEAST: Final = 0.8
_COUNTY: Final = 5.2  # as the embedded gazetteer has it
_DROPS: Final = {"P": 0.0, "A.ADM1": 0.6, "A.ADM2": 1.2}  # from the logarithm of the population, else 1.6
_RADII: Final = {
    "A.PCLI": 300.0, "A.ADM1": 60.0, "A.ADM2": 25.0, "A.ADM3": 12.0, "A": 8.0,
    "L.CONT": 3000.0, "L.RGN": 80.0, "L": 8.0,
    "H.OCN": 2000.0, "H.SEA": 400.0, "H.GULF": 100.0, "H": 3.0, "T.MTS": 40.0, "T.DSRT": 80.0, "T": 3.0, "S.AIRP": 3.0,
}  # fmt: skip
_PEOPLE_PER_KM2: Final = 3000  # as the embedded gazetteer has it


def weigh_places(
    features: Sequence[str],
    feature: npt.NDArray[Any],
    population: npt.NDArray[Any],
    *,
    in_counties: npt.NDArray[np.bool_],
    least: float,
) -> npt.NDArray[np.uint8]:
    """Return the importance of places in the units of the column; ``features[feature[row]]`` is a place's kind.

    ``in_counties`` tells which lie in a country whose counties are as well known as first-level units elsewhere (see
    `is_in_counties`). ``least`` is the smallest that any place gets.
    """
    size = np.log10(population.astype(np.float32) + 10)
    weight = np.maximum(
        _by_feature(features, _LEVELS, LEAST)[feature], size - _by_feature(features, _DROPS, 1.6)[feature]
    )
    is_unit = _by_feature(features, {"A.ADM2": 1.0}, 0.0)[feature] > 0
    weight[is_unit & in_counties] = np.maximum(weight[is_unit & in_counties], _COUNTY)
    weight += _by_feature(features, {"P.PPLC": 0.7}, 0.0)[feature]
    weight += _by_feature(features, {"A.PCLI": 1 / 3, "L.CONT": 1 / 3}, 0.0)[feature] * size
    importance: npt.NDArray[np.uint8] = (
        np.clip(np.maximum(weight, least) * IMPORTANCE_UNIT, 0, 255).round().astype(np.uint8)
    )
    return importance


def is_in_counties(countries: Sequence[str], country: npt.NDArray[Any]) -> npt.NDArray[np.bool_]:
    """Tell which places lie in a country of counties; ``countries[country[row]]`` is a place's country."""
    has_counties = np.array([code in COUNTY_COUNTRIES for code in countries], dtype=bool)
    found: npt.NDArray[np.bool_] = has_counties[country]
    return found


def measure_radii(
    features: Sequence[str], feature: npt.NDArray[Any], population: npt.NDArray[Any]
) -> npt.NDArray[np.uint16]:
    """Return the radii of places, in the column's units of 0.1 km."""
    radius = _by_feature(features, _RADII, 1.0)[feature]
    is_town = _by_feature(features, {"P": 1.0}, 0.0)[feature] > 0
    radius[is_town] = np.maximum(1.0, np.sqrt(population[is_town] / _PEOPLE_PER_KM2 / np.pi))
    tenths: npt.NDArray[np.uint16] = np.clip(radius * 10, 0, 65_535).round().astype(np.uint16)
    return tenths


def _by_feature(features: Sequence[str], table: Mapping[str, float], otherwise: float) -> Floats:
    """Return the table's value for each kind of place, or for its class where the kind is not there."""
    return np.array([table.get(each, table.get(each[:1], otherwise)) for each in features], np.float32)
