"""Points at a distance from others; without numpy, which not everything that needs them has loaded."""

from __future__ import annotations

import math
from typing import Final

EARTH_KM: Final = 6371.0  # mean radius


def find_point(latitude: float, longitude: float, *, kilometres: float, bearing: float) -> tuple[float, float]:
    """Return the point at a distance and a bearing (degrees from north) from another, on a sphere of 6371 km."""
    phi, angle, course = math.radians(latitude), kilometres / EARTH_KM, math.radians(bearing)
    sine = math.sin(phi) * math.cos(angle) + math.cos(phi) * math.sin(angle) * math.cos(course)
    east = math.sin(course) * math.sin(angle) * math.cos(phi)
    turned = math.degrees(math.atan2(east, math.cos(angle) - math.sin(phi) * sine))
    return math.degrees(math.asin(max(-1.0, min(1.0, sine)))), (longitude + turned + 180) % 360 - 180
