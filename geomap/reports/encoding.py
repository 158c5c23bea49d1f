"""Bytes in any encoding -> text.

Byte order marks and valid UTF-8 decide first, then UTF-16 and UTF-32 without a mark, Cyrillic encodings by the letters
that come out, and for the rest charset-normalizer among the encodings that reports are really kept in.
"""

from __future__ import annotations

import codecs
import re
from collections import Counter
from itertools import pairwise

from geomap.reports.base import Readable
from geomap.text.byte_order_marks import find_marked_encoding

_WIDE = ("utf-32-le", "utf-32-be", "utf-16-le", "utf-16-be")
_CYRILLIC = ("cp1251", "koi8_r", "cp866", "iso8859_5")
_OTHERS = [
    "cp1250",
    "cp1252",
    "cp1253",
    "cp1254",
    "cp1255",
    "cp1256",
    "cp1257",
    "gb18030",
    "big5",
    "shift_jis",
    "euc_kr",
]
_COMMON_CYRILLIC = frozenset("оеаинтсрвлкі")
_ORDINARY_CONTROLS = "\t\n\v\f\r\x1a\x1b"
_SAMPLE_BYTES = 65_536
_CHUNK_BYTES = 1 << 20
_HIGH_RUN = re.compile(rb"[\x80-\xff]{3,}")
_MULTIBYTE = re.compile(r"[\x80-\ufffc\ufffe-\U0010ffff]")
_WESTERN = re.compile("[‘’“”–—…•€£©®°´«»\xa0àáâäåæçèéêëìíîïñòóôöøùúûüßÀÁÂÄÅÆÇÈÉÊËÎÏÑÓÔÖØÙÚÜ]")


def decode(data: bytes, *, declared: str = "") -> str:
    """Return the text of bytes in any encoding, without byte order mark, newlines untouched; never fails.

    ``declared`` is the encoding that the document itself states, if any. What cannot be decoded becomes U+FFFD.
    """
    return data.decode(find_encoding(data, declared=declared), errors="replace")


def find_encoding(data: bytes, *, declared: str = "") -> str:
    """Return the name of the codec that reads the bytes best."""
    if encoding := find_marked_encoding(data) or _wide_encoding(data[:_SAMPLE_BYTES]):
        return encoding
    try:
        data.decode("utf-8")
    except UnicodeDecodeError as error:
        sample = data[max(0, error.start - _SAMPLE_BYTES // 2) :][:_SAMPLE_BYTES]
        return _known_codec(declared) or _legacy_encoding(sample)
    return "utf-8"


def find_file_encoding(file: Readable) -> str:
    """Return the name of the codec that reads a file best; reads it once in pieces, whatever its size."""
    decoder = codecs.getincrementaldecoder("utf-8")()
    with file.open("rb") as stream:
        chunk = stream.read(_CHUNK_BYTES)
        if encoding := find_marked_encoding(chunk) or _wide_encoding(chunk[:_SAMPLE_BYTES]):
            return encoding
        while chunk:
            try:
                decoder.decode(chunk)
            except UnicodeDecodeError:
                return find_encoding(chunk + stream.read(_CHUNK_BYTES))
            chunk = stream.read(_CHUNK_BYTES)
    return "utf-8"


def is_binary(text: str) -> bool:
    """Return whether decoded bytes are no text: more than one character in fifty is a control or undecodable."""
    controls = sum(text.count(chr(code)) for code in range(32) if chr(code) not in _ORDINARY_CONTROLS)
    return 50 * (controls + text.count("\ufffd")) > len(text) or 500 * text.count("\0") > len(text)


def _wide_encoding(sample: bytes) -> str:
    """Return UTF-16 or UTF-32 for a sample without a mark: there every second byte, or three in four, hardly vary."""
    if b"\0" not in sample:
        return ""
    for encoding in _WIDE:
        width = 4 if "32" in encoding else 2
        high = sample[width - 1 :: width] if encoding.endswith("le") else sample[::width]
        text = sample[: len(sample) // width * width].decode(encoding, errors="replace")
        if high and _is_dominated(high) and _is_plausible(text):
            return encoding
    return ""


def _is_dominated(values: bytes) -> bool:
    return sum(count for _, count in Counter(values).most_common(2)) >= 0.9 * len(values)


def _is_plausible(text: str) -> bool:
    ordinary = sum(character.isalnum() or character in " \t\r\n.,;:!?'\"-()/" for character in text)
    return ordinary >= 0.85 * len(text)


def _known_codec(name: str) -> str:
    try:
        codec = codecs.lookup(name)
        "".encode(name)  # a codec of text, not base64 and the like
    except (LookupError, ValueError, TypeError):
        return ""
    return "" if codec.name.startswith(("utf", "ascii", "idna", "punycode")) else codec.name


def _legacy_encoding(sample: bytes) -> str:
    damaged = sample.decode("utf-8", errors="replace")
    if len(_MULTIBYTE.findall(damaged)) >= 3 * damaged.count("\ufffd"):  # UTF-8 with a few broken bytes
        return "utf-8"
    if cyrillic := _cyrillic_encoding(sample):
        return cyrillic
    foreign = [character for character in sample.decode("cp1252", errors="replace") if character > "\x7f"]
    if sum(_WESTERN.match(character) is not None for character in foreign) == len(foreign) and not _HIGH_RUN.search(
        sample
    ):
        return "cp1252"
    return _guess(sample)


def _cyrillic_encoding(sample: bytes) -> str:
    """Return the likeliest Cyrillic codec: a wrong one gives rare letters and capitals within words."""
    words = b" ".join(_HIGH_RUN.findall(sample))
    if not words or 2 * len(words) < sum(byte > 0x7F for byte in sample):  # single letters within words: Latin script
        return ""
    scores = [(_cyrillic_score(words.decode(encoding, errors="replace")), encoding) for encoding in _CYRILLIC]
    score, encoding = max(scores, key=lambda pair: pair[0])
    return encoding if score >= 0.45 else ""


def _cyrillic_score(words: str) -> float:
    letters = [character for character in words if character != " "]
    common = sum(character in _COMMON_CYRILLIC for character in letters)
    capitals = sum(before != " " and after.isupper() and before.islower() for before, after in pairwise(words))
    shouted = sum(character.lower() in _COMMON_CYRILLIC and character.isupper() for character in letters)
    return (common + 0.8 * shouted - capitals) / max(1, len(letters))


def _guess(sample: bytes) -> str:
    from charset_normalizer import from_bytes  # only files in rare encodings pay for it

    best = from_bytes(sample, cp_isolation=_OTHERS).best()
    return best.encoding if best else "cp1252"
