"""From bounds that somebody else found to spans of our tokens, with what the gazetteer knows of them."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator

from geomap.gazetteer.index import Gazetteer
from geomap.gazetteer.normalisation import fold_name
from geomap.recognizers.spans import Span
from geomap.recognizers.tokens import Tokens


def locate_spans(text: str, tokens: Tokens, bounds: Iterable[tuple[int, int]], gazetteer: Gazetteer) -> Iterator[Span]:
    """Yield for each pair of offsets the span of the tokens that they touch; the span keeps the offsets."""
    starts, ends = tokens.starts, tokens.ends
    for start, end in bounds:
        first = min(bisect_left(ends, start + 1), len(tokens) - 1)
        last = max(first, bisect_left(starts, end) - 1)
        key = gazetteer.names.get(fold_name(text[start:end]))
        postings = [] if key is None else gazetteer.postings(key)
        yield Span(first, last, start, end, postings, 2 * key + 1 if postings else -1)
