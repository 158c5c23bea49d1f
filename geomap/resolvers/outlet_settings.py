"""Outlet locations as the project's owner gives them in geomap.toml, under [sources]."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

import numpy as np

from geomap.errors import ConfigurationError
from geomap.gazetteer.geodesy import unit_vectors
from geomap.gazetteer.index import Gazetteer
from geomap.model import Place, Report
from geomap.resolvers.outlet_locations import OutletLocation

_POINT: Final = re.compile(r"\s*([-+]?\d{1,2}(?:\.\d*)?)\s*,\s*([-+]?\d{1,3}(?:\.\d*)?)\s*")


def find_setting(report: Report, sources: Mapping[str, str]) -> str:
    """Return the setting for a report's outlet, by its name, its domain or a domain above; else an empty string.

    ``sources`` has names and domains in lower case.
    """
    if not sources:
        return ""
    for key in (report.source.strip().lower(), *_domains(report.domain)):
        if key in sources:
            return sources[key]
    return ""


def _domains(domain: str) -> list[str]:
    labels = domain.strip().lower().rstrip(".").split(".")
    return [".".join(labels[start:]) for start in range(min(len(labels) - 1, 10))]


def read_outlet_location(source: str, setting: str, gazetteer: Gazetteer) -> OutletLocation:
    """Return the outlet location that a setting tells: "Toledo, Ohio", "geonames:5174035" or "41.66,-83.56".

    Raises `ConfigurationError` if it tells none.
    """
    point = _POINT.fullmatch(setting)
    if point:
        latitude, longitude = float(point[1]), float(point[2])
        if abs(latitude) > 90 or abs(longitude) > 180:
            raise _refuse(source, setting)
        return locate_outlet(latitude, longitude, gazetteer.nearest(latitude, longitude)[0][0], setting, gazetteer)
    place = _find_place(setting, gazetteer)
    if place is None:
        raise _refuse(source, setting)
    return locate_outlet(place.latitude, place.longitude, place, place.name, gazetteer)


def _find_place(setting: str, gazetteer: Gazetteer) -> Place | None:
    if not setting.startswith("geonames:"):
        return next(iter(gazetteer.search(setting, limit=1)), None)
    number = setting.removeprefix("geonames:")
    if not number.isdecimal():
        return None
    found = np.flatnonzero(np.asarray(gazetteer.columns["geonameid"][np.arange(len(gazetteer))]) == int(number))
    return gazetteer.place(int(found[0])) if len(found) else None


def locate_outlet(latitude: float, longitude: float, place: Place, label: str, gazetteer: Gazetteer) -> OutletLocation:
    """Return a point as an outlet location; ``place`` tells the country and unit that it lies in."""
    vector = unit_vectors(np.array([latitude]), np.array([longitude]))[0].astype(np.float32)
    countries, units = gazetteer.meta["countries"], gazetteer.meta["admin1"]
    country = countries.index(place.country_code) if place.country_code in countries else 0
    admin1 = units.index(place.admin1_code) if place.admin1_code in units else 0
    return OutletLocation(country=country, admin1=admin1, point=vector, label=label)


def _refuse(source: str, setting: str) -> ConfigurationError:
    return ConfigurationError(
        f'geomap.toml: sources."{source}": the gazetteer has no place {setting!r}. Write a name such as '
        '"Toledo, Ohio", an id such as "geonames:5174035", or latitude and longitude such as "41.66, -83.56".'
    )
