"""How a comparison is told: grouped by names, on single lines, and as CSV that no spreadsheet runs."""

from __future__ import annotations

import csv
from pathlib import Path

from geomap.comparing.comparison import Change, Comparison, Spot, Stray
from geomap.comparing.telling import describe_comparison, summarise, write_changes

BAMAKO = Spot("geonames:2460596", "Bamako, ML", 12.65, -8.0, "literal")
KIRKUK = Spot("geonames:98717@30km,180", "30 km from Kirkuk", 35.2, 44.0, "associative", is_displaced=True)
CHANGES = (
    Change("Kati", "a.txt", 3, "model", None, BAMAKO),
    Change("Kati", "b.txt", 3, "report", None, BAMAKO),
    Change("Kati", "b.txt", 9, "report", None, BAMAKO),
    Change("the\ncamp", "c.txt", 1, "gazetteer", KIRKUK, BAMAKO),
    Change("=cmd()", "d\udcff.txt", 0, "model", KIRKUK, None),
)


def test_names_are_counted_once_and_stand_in_a_table() -> None:
    stray = Stray("link", "Kirkuk", KIRKUK.key)
    lines = list(describe_comparison(Comparison(CHANGES, strays=(stray,)), "Names since old.html"))
    assert lines == [
        "Names since old.html: 1 moved, 2 appeared, 1 vanished",
        "          name      from               to             km  cause      mentions",
        "moved     the camp  30 km from Kirkuk  Bamako, ML  5,770  gazetteer         1",
        "appeared  Kati                         Bamako, ML         report            2",
        "appeared  Kati                         Bamako, ML         model             1",
        "vanished  =cmd()    30 km from Kirkuk                     model             1",
        "Link that leads nowhere any more: Kirkuk geonames:98717@30km,180@35.2,44",
    ]


def test_the_summary_leaves_out_what_reports_bring_and_take_away() -> None:
    assert summarise(Comparison(CHANGES)) == "1 moved, 1 appeared, 1 vanished (gazetteer, model)"
    assert summarise(Comparison(CHANGES[1:3])) == ""


def test_csv_holds_each_mention_and_nothing_that_a_spreadsheet_runs(tmp_path: Path) -> None:
    write_changes(Comparison(CHANGES, strays=(Stray("correction", "@name", "+detail"),)), tmp_path / "changes.csv")
    with (tmp_path / "changes.csv").open(encoding="utf-8-sig", newline="") as stream:
        rows = list(csv.DictReader(stream))
    assert len(rows) == len(CHANGES) + 1
    assert (rows[0]["to_longitude"], rows[0]["from_longitude"], rows[0]["distance_km"]) == ("-8.0", "", "")
    assert (rows[3]["name"], rows[3]["from_usage"], rows[3]["to_usage"]) == ("the\ncamp", "associative", "literal")
    assert (rows[4]["name"], rows[4]["report_id"], rows[4]["start_offset"]) == ("'=cmd()", "d?.txt", "0")
    assert (rows[5]["name"], rows[5]["detail"]) == ("'@name", "'+detail")
