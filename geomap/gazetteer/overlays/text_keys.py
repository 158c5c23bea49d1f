"""Which names of a trie stand in a text: all that recognition or resolution may look up there, and few more."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from geomap.gazetteer.normalisation import FoldedText, fold_name, fold_text
from geomap.gazetteer.overlays.chained_names import ChainedNames

_LONGEST_NAME: Final = 120  # characters; recognition looks at 60, but a mention may be longer
_TOKEN: Final = re.compile(r"[^\W_]+|[^\w\s]")


def find_keys(text: str, names: ChainedNames) -> set[str]:
    """Return the keys that begin at a word of the text with a capital or caseless letter, and end with a word."""
    folded = fold_text(text)
    return {
        key
        for start in _find_starts(text, folded)
        for window in _windows(folded.text[start : start + _LONGEST_NAME])
        for key, _ in names.iter_prefixes_with_ids(window)
        if not window[len(key) : len(key) + 1].isalnum()
    }


def _find_starts(text: str, folded: FoldedText) -> Iterator[int]:
    for match in _TOKEN.finditer(folded.text):
        head = text[folded.original(match.start())]
        if head.isupper() or (head.isalpha() and not head.islower()):
            yield match.start()


def _windows(window: str) -> Iterator[str]:
    """Yield the text as it stands, and as it is looked up when a mention spans a wide gap or an apostrophe."""
    yield window
    if "  " in window or "'" in window:
        yield fold_name(window)
