"""The table as people make it: by hand, in a spreadsheet, by the map."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geomap.corrections import merge_corrections, merge_file, merge_sent
from geomap.corrections.correction import Correction
from geomap.corrections.reading import read_corrections
from geomap.corrections.table import parse_table, read_table, write_table
from geomap.errors import CorrectionError
from geomap.text.cells import neutralise_cell, restore_cell

HEADER = "name,scope,action,place,latitude,longitude,note,by,date\n"


def read(text: str | bytes) -> tuple[list[Correction], list[str]]:
    found = read_corrections(parse_table(text.encode() if isinstance(text, str) else text, "corrections.csv"))
    return list(found.corrections), [f"{each.line}: {each.reason}" for each in found.problems]


def test_each_scope_and_action_is_read() -> None:
    corrections, problems = read(
        HEADER
        + "Kharkov,*,is,geonames:706483,,,,,\n"
        + "Reading,report:a/b.txt,is-not-a-place,,,,a verb,Ana,2026-05-04\n"
        + "Point 12,report:x.csv#7@31,is-a-place,,49.5,36.25,,,\n"
        + "Paris,source:The Paris News,IS,4717560,,,,,\n"
    )
    assert problems == []
    assert [(each.line, each.name, each.scope, each.action) for each in corrections] == [
        (2, "Kharkov", "*", "is"),
        (3, "Reading", "report:a/b.txt", "is-not-a-place"),
        (4, "Point 12", "report:x.csv#7@31", "is-a-place"),
        (5, "Paris", "source:The Paris News", "is"),
    ]
    assert corrections[1].describe() == "corrected by Ana on 2026-05-04: a verb"
    assert (corrections[2].latitude, corrections[2].longitude) == (49.5, 36.25)
    assert corrections[3].place_id == "geonames:4717560"  # a bare number is what people copy from GeoNames


@pytest.mark.parametrize(
    "body",
    [
        ("\ufeff" + HEADER + "Kyjiw,*,is,,50.45,30.52,,,\n").encode(),
        (HEADER + "Kyjiw,*,is,,50.45,30.52,,,\n").replace("\n", "\r\n").encode(),
        (HEADER + "Kyjiw,*,is,,50_45,30_52,,,\n").replace(",", ";").replace("_", ",").encode(),
        (HEADER + "Kyjiw,*,is,,50.45,30.52,,,\n").replace(",", "\t").encode("utf-16"),
        (HEADER + "Kyjiw,*,is,,50.45,30.52,,,\n").encode("utf-32"),
        ("sep=;\r\n" + (HEADER + "Kyjiw,*,is,,50.45,30.52,,,\n").replace(",", ";")).encode(),
        b"Action,Name,Lat,Lon,Scope,mine\nis,Kyjiw,50.45,30.52,*,whatever\n",
        b"name,scope,action,latitude,longitude\n\n,,,,\nKyjiw,*,is,50.45,30.52\n",
    ],
)
def test_what_spreadsheets_save_is_read(body: bytes) -> None:
    ((correction,), problems) = read(body)
    assert problems == []
    assert (correction.name, correction.latitude, correction.longitude) == ("Kyjiw", 50.45, 30.52)


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        (",*,is,1,,,,,", "has no name"),
        ("Kyiv,,is,1,,,,,", "has no scope: write one of report:ID@START, report:ID, source:NAME and * (everywhere)"),
        ("Kyiv,here,is,1,,,,,", "the scope 'here' is none of"),
        ("Kyiv,*,,1,,,,,", "has no action"),
        ("Kyiv,*,moves,1,,,,,", "the action 'moves' is none of is, is-not-a-place, is-a-place"),
        ("Kyiv,*,is,,,,,,", "does not say what Kyiv is"),
        ("Kyiv,*,is,Kiev,,,,,", "the place 'Kiev' is no id: `geomap gazetteer find`"),
        ("Kyiv,*,is,,50,,,,", "has no longitude"),
        ("Kyiv,*,is,,91,30,,,", "91 degrees are more than 90"),
        ("Kyiv,*,is,,north,30,,,", "'north' is no number of degrees"),
        ("Kyiv,*,is,,nan,30,,,", "'nan' is no number of degrees"),
    ],
)
def test_a_row_that_cannot_be_read_is_named_and_the_others_count(row: str, reason: str) -> None:
    corrections, (problem,) = read(f"{HEADER}{row}\nLviv,*,is,1,,,,,\n")
    assert problem.startswith(f"2: {reason}")
    assert [each.name for each in corrections] == ["Lviv"]


def test_the_usage_is_read_and_is_enough_to_say() -> None:
    header = "name,scope,action,usage\n"
    corrections, (problem,) = read(
        f"{header}Kyiv,*,is,Literal\nLviv,*,is-a-place,associative\nSumy,*,is-a-place,\nOdesa,*,is-a-place,figurative\n"
    )
    assert [(each.name, each.usage) for each in corrections] == [
        ("Kyiv", "literal"),
        ("Lviv", "associative"),
        ("Sumy", ""),
    ]
    assert problem == "5: the usage 'figurative' is none of literal, associative"


def test_rows_that_differ_in_usage_conflict_and_replace_each_other(tmp_path: Path) -> None:
    rows = "name,scope,action,place,usage\nKyiv,*,is,geonames:1,literal\nKyiv,*,is,geonames:1,associative\n"
    ((correction,), (problem,)) = read(rows)
    assert (correction.usage, problem.startswith("3: conflicts with line 2")) == ("associative", True)
    target, source = tmp_path / "corrections.csv", tmp_path / "saved.csv"
    target.write_text(f"{HEADER}Kyiv,*,is,geonames:1,,,,,\n")
    source.write_text("name,scope,action,place,usage\nKyiv,*,is,geonames:1,associative\n")
    assert merge_file(source, target).replaced == 1
    assert [each.usage for each in read_corrections(read_table(target)).corrections] == ["associative"]


def test_of_two_that_conflict_the_later_counts_and_both_are_named() -> None:
    corrections, problems = read(
        f"{HEADER}Kyiv,*,is,1,,,,,\nLviv,*,is,3,,,,,\nKyiv ,*,is,2,,,,,\nLviv,*,is,3,,,again,,\n"
    )
    assert problems == ["4: conflicts with line 2 about Kyiv in *; line 4 counts: take one of them out"]
    assert [(each.line, each.place_id) for each in corrections] == [(3, "geonames:3"), (4, "geonames:2")]


@pytest.mark.parametrize(
    ("body", "message"),
    [
        (b"name,place\nKyiv,1\n", "has no column scope and no column action: its first line has to be name,scope"),
        (HEADER.encode() + b"Ky\xefv,*,is,1\n", 'line 2: is not UTF-8: save the table as "CSV UTF-8"'),
        (HEADER.encode() + b'\n"Kyiv,*,is,1\n', r"line 3: is not CSV .*check its quotation marks"),
    ],
)
def test_a_file_that_is_no_such_table_is_one_clear_error(body: bytes, message: str) -> None:
    with pytest.raises(CorrectionError, match=message):
        read(body)


@given(st.text(alphabet="'=+-@\t\r\n ab1＝", max_size=6) | st.text(max_size=8))
def test_a_neutralised_cell_comes_back_as_it_was(text: str) -> None:
    cell = neutralise_cell(text)
    assert restore_cell(cell) == text
    assert cell[:1] not in {"=", "+", "-", "@", "\t", "\r", "\n"} or not cell


def test_merging_keeps_order_foreign_columns_and_what_cannot_be_read(tmp_path: Path) -> None:
    target, source = tmp_path / "data" / "corrections.csv", tmp_path / "saved.csv"
    target.parent.mkdir()
    target.write_text(
        "mine;name;scope;action;place\n1;Kyiv;*;is;geonames:1\nx;broken;;is;\n2;Lviv;*;is;geonames:2\n",
        encoding="utf-8",
    )
    source.write_text(
        f"{HEADER}Odesa,*,is-not-a-place,,,,'=1+1,,\nKyiv,*,is,,-1.5,30,moved,Ana,\nLviv,*,is,geonames:2,,,,,\nbad,,,,,,,,\n",
        encoding="utf-8-sig",
    )
    merged = merge_file(source, target)
    assert (merged.added, merged.replaced, merged.unchanged, len(merged.problems)) == (1, 1, 1, 1)
    assert target.read_bytes().startswith(b"\xef\xbb\xbf")
    assert target.read_text(encoding="utf-8-sig").splitlines() == [
        "mine;name;scope;action;place;latitude;longitude;usage;note;by;date",
        "1;Kyiv;*;is;;-1.5;30.0;;moved;Ana;",
        "x;broken;;is;",
        "2;Lviv;*;is;geonames:2",
        ";Odesa;*;is-not-a-place;;;;;'=1+1;;",
    ]
    assert [each.note for each in read_corrections(read_table(target)).corrections] == ["moved", "", "=1+1"]
    before = target.read_bytes()
    assert merge_file(source, target).unchanged == 3
    assert target.read_bytes() == before


SENT = (
    "\ufeffname,scope,action,place,latitude,longitude,note,by,date\r\n"
    "Kyiv,*,is,geonames:703448,50.45466,30.5238,,,2026-05-04\r\n"
    'Kharkiv,report:a.txt@3,is,,49.98,36.71,"a note\r\nof two ""lines""",,2026-05-04\r\n'
    "Odesa,*,is-not-a-place,,,,,,2026-05-04\r\n"
).encode()
"""A table as the map sends it."""


