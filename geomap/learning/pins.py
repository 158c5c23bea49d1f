"""Pins as a reader of the map judges them, on gold that tells kinds and usage: found, right, sure, hidden.

A pin is right within 161 km of a gold name that its mention overlaps; where gold is an area, one of an area is right
within its extent, too, for the points of areas are conventions.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Final

from geomap.learning.corpora import GoldMention
from geomap.learning.evaluation import Outcome
from geomap.learning.scoring import NEAR_KM, error_km
from geomap.model import Mention

SURE: Final = 0.8
"""Confidence above which a pin is taken for sure."""
_AREAS: Final = frozenset({"country", "region", "district", "water", "nature", "area", "demonym"})
_UNITS: Final = frozenset({"country", "region", "district"})
_TOWNS: Final = frozenset({"city", "town", "village", "quarter"})
# km from its point beyond which no place of a feature code is right, whatever extent it has
_REACH: Final = {
    "CONT": 5000, "OCN": 5000, "PCL": 3000, "TERR": 3000, "SEA": 2000, "RGN": 1500, "RGNE": 1500, "STM": 1200,
    "GULF": 1000, "ADM1": 1000, "MTS": 1000, "DSRT": 1000, "PEN": 700, "ISL": 700, "ISLS": 700, "LK": 500, "STRT": 500,
    "BAY": 300, "ADM2": 250,
}  # fmt: skip
_WATERS: Final = frozenset({"OCN", "SEA", "STM", "GULF", "LK", "STRT", "BAY"})
_COLUMNS: Final = ("found", "pins right", "in place", "sure right", "sure share", "hidden", "acting")
_COUNTS: Final = ("names", "sure wrong", "kind")


class PinScore:
    """Counts of how gold names and pins agree."""

    def __init__(self, outcomes: Iterable[Outcome]) -> None:
        self.counts: Counter[str] = Counter()
        for outcome in outcomes:
            self._count(outcome)

    def figures(self) -> dict[str, float]:
        """Return the shares and counts by name.

        found: of gold names, those that a mention overlaps; pins right: of mentions with a place; in place: of gold
        names with a point, those that got a right pin, sure share with a confidence above `SURE`; kind: right pins of
        another kind (a town for a region); hidden: of found literal names, those called associative; acting: of found
        associative ones.
        """
        found = self.counts
        pairs = {
            "found": ("found", "names"), "pins right": ("right", "pins"), "in place": ("right", "placeable"),
            "sure right": ("sure and right", "sure"), "sure share": ("sure and right", "placeable"),
            "hidden": ("hidden", "literal"), "acting": ("acting", "actors"),
        }  # fmt: skip
        shares = {name: found[part] / max(1, found[whole]) for name, (part, whole) in pairs.items()}
        sure_wrong = found["sure"] - found["sure and right"]
        return {**shares, "names": found["names"], "sure wrong": sure_wrong, "kind": found["kind"]}

    def _count(self, outcome: Outcome) -> None:
        gold, used = outcome.report.gold, set()
        self.counts["names"] += len(gold)
        self.counts["placeable"] += sum(mark.latitude is not None for mark in gold)
        for mention in outcome.mentions:
            if mention.kind == "coordinates":
                continue
            over = [mark for mark in gold if mark.start < mention.end and mention.start < mark.end]
            fresh = [mark for mark in over if mark not in used]
            if fresh:
                mark = max(fresh, key=lambda mark: min(mark.end, mention.end) - max(mark.start, mention.start))
                used.add(mark)
                self._count_pair(mark, mention)
            elif mention.place and not any(mark.latitude is None or is_right_pin(mark, mention) for mark in over):
                self._count_pin(mention, is_right=False)

    def _count_pair(self, mark: GoldMention, mention: Mention) -> None:
        is_hidden = mention.usage == "associative"
        self.counts["found"] += 1
        self.counts["literal"] += mark.usage == "literal"
        self.counts["hidden"] += mark.usage == "literal" and is_hidden
        is_actor = mark.usage == "associative" and mark.type != "demonym"
        self.counts["actors"] += is_actor
        self.counts["acting"] += is_actor and is_hidden
        place = mention.place
        if place is None or mark.latitude is None:
            return
        is_right = is_right_pin(mark, mention)
        self._count_pin(mention, is_right=is_right)
        is_town = place.feature_class == "P"
        is_other = (mark.type in _TOWNS and place.feature_class == "A") or (mark.type in _UNITS and is_town)
        self.counts["kind"] += is_right and is_other

    def _count_pin(self, mention: Mention, *, is_right: bool) -> None:
        is_sure = mention.confidence > SURE
        self.counts["pins"] += 1
        self.counts["right"] += is_right
        self.counts["sure"] += is_sure
        self.counts["sure and right"] += is_sure and is_right


def is_right_pin(mark: GoldMention, mention: Mention) -> bool:
    """Return whether the place of a mention is where gold has a name."""
    far, place = error_km(mark, mention), mention.place
    if far is None or place is None:
        return False
    far -= mention.anchor.distance_km if mention.anchor else 0  # gold of "30 km south of X" is X
    if far <= NEAR_KM:
        return True
    code = "PCL" if place.feature_code.startswith("PCL") else place.feature_code
    if mark.type not in _AREAS or (mark.type == "water") != (code in _WATERS):
        return False
    return far <= min(place.radius_km, _REACH.get(code, 0))


def score_pins(outcomes: Sequence[Outcome]) -> dict[str, PinScore]:
    """Return the score of each corpus whose gold tells the usage of names."""
    parts: dict[str, list[Outcome]] = {}
    for outcome in outcomes:
        parts.setdefault(outcome.report.corpus, []).append(outcome)
    told = {corpus: any(mark.usage for each in part for mark in each.report.gold) for corpus, part in parts.items()}
    return {corpus: PinScore(part) for corpus, part in parts.items() if told[corpus]}


def describe_pins(scores: Mapping[str, PinScore]) -> Iterator[str]:
    """Yield the lines of the table."""
    if not scores:
        return
    width = max(len("pins"), *map(len, scores))
    yield "  ".join(["pins".ljust(width), *_COUNTS, *_COLUMNS])
    for corpus, score in scores.items():
        figures = score.figures()
        cells = (
            *(f"{figures[name]:,}".rjust(len(name)) for name in _COUNTS),
            *(f"{figures[name]:.3f}".rjust(len(name)) for name in _COLUMNS),
        )
        yield "  ".join([corpus.ljust(width), *cells])
