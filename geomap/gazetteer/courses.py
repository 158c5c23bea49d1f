"""Points at a distance from others; without numpy, which not everything that needs them has loaded."""

from __future__ import annotations

import math
from typing import Final

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
