"""Where the models are stored."""

from __future__ import annotations

from pathlib import Path

from geomap.recognizers.gazetteer import MODEL as RECOGNITION
from geomap.recognizers.model import RecognitionModel
from geomap.recognizers.usage import MODEL as USAGE
from geomap.recognizers.usage import UsageModel
from geomap.resolvers.ranking import MODEL as RESOLUTION
from geomap.resolvers.ranking_model import RankingModel

_FILES = {RecognitionModel: RECOGNITION, RankingModel: RESOLUTION, UsageModel: USAGE}


def store_model(model: RecognitionModel | RankingModel | UsageModel, folder: Path | None = None) -> Path:
    """Write a model into a folder, or into the package where it is None, and return its file."""
    path = _FILES[type(model)]
    if folder is not None:
        folder.mkdir(parents=True, exist_ok=True)
        path = folder / path.name
    model.save(path)
    return path
