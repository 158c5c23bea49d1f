"""Names of places in other languages than English: CLDR's of countries, Natural Earth's of units, and curated tables.

GeoNames' lists in the packages do not tell the languages of their names, these sources do. Each name is noted with its
language, so that a report in another one can ask for more before it takes "Rom" for Rome.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import chain
from pathlib import Path
from typing import Final

from geomap.errors import GazetteerError
from geomap.gazetteer.compilation.curated import CURATED, KINDS
from geomap.gazetteer.compilation.draft import Draft, DraftPlace, NameKind
from geomap.gazetteer.compilation.importance import importance
from geomap.gazetteer.compilation.packages import PackageFolder
from geomap.gazetteer.compilation.polygons import group_units, read_units
from geomap.gazetteer.layout import LANGUAGES
from geomap.gazetteer.normalisation import fold_name
from geomap.text.tables import read_records

FOLDER: Final = CURATED / "languages"
_LOCALES: Final = {language: (language,) for language in LANGUAGES} | {"pt": ("pt", "pt-PT")}
# CLDR's codes of continents and of parts of them -> how the gazetteer calls them
_REGIONS: Final = {
    "002": "Africa", "003": "North America", "005": "South America", "009": "Oceania", "013": "Central America",
    "015": "North Africa", "029": "Caribbean", "030": "East Asia", "034": "South Asia", "035": "Southeast Asia",
    "039": "Southern Europe", "142": "Asia", "143": "Central Asia", "145": "West Asia", "150": "Europe",
    "151": "Eastern Europe", "154": "Northern Europe", "155": "Western Europe", "419": "Latin America",
}  # fmt: skip
_RESERVED: Final = frozenset({NameKind.ABBREVIATION, NameKind.DEMONYM})
"""What may be a word or a surname in an English text: "ABD" for the United States, "Greco" for a Greek."""
_WELL_KNOWN: Final = 4.0
"""The importance from which the usual name of a place is not given to others as well."""
NameOfPlace = tuple[DraftPlace, str, NameKind, str]
"""A place, one of its names, what that is to it, and the language."""
_ABBREVIATION: Final = re.compile(r"^(?:\w{1,3}\. ?){1,4}$|^[^\W\d_a-z]{2,5}$")
# words for units that stand in front of their names and that reports leave out
_UNIT_WORD: Final = re.compile(
    r"^(?:محافظة|ولاية|إقليم|منطقة|مقاطعة|إمارة|استان|ولایت|ایالت|מחוז|נפת|מדינת|"
    r"provincia de|provincia di|departamento de|departamento del|estado de|"
    r"province de|province du|province d'|gouvernorat de|wilaya de|région de|provinz|woiwodschaft|"
    r"província de|província do|distrito de|estado do|estado da|prowincja|obwód|województwo) ?(?=\w{3})",
    re.IGNORECASE,
)


def add_other_languages(draft: Draft, packages: PackageFolder, folder: Path = FOLDER) -> None:
    """Add the names of all sources, each with its language."""
    usual = _usual_names(draft)
    for place, name, kind, language in chain(
        _territories(draft, packages), _unit_names(draft, packages), _curated_names(draft, folder)
    ):
        key = fold_name(name)
        if key.isascii() and all(fold_name(known) != key for known in place.names):
            if usual.get(key, place) is not place:
                continue
            if kind in _RESERVED:
                place.reserved.add(key)
        place.add_name(name, kind)
        place.languages.setdefault(key, set()).add(language)


def _usual_names(draft: Draft) -> dict[str, DraftPlace]:
    """Return the usual names of well-known places: they stay theirs, though the river is called Mississippi, too."""
    known = (place for place in draft.places.values() if importance(place) >= _WELL_KNOWN)
    return {fold_name(place.name): place for place in sorted(known, key=importance)}


def _curated_names(draft: Draft, folder: Path) -> Iterator[NameOfPlace]:
    for language in LANGUAGES:
        path = folder / f"{language}.csv"
        for number, row in read_records(path) if path.exists() else ():
            place = draft.places.get(row["place_id"])
            if place is None:
                raise GazetteerError(f"{path.name}, line {number}: no place has the id {row['place_id']}")
            yield place, row["name"], KINDS[row["kind"]], language


def _territories(draft: Draft, packages: PackageFolder) -> Iterator[NameOfPlace]:
    countries = {place.country_code: place for place in draft.places.values() if place.feature_code == "PCLI"}
    regions = {place.name: place for place in draft.places.values() if place.feature_class == "L"}
    for language, locales in _LOCALES.items():
        for locale in locales:
            path = f"package/main/{locale}/territories.json"
            content = packages.read_json("cldr-localenames-full", path)["main"][locale]
            for key, name in content["localeDisplayNames"]["territories"].items():
                code = key.split("-")[0]
                place = countries.get(code) or regions.get(_REGIONS.get(code, ""))
                if place is not None and "(" not in name:
                    is_short = "alt-short" in key and _ABBREVIATION.match(name)
                    yield place, name, NameKind.ABBREVIATION if is_short else NameKind.ALTERNATE, language


def _unit_names(draft: Draft, packages: PackageFolder) -> Iterator[NameOfPlace]:
    units = read_units(packages)
    alone = {keys[0] for keys in group_units(units).values() if len(keys) == 1}
    for unit in units:
        place = draft.get(unit.geonameid) if unit.key in alone else None
        if place is not None and place.feature_class == "A":
            for language in LANGUAGES:
                for name in _unit_forms(unit.names.get(language, "")):
                    yield place, name, NameKind.ALTERNATE, language


def _unit_forms(name: str) -> Iterator[str]:
    """Yield the name of a unit, and without the word for what it is."""
    if name and "(" not in name:
        yield name
        bare = _UNIT_WORD.sub("", name)
        if bare != name:
            yield bare
