from __future__ import annotations

import pytest

from geomap.gazetteer.geodesy import find_point
from geomap.model import Mention, Place
from geomap.resolvers.displacement import displace_mentions

KIRKUK = Place(
    "geonames:94787", "Kirkuk", 35.46806, 44.39222, 94787, "IQ", "Kirkuk", "IQ.13", "P", "PPLA", 975_000, 12.0
)


def resolve(text: str, place: Place = KIRKUK) -> list[Mention]:
    starts = [start for start in range(len(text)) if text.startswith("Kirkuk", start)]
    return displace_mentions(
        text, [Mention(start, start + 6, "Kirkuk", place=place, evidence=("a", "b", "c", "d")) for start in starts]
    )


@pytest.mark.parametrize(
    ("text", "kilometres", "bearing"),
    [
        ("about 30 km south of Kirkuk", 30, 180),
        ("ten miles east of Kirkuk", 16.1, 90),
        ("some 12 kilometers (7 miles) northwest of Kirkuk", 12, 315),
        ("5km SW of Kirkuk", 5, 225),
        ("50 miles north-north-east of Kirkuk", 80.5, 22.5),
        ("20 to 30 km west of the city of Kirkuk", 25, 270),
        ("20-30 km west of Kirkuk", 25, 270),
        ("1,200 km due east from Kirkuk", 1200, 90),
        ("half a mile to the north of Kirkuk", 0.8, 0),
        ("30 nautical miles NE of Kirkuk", 55.6, 45),
    ],
)
def test_a_distance_with_a_direction_moves_the_point(text: str, kilometres: float, bearing: float) -> None:
    (mention,) = resolve(text)
    assert mention.anchor is not None
    assert (mention.anchor.place_id, mention.anchor.distance_km, mention.anchor.bearing) == (
        KIRKUK.place_id,
        kilometres,
        bearing,
    )
    assert (mention.text, text[mention.start : mention.end]) == ("Kirkuk", "Kirkuk")
    assert mention.place is not None
    expected = find_point(KIRKUK.latitude, KIRKUK.longitude, kilometres=kilometres, bearing=bearing)
    assert (mention.place.latitude, mention.place.longitude) == pytest.approx(expected, abs=0.005)


def test_the_displaced_point_is_a_place_of_its_own_with_a_radius_for_what_the_words_leave_open() -> None:
    (mention,) = resolve("30 km south of Kirkuk")
    place = mention.place
    assert place is not None
    assert (place.place_id, place.name) == ("geonames:94787@30km,180", "30 km south of Kirkuk")
    assert place.geonameid is None
    assert place.radius_km == pytest.approx(12 + 6, abs=0.5)
    assert mention.evidence == ("30 km south of Kirkuk, says the text", "a", "b", "c")


def test_a_range_leaves_more_open_than_a_figure_and_one_of_sixteen_winds_less() -> None:
    def radius(text: str) -> float:
        (mention,) = resolve(text)
        assert mention.place is not None
        return mention.place.radius_km

    assert radius("20 to 40 km south of Kirkuk") > radius("30 km south of Kirkuk")
    assert radius("30 km south-southwest of Kirkuk") < radius("30 km southwest of Kirkuk")


@pytest.mark.parametrize(
    "text",
    [
        "near Kirkuk",
        "on the outskirts of Kirkuk",
        "near the border with Kirkuk",
        "north of Kirkuk",
        "an hour's drive north of Kirkuk",
        "within 30 km of Kirkuk",
        "25 miles outside Kirkuk",
        "a few kilometres from Kirkuk",
    ],
)
def test_vaguer_words_only_widen_the_circle(text: str) -> None:
    (mention,) = resolve(text)
    assert mention.anchor is None
    assert mention.place is not None
    assert (mention.place.latitude, mention.place.longitude) == (KIRKUK.latitude, KIRKUK.longitude)
    assert mention.place.place_id == KIRKUK.place_id
    assert mention.place.radius_km > KIRKUK.radius_km + 2


@pytest.mark.parametrize(
    "text", ["in Kirkuk", "the mayor of Kirkuk", "people from Kirkuk", "$5 m from Kirkuk", "the 10 of Kirkuk"]
)
def test_other_words_change_nothing(text: str) -> None:
    (mention,) = resolve(text)
    assert mention.place == KIRKUK


def test_between_two_places_the_circles_reach_from_one_to_the_other() -> None:
    text = "the road between Kirkuk and Mosul"
    mosul = Place("geonames:99072", "Mosul", 36.335, 43.11889, radius_km=12.0)
    first, second = displace_mentions(
        text, [Mention(17, 23, "Kirkuk", place=KIRKUK), Mention(28, 33, "Mosul", place=mosul)]
    )
    assert first.place is not None
    assert second.place is not None
    assert first.place.radius_km == second.place.radius_km == pytest.approx(150, abs=5)


def test_a_distance_from_a_country_counts_from_a_border_that_is_not_known() -> None:
    iraq = Place("geonames:99237", "Iraq", 33.0, 44.0, feature_class="A", feature_code="PCLI", radius_km=500.0)
    (mention,) = resolve("30 km south of Kirkuk", iraq)
    assert mention.anchor is None
    assert mention.place is not None
    assert mention.place.radius_km == 530.0


def test_a_name_without_a_place_stays_as_it_is() -> None:
    assert displace_mentions("30 km south of Kirkuk", [Mention(15, 21, "Kirkuk")]) == [Mention(15, 21, "Kirkuk")]


@pytest.mark.parametrize(
    ("bearing", "latitude", "longitude"), [(0, 1.0, 179.5), (90, 0.0, -179.5), (180, -1.0, 179.5), (270, 0.0, 178.5)]
)
def test_a_degree_of_the_equator_is_a_degree_also_across_the_date_line(
    bearing: float, latitude: float, longitude: float
) -> None:
    assert find_point(0.0, 179.5, kilometres=111.195, bearing=bearing) == pytest.approx((latitude, longitude), abs=1e-3)
