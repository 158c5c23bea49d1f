"""What is chosen for the names of a report, as mentions tell it: place, confidence, alternatives, reasons."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import numpy as np

from geomap.gazetteer.index import Gazetteer
from geomap.model import Candidate, Mention, Place
from geomap.resolvers.decisions import Decision
from geomap.resolvers.evidence import (
    CITY,
    MOST_REASONS,
    SMALL_TOWN,
    Surroundings,
    explain_approximate,
    explain_choice,
    is_isolated,
    is_of_one_country,
    is_unsupported,
)
from geomap.resolvers.features import ReportContext
from geomap.resolvers.name_blocks import CLASSES

MOST_ALTERNATIVES: Final = 4
# A small town far from all else that a report names is most often the namesake of one that the gazetteer lacks: of such
# places in 59 reports on conflicts none was right of 11, in the development corpora 2 of 9.
_ISOLATED: Final = 0.3
_ABROAD: Final = 0.5  # confidence in a city far from all else, where the rest of the report is about one country
_UNLIKE: Final = 0.45  # confidence in a place for a name that it hardly has: such were right in about half the cases
_ROAD: Final = "R"  # GeoNames' feature class
_ANYWHERE: Final = 0.5  # confidence in the point of a road
_OTHERS: Final = 3  # names that a report has besides, below which it says too little
_LEAST_SHOWN: Final = 0.001  # confidence of an alternative
_COUNTRY: Final = CLASSES.index("country")
_ADMIN1: Final = CLASSES.index("admin1")


def make_choices(
    mentions: Sequence[Mention], context: ReportContext, decision: Decision, gazetteer: Gazetteer
) -> list[Mention]:
    """Return the mentions with the likeliest places of their names."""
    found, odds, features = context.candidates, decision.odds, decision.features
    shares, every_row = (1 / (1 + np.exp(-odds))).tolist(), found.rows.tolist()
    rankings = [_rank(shares, own) for own in found.slices]
    best = [ranking[0][0] for ranking in rankings]
    parts = (found.rows, found.country, found.admin1, found.classes)
    codes, rows = np.stack([part[best] for part in parts], axis=1).tolist(), features[best].tolist()
    around = _look_around(mentions, context, codes, gazetteer)
    is_of_one = len(best) > _OTHERS and is_of_one_country(rows)
    filled = list(mentions)
    for name, indices in enumerate(found.mentions_of):
        if not indices or name in decision.unknown:
            continue
        ranked = [(gazetteer.place(every_row[candidate]), share) for candidate, share in rankings[name]]
        reasons = explain_choice(ranked[0][0], rows[name], codes[name], around, around.outer.get(name, ""))
        if len(best) > _OTHERS and is_isolated(ranked[0][0], rows[name], most=CITY if is_of_one else SMALL_TOWN):
            is_small = ranked[0][0].population < SMALL_TOWN
            ranked = _doubt(ranked, most=_ISOLATED if is_small else _ABROAD)
            reasons = (*reasons[: MOST_REASONS - 1], "nothing else in the report lies near it")
        if is_unsupported(rows[name]):
            ranked = _doubt(ranked, most=_UNLIKE)
            reasons = (*reasons[: MOST_REASONS - 1], "no usual name of it, and nothing else speaks for it")
        if ranked[0][0].feature_class == _ROAD:
            ranked = _doubt(ranked, most=_ANYWHERE)
            reasons = (*reasons[: MOST_REASONS - 1], "a road is long, and this is one point of it")
        if ranked[0][0].approximate:
            seat = gazetteer.name_at_point(codes[name][0])
            reasons = (*reasons[: MOST_REASONS - 1], explain_approximate(ranked[0][0], seat))
        for index in indices:
            mention = mentions[index]
            rated = [Candidate(place, round(share * mention.probability, 4)) for place, share in _limit(ranked)]
            filled[index] = Mention(
                start=mention.start,
                end=mention.end,
                text=mention.text,
                kind=mention.kind,
                usage=mention.usage,
                usage_probability=mention.usage_probability,
                probability=mention.probability,
                place=rated[0].place,
                confidence=rated[0].confidence,
                alternatives=tuple([other for other in rated[1:] if other.confidence >= _LEAST_SHOWN]),
                evidence=reasons,
            )
    return filled


def _rank(shares: Sequence[float], own: slice) -> list[tuple[int, float]]:
    """Return the best candidates of a name, the better known first where they are equal."""
    ranked = sorted([(-shares[candidate], candidate) for candidate in range(own.start, own.stop)])
    others = [(candidate, -share) for share, candidate in ranked[1 : MOST_ALTERNATIVES + 1] if -share >= _LEAST_SHOWN]
    return [(ranked[0][1], -ranked[0][0]), *others]


def _limit(ranked: list[tuple[Place, float]]) -> list[tuple[Place, float]]:
    """Return the candidates with shares that add up to at most 1; that of the first one stays."""
    (place, share), *others = ranked
    scale = min(1.0, (1 - share) / max(sum(other for _, other in others), 1e-9))
    return [(place, share), *((other, each * scale) for other, each in others)]


def _doubt(ranked: list[tuple[Place, float]], *, most: float) -> list[tuple[Place, float]]:
    """Return the candidates with less confidence in the first one, which stays first."""
    (place, share), *others = ranked
    return [(place, min(share, max([most, *(share for _, share in others)]))), *others]


def _look_around(
    mentions: Sequence[Mention], context: ReportContext, codes: Sequence[Sequence[int]], gazetteer: Gazetteer
) -> Surroundings:
    countries: dict[int, str] = {}
    units: dict[int, str] = {}
    for (row, country, unit, kind), indices in zip(codes, context.candidates.mentions_of, strict=True):
        if indices and kind == _COUNTRY:
            countries[country] = gazetteer.place(row).name
        elif indices and kind == _ADMIN1:
            units[unit] = gazetteer.place(row).name
    outer = {name: mentions[index].text for name, index in context.outer_of.items()}
    return Surroundings(outer, countries, units, context.outlet)
