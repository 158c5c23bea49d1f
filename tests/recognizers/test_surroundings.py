"""What the rest of a report says of a span: computed in arrays, compared with the words of its definition."""

from __future__ import annotations

import numpy as np
import pytest

from geomap.gazetteer import open_gazetteer
from geomap.model import Report
from geomap.recognizers import default_recognizer
from geomap.recognizers.names import NameTable
from geomap.recognizers.scanning import Scanner
from geomap.recognizers.surroundings import COLUMNS, Sites, relate_spans
from geomap.recognizers.tokens import split_tokens
from geomap.recognizers.vocabulary import TokenTable

TEXT = "Paris, Texas. Fire crews from Bonham and Clarksville came to Paris on Monday; the Paris News was first there."


@pytest.fixture(scope="module")
def spans() -> tuple[list[str], Sites]:
    gazetteer = open_gazetteer()
    tokens = split_tokens(TEXT)
    found = Scanner(gazetteer).find_spans(tokens, TokenTable({}, gazetteer).rows_of(tokens))
    texts = [TEXT[span.start : span.end] for span in found]
    numbers = {text: number for number, text in enumerate(dict.fromkeys(texts))}
    names = np.array([numbers[text] for text in texts])
    bounds = np.array([(span.first, span.last) for span in found])
    return texts, Sites(np.zeros_like(names), names, bounds[:, 0], bounds[:, 1], *NameTable(gazetteer).find(found)[1:5])


def relate(sites: Sites, odds: np.ndarray) -> dict[str, np.ndarray]:
    return dict(zip(COLUMNS, relate_spans(sites, odds.astype(np.float32)).T, strict=True))


def test_other_spans_of_the_same_name_and_overlapping_ones_are_compared(spans: tuple[list[str], Sites]) -> None:
    texts, sites = spans
    odds = np.random.default_rng(3).normal(size=(len(texts), 2))
    related, best = relate(sites, odds), odds.max(axis=1)
    for index, text in enumerate(texts):
        same = [other for other in range(len(texts)) if texts[other] == text and other != index] or [index]
        assert related["same"][index] == texts.count(text)
        assert related["same_mean"][index] == pytest.approx(odds[same, 0].mean(), abs=1e-5)
        assert related["same_best_any"][index] == pytest.approx(best[same].max(), abs=1e-5)
        overlapping = [
            best[other]
            for other in range(len(texts))
            if other != index and sites.first[other] <= sites.last[index] and sites.first[index] <= sites.last[other]
        ]
        assert related["overlapping"][index] == pytest.approx(max(overlapping, default=-20.0), abs=1e-5)


def test_names_a_few_words_away_count_on_their_side(spans: tuple[list[str], Sites]) -> None:
    texts, sites = spans
    odds = np.full((len(texts), 2), -5.0)
    odds[texts.index("Bonham")] = 4.0
    related = relate(sites, odds)
    assert related["before"][texts.index("Clarksville")] == 4.0
    assert related["after"][texts.index("Clarksville")] <= -5.0
    assert related["before"][texts.index("Texas")] <= -5.0


def test_a_name_is_at_home_among_names_of_its_unit(spans: tuple[list[str], Sites]) -> None:
    texts, sites = spans
    likely = np.where(np.isin(texts, ["Texas", "Bonham", "Clarksville"]), 4.0, -6.0)
    related = relate(sites, np.stack([likely, likely], axis=1))
    lone = relate(sites, np.full((len(texts), 2), -6.0))
    paris = texts.index("Paris")
    assert related["unit_any"][paris] > 0.9
    assert related["unit_any"][paris] > 5 * lone["unit_any"][paris]
    assert related["others"][paris] == pytest.approx(3, abs=0.2)


def test_a_doubtful_name_is_believed_among_its_neighbours() -> None:
    def probability(text: str) -> float:
        mentions = default_recognizer(open_gazetteer()).recognize(Report("x", text))
        return max((mention.probability for mention in mentions if mention.text == "Lincoln"), default=0.0)

    doubtful = "They heard about Lincoln later."
    assert (
        probability(f"Roads from Omaha and Kearney, Nebraska, were closed. {doubtful}") > probability(doubtful) + 0.05
    )
