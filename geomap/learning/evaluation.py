"""What recognition and resolution make of gold corpora, as they are or cross-validated."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from geomap.gazetteer.index import Gazetteer
from geomap.learning.corpora import GoldReport
from geomap.learning.gold_mentions import make_gold_mentions
from geomap.learning.material import Material, make_materials
from geomap.learning.scoring import NEAR_KM, Score, Verdict, error_km, judge_mentions, score_verdicts
from geomap.model import Mention
from geomap.recognizers.base import Recognizer
from geomap.recognizers.gazetteer import GazetteerRecognizer
from geomap.resolvers.base import Resolver
from geomap.resolvers.ranking import RankingResolver


@dataclass(frozen=True, slots=True)
class Outcome:
    """The mentions that were found in one report."""

    report: GoldReport
    mentions: Sequence[Mention]
    given: Sequence[Mention] = ()
    """The gold names, in their order, resolved as if recognition had been perfect; empty where that was not tried."""

    def verdicts(self) -> list[Verdict]:
        """Return what gold says about each mention."""
        return judge_mentions(self.report.gold, self.mentions)

    def score(self) -> Score:
        """Return the counts."""
        score = score_verdicts(self.report.gold, self.verdicts())
        pairs = zip(self.report.gold, self.given, strict=True) if self.given else ()
        errors = [error for error in (error_km(mark, mention) for mark, mention in pairs) if error is not None]
        score.given, score.given_near = len(errors), sum(error <= NEAR_KM for error in errors)
        return score


def evaluate(
    reports: Iterable[GoldReport], recognizer: Recognizer, resolver: Resolver, gazetteer: Gazetteer
) -> list[Outcome]:
    """Return what a recognizer and a resolver find in each report."""
    return [
        Outcome(
            report,
            resolver.resolve(report.report, recognizer.recognize(report.report)),
            resolver.resolve(report.report, make_gold_mentions(report, gazetteer)),
        )
        for report in reports
    ]


def cross_validate(
    reports: Sequence[GoldReport],
    gazetteer: Gazetteer,
    *,
    folds: int,
    extra: Sequence[GoldReport] = (),
    synthetic: Path | None = None,
) -> list[Outcome]:
    """Return what models trained on the other folds find in each report; ``extra`` reports are only trained on."""
    return _evaluate_parts(reports, [report.fold(folds) for report in reports], gazetteer, extra, synthetic)


def leave_corpora_out(
    reports: Sequence[GoldReport],
    gazetteer: Gazetteer,
    *,
    extra: Sequence[GoldReport] = (),
    synthetic: Path | None = None,
) -> list[Outcome]:
    """Return what models trained without its corpus find in each report."""
    return _evaluate_parts(reports, [report.corpus for report in reports], gazetteer, extra, synthetic)


def _evaluate_parts(
    reports: Sequence[GoldReport],
    parts: Sequence[object],
    gazetteer: Gazetteer,
    extra: Sequence[GoldReport],
    synthetic: Path | None,
) -> list[Outcome]:
    """Judge the reports of each part by models that are trained on all others; outcomes keep the order of reports."""
    materials = make_materials([*reports, *extra], gazetteer, synthetic=synthetic)
    own_materials, more = materials.of[: len(reports)], materials.of[len(reports) :]
    outcomes: dict[int, Outcome] = {}
    for part in sorted(set(parts), key=str):
        recognition, resolution = materials.train([*_others(own_materials, parts, part), *more])
        recognizer, resolver = GazetteerRecognizer(gazetteer, recognition), RankingResolver(gazetteer, resolution)
        testing = [index for index, own in enumerate(parts) if own == part]
        found = evaluate([reports[index] for index in testing], recognizer, resolver, gazetteer)
        outcomes.update(zip(testing, found, strict=True))
    return [outcomes[index] for index in range(len(reports))]


def _others(materials: Sequence[Material], parts: Sequence[object], part: object) -> Iterator[Material]:
    return (material for material, own in zip(materials, parts, strict=True) if own != part)
