"""Made-up reports of nine genres, judged as a reader of the map would, and floors under the figures.

Their author had seen neither code nor output. First run: found .942, pins right .946, in place .899, surely right .972,
sure share .831, hidden .006, acting .841.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from geomap.gazetteer import open_gazetteer
from geomap.learning.corpora import read_corpus
from geomap.learning.evaluation import evaluate
from geomap.learning.pins import PinScore
from geomap.recognizers import default_recognizer
from geomap.resolvers import default_resolver

pytestmark = pytest.mark.slow

OWN = Path(__file__).parent / "genres.jsonl"
SHARED = Path(__file__).parents[3] / "shared" / "gold" / "reports.jsonl"
FLOORS = {"found": 0.95, "pins right": 0.94, "in place": 0.90, "sure right": 0.965, "sure share": 0.75, "acting": 0.78}
CEILINGS = {"hidden": 0.03, "kind": 20}
DEVELOPMENT_FLOORS = {"found": 0.94, "pins right": 0.95, "in place": 0.88, "sure right": 0.98, "sure share": 0.65}


def judge(path: Path) -> dict[str, float]:
    gazetteer = open_gazetteer()
    outcomes = evaluate(read_corpus(path), default_recognizer(gazetteer), default_resolver(gazetteer), gazetteer)
    return PinScore(outcomes).figures()


def test_reports_of_nine_genres_are_read_as_well_as_before() -> None:
    figures = judge(OWN)
    assert {name: figures[name] for name, floor in FLOORS.items() if figures[name] < floor} == {}
    assert {name: figures[name] for name, most in CEILINGS.items() if figures[name] > most} == {}


@pytest.mark.shared
def test_development_reports_are_read_as_well_as_before() -> None:
    if not SHARED.exists():
        pytest.skip("the development data are not here")
    figures = judge(SHARED)
    assert {name: figures[name] for name, floor in DEVELOPMENT_FLOORS.items() if figures[name] < floor} == {}
