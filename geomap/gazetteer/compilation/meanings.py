"""What names mean besides places: acronyms, agencies, currencies. GeoNames has many as alternate names."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import NamedTuple

from geomap.gazetteer.compilation.curated import CURATED
from geomap.gazetteer.compilation.draft import Draft, NameKind
from geomap.gazetteer.index import Gazetteer
from geomap.gazetteer.normalisation import fold_name
from geomap.model import Place
from geomap.text.tables import read_records

_COMMON = 4  # the level of words in the lexicon from which a word is in every newspaper


@cache
def read_meanings(folder: Path = CURATED) -> dict[str, str]:
    """Return the folded words that mean something else than a place, with what: "currency", "news agency"."""
    return {fold_name(row["word"]): row["meaning"] for _, row in read_records(folder / "meanings.csv")}


def drop_other_meanings(draft: Draft) -> None:
    """Take away alternate names that are an agency or a currency, unless English uses them: "Hamas" of Hamm."""
    meanings = read_meanings()
    for place in draft.places.values():
        for name, kind in list(place.names.items()):
            key = fold_name(name)
            if kind == NameKind.ALTERNATE and key in meanings and key not in place.english and key not in place.former:
                del place.names[name]


class Collision(NamedTuple):
    """A word that is somebody's other name: what it means, the best known place of the name, and its languages."""

    word: str
    meaning: str
    place: Place
    kind: str
    languages: tuple[str, ...]


def find_collisions(gazetteer: Gazetteer) -> Iterator[Collision]:
    """Yield the words of English, acronyms and the like that no place has as its usual name, but some as another."""
    meanings = read_meanings()
    for word in sorted(gazetteer.names.keys()):
        meaning = meanings.get(word) or ("word" if gazetteer.lexicon_levels(word)[0] >= _COMMON else "")
        if meaning:
            matches = gazetteer.matches(word)
            if all(match.kind != "preferred" for match in matches):
                best = next((match for match in matches if match.likeness < 1), None)
                if best is not None:
                    languages = gazetteer.languages(word, best.row)
                    yield Collision(word, meaning, gazetteer.place(best.row), best.kind, languages)
