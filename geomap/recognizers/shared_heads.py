"""Names that share the word for what they are: "the Paroo and Warrego rivers", "Lakes Erie and Huron"."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

import numpy as np

from geomap.gazetteer.index import Gazetteer
from geomap.languages import ENGLISH, Language
from geomap.recognizers import vocabulary as W  # noqa: N812 -- as in the scanner
from geomap.recognizers.spans import Span
from geomap.recognizers.tokens import Tokens

_MOST: Final = 24  # tokens of such a list


class SharedHeads:
    """Finds the names of such lists."""

    def __init__(self, gazetteer: Gazetteer, language: Language = ENGLISH) -> None:
        self._gazetteer = gazetteer
        self._forms = language.heads.shared
        self._steps = language.names.listing | frozenset({",", "&", language.article, "of"})

    def find_spans(self, tokens: Tokens, flags: W.Rows) -> Iterator[Span]:
        """Yield the names that the gazetteer knows with the word; ``flags`` are those of the tokens."""
        for head in np.flatnonzero(flags & W.SHARES_KIND).tolist():
            forms = self._forms[tokens.name(head, head)]
            for step in (-1, 1):
                names = list(self._walk(tokens, head, step))
                if len(names) > 1:
                    yield from self._look_up(tokens, names, forms)

    def _walk(self, tokens: Tokens, head: int, step: int) -> Iterator[tuple[int, int]]:
        """Yield the first and last tokens of the names on one side of the word, the nearest first."""
        begin, is_listed = -1, True
        for place in range(head + step, head + step * _MOST, step):
            is_inside = 0 <= place < len(tokens)
            if is_inside and tokens.texts[place][0].isupper() and (is_listed or begin >= 0):
                begin, is_listed = (place if begin < 0 else begin), False
                continue
            if begin >= 0:
                yield min(begin, place - step), max(begin, place - step)
                begin = -1
            if not is_inside or tokens.name(place, place) not in self._steps:
                return
            is_listed = True

    def _look_up(self, tokens: Tokens, names: list[tuple[int, int]], forms: tuple[str, ...]) -> Iterator[Span]:
        for first, last in names:
            for form in forms:
                key = self._gazetteer.names.get(form.format(tokens.name(first, last)))
                if key is not None and (postings := self._gazetteer.postings(key)):
                    yield Span(first, last, tokens.starts[first], tokens.ends[last], postings, 2 * key)
                    break
