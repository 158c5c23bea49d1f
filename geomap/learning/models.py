"""Where the two models are stored."""

from __future__ import annotations

from pathlib import Path

from geomap.recognizers.gazetteer import MODEL as RECOGNITION
from geomap.recognizers.model import RecognitionModel
from geomap.resolvers.ranking import MODEL as RESOLUTION
from geomap.resolvers.ranking_model import RankingModel


def store_models(
    recognition: RecognitionModel, resolution: RankingModel, folder: Path | None = None
) -> tuple[Path, Path]:
    """Write both models into a folder, or into the package where it is None, and return their files."""
    if folder is not None:
        folder.mkdir(parents=True, exist_ok=True)
    first = folder / RECOGNITION.name if folder else RECOGNITION
    second = folder / RESOLUTION.name if folder else RESOLUTION
    recognition.save(first)
    resolution.save(second)
    return first, second
