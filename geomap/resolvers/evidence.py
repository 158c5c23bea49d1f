"""Why a place was chosen, in words: what the model saw in favour of it, the strongest first."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Final, NamedTuple

from geomap.gazetteer.layout import KIND_NAMES
from geomap.model import Place
from geomap.resolvers.features import NAMES
from geomap.resolvers.links import INSIDE
from geomap.resolvers.outlet_locations import OutletLocation

MOST_REASONS: Final = 4
_COLUMN: Final = {name: number for number, name in enumerate(NAMES)}
_LINKED_IN: Final = [f"{kind}_in" for kind in INSIDE]
_IN_OUTER: Final = [_COLUMN[name] for name in _LINKED_IN]
_KINDS: Final = [_COLUMN[f"kind_{kind}"] for kind in KIND_NAMES]
_UNUSUAL: Final = {
    "abbreviation": "read as an abbreviation of {}",
    "alternate": "also a name of {}",
    "historical": "a former name of {}",
    "demonym": "the word for what belongs to {}",
    "variant": "another spelling of {}",
}
_ALWAYS: Final = frozenset({"abbreviation", "demonym"})
_ALIKE: Final = 0.8  # likeness from which an alternate name explains itself
_TIES: Final = [
    _COLUMN[name]
    for name in ("sibling", "country_named", "country_mass", "within_500", "home_500", "home_country", *_LINKED_IN)
]
SMALL_TOWN: Final = 100_000  # people
CITY: Final = 2_000_000
_UNLIKE: Final = 0.35  # likeness
_SUPPORT: Final = 0.4  # logarithm of one more than the number of names near a place: that of half a name
_NOTHING: Final = 0.1
_LIKELY: Final = 0.5  # shares of likelihood from which they are told


class Surroundings(NamedTuple):
    """The other places in a report: countries and units by number, and the containers that the text gives names."""

    outer: Mapping[int, str]
    countries: Mapping[int, str]
    units: Mapping[int, str]
    outlet: OutletLocation


def explain_choice(
    place: Place, row: Sequence[float], codes: Sequence[int], around: Surroundings, outer: str
) -> tuple[str, ...]:
    """Return up to four reasons for a place.

    ``row`` are its features, ``codes`` its row, country, unit and class, ``outer`` the container that the text
    gives it, or an empty string.
    """
    reasons = _find_reasons(place, row, codes, around, outer)
    return tuple(reason for reason, _ in zip(reasons, range(MOST_REASONS), strict=False))


def explain_approximate(place: Place, seat: str) -> str:
    """Return where a place is put that has no point of its own: at the seat of its unit, or "" for its middle."""
    where = f"at {seat}, the seat of its community" if seat else "in the middle of its district"
    return f"its own point is not known: it stands {where}, within {place.radius_km:g} km"


def is_isolated(place: Place, row: Sequence[float], *, most: int) -> bool:
    """Return whether a place is a town of less than ``most`` people that shares nothing with any other name.

    A larger one counts if that is not its usual name.
    """
    return (
        place.feature_class == "P"
        and (place.population < most or row[_COLUMN["kind_alternate"]] > 0)
        and place.feature_code != "PPLC"
        and all(row[column] < _NOTHING for column in _TIES)
    )


def is_of_one_country(rows: Sequence[Sequence[float]]) -> bool:
    """Return whether most names of a report share their country with most of the others; ``rows`` has one for each."""
    shares = sorted(row[_COLUMN["country_share"]] for row in rows)
    return shares[len(shares) // 2] > _LIKELY


def is_unsupported(row: Sequence[float]) -> bool:
    """Return whether a name is an alternate one, unlike the place's own, and no other name lies near the place."""
    is_unlike = row[_COLUMN["kind_alternate"]] > 0 and row[_COLUMN["likeness"]] < _UNLIKE
    return bool(is_unlike and row[_COLUMN["within_50"]] < _SUPPORT and row[_COLUMN["sibling"]] < _LIKELY)


def _find_reasons(
    place: Place, row: Sequence[float], codes: Sequence[int], around: Surroundings, outer: str
) -> Iterator[str]:
    _, country, unit, _ = codes
    if outer and max([row[column] for column in _IN_OUTER]) > _LIKELY:
        yield f"{outer} is named beside it"
    if row[_COLUMN["admin1_named"]] > _LIKELY and unit in around.units and around.units[unit] != outer:
        yield f"{around.units[unit]} is named in the report"
    elif row[_COLUMN["country_named"]] > _LIKELY and around.countries.get(country, outer) not in {outer, place.name}:
        yield f"{around.countries[country]} is named in the report"
    yield from _explain_outlet(row, around.outlet)
    yield from _count_neighbours(row)
    if row[_COLUMN["alone"]]:
        yield "the only place of that name in the gazetteer"
    elif row[_COLUMN["is_first"]]:
        yield "the best known place of that name"
    yield from _explain_name(place, row)


def _explain_outlet(row: Sequence[float], outlet: OutletLocation) -> Iterator[str]:
    if row[_COLUMN["is_home"]]:
        yield "the outlet is named after it"
    elif max(row[_COLUMN["home_150"]], row[_COLUMN["home_admin1"]]) > _LIKELY:
        yield (
            f"the outlet is at home in {outlet.label}" if outlet.point is not None else "the outlet is at home near it"
        )
    elif row[_COLUMN["domain_country"]]:
        yield "the outlet is at home in that country"


def _count_neighbours(row: Sequence[float]) -> Iterator[str]:
    """Yield how many other places lie near; the features are logarithms of one more than their number."""
    for ring in (50, 150):
        count = round(2.718281828 ** row[_COLUMN[f"within_{ring}"]] - 1)
        if count > 1:
            yield f"{count} other places of the report lie within {ring} km"
            return
        if count:
            yield f"another place of the report lies within {ring} km"
            return


def _explain_name(place: Place, row: Sequence[float]) -> Iterator[str]:
    for kind, column in zip(KIND_NAMES, _KINDS, strict=True):
        if row[column] and kind in _UNUSUAL and (kind in _ALWAYS or row[_COLUMN["likeness"]] < _ALIKE):
            yield _UNUSUAL[kind].format(place.name)
    if row[_COLUMN["shortened"]]:
        yield f"read as {place.name} and a word for what is there"
