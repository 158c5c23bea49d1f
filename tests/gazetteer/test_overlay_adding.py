"""Files that the user adds become places that are found; what cannot be used is refused, the rest is kept."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest
from overlay_files import KRYNKY, ROBOTYNE, place_row, write_lines

from geomap.errors import GazetteerError, UsageError
from geomap.gazetteer import open_gazetteer
from geomap.gazetteer.index import Gazetteer
from geomap.gazetteer.overlays.adding import Addition, add_file
from geomap.gazetteer.overlays.folder import find_overlays, remove_overlay
from geomap.text.failures import SHOWN_OF_FILE


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "data" / "gazetteer"


def open_with(folder: Path) -> Gazetteer:
    return open_gazetteer(find_overlays(folder))


def find_ids(folder: Path, query: str) -> list[str]:
    return [place.place_id for place in open_with(folder).search(query)]


def add_own(tmp_path: Path, folder: Path, text: str, name: str = "places.csv") -> Addition:
    path = tmp_path / name
    path.write_text(text, encoding="utf-8")
    return add_file(path, folder)


def test_a_country_file_adds_its_villages(tmp_path: Path, folder: Path) -> None:
    assert [place.approximate for place in open_gazetteer().search("Robotyne")] == [True]
    addition = add_file(write_lines(tmp_path / "UA.txt", ROBOTYNE, KRYNKY), folder)
    assert (addition.name, addition.places, addition.refused) == ("UA", 2, 0)
    for name in ("Robotyne", "ROBOTYNE", "Роботине", "Rabotino", "Robotyne, Zaporizhzhia Oblast", "Robotyne, Ukraine"):
        assert find_ids(folder, name) == ["geonames:695586"]
    (place,) = open_with(folder).search("Robotyne")
    assert (place.latitude, place.longitude, place.admin1_code, place.country_code) == (
        47.44562,
        35.83431,
        "UA.26",
        "UA",
    )
    assert place.admin1 == open_gazetteer().search("Zaporizhzhia Oblast", limit=1)[0].name


def test_what_the_embedded_gazetteer_has_gets_the_new_names_only(tmp_path: Path, folder: Path) -> None:
    (known,) = open_gazetteer().search("Krynky", limit=1)
    add_file(write_lines(tmp_path / "UA.txt", KRYNKY), folder)
    gazetteer = open_with(folder)
    assert gazetteer.search("Krynky nad Dniprom") == [known]
    assert gazetteer.search("Krynky") == open_gazetteer().search("Krynky")
    assert len(gazetteer) == len(open_gazetteer())


def test_the_same_file_again_replaces_what_it_gave(tmp_path: Path, folder: Path) -> None:
    add_file(write_lines(tmp_path / "UA.txt", ROBOTYNE), folder)
    other = place_row(695587, "Novorobotyne", 47.4, 35.8)
    add_file(write_lines(tmp_path / "UA.txt", other), folder)
    assert find_ids(folder, "Robotyne") == ["geomap:ua-25192"]
    assert find_ids(folder, "Novorobotyne") == ["geonames:695587"]
    assert [path.name for path in folder.iterdir()] == ["UA.overlay"]


def test_equal_files_give_equal_overlays(tmp_path: Path, folder: Path) -> None:
    path = write_lines(tmp_path / "UA.txt", ROBOTYNE, KRYNKY, place_row(1, "Robotyne", 1, 2))
    add_file(path, folder)
    add_file(path, tmp_path / "other")
    assert (folder / "UA.overlay").read_bytes() == (tmp_path / "other" / "UA.overlay").read_bytes()


def test_rows_that_are_wrong_are_refused_by_line_and_the_rest_is_kept(tmp_path: Path, folder: Path) -> None:
    path = write_lines(
        tmp_path / "UA.txt",
        ROBOTYNE,
        place_row(2, "North of the Pole", 90.5, 30),
        place_row(3, "West of Everything", 50, -181),
        place_row(4, "Nowhere", "nan", 30),
        place_row("x", "Without id", 50, 30),
        place_row(5, "", 50, 30),
        "6\ttoo\tshort",
        place_row(7, "Crowd", 50, 30, population="many"),
        place_row(8, "Last", 50.5, 30.5),
    )
    with path.open("ab") as file:
        file.write(place_row(9, "Latin", 50, 30).replace("Latin", "Lat\u00edn").encode("latin-1") + b"\n")
    addition = add_file(path, folder)
    assert (addition.places, addition.refused) == (2, 8)
    assert [line.removeprefix(f"{path}, ") for line in addition.refusals] == [
        "line 2: the latitude 90.5 is not between -90 and 90",
        "line 3: the longitude -181 is not between -180 and 180",
        "line 4: the latitude nan is not between -90 and 90",
        "line 5: 'x' is no GeoNames id",
        "line 6: has no name",
        "line 7: has 3 columns, not 19",
        "line 8: 'many' is no number of people",
        "line 10: is not UTF-8",
    ]
    assert find_ids(folder, "Last") == ["geonames:8"]


def test_many_wrong_rows_do_not_fill_the_screen(tmp_path: Path, folder: Path) -> None:
    addition = add_file(write_lines(tmp_path / "UA.txt", ROBOTYNE, *["x"] * 1000), folder)
    assert (addition.refused, len(addition.refusals)) == (1000, SHOWN_OF_FILE + 1)
    assert addition.refusals[-1].endswith("line 1001: has 1 columns, not 19 (and 994 more)")


@pytest.mark.parametrize("name", ["own.csv", "UA.txt"])
def test_a_line_that_is_too_long_is_refused_and_the_rows_behind_keep_their_numbers(
    tmp_path: Path, folder: Path, name: str
) -> None:
    rows = ["name,latitude,longitude", "Mill Farm,49.1,36.1"] if name == "own.csv" else [ROBOTYNE, KRYNKY]
    path = write_lines(tmp_path / name, *rows, "x" * 10_000_001, "short", rows[-1].replace("Mill", "Old"))
    addition = add_file(path, folder)
    long, short = addition.refusals[:2]
    assert "line 3: is longer than 10 MB" in long
    assert "line 4" in short
    assert addition.refused == 2


def test_a_zip_file_is_read_as_what_is_in_it(tmp_path: Path, folder: Path) -> None:
    with zipfile.ZipFile(tmp_path / "UA.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("readme.txt", "what the columns mean")
        archive.writestr("UA.txt", ROBOTYNE + "\n")
    assert add_file(tmp_path / "UA.zip", folder).name == "UA"
    assert find_ids(folder, "Robotyne") == ["geonames:695586"]


def damage(path: Path, at: int) -> None:
    content = bytearray(path.read_bytes())
    content[at] ^= 0xFF
    path.write_bytes(content)


def test_a_damaged_zip_file_is_one_clear_line_and_what_was_there_stays(tmp_path: Path, folder: Path) -> None:
    lines = [place_row(number, f"Place {number * 7919 % 1000}", 50, 30) for number in range(1, 2000)]
    add_file(write_lines(tmp_path / "UA.txt", ROBOTYNE), folder)
    with zipfile.ZipFile(tmp_path / "UA.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("UA.txt", "\n".join(lines))
    damage(tmp_path / "UA.zip", 5000)
    with pytest.raises(GazetteerError, match="get it again"):
        add_file(tmp_path / "UA.zip", folder)
    (tmp_path / "UA.zip").write_bytes(b"PK and no more")
    with pytest.raises(GazetteerError, match=r"no sound zip file.*get it again"):
        add_file(tmp_path / "UA.zip", folder)
    assert find_ids(folder, "Robotyne") == ["geonames:695586"]
    assert [path.name for path in folder.iterdir()] == ["UA.overlay"]


def test_a_file_of_another_kind_is_refused_with_what_would_do(tmp_path: Path, folder: Path) -> None:
    for text in ("Shelling was heard near Kharkiv.\n", "", "colour,size\nred,3\n"):
        path = tmp_path / "report.txt"
        path.write_text(text)
        with pytest.raises(UsageError, match="none of GeoNames' files"):
            add_file(path, folder)
    with pytest.raises(UsageError, match=r"missing.txt cannot be read .*check the path"):
        add_file(tmp_path / "missing.txt", folder)
    assert not folder.exists()


def test_a_file_without_one_sound_row_changes_nothing(tmp_path: Path, folder: Path) -> None:
    with pytest.raises(GazetteerError, match=r"nothing that can be used .*line 1.*nothing was changed"):
        add_file(write_lines(tmp_path / "UA.txt", place_row(1, "North of the Pole", 91, 0)), folder)
    assert not folder.exists()


def test_alternate_names_belong_to_the_places_of_other_files(tmp_path: Path, folder: Path) -> None:
    add_file(write_lines(tmp_path / "UA.txt", ROBOTYNE), folder)
    names = write_lines(
        tmp_path / "alternateNamesV2.txt",
        "1\t695586\ten\tRobotyno Village\t1\t\t\t\t\t",
        "2\t695586\t\tRobotendorf\t\t\t\t1\t1941\t1943",
        "3\t706483\tde\tCharkiw an der Lopan\t\t\t\t\t\t",
        "4\t695586\tlink\thttps://en.wikipedia.org/wiki/Robotyne\t\t\t\t\t\t",
        "5\t695586\tpost\t70512\t\t\t\t\t\t",
        "6\t999999999\ten\tPlace that nobody has\t\t\t\t\t\t",
    )
    assert add_file(names, folder).form == "names"
    assert find_ids(folder, "Robotyno Village") == find_ids(folder, "Robotendorf") == ["geonames:695586"]
    assert find_ids(folder, "Charkiw an der Lopan") == ["geonames:706483"]
    assert open_with(folder).matches("Robotendorf")[0].kind == "historical"
    for nothing in ("https://en.wikipedia.org/wiki/Robotyne", "70512", "Place that nobody has"):
        assert find_ids(folder, nothing) == []


def test_tables_of_units_and_countries_name_what_lies_in_them(tmp_path: Path, folder: Path) -> None:
    code, unit_id = "UA.77", 987654321
    add_file(write_lines(tmp_path / "UA.txt", place_row(1, "Vyhadane", 50, 30, admin1="77")), folder)
    add_file(write_lines(tmp_path / "admin1CodesASCII.txt", f"{code}\tVyhadanska\tVyhadanska\t{unit_id}"), folder)
    add_file(write_lines(tmp_path / "admin2Codes.txt", "UA.07.1\tBezodnyi Raion\tBezodnyi Raion\t706483"), folder)
    countries = ("#ISO\tISO3", "UA\tUKR\t804\tUP\tUkrainia\tKyiv" + "\t" * 11 + "690791\tPL\t")
    add_file(write_lines(tmp_path / "countryInfo.txt", *countries), folder)
    (place,) = open_with(folder).search("Vyhadane")
    assert (place.admin1, place.admin1_code) == ("Vyhadanska", code)
    assert find_ids(folder, "Bezodnyi Raion") == ["geonames:706483"]
    assert find_ids(folder, "Ukrainia") == ["geonames:690791"]


def test_own_places_are_found_under_all_their_names(tmp_path: Path, folder: Path) -> None:
    table = (
        "\ufeffPlace;Lat;Lng;Aliases;Type;Country\n"
        "Checkpoint Zulu;36,5;44.25;CP-Z|Zulu gate;checkpoint;iq\n"
        "\n"
        '"Blue House";36.6;44.3;;lighthouse;\n'
    )
    addition = add_own(tmp_path, folder, table)
    assert (addition.places, addition.refused, addition.form) == (2, 0, "own")
    assert addition.notes == ('The kind "lighthouse" is not known (1 rows): such places count as buildings.',)
    for name in ("Checkpoint Zulu", "checkpoint zulu", "CP-Z", "Zulu gate", "Checkpoint Zulu, Iraq"):
        (place,) = open_with(folder).search(name)
        assert (place.name, place.latitude, place.longitude) == ("Checkpoint Zulu", 36.5, 44.25)
        assert (place.country_code, place.feature_class, place.feature_code) == ("IQ", "S", "PSTB")
        assert place.geonameid is None


def test_ids_of_own_places_stay_when_rows_come_and_go(tmp_path: Path, folder: Path) -> None:
    header, first, second = "name,latitude,longitude\n", "Camp Alpha,36.5,44.25\n", "Camp Beta,36.6,44.3\n"
    add_own(tmp_path, folder, header + first + second)
    (before,) = find_ids(folder, "Camp Beta")
    assert before.startswith("user:camp-beta-")
    add_own(tmp_path, folder, header + "Camp Gamma,1,2\n" + second + first)
    assert find_ids(folder, "Camp Beta") == [before]
    add_own(tmp_path, folder, "id,name,latitude,longitude\n17,Camp Beta,36.6,44.3\n")
    (named,) = find_ids(folder, "Camp Beta")
    add_own(tmp_path, folder, "id,name,latitude,longitude\n17,Camp Beta,36.61,44.31\n")
    assert find_ids(folder, "Camp Beta") == [named]


def test_own_rows_that_are_wrong_are_refused_with_their_line(tmp_path: Path, folder: Path) -> None:
    table = (
        "name,latitude,longitude,country,population\n"
        "Good,1,2,,\n"
        "Far,100,2,,\n"
        '"Two\nlines",3,4,,\n'
        "Word,one,2,,\n"
        ",1,2,,\n"
        "Good,1,2,,\n"
        "Code,1,2,Iraq,\n"
        "Short\n"
        "People,1,2,,few\n"
    )
    addition = add_own(tmp_path, folder, table)
    assert (addition.places, addition.refused) == (2, 7)
    path = tmp_path / "places.csv"
    assert [line.removeprefix(f"{path}, ") for line in addition.refusals] == [
        "line 3: the latitude 100 is not between -90 and 90",
        "line 6: 'one' is no latitude in degrees",
        "line 7: has no name",
        "line 8: Good stands in the table twice",
        "line 9: 'IRAQ' is no country code of two letters",
        "line 10: '' is no latitude in degrees",
        "line 11: 'few' is no number of people",
    ]


def test_a_quotation_mark_that_is_never_closed_does_not_cost_the_table(tmp_path: Path, folder: Path) -> None:
    rows = [f"Village {number},{number % 90},{number / 1000:.3f}" for number in range(20_000)]
    rows[10] = '"' + rows[10]
    addition = add_own(tmp_path, folder, "\n".join(["name,latitude,longitude", *rows]))
    assert (addition.refused, addition.places > 13_000) == (1, True)
    assert "close its quotation mark" in addition.refusals[0]


OF_OLD_MACS = "name,latitude,longitude\rMill Farm,49.1,36.1\rFar,100,2\r"
OF_EXCEL = "sep=;\r\nname;latitude;longitude\r\nMill Farm;49,1;36,1\r\nFar;100;2\r\n"


@pytest.mark.parametrize(("table", "line"), [(OF_OLD_MACS, 3), (OF_EXCEL, 4)])
def test_tables_of_old_macs_and_of_excel_are_read(tmp_path: Path, folder: Path, table: str, line: int) -> None:
    (tmp_path / "places.csv").write_bytes(table.encode())
    addition = add_file(tmp_path / "places.csv", folder)
    assert (addition.places, addition.refused) == (1, 1)
    assert f"line {line}: the latitude 100 is not" in addition.refusals[0]


def test_a_row_in_another_encoding_is_refused_and_the_rows_behind_keep_their_numbers(
    tmp_path: Path, folder: Path
) -> None:
    path = tmp_path / "places.csv"
    path.write_bytes(b"name,latitude,longitude\nFirst,1,2\nS\xe3o,3,4\nLast,5,six\n")
    addition = add_file(path, folder)
    assert addition.places == 1
    assert addition.refusals == (
        f"{path}, line 3: is not UTF-8: save the table as UTF-8",
        f"{path}, line 4: 'six' is no longitude in degrees",
    )


def test_a_table_without_a_needed_column_says_which(tmp_path: Path, folder: Path) -> None:
    with pytest.raises(UsageError, match="no column longitude"):
        add_own(tmp_path, folder, "name,latitude\nHere,1\n")


def test_own_places_do_not_take_the_place_of_a_countrys_file(tmp_path: Path, folder: Path) -> None:
    add_file(write_lines(tmp_path / "UA.txt", ROBOTYNE), folder)
    with pytest.raises(UsageError, match="rename your file"):
        add_own(tmp_path, folder, "name,latitude,longitude\nHere,1,2\n", "ua.csv")
    assert find_ids(folder, "Robotyne") == ["geonames:695586"]


def test_remove_takes_an_overlay_out(tmp_path: Path, folder: Path) -> None:
    add_file(write_lines(tmp_path / "UA.txt", ROBOTYNE), folder)
    assert remove_overlay(folder, "ua") == "UA"
    assert find_overlays(folder) == ()
    with pytest.raises(UsageError, match="No overlay is called UA: there is none"):
        remove_overlay(folder, "UA")