def test_of_a_table_that_was_sent_and_cut_anywhere_nothing_is_merged(tmp_path: Path) -> None:
    target = tmp_path / "data" / "corrections.csv"
    rows = SENT.split(b"\r\nKharkiv")[0] + b"\r\n", SENT.split(b"Odesa")[0]  # what lost whole rows only has its length
    for size in range(len(SENT)):
        if SENT[:size] not in rows:
            with pytest.raises(CorrectionError, match="what was sent"):
                merge_sent(SENT[:size], target, lock_folder=tmp_path)
    assert not target.exists()
    assert merge_sent(SENT, target, lock_folder=tmp_path).added == 3


@pytest.mark.parametrize(
    ("rows", "message"),
    [
        ("Kyiv,*,is,,50.45,30.52,,,\nLviv,*,is,,49.84,2", "line 3: is cut off, for it has no line end"),
        ("Kyiv,*,is,,50.45,30.52,,,\nLviv,*,is,,49.84,2\n", "line 3: has 6 cells, and the first line has 9"),
        ("Lviv,*,is,,49.84,2\nKyiv,*,is,,50.45,30.52,,,\n", "line 2: has 6 cells, and the first line has 9"),
        ("Kyiv,*,is,,50.45,30.52,,,,\n", "line 2: has 10 cells"),
        ('Kyiv,*,is,,50.45,30.52,,,\nLviv,*,is,,49.84,24.02,"my\n', "line 3: is not CSV"),
        ("Kyiv,*,is,,50.45,30.52,,,\nLviv,*,is,,49.84,,,,\n", "line 3: has no longitude"),
        ("Kyiv,*,is,1,,,,,\nKyiv,*,is,2,,,,,\n", "line 3: conflicts with line 2"),
        ("", "has no row"),
    ],
)
def test_a_table_that_was_sent_is_merged_as_a_whole_or_not_at_all(rows: str, message: str, tmp_path: Path) -> None:
    target = tmp_path / "corrections.csv"
    target.write_text(f"{HEADER}Odesa,*,is,1,,,,,\n", encoding="utf-8")
    before = target.read_bytes()
    with pytest.raises(CorrectionError, match=f"^what was sent(, | ){re.escape(message)}"):
        merge_sent(f"{HEADER}{rows}".encode(), target, lock_folder=tmp_path)
    assert target.read_bytes() == before


