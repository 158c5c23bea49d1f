"""What is installed from a wheel has no vectors: it evaluates all the same, and says what training needs."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from geomap.cli.main import main
from geomap.learning import word_vectors


@pytest.fixture
def without_vectors(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[Path]:
    for each in (word_vectors.read_word_vectors, word_vectors.known_words):
        each.cache_clear()
    monkeypatch.setattr(word_vectors, "VECTORS", tmp_path / "word_vectors.npz")
    gold = tmp_path / "gold.jsonl"
    mark = {"start": 13, "end": 20, "lat": 49.98, "lon": 36.25}
    gold.write_text(json.dumps({"id": "1", "text": "Rain fell in Kharkiv.", "gold": [mark]}), encoding="utf-8")
    yield gold
    for each in (word_vectors.read_word_vectors, word_vectors.known_words):
        each.cache_clear()


def test_evaluation_needs_no_vectors(without_vectors: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["evaluate", str(without_vectors)]) == 0
    assert "gold" in capsys.readouterr().out


def test_training_says_what_it_needs(without_vectors: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    pytest.importorskip("sklearn")
    assert main(["train", str(without_vectors), "-o", str(tmp_path)]) == 2
    assert "clone the repository" in capsys.readouterr().err


def test_the_models_words_are_those_of_the_vectors(without_vectors: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    words = word_vectors.known_words()
    monkeypatch.undo()
    word_vectors.known_words.cache_clear()
    assert words == word_vectors.known_words()
