"""Where settlements lie of which a register tells the units but no point: at their smallest unit that is known.

The towns that the draft has already show where units are. A settlement that is one of them is no new place; the others
stand at the seat of their unit, or in the middle of the towns in it, and reach as far as these do.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from statistics import median_low
from typing import Final, NamedTuple

from geomap.gazetteer.compilation.draft import Draft, DraftPlace
from geomap.gazetteer.geodesy import distance_km
from geomap.gazetteer.normalisation import fold_name

Point = tuple[float, float]
_SAME_KM: Final = 15.0  # between the points that two sources have for one settlement
_INSIDE_KM: Final = (25.0, 60.0)  # how far a town may lie from the middle of its smallest unit, and of its largest
_EXTENT_KM: Final = (10.0, 40.0)  # of a unit, from what is known of it
_USUAL_EXTENT_KM: Final = (15.0, 30.0)  # of the smallest unit and of the larger where one place is known


@dataclass(slots=True)
class Settlement:
    """One settlement of a register.

    ``names`` begin with the usual one, and by ``keys``, folded names, it may be known already. ``units`` are those that
    it lies in below the first level, the smallest first, each under a name that is its own in the country.
    """

    names: tuple[str, ...]
    keys: tuple[str, ...]
    admin1_code: str
    units: tuple[str, ...]
    point: Point | None = None
    is_seat: bool = False
    town: DraftPlace | None = None


class Site(NamedTuple):
    """Where a unit is, and how far it reaches."""

    point: Point
    radius_km: float
    admin2_id: int


@dataclass(slots=True)
class _Known:
    """The towns of a unit, and its seat."""

    towns: list[DraftPlace] = field(default_factory=list)
    seat: DraftPlace | None = None

    @property
    def middle(self) -> Point:
        return median_low(town.latitude for town in self.towns), median_low(town.longitude for town in self.towns)


def find_towns(settlements: Sequence[Settlement], draft: Draft, country_code: str) -> None:
    """Tell each settlement of a country which town of the draft it is, if any.

    Where a name is the only one of its first-level unit on both sides it is the same place; of the others those are
    paired that are next to each other, where the units are known by then.
    """
    towns = towns_by_name(draft, country_code)
    named = Counter((one.admin1_code, one.keys[0]) for one in settlements)
    found = {id(one): _find_namesakes(one, towns) for one in settlements}
    taken: set[int] = set()
    for one in settlements:
        namesakes = found[id(one)]
        if one.point is None and len(namesakes) == 1 and named[one.admin1_code, one.keys[0]] == 1:
            one.town = namesakes[0]
    _drop_distant(settlements)
    taken |= {id(one.town) for one in settlements if one.town}
    known = _know_units(settlements)
    pairs = sorted(_pair_up((one for one in settlements if one.town is None), found, known), key=lambda pair: pair[0])
    for _, one, town in pairs:
        if one.town is None and id(town) not in taken:
            one.town = town
            taken.add(id(town))


def find_sites(settlements: Sequence[Settlement]) -> dict[str, Site]:
    """Return where the units are of which a town is known."""
    smallest = {one.units[0] for one in settlements if len(one.units) > 1}
    sites = {}
    for unit, known in _know_units(settlements).items():
        point = (known.seat.latitude, known.seat.longitude) if known.seat else known.middle
        usual = _USUAL_EXTENT_KM[unit not in smallest]
        reach = max(distance_km(*point, town.latitude, town.longitude) for town in known.towns)
        radius = min(max(reach, _EXTENT_KM[0]), _EXTENT_KM[1]) if len(known.towns) > 1 else usual
        votes = Counter(town.admin2_id for town in known.towns if town.admin2_id)
        sites[unit] = Site(point, round(radius, 1), min(votes, key=lambda each: (-votes[each], each), default=0))
    return sites


def towns_by_name(draft: Draft, country_code: str) -> dict[tuple[str, str], list[DraftPlace]]:
    """Return first-level unit and folded name -> the populated places of a country."""
    towns: dict[tuple[str, str], list[DraftPlace]] = defaultdict(list)
    for place in draft.places.values():
        if place.feature_class == "P" and place.country_code == country_code:
            for key in {fold_name(name) for name in place.names}:
                towns[place.admin1_code, key].append(place)
    return towns


def _find_namesakes(one: Settlement, towns: dict[tuple[str, str], list[DraftPlace]]) -> list[DraftPlace]:
    found = {id(town): town for key in one.keys for town in towns.get((one.admin1_code, key), ())}
    return list(found.values())


def _know_units(settlements: Iterable[Settlement]) -> dict[str, _Known]:
    known: dict[str, _Known] = defaultdict(_Known)
    for one in settlements:
        if one.town is not None:
            for number, unit in enumerate(one.units):
                known[unit].towns.append(one.town)
                if one.is_seat and not number:
                    known[unit].seat = one.town
    return dict(known)


def _drop_distant(settlements: Sequence[Settlement]) -> None:
    """Undo what is no pair: a town far from the others of the unit is a namesake."""
    known = _know_units(settlements)
    for one in settlements:
        if one.town is not None and one.units:
            away = distance_km(*known[one.units[-1]].middle, one.town.latitude, one.town.longitude)
            if away > _INSIDE_KM[1]:
                one.town = None


def _pair_up(
    settlements: Iterable[Settlement], found: dict[int, list[DraftPlace]], known: dict[str, _Known]
) -> Iterator[tuple[float, Settlement, DraftPlace]]:
    """Yield the settlements with the towns that they may be, and how far these are from where the settlement is."""
    for one in settlements:
        if found[id(one)] and (where := _where(one, known)):
            point, most = where
            for town in found[id(one)]:
                away = distance_km(*point, town.latitude, town.longitude)
                if away <= most:
                    yield away, one, town


def _where(one: Settlement, known: dict[str, _Known]) -> tuple[Point, float] | None:
    if one.point is not None:
        return one.point, _SAME_KM
    for number, unit in enumerate(one.units):
        if unit in known:
            return known[unit].middle, _INSIDE_KM[number == len(one.units) - 1]
    return None
