"""An unknown name in a list with places that lie together is put among them, with a radius and without certainty."""

from __future__ import annotations

from geomap.gazetteer import open_gazetteer
from geomap.gazetteer.geodesy import distance_km
from geomap.model import Mention, Report
from geomap.resolvers import default_resolver


def resolve(text: str, *names: str) -> list[Mention]:
    mentions = [Mention(text.index(name), text.index(name) + len(name), name) for name in names]
    return default_resolver(open_gazetteer()).resolve(Report("r", text), mentions)


def test_an_unknown_village_lies_among_its_neighbours() -> None:
    kupiansk, unknown, izium = resolve(
        "Shells fell on Kupiansk, Qwzyrtske and Izium.", "Kupiansk", "Qwzyrtske", "Izium"
    )
    assert kupiansk.place is not None
    assert izium.place is not None
    assert unknown.place is not None
    for other in (kupiansk.place, izium.place):
        far = distance_km(unknown.place.latitude, unknown.place.longitude, other.latitude, other.longitude)
        assert far <= unknown.place.radius_km
    assert unknown.confidence <= 0.5
    assert unknown.evidence[0].startswith("not in the gazetteer: it stands in a list with")


def test_places_far_apart_say_nothing() -> None:
    _, unknown, _ = resolve("Offices in Lima, Qwzyrtske and Oslo.", "Lima", "Qwzyrtske", "Oslo")
    assert unknown.place is None


def test_one_neighbour_is_not_enough() -> None:
    _, unknown = resolve("Shells fell on Kupiansk and Qwzyrtske.", "Kupiansk", "Qwzyrtske")
    assert unknown.place is None
