"""What stands beside a name excludes: candidates outside the country, unit or town that the text puts the name into."""

from __future__ import annotations

import math
from typing import Final, NamedTuple

import numpy as np
import numpy.typing as npt

from geomap.gazetteer.geodesy import EARTH_KM
from geomap.resolvers.candidates import Candidates, Floats
from geomap.resolvers.links import lie_within
from geomap.resolvers.name_blocks import CLASSES, STATIC

HOPELESS: Final = -20.0
"""Log-odds of a candidate that is excluded."""
_STATED: Final = frozenset({"bracket", "comma", "adjacent"})
_COUNTRY, _UNIT = (CLASSES.index(name) for name in ("country", "admin1"))
_TOWNS: Final = [CLASSES.index(name) for name in ("capital", "town")]
_TOWN_COSINE: Final = math.cos(25 / EARTH_KM)  # of 25 km: a quarter or suburb is nearer to its town
_CONTAINERS: Final = [CLASSES.index(name) for name in ("country", "admin1", "admin2", "admin")]
_LARGE: Final = [CLASSES.index(name) for name in ("country", "admin1")]
_AGREES, _DISAGREES, _IS_NATURE = (STATIC.index(name) for name in ("word_agrees", "word_disagrees", "word_is_nature"))
_HEEDED: Final = frozenset({"admin1", "admin2", "town", "area"})  # classes that may be excluded by
_CAPITAL: Final = 5.5  # importance of a well-known capital, and of what nobody calls a village
_SURE: Final = 1.5  # log-odds of a container from which it counts
_DOUBTFUL: Final = -0.5  # the highest log-odds of what the text contradicts
_WELL_KNOWN: Final = 4.5  # importance of a place that is meant even where the text seems to put it elsewhere
_FLOOR: Final = -6.0  # log-odds that hopeless candidates count as, where they fit what the text says
# what it costs, in log-likelihood, that a text puts a name where it is not
_BLUNDERS: Final = {**dict.fromkeys(_STATED, 7.0), "loose": 5.0}
_SETTLED: Final = 2.0  # the lowest of what alone fits a sure container, if it is stated outright


class Exclusion(NamedTuple):
    """The log-odds of the candidates, and the names that mean no place that the gazetteer knows."""

    odds: Floats
    unknown: frozenset[int]


def exclude(
    found: Candidates, pairs: list[tuple[int, int, str]], near: Floats, longer: Floats, odds: Floats
) -> Exclusion:
    """Return the log-odds without the candidates that the text excludes, and with doubt in a town for a river's name.

    ``pairs`` are names, the names that the text puts them into, and the kind of their relation; ``near`` tells for
    pairs of candidates whether they lie within 150 km of each other, ``longer`` of each whether a longer name means it.
    """
    odds = odds.copy()
    unknown: set[int] = set()
    for inner, outer, kind in pairs:
        if kind in _BLUNDERS:
            _settle_pair(found, near, odds, inner, outer, blunder=_BLUNDERS[kind])
    for inner, outer, kind in pairs:
        _heed_container(found, near, odds, unknown, inner, outer, kind)
        if kind in _STATED:
            _widen_container(found, odds, inner, outer)
    for name in range(len(found.names)):
        _heed_words(found, odds, name)
        if found.asked[name] == "village" and not _has_village(found, odds, name):
            unknown.add(name)
        _tell_country_from_city(found, longer, odds, name)
    _prefer_capitals(found, pairs, odds)
    is_no_water = found.static[:, _IS_NATURE] * found.static[:, _DISAGREES] > 0
    odds[is_no_water] = np.minimum(odds[is_no_water], _DOUBTFUL)
    return Exclusion(odds, frozenset(unknown))


def _heed_container(
    found: Candidates, near: Floats, odds: Floats, unknown: set[int], inner: int, outer: int, kind: str
) -> None:
    """Exclude, in place, what lies outside of the container; a name that has nothing inside becomes ``unknown``.

    Where the name is surer than its container, that is doubted; an aside in running words only casts doubt.
    """
    holders = found.slices[outer]
    holder = holders.start + int(np.argmax(odds[holders]))
    if kind in {"list", "possessive"} or odds[holder] < _SURE or found.classes[holder] not in _CONTAINERS:
        return
    own = found.slices[inner]
    best = own.start + int(np.argmax(odds[own]))
    fits = lie_within(found, near, own, slice(holder, holder + 1))[:, 0] | _may_lie_within(found, own, holder)
    if fits.any():
        _keep(odds, own, fits, is_stated=kind in _STATED)
    elif found.classes[best] == _COUNTRY:
        return
    elif kind == "bracket" and odds[best] <= odds[holder]:
        unknown.add(inner)
    elif kind == "bracket":
        odds[holder] = min(odds[holder], _DOUBTFUL)
    elif kind in {"comma", "loose"} and found.classes[holder] in _LARGE and found.importance[best] < _WELL_KNOWN:
        odds[own] = np.minimum(odds[own], _DOUBTFUL)


