"""The resolver: ranks all candidates of all names of a report together, round by round, then decides with trees."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Final

import numpy as np

from geomap.gazetteer.index import Gazetteer
from geomap.model import Candidate, Mention, Report
from geomap.resolvers.candidates import Candidates, Floats, collect_candidates
from geomap.resolvers.features import ReportContext, softmax
from geomap.resolvers.ranking_model import SETTLED, RankingModel
from geomap.resolvers.relations import find_relations
from geomap.resolvers.reranking import measure_candidates

MODEL: Final = Path(__file__).parent / "resolution.npz"
VERSION: Final = "2"
ROUNDS: Final = 3  # each round takes what the last one made likely as the context
MOST_ALTERNATIVES: Final = 4
_LEAST_LIKELY: Final = 0.002
_HOPELESS: Final = -20.0
_LEAST_SHOWN: Final = 0.001  # confidence of an alternative


class RankingResolver:
    """Chooses a place for each name; one name has one sense in a report unless the text places it elsewhere."""

    def __init__(self, gazetteer: Gazetteer, model: RankingModel | None = None) -> None:
        self._gazetteer = gazetteer
        self._model = model or RankingModel.load(MODEL)
        self.fingerprint = f"ranking-resolver {VERSION} {self._model.fingerprint} {gazetteer.fingerprint}"

    def resolve(self, report: Report, mentions: Sequence[Mention]) -> list[Mention]:
        """Return the mentions with their places; names that the gazetteer lacks keep ``place`` None."""
        relations = list(find_relations(report.text, mentions))
        candidates = collect_candidates(mentions, self._gazetteer, relations)
        resolved = list(mentions)
        if not len(candidates.rows):
            return resolved
        context = ReportContext(mentions, candidates, relations, self._gazetteer)
        odds = decide(context, self._model)
        for name, indices in enumerate(candidates.mentions_of):
            ranked = self._ranked(candidates, odds, name)
            for index in indices if ranked else ():
                resolved[index] = self._resolved(mentions[index], ranked)
        return resolved

    def _ranked(self, candidates: Candidates, odds: Floats, name: int) -> list[tuple[int, float]]:
        found = np.flatnonzero(candidates.name_of == name)
        order = found[np.argsort(-odds[found], kind="stable")][: MOST_ALTERNATIVES + 1]
        shares = 1 / (1 + np.exp(-np.clip(odds[order], -30, 30)))
        return list(zip(candidates.rows[order].tolist(), shares.tolist(), strict=True))

    def _resolved(self, mention: Mention, ranked: list[tuple[int, float]]) -> Mention:
        places = [Candidate(self._gazetteer.place(row), round(share * mention.probability, 4)) for row, share in ranked]
        return replace(
            mention,
            place=places[0].place,
            confidence=places[0].confidence,
            alternatives=tuple(other for other in places[1:] if other.confidence >= _LEAST_SHOWN),
        )


def rank(context: ReportContext, weights: Floats) -> Floats:
    """Return the probability of each candidate among those of its name, after `ROUNDS` rounds."""
    likely = context.prior()
    for _ in range(ROUNDS):
        scores = context.matrix(likely) @ (weights + SETTLED)
        likely = softmax(scores, context.candidates.name_of, context.count)
    return likely


def decide(context: ReportContext, model: RankingModel) -> Floats:
    """Return the calibrated log-odds of each candidate; what the rounds of ranking gave up is not asked again."""
    likely = rank(context, model.weights)
    odds = np.full(len(likely), _HOPELESS)
    asked = np.flatnonzero(likely > _LEAST_LIKELY)
    odds[asked] = model.log_odds(measure_candidates(context, likely, model.weights)[asked])
    return odds
