"""Small settlements that somebody wrote down without having seen the gazetteer or its sources."""

from pathlib import Path

import pytest

from geomap.gazetteer import open_gazetteer
from geomap.learning.settlement_coverage import NEAR_KM, SettlementCoverage, measure_settlements

KNOWN = {
    **dict.fromkeys(("SD", "SY", "LB", "CD", "ML", "BF", "NE", "CO"), 0.6),
    **dict.fromkeys(("IN", "MX", "TR"), 0.85),
    "UA": 0.95,
    "RU": 0.8,
}


@pytest.fixture(scope="module")
def measured() -> dict[str, SettlementCoverage]:
    table = Path(__file__).parent / "blind_settlements.csv"
    return {each.country_code: each for each in measure_settlements(table, open_gazetteer())}


@pytest.mark.parametrize("country", KNOWN)
def test_settlements_are_known(country: str, measured: dict[str, SettlementCoverage]) -> None:
    each = measured[country]
    assert len(each.distances) / each.settlements >= KNOWN[country]


def test_ukraines_stand_where_they_are(measured: dict[str, SettlementCoverage]) -> None:
    near = sum(distance <= NEAR_KM for distance in measured["UA"].distances)
    assert near / measured["UA"].settlements >= 0.9