def _widen_container(found: Candidates, odds: Floats, inner: int, outer: int) -> None:
    """Make a container its unit, in place, where the town of that name is too far away: "Pokrovsk (in Donetsk)"."""
    own, holders = found.slices[inner], found.slices[outer]
    best, town = own.start + int(np.argmax(odds[own])), holders.start + int(np.argmax(odds[holders]))
    units = (found.classes[holders] == _UNIT) & (found.admin1[holders] == found.admin1[best]) & (found.admin1[best] > 0)
    is_town = found.classes[town] in _TOWNS and found.classes[best] in _TOWNS
    if not (is_town and units.any() and found.vectors[best] @ found.vectors[town] < _TOWN_COSINE):
        return
    odds[holders] = np.where(units, np.maximum(odds[holders], odds[town]), np.minimum(odds[holders], _DOUBTFUL))


def _may_lie_within(found: Candidates, own: slice, holder: int) -> npt.NDArray[np.bool_]:
    """Return for which candidates of a name it is not known where they lie: places of one's own have but a point."""
    is_same = found.country[own] == found.country[holder]
    unclear = (found.country[own] == 0) | (is_same & (found.admin1[own] == 0))
    may_lie: npt.NDArray[np.bool_] = unclear & (found.classes[own] != _COUNTRY)
    return may_lie


def _heed_words(found: Candidates, odds: Floats, name: int) -> None:
    """Exclude, in place, what is not of the class that the text asks for, if something is: "the state of Mexico"."""
    own = found.slices[name]
    agrees = found.static[own, _AGREES] > 0
    if found.asked[name] not in _HEEDED or not agrees.any() or agrees[np.argmax(odds[own])]:
        return
    kept = np.where(agrees, odds[own], HOPELESS)
    best = int(np.argmax(kept))
    if kept[best] > _FLOOR or found.country[own][best] == found.country[own][np.argmax(odds[own])]:
        kept[best] = max(kept[best], float(odds[own].max()) - 1)
        odds[own] = np.where(agrees, kept, np.minimum(odds[own], _DOUBTFUL - 1))


def _has_village(found: Candidates, odds: Floats, name: int) -> bool:
    """Return whether the best candidate of a name that the text calls a village may be one: Tunis is none."""
    own = found.slices[name]
    best = own.start + int(np.argmax(odds[own]))
    is_large = found.importance[best] > _CAPITAL or found.classes[best] == _COUNTRY
    return not (is_large and found.static[best, _DISAGREES] > 0)


def _tell_country_from_city(found: Candidates, longer: Floats, odds: Floats, name: int) -> None:
    """Make a name mean the country, in place, where a longer one means the city: "Mexico" beside "Mexico City"."""
    own = found.slices[name]
    is_city = longer[own] > 0
    is_country = found.classes[own] == _COUNTRY
    if found.asked[name] or not (is_city.any() and is_country.any() and is_city[np.argmax(odds[own])]):
        return
    odds[own] = np.where(is_country, np.maximum(odds[own], _SURE), np.minimum(odds[own], _DOUBTFUL - 1))


def _prefer_capitals(found: Candidates, pairs: list[tuple[int, int, str]], odds: Floats) -> None:
    """Make well-known capitals of names that stand beside one, in place: "from Washington to London"."""
    is_capital = found.classes == CLASSES.index("capital")
    for one, other, kind in pairs:
        for name, beside in ((one, other), (other, one)) if kind == "list" else ():
            own, best = found.slices[name], found.slices[beside].start + int(np.argmax(odds[found.slices[beside]]))
            known = is_capital[own] & (found.importance[own] > _CAPITAL)
            if is_capital[best] and odds[best] > _SURE and known.any() and not found.asked[name]:
                odds[own] = np.where(known, np.maximum(odds[own], odds[own].max() + 0.5), odds[own] - 1)


def _settle_pair(found: Candidates, near: Floats, odds: Floats, inner: int, outer: int, *, blunder: float) -> None:
    """Make the likeliest two that fit each other the best of their names, in place: "Athens (Georgia)".

    They need to be likelier together than the two best ones are, which do not fit, less the price of the ``blunder``
    that the text would have made.
    """
    own, holders = found.slices[inner], found.slices[outer]
    fits = lie_within(found, near, own, holders)
    if fits[np.argmax(odds[own]), np.argmax(odds[holders])]:
        return
    fits &= np.isin(found.classes[holders], _CONTAINERS)
    if not fits.any():
        return
    chances = -np.logaddexp(0, -np.maximum(odds, _FLOOR))
    together = np.where(fits, chances[own][:, None] + chances[holders], HOPELESS)
    one, other = np.unravel_index(int(np.argmax(together)), together.shape)
    if together[one, other] < chances[own].max() + chances[holders].max() - blunder:
        return
    for part, best in ((own, int(one)), (holders, int(other))):
        odds[part.start + best] = max(odds[part.start + best], float(odds[part].max()), _SETTLED)
        others = np.arange(part.start, part.stop) != part.start + best
        odds[part][others] = np.minimum(odds[part][others], _DOUBTFUL)


def _keep(odds: Floats, own: slice, fits: np.ndarray, *, is_stated: bool) -> None:
    """Exclude the candidates that do not fit, in place; of those that do, the best one is settled if it is stated."""
    kept = np.where(fits, odds[own], HOPELESS)
    if is_stated:
        best = int(np.argmax(kept))
        kept[best] = max(kept[best], _SETTLED)
    odds[own] = kept
