"""The gazetteer while it is being compiled: places under their ids, with all their names."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import IntEnum

from geomap.gazetteer.courses import Course


class NameKind(IntEnum):
    """The kind of a name: what it is to its place."""

    PREFERRED = 0
    ALTERNATE = 1
    ABBREVIATION = 2
    HISTORICAL = 3
    DEMONYM = 4
    VARIANT = 5  # formed by rule from another name

    @property
    def weakness(self) -> int:
        """The order in which kinds win where sources disagree: what one has as an alternate name may be a demonym."""
        return _STRONGEST_FIRST.index(self)


_STRONGEST_FIRST = (
    NameKind.PREFERRED,
    NameKind.DEMONYM,
    NameKind.HISTORICAL,
    NameKind.ALTERNATE,
    NameKind.ABBREVIATION,
    NameKind.VARIANT,
)


@dataclass(slots=True)
class DraftPlace:
    """One place; without a GeoNames id ``geonameid`` is 0 and ``slug`` names the place.

    ``source`` is a package or curated table, ``extent`` says where ``radius_km`` comes from.

    ``admin2_id`` is the GeoNames id of its second-level unit, 0 where no source says which that is; ``english`` holds
    the folded names besides the usual one that English uses, ``former`` those that it used for this place;
    ``languages`` tells which other languages use a folded name, ``reserved`` which a bare name in a text does not mean
    unless the text speaks for it. A village has a ``village_number``, its own in its
    country; one ``is_approximate`` that stands at its unit's point.
    """

    name: str
    latitude: float
    longitude: float
    feature_class: str
    feature_code: str
    country_code: str = ""
    admin1_code: str = ""
    population: int = 0
    radius_km: float = 0.0
    prominence: int = 0
    geonameid: int = 0
    slug: str = ""
    kind_word: str = ""
    source: str = ""
    extent: str = ""
    admin2_id: int = 0
    village_number: int = 0
    is_approximate: bool = False
    names: dict[str, NameKind] = field(default_factory=dict)
    english: set[str] = field(default_factory=set)
    former: set[str] = field(default_factory=set)
    languages: dict[str, set[str]] = field(default_factory=dict)
    reserved: set[str] = field(default_factory=set)
    course: Course | None = None

    def add_name(self, name: str, kind: NameKind) -> None:
        """Add a name; if it is there with another kind, the stronger kind stays."""
        name = name.strip()
        for part in name.split("/") if "/" in name else ():  # "New Brunswick/Nouveau-Brunswick"
            self.add_name(part, kind)
        if name and all(not "\ud800" <= character <= "\udfff" for character in name):
            self.names[name] = min(kind, self.names.get(name, kind), key=lambda each: each.weakness)


class Draft:
    """All places by key: ``geonames:706483`` or ``geomap:kerch-bridge``."""

    def __init__(self) -> None:
        self.places: dict[str, DraftPlace] = {}

    def add(self, place: DraftPlace) -> DraftPlace:
        """Add a place, or return the one that has its id."""
        key = f"geonames:{place.geonameid}" if place.geonameid else f"geomap:{place.slug}"
        known = self.places.setdefault(key, place)
        known.add_name(place.name, NameKind.PREFERRED if known is place else NameKind.ALTERNATE)
        return known

    def get(self, geonameid: int) -> DraftPlace | None:
        """Return the place with this GeoNames id."""
        return self.places.get(f"geonames:{geonameid}")
