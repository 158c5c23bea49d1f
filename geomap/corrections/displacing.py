"""Points at a distance from a place that a person has corrected."""

from __future__ import annotations

from dataclasses import replace

from geomap.gazetteer.geodesy import find_point
from geomap.model import Anchor, Place


def move_anchor(anchor: Anchor, place: Place) -> tuple[Place, Anchor]:
    """Return the point at the anchor's distance and bearing from another place, and the anchor at that place."""
    kilometres, bearing = anchor.distance_km, anchor.bearing
    latitude, longitude = find_point(place.latitude, place.longitude, kilometres=kilometres, bearing=bearing)
    moved = Place(
        place_id=f"{place.place_id}@{kilometres:g}km,{bearing:g}",
        name=f"{kilometres:g} km from {place.name}",
        latitude=round(latitude, 5),
        longitude=round(longitude, 5),
        country_code=place.country_code,
        radius_km=place.radius_km,
    )
    return moved, replace(anchor, place_id=place.place_id)
