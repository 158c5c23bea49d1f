"""Settlements of a register are the towns that are known already, or stand at what is known of their units."""

from geomap.gazetteer.compilation.draft import Draft, DraftPlace
from geomap.gazetteer.compilation.placing import Settlement, find_sites, find_towns
from geomap.gazetteer.compilation.villages import add_village


def add_town(draft: Draft, name: str, latitude: float, longitude: float, admin2_id: int = 0) -> DraftPlace:
    number = len(draft.places) + 1
    place = DraftPlace(name, latitude, longitude, "P", "PPL", "UA", "UA.21", geonameid=number, admin2_id=admin2_id)
    return draft.add(place)


def settlement(name: str, *units: str, is_seat: bool = False, point: tuple[float, float] | None = None) -> Settlement:
    return Settlement((name,), (name.lower(),), "UA.21", units, is_seat=is_seat, point=point)


def test_the_only_bearer_of_a_name_in_its_region_is_the_town_that_is_known() -> None:
    draft = Draft()
    town = add_town(draft, "Bilopillia", 51.15, 34.31)
    one, other = settlement("Bilopillia", "c1", "d1"), settlement("Ulanove", "c1", "d1")
    find_towns([one, other], draft, "UA")
    assert (one.town, other.town) == (town, None)


def test_of_several_bearers_the_one_in_the_unit_nearest_to_the_town_is_it() -> None:
    draft = Draft()
    add_town(draft, "North", 52.0, 34.0)
    add_town(draft, "South", 50.0, 34.0)
    town = add_town(draft, "Petrivka", 50.1, 34.1)
    register = [settlement("North", "c1", "d1"), settlement("South", "c2", "d2")]
    both = [settlement("Petrivka", "c1", "d1"), settlement("Petrivka", "c2", "d2")]
    find_towns([*register, *both], draft, "UA")
    assert [each.town for each in both] == [None, town]


def test_a_namesake_far_from_the_rest_of_the_unit_is_another_place() -> None:
    draft = Draft()
    for number in range(3):
        add_town(draft, f"Town {number}", 51.0 + number / 100, 34.0)
    add_town(draft, "Petrivka", 53.0, 34.0)
    register = [*(settlement(f"Town {number}", "d1") for number in range(3)), settlement("Petrivka", "d1")]
    find_towns(register, draft, "UA")
    assert register[-1].town is None


def test_a_point_of_its_own_tells_a_settlement_from_its_namesakes() -> None:
    draft = Draft()
    add_town(draft, "Rampur", 20.0, 80.0)
    here = add_town(draft, "Rampur", 25.0, 80.0)
    one = settlement("Rampur", "d1", point=(25.05, 80.0))
    find_towns([one, settlement("Rampur", "d2")], draft, "UA")
    assert one.town is here


def test_what_is_new_stands_at_the_seat_of_its_smallest_unit_and_reaches_as_far_as_that() -> None:
    draft = Draft()
    add_town(draft, "Bilopillia", 51.15, 34.31, admin2_id=77)
    add_town(draft, "Far", 51.42, 34.31, admin2_id=77)
    register = [settlement("Bilopillia", "c1", "d1", is_seat=True), settlement("Far", "c1", "d1")]
    new, lost = settlement("Ulanove", "c1", "d1"), settlement("Nowhere", "c9", "d9")
    find_towns([*register, new, lost], draft, "UA")
    sites = find_sites([*register, new, lost])
    assert add_village(draft, new, sites, country_code="UA", number=5, source="register")
    place = draft.places["geomap:ua-5"]
    assert (place.latitude, place.longitude, place.admin2_id, place.is_approximate) == (51.15, 34.31, 77, True)
    assert 28 < place.radius_km < 32
    assert not add_village(draft, lost, sites, country_code="UA", number=6, source="register")


def test_the_middle_of_the_district_counts_where_nothing_of_the_community_is_known() -> None:
    draft = Draft()
    for number in range(3):
        add_town(draft, f"Town {number}", 51.0 + number / 10, 34.0)
    register = [settlement(f"Town {number}", "c1", "d1") for number in range(3)]
    new = settlement("Ulanove", "c2", "d1")
    find_towns([*register, new], draft, "UA")
    assert add_village(draft, new, find_sites([*register, new]), country_code="UA", number=5, source="register")
    assert draft.places["geomap:ua-5"].latitude == 51.1


def test_two_villages_whose_digests_meet_stay_two() -> None:
    draft = Draft()
    for name in ("One", "Two"):
        add_village(draft, settlement(name, "d1", point=(1.0, 1.0)), {}, country_code="IN", number=7, source="post")
    assert [place.name for place in draft.places.values()] == ["One", "Two"]
    assert list(draft.places) == ["geomap:in-7", "geomap:in-8"]
