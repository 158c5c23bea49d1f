"""Takes names from places that have them by mistake or as a mere translation."""

from __future__ import annotations

from geomap.gazetteer.compilation.draft import Draft, DraftPlace, NameKind
from geomap.gazetteer.normalisation import fold_name

_LARGE_TOWN = 50_000


def drop_shadowed_aliases(draft: Draft) -> None:
    """Remove alternate names that belong to better known places.

    A town loses a landmark's name that is only a translation ("White House" of Casablanca), and a country loses the
    name of its large town, which it has in other languages ("Tunis" of Tunisia).
    """
    landmarks, towns = set(), set()
    for place in draft.places.values():
        if place.source.startswith("curated:") and place.prominence >= 3:
            landmarks |= {fold_name(name) for name, kind in place.names.items() if not kind and " " in name}
        elif place.feature_class == "P" and place.population >= _LARGE_TOWN:
            towns.add((place.country_code, fold_name(place.name)))
    for place in draft.places.values():
        if not place.source.startswith("curated:"):
            _drop(place, landmarks, towns)


def _drop(place: DraftPlace, landmarks: set[str], towns: set[tuple[str, str]]) -> None:
    for name, kind in list(place.names.items()):
        if kind != NameKind.ALTERNATE:
            continue
        key = fold_name(name)
        if key in landmarks or (place.feature_code == "PCLI" and (place.country_code, key) in towns):
            del place.names[name]
