"""The learned model of recognition: weights of words and codes, and trees on top; stored as arrays, never as pickle."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Final

import numpy as np
import numpy.typing as npt

from geomap.models.files import Arrays, digest_model, pack_texts, read_model, unpack_texts, write_model
from geomap.models.trees import Trees
from geomap.recognizers.features import POSITIONS, SpanFeatures
from geomap.recognizers.surroundings import relate_spans

SETS: Final = ("corpora", "synthetic")
"""Two sets of weights: what news corpora mark, and what `geomap.learning.synthetic_sentences` do."""
_HOPELESS: Final = -1.5  # linear log-odds below which the trees hardly ever find a place name
Floats = npt.NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class RecognitionModel:
    """Gives the log-odds that spans are place names."""

    words: tuple[str, ...]
    """Folded; their numbers start at 1."""
    word_weights: Floats
    """For each number of a word, 0 included, each of `geomap.recognizers.features.POSITIONS`, and each of `SETS`."""
    chances: Floats
    """For each number of a word: its log-odds as a place, as a person's name, as a word; -20 for number 0."""
    code_weights: Floats
    """For each code and each of `SETS`."""
    biases: Floats
    trees: Trees
    base: float
    """What the sum of the trees starts from."""

    @property
    def fingerprint(self) -> str:
        """Return what changes with the model."""
        return digest_model(self.words, self._arrays())

    def log_odds(self, features: SpanFeatures) -> Floats:
        """Return the log-odds of each span of a report."""
        views = self.linear_log_odds(features)
        odds: Floats = views.max(axis=1)
        asked = np.flatnonzero(odds > _HOPELESS)
        if len(asked):
            related = relate_spans(features.sites, views)
            blocks = (features.measures(asked, self.chances), views[asked], related[asked])
            odds[asked] = self.base + self.trees.sum(np.hstack(blocks))
        return odds

    def linear_log_odds(self, features: SpanFeatures) -> Floats:
        """Return the sums of the weights of words and codes, a column for each of `SETS`."""
        words, codes = features.words().T, features.codes().T  # sums over rows are several times faster
        places = words * len(POSITIONS) + np.arange(len(POSITIONS))[:, None]
        by_word = self.word_weights.reshape(-1, len(SETS)).take(places, axis=0).sum(axis=0)
        odds: Floats = self.biases + by_word + self.code_weights.take(codes, axis=0).sum(axis=0)
        return odds

    def _arrays(self) -> dict[str, npt.NDArray[np.generic]]:
        return {
            "word_weights": self.word_weights.astype(np.float16),
            "chances": self.chances.astype(np.float16),
            "code_weights": self.code_weights.astype(np.float16),
            "bias": np.array([*self.biases, self.base]),
            **self.trees.as_arrays(),
        }

    def save(self, path: Path) -> None:
        """Write the model; equal models give equal bytes."""
        write_model(path, {"words": pack_texts(self.words), **self._arrays()})

    @classmethod
    def load(cls, path: Path) -> RecognitionModel:
        """Read a model that `save` wrote."""
        return read_model(path, cls._from_arrays)

    @classmethod
    def _from_arrays(cls, arrays: Arrays) -> RecognitionModel:
        *biases, base = arrays["bias"].tolist()
        return cls(
            words=unpack_texts(arrays["words"]),
            word_weights=arrays["word_weights"].astype(np.float32),
            chances=arrays["chances"].astype(np.float32),
            code_weights=arrays["code_weights"].astype(np.float32),
            biases=np.array(biases, dtype=np.float32),
            trees=Trees.from_arrays(arrays),
            base=base,
        )
