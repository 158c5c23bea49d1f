"""How the queries of people may be read: a name, what it lies in, and what of an address stands before it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from typing import Final, NamedTuple

from geomap.gazetteer.normalisation import fold_name
from geomap.languages import ENGLISH, Language


class Reading(NamedTuple):
    """A name, and the parts behind it that all contain it.

    ``units`` are countries and first-level units that follow without a comma. With ``is_town`` the name is that of a
    town: a street or a postcode stood before it.
    """

    name: str
    containers: tuple[str, ...] = ()
    units: tuple[str, ...] = ()
    is_town: bool = False


_SEPARATOR: Final = re.compile(r"[,;\n\r]")
_LONGEST: Final = 300
"""Characters of a query; what is longer is no address."""
_MOST_PARTS: Final = 12
_MOST_WORDS: Final = 4
"""Words of a unit that stands behind a name, or of a town and its units behind a street."""
_LONGEST_MIXED: Final = 4
_SHORTEST_TOWN: Final = 3
"""Letters of a town in an address: what is shorter is rather a code."""
_AROUND_UNITS: Final = "()[]-\u2013/ "
_DIGIT: Final = re.compile(r"\d")
_DUTCH: Final = re.compile(r"(?<!\d)\d{4} ?[A-Za-z]{2}(?!\w)")


def read_query(query: str, is_known: Callable[[str], bool], language: Language = ENGLISH) -> Iterator[Reading]:
    """Yield the readings of a query, the plainest first; ``is_known`` tells whether a place has a name."""
    head, *rest = (part.strip() for part in _SEPARATOR.split(query))
    parts = [head, *filter(None, rest)]
    if not head or len(query) > _LONGEST or len(parts) > _MOST_PARTS:
        return
    if rest:
        yield Reading(query)
    yield from _read_names(parts, is_known, language)
    is_address = find_street_end(head, language) is not None
    while is_address:
        readings = (each for each in _read_address(parts, is_known, language) if len(each.name) >= _SHORTEST_TOWN)
        yield from (each._replace(is_town=True) for each in readings)
        parts = parts[1:]
        is_address = bool(parts) and find_street_end(parts[0], language) is not None


def _read_names(parts: Sequence[str], is_known: Callable[[str], bool], language: Language) -> Iterator[Reading]:
    """Yield the readings in which the first part is a name, with what says more of it before or behind."""
    head, *rest = parts
    containers = tuple(filter(None, map(drop_postcode, rest)))
    yield Reading(head, containers)
    name, where = split_description(head, language)
    if name != head:
        yield Reading(name, (where, *containers) if is_known(where) else containers)
    for each in dict.fromkeys((head, drop_postcode(head), _DUTCH.sub("", head).strip())):
        if each != head:
            yield Reading(each, containers, is_town=True)
        yield from (Reading(*split, is_town=each != head) for split in _split_units(each, containers))


def _read_address(parts: Sequence[str], is_known: Callable[[str], bool], language: Language) -> Iterator[Reading]:
    """Yield the readings in which the first part is a street, with the town behind it there or in the next part."""
    head, *rest = parts
    bare = drop_postcode(head)
    for town in _list_endings(bare, find_street_end(bare, language) or 0):
        yield from _read_names([town, *rest], is_known, language)
    if rest:
        yield from _read_names(rest, is_known, language)


def split_description(name: str, language: Language = ENGLISH) -> tuple[str, str]:
    """Return a name without the words before it that say what it is, and the container that these name.

    These are "Georgia" and "U.S." of "U.S. state of Georgia"; the container is an empty string if there is none.
    """
    match = language.units.description.match(name)
    return (match["name"], match["where"].strip()) if match else (name, "")


def drop_postcode(part: str) -> str:
    """Return a part of an address without the words of a postcode at either end: "London" of "London SW1A 2AA"."""
    words = part.split()
    while words and _is_of_postcode(words[0]):
        del words[0]
    while words and _is_of_postcode(words[-1]):
        del words[-1]
    return " ".join(words)


def _is_of_postcode(word: str) -> bool:
    """Return whether a word has three digits, or few characters that are digits and letters: houses have numbers."""
    digits = sum(map(str.isdigit, word))
    return digits > 2 or (0 < digits < len(word) <= _LONGEST_MIXED and word.isalnum())


def _split_units(name: str, containers: tuple[str, ...]) -> Iterator[tuple[str, tuple[str, ...], tuple[str, ...]]]:
    """Yield a name apart from one or two units behind it, as "Boise" and "Idaho", the longest name first."""
    for start, unit in _split_last(name):
        yield start, containers, (unit,)
    for start, unit in _split_last(name):
        yield from ((first, containers, (inner, unit)) for first, inner in _split_last(start))


def _split_last(name: str) -> Iterator[tuple[str, str]]:
    words = name.split()
    for at in range(len(words) - 1, max(0, len(words) - 1 - _MOST_WORDS), -1):
        unit = " ".join(words[at:]).strip(_AROUND_UNITS)
        if unit:
            yield " ".join(words[:at]), unit


def find_street_end(part: str, language: Language = ENGLISH) -> int | None:
    """Return which word is the last that only streets have, or a number, or None where there is none."""
    folded = [fold_name(word) for word in part.split()]
    found = [at for at, word in enumerate(folded) if _DIGIT.search(word) or language.units.street.search(word)]
    return found[-1] if found else None


def _list_endings(part: str, start: int) -> Iterator[str]:
    """Yield the last words of a part from a word on, more of them first: that word may be "St.", as in "St. Paul"."""
    words = part.split()
    for at in range(max(start, len(words) - _MOST_WORDS), len(words)):
        if at > start or at < len(words) - 1:
            yield " ".join(words[at:])
