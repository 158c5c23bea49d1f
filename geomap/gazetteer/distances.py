"""How far places are from each other, for many at once."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from geomap.gazetteer.courses import EARTH_KM


def distances_km(
    latitude: float, longitude: float, latitudes: npt.NDArray[np.float64], longitudes: npt.NDArray[np.float64]
) -> npt.NDArray[np.float64]:
    """Return the great-circle distances from a point to many, in km, on a sphere of 6371 km (haversine formula)."""
    phi, phis = np.radians(latitude), np.radians(latitudes)
    half = np.sin((phis - phi) / 2) ** 2
    half += np.cos(phi) * np.cos(phis) * np.sin((np.radians(longitudes) - np.radians(longitude)) / 2) ** 2
    distances: npt.NDArray[np.float64] = 2 * EARTH_KM * np.arcsin(np.sqrt(np.clip(half, 0, 1)))
    return distances


def unit_vectors(latitudes: npt.NDArray[np.float64], longitudes: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
    """Return n x 3 unit vectors of points given in degrees."""
    phi, lam = np.radians(latitudes), np.radians(longitudes)
    cosine = np.cos(phi)
    return np.stack([cosine * np.cos(lam), cosine * np.sin(lam), np.sin(phi)], axis=1)
