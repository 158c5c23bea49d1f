"""The signature of a report's words: MinHash, from which the likeness of two texts can be told without the texts.

datasketch would do the same, but it brings scipy (over 100 MB installed) for what these few lines of numpy do.
"""

from __future__ import annotations

import hashlib
import re
import zlib
from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt

from geomap.model import Report

SIZE: Final = 128
"""Values of a signature: the standard error of a likeness of 0.8 is then 0.035."""

SHINGLE: Final = 3
"""Words in a row that count as one element of the set that is compared."""

FEWEST_WORDS: Final = 20
"""Shorter texts are alike by chance, or differ in the one word that matters: of these only exact copies are found."""

_WORD: Final = re.compile(r"\w+")
_DAY: Final = 10  # characters of an ISO date
_DIGEST: Final = 16
_STEP: Final = 2048  # shingles at a time, so that a text of 10 MB needs little memory

Values = npt.NDArray[np.uint64]


@dataclass(frozen=True, slots=True)
class Signature:
    """What is known of a report's words.

    ``day`` is its date or ""; ``words`` a digest of all words in order; ``values`` the MinHash, as bytes of `SIZE`
    unsigned numbers of 32 bits, b"" for a text that is too short.
    """

    day: str
    words: bytes
    values: bytes

    @classmethod
    def unpack(cls, body: bytes) -> Signature:
        """Return the signature that `sign` packed."""
        return cls(body[:_DAY].decode("ascii", "replace").strip(), body[_DAY : _DAY + _DIGEST], body[_DAY + _DIGEST :])


def sign(report: Report) -> tuple[str, bytes]:
    """Return the digest of a report, and its packed signature."""
    words = [word.encode("utf-8", "surrogatepass") for word in _WORD.findall(report.text.casefold())]
    content = b" ".join(words) or report.text.encode("utf-8", "surrogatepass")
    digest = hashlib.blake2b(content, digest_size=_DIGEST).digest()
    values = _find_minima(words) if len(words) >= FEWEST_WORDS else b""
    day = report.date[:_DAY].encode("ascii", "replace").ljust(_DAY)
    return report.digest(), day + digest + values


def _find_minima(words: list[bytes]) -> bytes:
    hashes = np.array([zlib.crc32(word) for word in words], np.uint64)
    count = len(hashes) - SHINGLE + 1
    shingles = np.zeros(count, np.uint64)
    for offset in range(SHINGLE):
        shingles = mix(shingles + hashes[offset : offset + count])
    shingles = np.unique(shingles)
    minima = np.full(SIZE, 0xFFFFFFFF, np.uint64)
    for begin in range(0, len(shingles), _STEP):
        part = shingles[begin : begin + _STEP, None] * _FACTORS + _SUMMANDS  # wraps around, as it should
        np.minimum(minima, (part >> np.uint64(32)).min(axis=0), out=minima)
    return minima.astype("<u4").tobytes()


def mix(values: Values) -> Values:
    """Return numbers with their bits spread (the finaliser of SplitMix64); unlike `hash`, the same for ever."""
    values = values + np.uint64(0x9E3779B97F4A7C15)
    values = (values ^ (values >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    values = (values ^ (values >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return values ^ (values >> np.uint64(31))


_FACTORS: Final = mix(np.arange(SIZE, dtype=np.uint64)) | np.uint64(1)
_SUMMANDS: Final = mix(np.arange(SIZE, 2 * SIZE, dtype=np.uint64))
