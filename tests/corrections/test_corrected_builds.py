"""What corrections do to builds, and how little is done for them."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import pytest

from geomap.cli.main import main
from geomap.config import open_project
from geomap.engines.base import Handling
from geomap.engines.processes import ProcessEngine
from geomap.errors import CorrectionError
from geomap.model import Report
from geomap.pipeline.analyser import open_analyser
from geomap.pipeline.build import build
from geomap.pipeline.result import BuildResult
from geomap.testing import SMALL_BACKENDS

HEADER = "name,scope,action,place,latitude,longitude,note,by,date"
TEXTS = {
    "a.txt": "Kharkiv was shelled. People left Kharkiv for Aleppo.",
    "b.txt": "Kirkuk was quiet, and so was Point Twelve near Kharkiv.",
    "c.txt": "source: The Courier\n\nAleppo Road was closed. Point Twelve was not.",
    "d.txt": "Nothing is named here.",
}


@pytest.fixture(autouse=True)
def reports(tmp_path: Path) -> Path:
    folder = tmp_path / "data" / "reports"
    folder.mkdir(parents=True)
    for name, text in TEXTS.items():
        (folder / name).write_text(text)
    return folder


def correct(tmp_path: Path, *rows: str) -> BuildResult:
    (tmp_path / "data/corrections.csv").write_text("\n".join((HEADER, *rows)) + "\n", encoding="utf-8")
    return build_small(tmp_path)


def build_small(tmp_path: Path) -> BuildResult:
    return build(backends=SMALL_BACKENDS, project=tmp_path)


def read_mentions(tmp_path: Path, report_id: str) -> list[dict[str, Any]]:
    parsed = [json.loads(line) for line in (tmp_path / "output/map.html").read_text().splitlines()]
    return next(each["mentions"] for each in parsed if each["report"]["id"] == report_id)


def places_of(tmp_path: Path, report_id: str) -> list[tuple[str, str | None]]:
    return [(each["text"], each["place"] and each["place"]["place_id"]) for each in read_mentions(tmp_path, report_id)]


def test_one_mention_one_report_and_everywhere(tmp_path: Path) -> None:
    correct(
        tmp_path,
        "Kharkiv,*,is,geonames:703448,,,,,",
        "Kharkiv,report:a.txt,is,geonames:702550,,,,,",
        "Kharkiv,report:a.txt@33,is-not-a-place,,,,,,",
    )
    assert places_of(tmp_path, "a.txt") == [("Kharkiv", "geonames:702550"), ("Aleppo", "geonames:170063")]
    assert ("Kharkiv", "geonames:703448") in places_of(tmp_path, "b.txt")  # Kyiv's id: who corrects is right


def test_a_source_is_more_specific_than_everywhere(tmp_path: Path) -> None:
    correct(tmp_path, "Aleppo,*,is-not-a-place,,,,,,", "Aleppo,source:the courier,is,,1,2,,,")
    assert [name for name, _ in places_of(tmp_path, "a.txt")] == ["Kharkiv", "Kharkiv"]
    (mention,) = read_mentions(tmp_path, "c.txt")
    assert (mention["place"]["latitude"], mention["place"]["longitude"]) == (1, 2)


def test_a_corrected_mention_says_so_and_keeps_what_was_there_before(tmp_path: Path) -> None:
    correct(tmp_path, "Kirkuk,report:b.txt@0,is,,10,20,the camp,Ana,2026-05-04")
    corrected, kharkiv = read_mentions(tmp_path, "b.txt")
    assert corrected["corrected"]
    assert corrected["confidence"] == 1.0
    assert corrected["evidence"] == ["corrected by Ana on 2026-05-04: the camp"]
    assert [each["place"]["name"] for each in corrected["alternatives"]] == ["Kirkuk"]
    assert corrected["place"]["place_id"].startswith("user:kirkuk-")
    assert not kharkiv["corrected"]


def test_a_missed_place_is_put_in_with_its_place_or_without(tmp_path: Path) -> None:
    result = correct(tmp_path, "Point Twelve,*,is-a-place,,49.5,36,,,", "Point Twelve,report:c.txt,is-a-place,,,,,,")
    assert places_of(tmp_path, "b.txt")[1][1] is not None
    assert places_of(tmp_path, "c.txt")[1] == ("Point Twelve", None)
    assert [each.name for each in result.unresolved] == ["Point Twelve"]


def test_a_missed_name_takes_the_place_of_what_was_found_inside_it_but_not_around_it(tmp_path: Path) -> None:
    correct(
        tmp_path,
        "Aleppo Road,*,is-a-place,,1,2,,,",
        "Point,*,is-a-place,,3,4,,,",
        "Kharkiv for Aleppo,*,is-a-place,,5,6,,,",
    )
    assert [name for name, _ in places_of(tmp_path, "c.txt")] == ["Aleppo Road", "Point"]
    assert [name for name, _ in places_of(tmp_path, "a.txt")] == ["Kharkiv", "Kharkiv for Aleppo"]
    correct(tmp_path, "Kharkiv for Aleppo,*,is-a-place,,5,6,,,", "for,*,is-a-place,,3,4,,,")
    assert [name for name, _ in places_of(tmp_path, "a.txt")] == ["Kharkiv", "Kharkiv for Aleppo"]


def test_what_a_person_has_placed_stays_even_where_recognition_no_longer_finds_it(tmp_path: Path) -> None:
    correct(tmp_path, f"Point Twelve,report:b.txt@{TEXTS['b.txt'].index('Point')},is,,1,2,,,")
    assert [name for name, _ in places_of(tmp_path, "b.txt")] == ["Kirkuk", "Point Twelve", "Kharkiv"]


def test_names_are_compared_as_written(tmp_path: Path) -> None:
    result = correct(tmp_path, "kharkiv,*,is-not-a-place,,,,,,", "Khark,*,is-not-a-place,,,,,,")
    assert len(places_of(tmp_path, "a.txt")) == 3
    assert result.notes == (
        f"{Path('data/corrections.csv')}, lines 2 (kharkiv in *), 3 (Khark in *): nothing in these reports matches.",
    )


def test_only_what_a_correction_touches_is_computed_again(tmp_path: Path) -> None:
    build_small(tmp_path)
    here = correct(tmp_path, "Kharkiv,report:a.txt@0,is,,1,2,,,")
    assert (here.files_read, here.reports_scanned, here.reports_recognised, here.reports_signed) == (0, 0, 1, 0)
    everywhere = correct(tmp_path, "Kharkiv,report:a.txt@0,is,,1,2,,,", "Aleppo,*,is,,3,4,,,")
    assert (everywhere.reports_scanned, everywhere.reports_recognised) == (4, 2)
    again = build_small(tmp_path)
    assert (again.reports_scanned, again.reports_recognised) == (0, 0)
    (tmp_path / "data/corrections.csv").unlink()
    undone = build_small(tmp_path)
    assert undone.reports_recognised == 2


def test_a_corrected_map_equals_a_fresh_one_and_an_undone_one_the_first(tmp_path: Path) -> None:
    first = build_small(tmp_path).output.read_bytes()
    corrected = correct(
        tmp_path, "Kharkiv,*,is,,1,2,,,", "Aleppo,report:a.txt,is-not-a-place,,,,,,"
    ).output.read_bytes()
    shutil.rmtree(tmp_path / "output")
    assert build_small(tmp_path).output.read_bytes() == corrected != first
    (tmp_path / "data/corrections.csv").unlink()
    assert build_small(tmp_path).output.read_bytes() == first


def test_problems_are_told_by_line_and_the_rest_is_applied(tmp_path: Path) -> None:
    result = correct(
        tmp_path, "Kharkiv,*,is,geonames:999999999,,,,,", "Aleppo,*,is-not-a-place,,,,,,", "Kirkuk,*,is,,,,,,"
    )
    assert [note.partition(": ")[0] for note in result.notes] == [
        f"{Path('data/corrections.csv')}, line 2",
        f"{Path('data/corrections.csv')}, line 4",
    ]
    assert "knows no place geonames:999999999: `geomap gazetteer find Kharkiv`" in result.notes[0]
    assert [name for name, _ in places_of(tmp_path, "a.txt")] == ["Kharkiv", "Kharkiv"]


def test_an_id_that_is_gone_is_still_a_place_where_coordinates_stand_beside_it(tmp_path: Path) -> None:
    result = correct(tmp_path, "Kirkuk,*,is,nominatim:1,10,20,,,")
    assert result.notes == ()
    assert places_of(tmp_path, "b.txt")[0] == ("Kirkuk", "nominatim:1")


def test_a_table_that_cannot_be_read_stops_the_build_and_keeps_the_map(tmp_path: Path) -> None:
    before = build_small(tmp_path).output.read_bytes()
    (tmp_path / "data/corrections.csv").write_text("a,b\n1,2\n")
    with pytest.raises(CorrectionError, match="has no column"):
        build_small(tmp_path)
    assert (tmp_path / "output/map.html").read_bytes() == before


def test_workers_apply_corrections_as_one_process_does(tmp_path: Path) -> None:
    correct(tmp_path, "Kharkiv,*,is,,1,2,,,", "Aleppo,report:7,is-not-a-place,,,,,,")
    analyser = open_analyser(open_project(tmp_path), SMALL_BACKENDS)
    items = [Report(f"{number}", f"Kharkiv and Aleppo, day {number}.") for number in range(12)]
    engine = ProcessEngine(2, patience=-1)
    parsed = list(engine.map(analyser.analyse, items, Handling(lambda _: 20_000)))
    assert parsed == [analyser.analyse(item) for item in items]
    assert [len(each.mentions) for each in parsed] == [1 if number == 7 else 2 for number in range(12)]


def test_the_list_tells_how_often_each_applied(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    assert main(["corrections"], project=tmp_path) == 0
    assert capsys.readouterr().out.startswith("There are no corrections yet")
    correct(
        tmp_path,
        "Kharkiv,*,is,geonames:706483,,,,,",
        "Kirkuk,*,is-not-a-place,,,,,,",
        "Paris,*,is-not-a-place,,,,,,",
        "x,y,z,,,,,,",
    )
    with (tmp_path / "data/corrections.csv").open("a") as stream:
        stream.write("Aleppo,*,is-not-a-place,,,,,,\n")
    capsys.readouterr()
    assert main(["corrections"], project=tmp_path) == 0
    captured = capsys.readouterr()
    first, *others = captured.out.splitlines()[1:]
    assert first.startswith("  line 2: Kharkiv in * is geonames:706483 (Kharkiv, ")
    assert first.endswith("): 3 times")
    assert others == [
        "  line 3: Kirkuk in * is-not-a-place: once",
        "  line 4: Paris in * is-not-a-place: matches nothing",
        "  line 6: Aleppo in * is-not-a-place: takes effect with the next build",
    ]
    assert "line 5: the action 'z' is none of" in captured.err


def test_correct_merges_a_saved_file(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    saved = tmp_path / "saved.csv"
    saved.write_text(f"{HEADER}\nKharkiv,*,is-not-a-place,,,,,,\nbroken\n", encoding="utf-8-sig")
    assert main(["correct", str(saved)], project=tmp_path) == 0
    captured = capsys.readouterr()
    assert captured.out == f"{saved}: 1 added, 0 replaced, 0 there already; `geomap build` applies them\n"
    assert captured.err == f"{saved}, line 3: has no action\n"
    assert main(["correct", str(tmp_path / "missing.csv")], project=tmp_path) == 1
    assert "missing.csv cannot be read" in capsys.readouterr().err


def test_texts_that_are_parsed_alone_heed_corrections_too(tmp_path: Path) -> None:
    def names() -> list[str]:
        parsed = open_analyser(open_project(tmp_path), SMALL_BACKENDS).analyse(Report("text", "Kharkiv was shelled."))
        return [each.text for each in parsed.mentions]

    assert names() == ["Kharkiv"]
    (tmp_path / "data/corrections.csv").write_text(f"{HEADER}\nKharkiv,*,is-not-a-place,,,,,,\n")
    assert names() == []
