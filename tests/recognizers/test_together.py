"""Reports that are read together give what each gives alone: a map must not depend on which reports came together."""

from __future__ import annotations

from itertools import permutations
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from recognizer_contract import ODD_TEXTS

from geomap.gazetteer import open_gazetteer
from geomap.model import Report
from geomap.recognizers import default_recognizer
from geomap.recognizers.tokens import split_tokens

pytestmark = pytest.mark.slow

REPORTS = Path(__file__).parents[2] / "data" / "reports"
# what a neighbour could change: names, lists and abbreviations at the very start and end, the same name in both
EDGES = (
    "Paris", "in", "St.", "flights to Nice, Split,", "Cork and Bari", "'s parliament", "the village of", "Texas",
    "KIRKUK, Iraq (AP) -", "Kirkuk", "New", "York", "Mr. Jordan", "Jordan", "\x01", "\x01\n\x01 Paris \x01",
)  # fmt: skip


def check_together(texts: list[str]) -> None:
    reports = [Report(str(number), text) for number, text in enumerate(texts)]
    recognizer = default_recognizer(open_gazetteer())
    assert recognizer.recognize_all(reports) == [recognizer.recognize(report) for report in reports]


def test_real_reports_together() -> None:
    texts = [path.read_text("utf-8", "replace") for path in sorted(REPORTS.iterdir())]
    check_together(texts)
    check_together(texts[::-1])


def test_odd_texts_together() -> None:
    check_together([*ODD_TEXTS.values(), *EDGES])


@pytest.mark.slow
def test_every_two_edges_beside_each_other() -> None:
    for pair in permutations(EDGES, 2):
        check_together([*pair])


@pytest.mark.slow
@settings(deadline=None)  # the first call loads the gazetteer
@given(
    st.lists(st.text(st.sampled_from("Paris inTexas,.'\u2019s(-)St.\n\x01\u0301\U0001f600"), max_size=20), max_size=5)
)
def test_any_texts_together(texts: list[str]) -> None:
    check_together(texts)


@given(st.lists(st.text(), min_size=1, max_size=5))
def test_each_text_has_the_tokens_that_it_has_alone(texts: list[str]) -> None:
    together = split_tokens(*texts)
    for number, text in enumerate(texts):
        alone, inside = split_tokens(text), slice(together.firsts[number], together.stops[number])
        assert together.texts[inside] == alone.texts
        assert [start - together.offsets[number] for start in together.starts[inside]] == alone.starts
