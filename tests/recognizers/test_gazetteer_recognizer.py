"""The recognizer that geomap uses keeps the promises of all recognizers."""

from __future__ import annotations

import pytest
from recognizer_contract import RecognizerContract

from geomap.gazetteer import open_gazetteer
from geomap.recognizers import default_recognizer
from geomap.recognizers.base import Recognizer


@pytest.fixture(scope="module")
def recognizer() -> Recognizer:
    return default_recognizer(open_gazetteer())


class TestGazetteerRecognizer(RecognizerContract):
    pass
