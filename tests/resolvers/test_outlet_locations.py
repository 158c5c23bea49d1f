from __future__ import annotations

import numpy as np
import pytest

from geomap.errors import ConfigurationError
from geomap.gazetteer import open_gazetteer
from geomap.gazetteer.geodesy import unit_vectors
from geomap.model import Report
from geomap.resolvers.outlet_locations import NO_LOCATION
from geomap.resolvers.outlet_locator import OutletLocator
from geomap.resolvers.outlet_settings import find_setting, read_outlet_location


def find(domain: str = "", source: str = "") -> tuple[str, str]:
    gazetteer = open_gazetteer()
    outlet = OutletLocator(gazetteer, {}).find(Report("r", "", domain=domain, source=source))
    return outlet.name, gazetteer.meta["countries"][outlet.country]


@pytest.mark.parametrize(
    ("domain", "name", "country"),
    [
        ("www.lasvegassun.com", "las vegas", ""),
        ("thetoledonews.com", "toledo", ""),
        ("chronicle.augusta.com", "augusta", ""),
        ("cambridge-news.co.uk", "cambridge", "GB"),
        ("moscowtimes.ru", "moscow", "RU"),
        ("globalnews.ca", "", "CA"),
        ("news.com", "", ""),
        ("mercurynews.com", "", ""),
        ("example.tv", "", ""),  # Tuvalu sells its domain to broadcasters
        ("localhost", "", ""),
        ("", "", ""),
        ("x" * 5_000 + ".com", "", ""),
    ],
)
def test_a_domain_gives_the_name_and_the_country_of_an_outlet_elsewhere(domain: str, name: str, country: str) -> None:
    assert find(domain) == (name, country)


@pytest.mark.parametrize(
    ("source", "name"),
    [
        ("The Toledo Blade", "toledo"),
        ("Lexington Herald-Leader", "lexington"),
        ("The Times of India", "india"),
        ("Kyiv Independent", "kyiv"),
        ("The Guardian", ""),
        ("Reuters", ""),
        ("toledoblade.com", ""),
        ("lasvegassun.com", "las vegas"),
    ],
)
def test_the_name_of_an_outlet_does_so_too(source: str, name: str) -> None:
    assert find(source=source)[0] == name


def test_without_domain_and_source_nothing_is_known() -> None:
    assert OutletLocator(open_gazetteer(), {"x": "Toledo, Ohio"}).find(Report("r", "In Toledo.")) is NO_LOCATION


@pytest.mark.parametrize(
    ("domain", "source", "expected"),
    [
        ("toledoblade.com", "", "T"),
        ("www.ToledoBlade.com", "", "T"),
        ("com", "", ""),
        ("nottoledoblade.com", "", ""),
        ("", "the toledo blade", "B"),
        ("toledoblade.com", "The Toledo Blade", "B"),
    ],
)
def test_a_setting_holds_for_the_name_or_for_the_domain_and_what_is_below_it(
    domain: str, source: str, expected: str
) -> None:
    settings = {"toledoblade.com": "T", "the toledo blade": "B"}
    assert find_setting(Report("r", "", domain=domain, source=source), settings) == expected


@pytest.mark.parametrize("setting", ["Toledo, Ohio", "geonames:5174035", "41.66, -83.56"])
def test_an_outlet_location_is_set_by_name_by_id_or_by_coordinates(setting: str) -> None:
    gazetteer = open_gazetteer()
    outlet = read_outlet_location("The Blade", setting, gazetteer)
    toledo = unit_vectors(np.array([41.66]), np.array([-83.56]))[0]
    assert outlet.point is not None
    assert float(outlet.point @ toledo) > np.cos(15 / 6371)
    assert gazetteer.meta["countries"][outlet.country] == "US"
    assert gazetteer.meta["admin1"][outlet.admin1] == "US.OH"


@pytest.mark.parametrize("setting", ["Xyzzyville, Ohio", "geonames:x", "geonames:999999999", "95.0, 10.0", ""])
def test_an_outlet_location_that_is_no_place_is_refused_by_name_with_the_remedy(setting: str) -> None:
    with pytest.raises(ConfigurationError, match=r'sources\."The Blade".*Write a name such as "Toledo, Ohio"'):
        OutletLocator(open_gazetteer(), {"The Blade": setting})
