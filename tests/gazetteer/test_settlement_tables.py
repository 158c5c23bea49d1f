"""Curated settlements come into the gazetteer once, with the names and the unit that their tables give."""

from pathlib import Path

import pytest

from geomap.errors import GazetteerError
from geomap.gazetteer.compilation.draft import Draft, DraftPlace
from geomap.gazetteer.compilation.settlement_tables import add_settlement_tables

HEADER = "name,alternates,feature_code,country_code,admin1,admin2,latitude,longitude,radius_km,approximate,source"


@pytest.fixture
def draft() -> Draft:
    draft = Draft()
    unit = DraftPlace("Northern Darfur", 15.0, 25.0, "A", "ADM1", "SD", "SD.55", geonameid=1)
    town = DraftPlace("Kutum", 14.2, 24.66, "P", "PPL", "SD", "SD.55", 30_000, geonameid=2)
    for place in (unit, town):
        draft.add(place)
    return draft


def add_rows(draft: Draft, folder: Path, *rows: str) -> None:
    (folder / "SD.csv").write_text("\n".join([HEADER, *rows, ""]), encoding="utf-8")
    add_settlement_tables(draft, folder)


def test_a_row_becomes_a_place_of_its_unit(draft: Draft, tmp_path: Path) -> None:
    add_rows(draft, tmp_path, "Zamzam camp,Zam Zam|مخيم زمزم,CMPRF,SD,northern darfur,El Fasher,13.49,25.31,3,1,ocha")
    place = draft.places["geomap:sd-zamzam-camp"]
    assert list(place.names) == ["Zamzam camp", "Zam Zam", "مخيم زمزم"]
    assert (place.feature_class, place.admin1_code, place.radius_km, place.is_approximate) == ("S", "SD.55", 3.0, True)


def test_a_town_that_is_known_gets_the_names_and_no_double(draft: Draft, tmp_path: Path) -> None:
    add_rows(draft, tmp_path, "Kutum,Kuttum|كتم,PPL,SD,Northern Darfur,,14.21,24.67,2,0,ocha")
    assert len(draft.places) == 2
    assert list(draft.places["geonames:2"].names) == ["Kutum", "Kuttum", "كتم"]


def test_namesakes_far_apart_are_two_places(draft: Draft, tmp_path: Path) -> None:
    rows = [f"Um Baru,,PPL,SD,Northern Darfur,,{latitude},23.7,2,0,ocha" for latitude in (15.06, 13.0)]
    add_rows(draft, tmp_path, *rows)
    assert {"geomap:sd-um-baru", "geomap:sd-um-baru-2"} <= draft.places.keys()


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        ("Kutum,,PPL,SD,Norhtern Darfur,,14.21,24.67,2,0,ocha", "SD has no first-level unit"),
        ("Kutum,,PPL,SD,Northern Darfur,,140,24.67,2,0,ocha", "is not on Earth"),
        ("Kutum,,PPL,SD,Northern Darfur,,x,24.67,2,0,ocha", "could not convert"),
    ],
)
def test_a_wrong_row_is_named(draft: Draft, tmp_path: Path, row: str, reason: str) -> None:
    with pytest.raises(GazetteerError, match=rf"SD\.csv, line 2: .*{reason}"):
        add_rows(draft, tmp_path, row)
