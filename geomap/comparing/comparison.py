"""What a comparison of two builds has found: which names moved, appeared and vanished, and what leads nowhere now."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal, TypeAlias

from geomap.gazetteer.geodesy import distance_km
from geomap.model import Mention

ChangeKind: TypeAlias = Literal["moved", "appeared", "vanished"]
CHANGE_KINDS: Final[tuple[ChangeKind, ...]] = ("moved", "appeared", "vanished")


@dataclass(frozen=True, slots=True)
class Spot:
    """Where a mention stands on a map; ``name`` is the qualified one of the place."""

    place_id: str
    name: str
    latitude: float
    longitude: float
    usage: str
    is_displaced: bool = False

    @property
    def key(self) -> str:
        """What links to a map call the place: ``key`` in ``viewer/src/data/places.ts`` is the same."""
        return f"{self.place_id}@{self.latitude:.8g},{self.longitude:.8g}" if self.is_displaced else self.place_id


@dataclass(frozen=True, slots=True)
class Change:
    """What has become of one mention; ``start`` is where it stands now, or stood if it has vanished."""

    name: str
    report_id: str
    start: int
    cause: str
    before: Spot | None
    now: Spot | None

    @property
    def kind(self) -> ChangeKind:
        """Whether the mention moved, appeared or vanished."""
        if self.before is None:
            return "appeared"
        return "vanished" if self.now is None else "moved"

    @property
    def distance_km(self) -> float | None:
        """How far it moved, None if it did not."""
        if self.before is None or self.now is None:
            return None
        return distance_km(self.before.latitude, self.before.longitude, self.now.latitude, self.now.longitude)


@dataclass(frozen=True, slots=True)
class Stray:
    """A correction that matches nothing or cannot be used, or a link to a map that leads nowhere any more."""

    kind: Literal["correction", "link"]
    name: str
    detail: str


@dataclass(frozen=True, slots=True)
class Comparison:
    """The changes by report id and start, and the ids of the reports that are not there any more."""

    changes: tuple[Change, ...] = ()
    gone: tuple[str, ...] = ()
    strays: tuple[Stray, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.changes or self.gone)


def find_spot(mention: Mention | None) -> Spot | None:
    """Return where a mention stands, None for no mention or one without a place."""
    if mention is None or mention.place is None:
        return None
    place = mention.place
    return Spot(
        place.place_id,
        place.qualified_name,
        round(place.latitude, 5),
        round(place.longitude, 5),
        mention.usage,
        mention.anchor is not None,
    )
