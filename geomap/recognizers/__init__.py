"""Report -> Mention: where place names stand (toponym recognition)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from geomap.recognizers.base import BatchRecognizer

if TYPE_CHECKING:
    from geomap.gazetteer.index import Gazetteer


def default_recognizer(gazetteer: Gazetteer) -> BatchRecognizer:
    """Return the recognizer that geomap uses unless told otherwise."""
    from geomap.recognizers.gazetteer import GazetteerRecognizer

    return GazetteerRecognizer(gazetteer)
