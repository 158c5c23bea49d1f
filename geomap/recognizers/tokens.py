"""The words and signs of a text, as lists side by side: an object for each of them would cost more than all else."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

import numpy as np

from geomap.gazetteer.normalisation import fold_text

_TOKEN: Final = re.compile(r"[^\W_]+|[^\w\s]|_")


@dataclass(frozen=True, slots=True)
class Tokens:
    """Token ``i`` is ``texts[i]`` from ``starts[i]`` to ``ends[i]`` in the text.

    In the folded text ``plain`` it is ``folded[i]``, from ``plain_starts[i]`` to ``plain_ends[i]``.
    """

    texts: list[str]
    starts: list[int]
    ends: list[int]
    folded: list[str]
    plain: str
    plain_starts: list[int]
    plain_ends: list[int]

    def __len__(self) -> int:
        return len(self.texts)

    def name(self, first: int, last: int) -> str:
        """Return the folded text from one token to another."""
        return self.plain[self.plain_starts[first] : self.plain_ends[last]]


def split_tokens(text: str) -> Tokens:
    """Return the words and signs of a text."""
    folded = fold_text(text)
    plain = folded.text
    bounds = [match.span() for match in _TOKEN.finditer(plain)]
    plain_starts, plain_ends = [begin for begin, _ in bounds], [end for _, end in bounds]
    starts, ends = plain_starts, plain_ends
    if folded.removed:  # what vanished in folding shifts what stands behind it
        starts, ends = (
            (np.array(each) + np.searchsorted(folded.removed, each, side="right")).tolist() for each in (starts, ends)
        )
    return Tokens(
        texts=[text[begin:end] for begin, end in zip(starts, ends, strict=True)],
        starts=starts,
        ends=ends,
        folded=[plain[begin:end] for begin, end in bounds],
        plain=plain,
        plain_starts=plain_starts,
        plain_ends=plain_ends,
    )
