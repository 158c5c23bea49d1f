"""Whether a name stands for the place itself or for its government, people or team: a small learned model.

It adds up weights: of the words around the name, of the words that govern it when what is coordinated with it is
stepped over ("against Italy, Spain and France"), of all words of its sentence, and of what kind of name it is.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

import numpy as np
import numpy.typing as npt

from geomap.models.files import Arrays, digest_model, pack_texts, read_model, unpack_texts, write_model
from geomap.recognizers import names as N  # noqa: N812 -- as in the features of recognition
from geomap.recognizers import vocabulary as W  # noqa: N812 -- likewise
from geomap.recognizers.contexts import POSITION_OF_COLUMN, ContextReader, Contexts
from geomap.recognizers.scanning import Span

MODEL: Final = Path(__file__).parent / "usage.npz"
END: Final = "."  # the word that stands for what lies beyond the text
Floats = npt.NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class UsageModel:
    """Gives the log-odds that names are used associatively."""

    words: tuple[str, ...]
    """Folded; their numbers start at 1."""
    word_weights: npt.NDArray[np.int8]
    """For each of `POSITIONS` and each number of a word, 0 included, in units of ``unit``."""
    unit: float
    code_weights: Floats
    bias: float
    _offsets: npt.NDArray[np.int64] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_offsets", POSITION_OF_COLUMN * self.word_weights.shape[1])

    @property
    def fingerprint(self) -> str:
        """Return what changes with the model."""
        return digest_model(self.words, self._arrays())

    def log_odds(self, contexts: Contexts) -> Floats:
        """Return the log-odds of each name."""
        places = contexts.words + self._offsets
        weights = self.word_weights.take(places).sum(axis=1, dtype=np.int64)
        odds: Floats = self.bias + self.unit * weights + self.code_weights.take(contexts.codes)
        return odds

    def renumber(self, words: Sequence[str]) -> UsageModel:
        """Return the model for another numbering of words, from 1."""
        number_of = {word: number for number, word in enumerate(self.words, 1)}
        weights = self.word_weights[:, [0, *(number_of.get(word, 0) for word in words)]]
        return UsageModel(tuple(words), np.ascontiguousarray(weights), self.unit, self.code_weights, self.bias)

    def _arrays(self) -> dict[str, npt.NDArray[np.generic]]:
        return {
            "word_weights": self.word_weights,
            "code_weights": self.code_weights,
            "scale": np.array([self.unit, self.bias]),
        }

    def save(self, path: Path) -> None:
        """Write the model; equal models give equal bytes."""
        write_model(path, {"words": pack_texts(self.words), **self._arrays()})

    @classmethod
    def load(cls, path: Path) -> UsageModel:
        """Read a model that `save` wrote."""
        return read_model(path, cls._from_arrays)

    @classmethod
    def _from_arrays(cls, arrays: Arrays) -> UsageModel:
        unit, bias = arrays["scale"].tolist()
        return cls(unpack_texts(arrays["words"]), arrays["word_weights"], unit, arrays["code_weights"], bias)


class UsageJudge:
    """Judges the usage of names in texts whose words are numbered as ``words`` are, from 1."""

    def __init__(self, words: Sequence[str], name_table: N.NameTable, model: UsageModel | None = None) -> None:
        own = model or UsageModel.load(MODEL)
        self.fingerprint = own.fingerprint
        self._model = own.renumber(words)
        self._reader = make_reader(words, name_table)

    def judge(self, rows: W.Rows, spans: Sequence[Span]) -> list[float]:
        """Return the probability that each span of a text is literal; ``rows`` has what is known of its tokens."""
        if not spans:
            return []
        odds = self._model.log_odds(self._reader.read(rows, spans))
        shares: list[float] = (1 / (1 + np.exp(odds))).tolist()
        return shares


def make_reader(words: Sequence[str], name_table: N.NameTable) -> ContextReader:
    """Return a reader for texts whose words are numbered as ``words`` are, from 1."""
    return ContextReader(name_table, outside=words.index(END) + 1 if END in words else 0)
