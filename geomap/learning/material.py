"""What gold reports teach, computed once; and training from it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import numpy as np
import numpy.typing as npt

from geomap.gazetteer.index import Gazetteer
from geomap.learning.corpora import GoldReport
from geomap.learning.gold_mentions import has_demonym
from geomap.learning.outlet_inference import infer_outlet_locations
from geomap.learning.recognition import ExampleMaker, Examples, train_recognition
from geomap.learning.resolution import Lesson, LessonMaker, train_resolution
from geomap.learning.sentences import names_to_lend
from geomap.learning.synthetic_sentences import read_synthetic_sentences
from geomap.learning.word_vectors import chances_of_words, read_word_vectors
from geomap.recognizers.model import RecognitionModel
from geomap.resolvers.ranking_model import RankingModel

FEWEST_WITH_DEMONYMS: Final = 0.01  # share of the reports of a corpus that marks demonyms; others have one by mistake


@dataclass(frozen=True, slots=True)
class Material:
    """What one report teaches the recognizer and, where it has names with candidates, the resolver."""

    examples: Examples | None
    lesson: Lesson | None


@dataclass(frozen=True, slots=True)
class Materials:
    """What several reports teach, in their order, what synthetic sentences teach, and what is known of words."""

    of: Sequence[Material]
    synthetic: Sequence[Examples]
    chances: npt.NDArray[np.float32]

    def train(self, chosen: Iterable[Material]) -> tuple[RecognitionModel, RankingModel]:
        """Learn the models of recognition and resolution from some reports and from all synthetic sentences."""
        chosen = list(chosen)
        examples = [material.examples for material in chosen if material.examples is not None]
        lessons = [material.lesson for material in chosen if material.lesson is not None]
        recognition = train_recognition(Examples.join([*examples, *self.synthetic]), self.chances)
        return recognition, train_resolution(lessons)


def make_materials(reports: Sequence[GoldReport], gazetteer: Gazetteer, *, synthetic: Path | None = None) -> Materials:
    """Return what each report teaches.

    Corpora with coordinates mark names only; most of them mark demonyms as place names. Of others just what is beyond
    doubt is used.
    """
    located = {report.corpus for report in reports for mark in report.gold if mark.latitude is not None}
    marks_demonyms = {corpus for corpus in located if _marks_demonyms(corpus, reports, gazetteer)}
    chances = chances_of_words(read_word_vectors(), gazetteer)
    lessons = LessonMaker(gazetteer)
    maker = ExampleMaker(gazetteer, chances, names_to_lend(gazetteer))
    locations = infer_outlet_locations(reports, gazetteer)
    return Materials(
        [
            Material(
                maker.make(report, marks_demonyms=report.corpus in marks_demonyms),
                lessons.make(report, outlet=outlet) if report.corpus in located else None,
            )
            for report, outlet in zip(reports, locations, strict=True)
        ],
        [
            found
            for each in read_synthetic_sentences(gazetteer, synthetic)
            if (found := maker.make_synthetic(each)) is not None
        ],
        chances,
    )


def _marks_demonyms(corpus: str, reports: Sequence[GoldReport], gazetteer: Gazetteer) -> bool:
    own = [report for report in reports if report.corpus == corpus]
    return sum(has_demonym(report, gazetteer) for report in own) > len(own) * FEWEST_WITH_DEMONYMS
