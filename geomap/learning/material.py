"""What gold reports teach, computed once; and training from it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from geomap.gazetteer.index import Gazetteer
from geomap.learning.corpora import GoldReport
from geomap.learning.recognition import ExampleMaker, Examples, train_recognition
from geomap.learning.resolution import Lesson, make_lesson, train_resolution
from geomap.learning.sentences import names_to_lend
from geomap.learning.word_vectors import chances_of_words, read_word_vectors
from geomap.recognizers.model import RecognitionModel
from geomap.resolvers.ranking_model import RankingModel


@dataclass(frozen=True, slots=True)
class Material:
    """What one report teaches the recognizer and, where it has names with candidates, the resolver."""

    examples: Examples | None
    lesson: Lesson | None


@dataclass(frozen=True, slots=True)
class Materials:
    """What several reports teach, in their order, and what is known of words."""

    of: Sequence[Material]
    chances: npt.NDArray[np.float32]


def make_materials(reports: Sequence[GoldReport], gazetteer: Gazetteer) -> Materials:
    """Return what each report teaches.

    Corpora with coordinates mark demonyms as place names and mark names only; of the others just what is beyond doubt
    is used.
    """
    located = {report.corpus for report in reports for mark in report.gold if mark.latitude is not None}
    chances = chances_of_words(read_word_vectors(), gazetteer)
    maker = ExampleMaker(gazetteer, chances, names_to_lend(gazetteer))
    return Materials(
        [
            Material(
                maker.make(report, marks_demonyms=report.corpus in located),
                make_lesson(report, gazetteer) if report.corpus in located else None,
            )
            for report in reports
        ],
        chances,
    )


def train(materials: Iterable[Material], chances: npt.NDArray[np.float32]) -> tuple[RecognitionModel, RankingModel]:
    """Learn the models of the recognizer and of the resolver."""
    materials = list(materials)
    examples = Examples.join([material.examples for material in materials if material.examples is not None])
    lessons = [material.lesson for material in materials if material.lesson is not None]
    return train_recognition(examples, chances), train_resolution(lessons)
