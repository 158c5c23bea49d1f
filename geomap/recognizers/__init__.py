"""Report -> Mention: where place names stand (toponym recognition)."""

from __future__ import annotations

from geomap.recognizers.base import BatchRecognizer


def default_recognizer() -> BatchRecognizer:
    """Return the recognizer that geomap uses unless told otherwise, on the embedded gazetteer."""
    from geomap.gazetteer import open_gazetteer
    from geomap.recognizers.gazetteer import GazetteerRecognizer

    return GazetteerRecognizer(open_gazetteer())
