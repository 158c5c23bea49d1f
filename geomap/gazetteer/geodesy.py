"""Geodesy on a sphere: distances, and points at a distance from others, for single points and for many at once.

numpy is loaded only where it computes for many points: not everything that needs single ones has loaded it.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

EARTH_KM: Final = 6371.0  # mean radius


def distance_km(latitude: float, longitude: float, latitude2: float, longitude2: float) -> float:
    """Return the great-circle distance of two points in km, on a sphere of 6371 km (haversine formula)."""
    phi, phi2 = math.radians(latitude), math.radians(latitude2)
    half = math.sin((phi2 - phi) / 2) ** 2
    half += math.cos(phi) * math.cos(phi2) * math.sin(math.radians(longitude2 - longitude) / 2) ** 2
    return 2 * EARTH_KM * math.asin(min(1.0, math.sqrt(half)))


def find_point(latitude: float, longitude: float, *, kilometres: float, bearing: float) -> tuple[float, float]:
    """Return the point at a distance and a bearing (degrees from north) from another, on a sphere of 6371 km."""
    phi, angle, course = math.radians(latitude), kilometres / EARTH_KM, math.radians(bearing)
    sine = math.sin(phi) * math.cos(angle) + math.cos(phi) * math.sin(angle) * math.cos(course)
    east = math.sin(course) * math.sin(angle) * math.cos(phi)
    turned = math.degrees(math.atan2(east, math.cos(angle) - math.sin(phi) * sine))
    return math.degrees(math.asin(max(-1.0, min(1.0, sine)))), (longitude + turned + 180) % 360 - 180


def find_bearing(latitude: float, longitude: float, latitude2: float, longitude2: float) -> float:
    """Return the bearing, in degrees from north, at which the great circle leaves one point for another."""
    phi, phi2, east = math.radians(latitude), math.radians(latitude2), math.radians(longitude2 - longitude)
    across = math.sin(east) * math.cos(phi2)
    along = math.cos(phi) * math.sin(phi2) - math.sin(phi) * math.cos(phi2) * math.cos(east)
    return math.degrees(math.atan2(across, along)) % 360


def distances_km(
    latitude: float, longitude: float, latitudes: npt.NDArray[np.float64], longitudes: npt.NDArray[np.float64]
) -> npt.NDArray[np.float64]:
    """Return the great-circle distances from a point to many, in km, on a sphere of 6371 km (haversine formula)."""
    import numpy as np

    phi, phis = np.radians(latitude), np.radians(latitudes)
    half = np.sin((phis - phi) / 2) ** 2
    half += np.cos(phi) * np.cos(phis) * np.sin((np.radians(longitudes) - np.radians(longitude)) / 2) ** 2
    distances: npt.NDArray[np.float64] = 2 * EARTH_KM * np.arcsin(np.sqrt(np.clip(half, 0, 1)))
    return distances


def unit_vectors(latitudes: npt.NDArray[np.float64], longitudes: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
    """Return n x 3 unit vectors of points given in degrees."""
    import numpy as np

    phi, lam = np.radians(latitudes), np.radians(longitudes)
    cosine = np.cos(phi)
    return np.stack([cosine * np.cos(lam), cosine * np.sin(lam), np.sin(phi)], axis=1)
