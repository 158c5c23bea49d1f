"""The resolver: ranks all candidates of all names of a report together, round by round, then decides with trees."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Final

import numpy as np

from geomap.gazetteer.geodesy import EARTH_KM
from geomap.gazetteer.index import Gazetteer
from geomap.gazetteer.normalisation import fold_name
from geomap.languages import detect_language
from geomap.model import Mention, Report
from geomap.resolvers.candidates import Floats, collect_candidates
from geomap.resolvers.choices import make_choices
from geomap.resolvers.decisions import Decision
from geomap.resolvers.displacement import displace_mentions
from geomap.resolvers.exclusion import HOPELESS, exclude
from geomap.resolvers.features import ReportContext
from geomap.resolvers.heads import find_classes, spell_out_heads
from geomap.resolvers.lone_names import prefer_own_names
from geomap.resolvers.name_blocks import NameBlocks, NameKey
from geomap.resolvers.near_spellings import place_misspelt
from geomap.resolvers.neighbours import place_among_neighbours
from geomap.resolvers.outlet_locations import NO_LOCATION, OutletLocation
from geomap.resolvers.outlet_locator import OutletLocator
from geomap.resolvers.ranking_model import SETTLED, RankingModel
from geomap.resolvers.relations import PLACING, Relation, find_relations
from geomap.resolvers.reranking import measure_candidates
from geomap.resolvers.rivers import spell_out_rivers
from geomap.system.code_digests import digest_code

MODEL: Final = Path(__file__).parent / "resolution.npz"
NEAR_KM: Final = 100.0  # apart, candidates of a name are one point on the map
ROUNDS: Final = 3  # each round takes what the last one made likely as the context
MOST_AT_ONCE: Final = 250  # mentions; the cost of more would grow with their square
_LEAST_LIKELY: Final = 0.002
_NEAR_COSINE: Final = math.cos(NEAR_KM / EARTH_KM)
_HIGHEST: Final = 0.995  # share of a point, however many candidates lie near it


class RankingResolver:
    """Chooses a place for each name; one name has one sense in a report unless the text places it elsewhere.

    ``sources`` tells where outlets are at home, by their names and domains (see `geomap.resolvers.outlet_settings`).
    """

    def __init__(
        self, gazetteer: Gazetteer, model: RankingModel | None = None, *, sources: Mapping[str, str] | None = None
    ) -> None:
        self._gazetteer = gazetteer
        self._model = model or RankingModel.load(MODEL)
        self._blocks = NameBlocks(gazetteer)
        self._outlets = OutletLocator(gazetteer, sources or {})
        self.fingerprint = f"ranking-resolver {digest_code(__name__)} {self._model.fingerprint} {gazetteer.fingerprint}"

    def resolve(self, report: Report, mentions: Sequence[Mention]) -> list[Mention]:
        """Return the mentions with their places; names that the gazetteer lacks keep ``place`` None."""
        resolved = list(mentions)
        outlet = self._outlets.find(report) if mentions else NO_LOCATION
        for start in range(0, len(mentions), MOST_AT_ONCE):
            part = mentions[start : start + MOST_AT_ONCE]
            context = make_context(report, part, self._blocks, outlet)
            if context is not None:
                resolved[start : start + MOST_AT_ONCE] = self._choose(part, context)
        language = detect_language(report)
        if any(mention.place is None for mention in resolved):
            relations = find_relations(report.text, resolved, language)
            resolved = place_among_neighbours(place_misspelt(resolved, relations, self._gazetteer), relations)
        return displace_mentions(report.text, resolved, language)

    def _choose(self, mentions: Sequence[Mention], context: ReportContext) -> list[Mention]:
        decision = decide(context, self._model.for_outlet(is_set=context.outlet.point is not None))
        return make_choices(mentions, context, decision, self._gazetteer)


def make_context(
    report: Report, mentions: Sequence[Mention], blocks: NameBlocks, outlet: OutletLocation
) -> ReportContext | None:
    """Return the candidates of a report's names and what is known of them, or None if no name has any."""
    language = detect_language(report)
    text = report.text
    mentions = spell_out_rivers(text, spell_out_heads(text, mentions, blocks, language), blocks, language)
    relations = [_read_list(each, mentions, blocks) for each in find_relations(text, mentions, language)]
    asked = find_classes(text, mentions, language)
    candidates = collect_candidates(mentions, blocks, relations, asked=asked, outlet_name=outlet.name)
    if not any(candidates.mentions_of):
        return None
    return ReportContext(mentions, candidates, relations, outlet)


def _read_list(relation: Relation, mentions: Sequence[Mention], blocks: NameBlocks) -> Relation:
    """Return the relation, as a list if it would put a country or unit into another."""
    if relation.kind not in PLACING:
        return relation
    inner, outer = (
        NameKey(fold_name(text), text.isupper()) for text in (mentions[index].text for index in relation[:2])
    )
    return relation._replace(kind="list") if blocks.are_alike(inner, outer) else relation


def rank(context: ReportContext, weights: Floats) -> Floats:
    """Return the probability of each candidate among those of its name, after `ROUNDS` rounds."""
    settled = weights + SETTLED
    fixed = context.fixed_scores(settled)
    likely = context.prior()
    for _ in range(ROUNDS):
        likely = context.softmax(fixed + context.variable_scores(likely, settled))
    return likely


def decide(context: ReportContext, model: RankingModel) -> Decision:
    """Return the calibrated log-odds of each candidate; the trees skip those that the rounds of ranking gave up."""
    likely = rank(context, model.weights)
    features = context.matrix(likely)
    odds = np.full(len(likely), HOPELESS, np.float32)
    asked = np.flatnonzero(likely > _LEAST_LIKELY)
    odds[asked] = model.log_odds(measure_candidates(context, likely, features, model.weights, asked))
    odds = prefer_own_names(context.candidates, odds, features)
    kept = exclude(context.candidates, context.pairs, context.near, context.longer, odds)
    return Decision(join_near(context, kept.odds), features, kept.unknown)


def join_near(context: ReportContext, odds: Floats) -> Floats:
    """Return the log-odds with those of each name's best candidate joined by all that lie near it.

    A town and the district around it are two candidates and one point on the map: the confidence is that of the point.
    """
    found, joined = context.candidates, odds.copy()
    shares = 1 / (1 + np.exp(-odds.astype(np.float64)))
    for own in found.slices:
        best = own.start + int(np.argmax(odds[own]))
        is_near = (found.vectors[own] @ found.vectors[best] > _NEAR_COSINE) & (odds[own] > HOPELESS)
        is_near[best - own.start] = True
        share = min(float(shares[own][is_near].sum()), _HIGHEST)
        joined[best] = max(odds[best], np.log(share / (1 - share)))
    return joined
