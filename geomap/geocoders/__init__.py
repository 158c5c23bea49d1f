"""Adapters to geopy: our gazetteer as one of its geocoders, its services as a fallback for unknown names."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from geomap.config import GeocoderSettings
    from geomap.geocoders.fallback import Fallback
    from geomap.geocoders.gazetteer import GazetteerGeocoder as GazetteerGeocoder


def open_fallback(config: GeocoderSettings, folder: Path) -> Fallback | None:
    """Return the fallback to the configured service, or None if none is configured.

    Answers are kept in ``folder``, so that no question is asked twice. Raises `ConfigurationError`.
    """
    if not config.service:
        return None
    from geomap.geocoders.services import ServiceFallback

    return ServiceFallback(config, folder / "geocoder-answers.jsonl")


def __getattr__(name: str) -> Any:
    if name == "GazetteerGeocoder":
        from geomap.geocoders.gazetteer import GazetteerGeocoder

        return GazetteerGeocoder
    raise AttributeError(name)
