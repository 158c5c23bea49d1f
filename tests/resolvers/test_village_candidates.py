"""A village is a candidate where the report speaks for it, and not elsewhere."""

from __future__ import annotations

from pathlib import Path

import pytest
from village_files import make_gazetteer

from geomap.gazetteer.index import Gazetteer
from geomap.model import Mention, Report
from geomap.resolvers import default_resolver


@pytest.fixture
def gazetteer(tmp_path: Path) -> Gazetteer:
    return make_gazetteer(tmp_path)


def resolve(gazetteer: Gazetteer, text: str, *names: str) -> list[Mention]:
    mentions = [Mention(text.index(name), text.index(name) + len(name), name) for name in names]
    return default_resolver(gazetteer).resolve(Report("r", text), mentions)


def ids(mentions: list[Mention]) -> list[str | None]:
    return [mention.place and mention.place.place_id for mention in mentions]


def test_its_region_speaks_for_a_village(gazetteer: Gazetteer) -> None:
    found = resolve(gazetteer, "Shelling hit Ulanove in Sumy Oblast.", "Ulanove", "Sumy Oblast")
    assert ids(found) == ["geomap:ua-11", "geonames:3"]
    assert found[0].evidence[-1] == (
        "its own point is not known: it stands at Bilopillia, the seat of its community, within 18 km"
    )


def test_a_town_near_by_speaks_for_a_village(gazetteer: Gazetteer) -> None:
    assert ids(resolve(gazetteer, "A bus from Puno to Ulanove.", "Puno", "Ulanove")) == ["geonames:5", "geomap:pe-15"]


def test_nothing_else_does(gazetteer: Gazetteer) -> None:
    assert ids(resolve(gazetteer, "A friend of Ulanove came to Paris.", "Ulanove", "Paris")) == [None, "geonames:6"]


def test_a_country_speaks_for_the_only_place_of_a_name(gazetteer: Gazetteer) -> None:
    assert ids(resolve(gazetteer, "Luis Banchero in Peru.", "Luis Banchero", "Peru")) == ["geomap:pe-16", "geonames:2"]
    assert ids(resolve(gazetteer, "Ulanove in Peru.", "Ulanove", "Peru")) == [None, "geonames:2"]


def test_what_is_well_known_in_the_country_is_meant_and_no_village_there(gazetteer: Gazetteer) -> None:
    found = resolve(gazetteer, "Lebedyn and Bilopillia were shelled.", "Lebedyn", "Bilopillia")
    assert ids(found) == ["geonames:7", "geonames:4"]
    assert found[0].alternatives == ()


def test_a_better_known_place_stays_the_likeliest_without_more_support(gazetteer: Gazetteer) -> None:
    found = resolve(gazetteer, "From Paris he flew to Puno.", "Paris", "Puno")
    assert ids(found) == ["geonames:6", "geonames:5"]
