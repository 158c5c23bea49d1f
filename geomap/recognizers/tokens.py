"""The words and signs of texts, as lists side by side: an object for each of them would cost more than all else.

Several texts can be split together, as if they were one with a wall between two of them: most of what it costs to read
a short text is the same whatever its length.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from itertools import accumulate
from typing import Final

import numpy as np
import numpy.typing as npt

from geomap.gazetteer.normalisation import fold_text
from geomap.recognizers.legible import LegibleText, Recase, make_legible

_TOKEN: Final = re.compile(r"[^\W_]+|[^\w\s]|_")
WALL: Final = 13
"""Signs between two texts: nothing that is asked of a text looks further beyond its end."""
_WALL_TEXT: Final = "\n" + "\x01\n" * WALL
_HYPHEN: Final = re.compile(r"(?<=[^\W_])[-\u2010\u2011](?=[^\W_])")
_BLANK, _LETTER, _SIGN = 0, 1, 2
_PLANE: Final = 1 << 16  # code points of the basic plane; texts with others are split by the regular expression


@dataclass(frozen=True)
class Tokens:
    """Token ``i`` stands from ``starts[i]`` to ``ends[i]`` in ``text``, which is all texts with their walls.

    ``texts[i]`` is how it is read (see `geomap.recognizers.legible`). In the folded text ``plain`` it stands from
    ``plain_starts[i]`` to ``plain_ends[i]``.
    """

    text: str
    texts: list[str]
    starts: list[int]
    ends: list[int]
    plain: str
    plain_starts: list[int]
    plain_ends: list[int]
    is_joined: npt.NDArray[np.bool_]
    """Whether a token begins where the one before it ends, as the parts of "U.S." do."""
    is_hyphened: npt.NDArray[np.bool_]
    """Whether a hyphen alone stands between a token and the one before it, as in "Stoke-on-Trent"."""
    offsets: list[int]
    """Where in ``text`` each of the texts begins."""
    firsts: npt.NDArray[np.int64]
    """The first token of each of the texts."""
    stops: npt.NDArray[np.int64]
    """The token behind the last one of each of the texts."""

    def __len__(self) -> int:
        return len(self.texts)

    def name(self, first: int, last: int) -> str:
        """Return the folded text from one token to another."""
        return self.plain[self.plain_starts[first] : self.plain_ends[last]]

    @cached_property
    def folded(self) -> list[str]:
        """Return all tokens as they stand in the folded text."""
        plain = self.plain
        return [plain[begin:end] for begin, end in zip(self.plain_starts, self.plain_ends, strict=True)]


def split_tokens(*texts: str, recase: Recase | None = None) -> Tokens:
    """Return the words and signs of texts as they are read; ``recase`` as in `geomap.recognizers.legible`."""
    read = [make_legible(text, recase) for text in texts]
    legible = _WALL_TEXT.join(each.text for each in read)
    folded = fold_text(legible)
    plain_starts, plain_ends = _find_bounds(folded.text)
    starts, ends = plain_starts, plain_ends
    if folded.removed:  # what vanished in folding shifts what stands behind it
        starts, ends = (each + np.searchsorted(folded.removed, each, side="right") for each in (starts, ends))
    begins, stops = starts.tolist(), ends.tolist()
    words = [legible[begin:stop] for begin, stop in zip(begins, stops, strict=True)]
    is_joined, is_hyphened = np.zeros((2, len(starts)), dtype=bool)
    np.equal(starts[1:], ends[:-1], out=is_joined[1:])
    if hyphens := [found.start() + 1 for found in _HYPHEN.finditer(legible)]:
        is_hyphened[:] = np.isin(starts, hyphens)
    if inserted := _find_inserted(read):
        starts, ends = (each - np.searchsorted(inserted, each) for each in (starts, ends))
    offsets = list(accumulate((len(each) + len(_WALL_TEXT) for each in texts[:-1]), initial=0))
    return Tokens(
        text=_WALL_TEXT.join(texts),
        texts=words,
        starts=starts.tolist(),
        ends=ends.tolist(),
        plain=folded.text,
        plain_starts=plain_starts.tolist(),
        plain_ends=plain_ends.tolist(),
        is_joined=is_joined,
        is_hyphened=is_hyphened,
        offsets=offsets,
        firsts=starts.searchsorted(offsets),
        stops=starts.searchsorted([offset + len(each) for offset, each in zip(offsets, texts, strict=True)]),
    )


def _find_inserted(read: Sequence[LegibleText]) -> list[int]:
    """Return the offsets, in all texts with their walls, of what was put into them."""
    begin, inserted = 0, []
    for each in read:
        inserted += [begin + offset for offset in each.inserted]
        begin += len(each.text) + len(_WALL_TEXT)
    return inserted


def _find_bounds(plain: str) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int64]]:
    """Return starts and ends of what `_TOKEN` matches: runs of letters and digits, and every single sign."""
    codes = _encode(plain)
    if codes is None:
        bounds = np.array([match.span() for match in _TOKEN.finditer(plain)], dtype=np.int64).reshape(-1, 2)
        return bounds[:, 0], bounds[:, 1]
    classes = np.zeros(len(codes) + 2, dtype=np.uint8)
    classes[1:-1] = _classes().take(codes)
    is_sign, is_letter = classes == _SIGN, classes == _LETTER
    begins = is_sign[1:-1] | (is_letter[1:-1] & ~is_letter[:-2])
    stops = is_sign[1:-1] | (is_letter[1:-1] & ~is_letter[2:])
    return np.flatnonzero(begins), np.flatnonzero(stops) + 1


def _encode(plain: str) -> npt.NDArray[np.uint8] | npt.NDArray[np.uint32] | None:
    """Return the code points of a text, None where some lie beyond the basic plane."""
    if plain.isascii():
        return np.frombuffer(plain.encode("ascii"), dtype=np.uint8)
    codes = np.frombuffer(plain.encode("utf-32-le", "surrogatepass"), dtype="<u4")
    return codes if int(codes.max()) < _PLANE else None


@cache
def _classes() -> npt.NDArray[np.uint8]:
    """Return the class of each code point of the basic plane by `_TOKEN`."""
    classes = np.full(_PLANE, _BLANK, dtype=np.uint8)
    for match in _TOKEN.finditer("".join(map(chr, range(_PLANE)))):
        classes[match.start() : match.end()] = _LETTER if match[0][0].isalnum() else _SIGN
    return classes
