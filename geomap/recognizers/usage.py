"""Whether a name stands for the place itself or for its government, people or team: a small learned model.

It adds up weights: of the words around the name, of the words that govern it when what is coordinated with it is
stepped over ("against Italy, Spain and France"), of all words of its sentence, and of what kind of name it is. Trees
decide by these sums and by those of the report's other names: some reports tell of governments all along.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Final

import numpy as np
import numpy.typing as npt

from geomap.models.files import Arrays, digest_model, pack_texts, read_model, unpack_texts, write_model
from geomap.models.trees import Trees
from geomap.recognizers import names as N  # noqa: N812 -- as in the features of recognition
from geomap.recognizers import vocabulary as W  # noqa: N812 -- likewise
from geomap.recognizers.contexts import POSITION_OF_COLUMN, POSITIONS, STEPS_OVER, ContextReader, Contexts
from geomap.recognizers.spans import Span

MODEL: Final = Path(__file__).parent / "usage.npz"
END: Final = "."  # the word that stands for what lies beyond the text
_STARTS: Final = np.searchsorted(POSITION_OF_COLUMN, np.arange(len(POSITIONS)))  # the first column of each position
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
    trees: Trees | None = None
    """None where the sums of weights decide alone."""
    base: float = 0.0
    """What the sum of the trees starts from."""
    _offsets: npt.NDArray[np.int64] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_offsets", POSITION_OF_COLUMN * self.word_weights.shape[1])

    @property
    def fingerprint(self) -> str:
        """Return what changes with the model."""
        return digest_model(self.words, self._arrays())

    def log_odds(self, contexts: Contexts, texts: Sequence[int]) -> Floats:
        """Return the log-odds of each name; ``texts`` are the numbers of the texts that they stand in, ascending."""
        measures = self.measures(contexts, texts)
        odds: Floats = self.base + (measures[:, 0] if self.trees is None else self.trees.sum(measures))
        return odds

    def measures(self, contexts: Contexts, texts: Sequence[int]) -> Floats:
        """Return what the trees decide by, a row for each name.

        These are the sum of all weights, that of each of `POSITIONS`, the class of the name, on which sides words are
        stepped over, and of its text the number of names, the mean sum of the others and the highest of all.
        """
        weights = self.word_weights.take(contexts.words + self._offsets).astype(np.int32)
        by_position = self.unit * np.add.reduceat(weights, _STARTS, axis=1)
        sums = self.bias + by_position.sum(axis=1) + self.code_weights.take(contexts.codes)
        starts = np.flatnonzero(np.diff(texts, prepend=-1))
        counts = np.diff(starts, append=len(sums))
        count, total, best = (
            np.repeat(each, counts)
            for each in (counts, np.add.reduceat(sums, starts), np.maximum.reduceat(sums, starts))
        )
        others = (total - sums) / np.maximum(count - 1, 1)
        kinds = (contexts.codes // STEPS_OVER, contexts.codes % STEPS_OVER)
        return np.column_stack([sums, by_position, *kinds, count, others, best]).astype(np.float32)

    def renumber(self, words: Sequence[str]) -> UsageModel:
        """Return the model for another numbering of words, from 1."""
        number_of = {word: number for number, word in enumerate(self.words, 1)}
        weights = self.word_weights[:, [0, *(number_of.get(word, 0) for word in words)]]
        return replace(self, words=tuple(words), word_weights=np.ascontiguousarray(weights))

    def _arrays(self) -> dict[str, npt.NDArray[np.generic]]:
        return {
            "word_weights": self.word_weights,
            "code_weights": self.code_weights,
            "scale": np.array([self.unit, self.bias, self.base]),
            **({} if self.trees is None else self.trees.as_arrays()),
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
        unit, bias, base = arrays["scale"].tolist()
        words, trees = unpack_texts(arrays["words"]), Trees.from_arrays(arrays) if "tree_starts" in arrays else None
        return cls(words, arrays["word_weights"], unit, arrays["code_weights"], bias, trees, base)


class UsageJudge:
    """Judges the usage of names in texts whose words are numbered as ``words`` are, from 1."""

    def __init__(self, words: Sequence[str], name_table: N.NameTable, model: UsageModel | None = None) -> None:
        own = model or UsageModel.load(MODEL)
        self.fingerprint = own.fingerprint
        self._model = own.renumber(words)
        self._reader = make_reader(words, name_table)

    def judge(self, rows: W.Rows, spans: Sequence[Span], texts: Sequence[int]) -> list[float]:
        """Return the probability that each span is literal.

        ``rows`` has what is known of the tokens of all texts, ``texts`` the numbers of those that the spans stand in.
        """
        if not spans:
            return []
        odds = self._model.log_odds(self._reader.read(rows, spans), texts)
        shares: list[float] = (1 / (1 + np.exp(odds))).tolist()
        return shares


def make_reader(words: Sequence[str], name_table: N.NameTable) -> ContextReader:
    """Return a reader for texts whose words are numbered as ``words`` are, from 1."""
    return ContextReader(name_table, outside=words.index(END) + 1 if END in words else 0)
