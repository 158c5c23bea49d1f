"""What is chosen for the names of a report, as mentions tell it: place, confidence, alternatives, reasons."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import numpy as np

from geomap.gazetteer.index import Gazetteer
from geomap.model import Candidate, Mention, Place
from geomap.resolvers.candidates import Floats
from geomap.resolvers.evidence import (
    MOST_REASONS,
    Surroundings,
    explain_approximate,
    explain_choice,
    is_isolated,
)
from geomap.resolvers.features import ReportContext
from geomap.resolvers.name_blocks import CLASSES

MOST_ALTERNATIVES: Final = 4
# A small town far from all else that a report names is most often the namesake of one that the gazetteer lacks: of such
# places in 59 reports on conflicts none was right of 11, in the development corpora 2 of 9.
_ISOLATED: Final = 0.3
_OTHERS: Final = 3  # names that a report has besides, below which it says too little
_LEAST_SHOWN: Final = 0.001  # confidence of an alternative
_COUNTRY: Final = CLASSES.index("country")
_ADMIN1: Final = CLASSES.index("admin1")


def make_choices(
    mentions: Sequence[Mention], context: ReportContext, odds: Floats, features: Floats, gazetteer: Gazetteer
) -> list[Mention]:
    """Return the mentions with the likeliest places of their names; ``odds`` are log-odds of the candidates."""
    found = context.candidates
    shares, every_row = (1 / (1 + np.exp(-odds))).tolist(), found.rows.tolist()
    rankings = [_rank(shares, own) for own in found.slices]
    best = [ranking[0][0] for ranking in rankings]
    codes, rows = found.codes[best].tolist(), features[best].tolist()
    around = _look_around(mentions, context, codes, gazetteer)
    filled = list(mentions)
    for name, indices in enumerate(found.mentions_of):
        if not indices:
            continue
        ranked = [(gazetteer.place(every_row[candidate]), share) for candidate, share in rankings[name]]
        reasons = explain_choice(ranked[0][0], rows[name], codes[name], around, around.outer.get(name, ""))
        if len(best) > _OTHERS and is_isolated(ranked[0][0], rows[name]):
            ranked = _doubt(ranked)
            reasons = (*reasons[: MOST_REASONS - 1], "nothing else in the report lies near it")
        if ranked[0][0].approximate:
            seat = gazetteer.name_at_point(codes[name][0])
            reasons = (*reasons[: MOST_REASONS - 1], explain_approximate(ranked[0][0], seat))
        for index in indices:
            mention = mentions[index]
            rated = [Candidate(place, round(share * mention.probability, 4)) for place, share in ranked]
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


def _doubt(ranked: list[tuple[Place, float]]) -> list[tuple[Place, float]]:
    """Return the candidates with less confidence in the first one, which stays first."""
    (place, share), *others = ranked
    return [(place, min(share, max([_ISOLATED, *(share for _, share in others)]))), *others]


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