def test_a_file_of_someones_may_lack_its_last_line_end_and_cells_that_are_empty(tmp_path: Path) -> None:
    source, target = tmp_path / "saved.csv", tmp_path / "data" / "corrections.csv"
    source.write_text(f"{HEADER}Kyiv,*,is,,50.45,30.52,,,\nOdesa,*,is-not-a-place", encoding="utf-8")
    assert merge_file(source, target).added == 2


@pytest.mark.parametrize(
    "end",
    [b'Lviv,*,is,,49.84,24.02,"a no', "Lviv,*,is,,49.84,24.02,Лі".encode()[:-1], b'Lviv,*,is,"' + b"9" * 200_000],
)
def test_of_a_file_that_cannot_be_read_to_its_end_nothing_is_merged(end: bytes, tmp_path: Path) -> None:
    source, target = tmp_path / "saved.csv", tmp_path / "data" / "corrections.csv"
    source.write_bytes(f"{HEADER}Kyiv,*,is,,50.45,30.52,,,\n".encode() + end)
    with pytest.raises(CorrectionError, match="line 3"):
        merge_file(source, target)
    assert not target.exists()


def test_a_stated_delimiter_counts_as_a_line_and_is_stated_again(tmp_path: Path) -> None:
    rows = "name;scope;action;place\nKyiv;*;is;703448\n"
    table = parse_table(f"sep=;\r\n{rows}".encode(), "corrections.csv")
    assert [row.line for row in table.rows] == [3]
    write_table(table, tmp_path / "corrections.csv")
    assert (tmp_path / "corrections.csv").read_text(encoding="utf-8-sig") == f"sep=;\n{rows}"


def test_merging_into_nothing_makes_the_table(tmp_path: Path) -> None:
    target = tmp_path / "data" / "corrections.csv"
    correction = Correction("=Kyiv", "report:odd\udcff.txt", "is-a-place")
    assert merge_corrections([correction], target).added == 1
    (again,) = read_corrections(read_table(target)).corrections
    assert (again.name, again.scope) == ("=Kyiv", "report:odd\udcff.txt")


def test_a_damaged_table_is_not_overwritten(tmp_path: Path) -> None:
    target = tmp_path / "corrections.csv"
    target.write_bytes(b'name,scope,action\n"open,*,is\n')
    with pytest.raises(CorrectionError):
        merge_corrections([Correction("Kyiv", "*", "is-a-place")], target)
    assert target.read_bytes() == b'name,scope,action\n"open,*,is\n'
