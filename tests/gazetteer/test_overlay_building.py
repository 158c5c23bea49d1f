"""A project's commands and builds use what was added, and do again only what that touches."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from overlay_files import KRYNKY, ROBOTYNE, place_row, write_lines

import geomap
from geomap.cli.main import main
from geomap.engines.base import Engine, Handling
from geomap.engines.processes import ProcessEngine
from geomap.gazetteer import open_gazetteer
from geomap.gazetteer.overlays.folder import find_overlays
from geomap.model import Report
from geomap.pipeline.analyser import open_analyser
from geomap.pipeline.backends import DEFAULT_BACKENDS
from geomap.pipeline.build import build
from geomap.pipeline.result import BuildResult
from geomap.rendering.reading import open_map

pytestmark = pytest.mark.slow

ROOT = Path(__file__).parents[2]
TEXTS = {
    "robotyne.txt": "Ukrainian forces advanced near Robotyne in Zaporizhzhia Oblast, officials in Kyiv said.",
    "kharkiv.txt": "Shelling was heard in Kharkiv on Monday. People left for Kyiv.",
    "krynky.txt": "The village of Krynky in Kherson Oblast was shelled again.",
    "small.txt": "the robotyne of old was a word in lower case, said a man in Aleppo.",
}


@pytest.fixture
def project(tmp_path: Path) -> Path:
    folder = tmp_path / "project"
    for name, text in TEXTS.items():
        path = folder / "data" / "reports" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")

    return folder


@pytest.fixture
def ukraine(tmp_path: Path) -> Path:
    return write_lines(tmp_path / "UA.txt", ROBOTYNE, KRYNKY)


def run(project: Path, *arguments: str | Path) -> int:
    return main([str(argument) for argument in arguments], project=project)


def work_of(result: BuildResult) -> tuple[int, int]:
    return result.reports_scanned, result.reports_recognised


def build_afresh(project: Path) -> bytes:
    shutil.rmtree(project / "output/.geomap")
    return build(output=project / "output" / "fresh.html", project=project).output.read_bytes()


def test_after_add_a_village_has_its_own_point_and_after_remove_its_communitys(
    ukraine: Path, capsys: pytest.CaptureFixture[str], project: Path
) -> None:
    def found() -> list[str]:
        return [
            each.place.place_id
            for each in geomap.parse(TEXTS["robotyne.txt"], project=project)
            if each.place and each.text == "Robotyne"
        ]

    assert found() == ["geomap:ua-25192"]  # at the seat of its community
    assert run(project, "gazetteer", "add", ukraine, "-q") == 0
    assert run(project, "gazetteer", "find", "Robotyne") == 0
    assert capsys.readouterr().out.startswith("geonames:695586  Robotyne, Zaporizhzhia Oblast, UA  47.44562, 35.83431")
    assert found() == ["geonames:695586"]
    assert [
        each.place.geonameid
        for each in geomap.parse(TEXTS["krynky.txt"], project=project)
        if each.place and each.text == "Krynky"
    ] == [703861]
    assert run(project, "gazetteer", "remove", "ua") == 0
    assert capsys.readouterr().out == "UA: taken out\n"
    assert found() == ["geomap:ua-25192"]


def test_only_the_reports_that_an_overlay_touches_are_recognised_again(ukraine: Path, project: Path) -> None:
    assert work_of(build(project=project)) == (0, 4)
    before = (project / "output/map.html").read_bytes()
    run(project, "gazetteer", "add", ukraine)
    assert work_of(build(project=project)) == (4, 1)
    grown = (project / "output/map.html").read_bytes()
    assert work_of(build(project=project)) == (0, 0)
    assert grown != before
    assert build_afresh(project) == grown
    run(project, "gazetteer", "remove", "UA")
    assert work_of(build(project=project)) == (0, 1)
    assert (project / "output/map.html").read_bytes() == before
    assert build_afresh(project) == before


@pytest.mark.slow
def test_what_is_added_to_another_country_touches_nothing(tmp_path: Path, ukraine: Path, project: Path) -> None:
    run(project, "gazetteer", "add", ukraine)
    build(project=project)
    before = list(open_map(project / "output/map.html").iterate_reports())
    run(project, "gazetteer", "add", write_lines(tmp_path / "AA.txt", place_row(77, "Kirkenes-on-Sea", 1, 1)))
    assert work_of(build(project=project)) == (4, 0)
    assert list(open_map(project / "output/map.html").iterate_reports()) == before
    (tmp_path / "own.csv").write_text("name,lat,lon\nAleppo,47,35\nMonday,1,1\n")
    run(project, "gazetteer", "add", tmp_path / "own.csv")
    assert work_of(build(project=project)) == (4, 2)
    grown = (project / "output/map.html").read_bytes()
    assert build_afresh(project) == grown


def test_a_new_report_is_scanned_alone(project: Path, ukraine: Path) -> None:
    run(project, "gazetteer", "add", ukraine)
    build(project=project)
    (project / "data" / "reports" / "new.txt").write_text("Robotyne was quiet.")
    assert work_of(build(project=project)) == (1, 1)


@pytest.mark.slow
def test_two_maps_of_a_project_keep_what_each_has_found(ukraine: Path, project: Path) -> None:
    build(project=project)
    one, only = project / "data" / "reports" / "robotyne.txt", project / "one.html"
    build(one, only, project=project)
    run(project, "gazetteer", "add", ukraine)
    assert work_of(build(one, only, project=project)) == (1, 1)
    assert work_of(build(project=project)) == (3, 0)
    assert work_of(build(one, only, project=project)) == (0, 0)


@pytest.mark.slow
def test_workers_use_the_overlays_of_the_project(project: Path, ukraine: Path) -> None:
    run(project, "gazetteer", "add", ukraine)
    from geomap.config import Project

    analyser = open_analyser(Project(project), DEFAULT_BACKENDS)
    reports = [Report(str(number), text) for number in range(8) for text in TEXTS.values()]
    engine: Engine = ProcessEngine(2, patience=-1)
    handling: Handling[Report, Any] = Handling(lambda _: 20_000)
    assert list(engine.map(analyser.analyse, reports, handling)) == [analyser.analyse(report) for report in reports]
    assert list(engine.map(analyser.scan, reports, handling)) == [analyser.scan(report) for report in reports]


@pytest.mark.slow
def test_parse_uses_the_overlays_of_the_project_it_runs_in(project: Path, ukraine: Path) -> None:
    run(project, "gazetteer", "add", ukraine)
    (project / "geomap.toml").touch()
    (project / "deep" / "er").mkdir(parents=True)
    command = [sys.executable, "-m", "geomap", "parse", "--jobs", "1"]
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    texts = TEXTS["robotyne.txt"].encode()
    inside = subprocess.run(
        command, input=texts, capture_output=True, check=True, cwd=project / "deep" / "er", env=environment
    )
    outside = subprocess.run(command, input=texts, capture_output=True, check=True, cwd=project.parent, env=environment)
    assert b"geonames:695586" in inside.stdout
    assert b"geonames:695586" not in outside.stdout


def test_info_lists_what_was_added(ukraine: Path, capsys: pytest.CaptureFixture[str], project: Path) -> None:
    run(project, "gazetteer", "info")
    assert capsys.readouterr().out.endswith("overlays: none\n")
    run(project, "gazetteer", "add", ukraine)
    added = capsys.readouterr().out
    assert added.startswith("UA: 2 places added, 7 different names, ")
    run(project, "gazetteer", "info")
    last = capsys.readouterr().out.splitlines()[-1]
    assert last.startswith("  UA: 2 places, 1 of them new; 7 names; ")
    assert last.endswith("from UA.txt; GeoNames (geonames.org), CC BY 4.0")


def test_refused_rows_are_shown_and_the_summary_counts_them(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], project: Path
) -> None:
    path = write_lines(tmp_path / "UA.txt", ROBOTYNE, *[place_row(1, "X", 91, 0)] * 25)
    assert run(project, "gazetteer", "add", path) == 0
    told = capsys.readouterr()
    assert f"refused: {path}, line 2: the latitude 91 is not between -90 and 90\n" in told.err
    assert told.err.endswith("line 26: the latitude 91 is not between -90 and 90 (and 19 more)\n")
    assert ", 25 rows refused, " in told.out


def test_of_several_files_one_that_fails_does_not_stop_the_others(
    tmp_path: Path, ukraine: Path, capsys: pytest.CaptureFixture[str], project: Path
) -> None:
    assert run(project, "gazetteer", "add", tmp_path / "missing.txt", ukraine) == 0
    assert "failed: " in capsys.readouterr().err
    assert [each.name for each in find_overlays(project / "data/gazetteer")] == ["UA"]
    assert run(project, "gazetteer", "add", tmp_path / "missing.txt") == 2
    assert run(project, "gazetteer", "add", "QQ") == 2
    assert "QQ is neither a file nor the code of a country" in capsys.readouterr().err


def test_a_damaged_overlay_is_one_line_and_can_be_taken_out(
    ukraine: Path, capsys: pytest.CaptureFixture[str], project: Path
) -> None:
    run(project, "gazetteer", "add", ukraine)
    path = project / "data/gazetteer/UA.overlay"
    path.write_bytes(path.read_bytes()[:-9])
    capsys.readouterr()
    assert run(project, "build") == 1
    assert capsys.readouterr().err.splitlines()[-1].endswith("or take it out with `geomap gazetteer remove UA`")
    assert run(project, "gazetteer", "remove", "UA") == 0
    assert run(project, "build") == 0


def test_the_shipped_gazetteer_is_not_changed_by_what_a_project_adds(ukraine: Path, project: Path) -> None:
    run(project, "gazetteer", "add", ukraine)
    assert [place.approximate for place in open_gazetteer().search("Robotyne")] == [True]


@pytest.mark.shared
def test_villages_of_the_war_resolve_after_adding_ukraine(capsys: pytest.CaptureFixture[str], project: Path) -> None:
    path = ROOT.parent / "shared" / "geonames" / "UA.txt"
    if not path.exists():
        pytest.skip("the development data are not here")
    assert run(project, "gazetteer", "add", path, "-q") == 0
    for name, place_id in (("Robotyne", "geonames:695586"), ("Krynky", "geonames:703861")):
        run(project, "gazetteer", "find", "--limit", "1", name)
        assert capsys.readouterr().out.startswith(place_id)
        text = f"Fighting went on around {name} in southern Ukraine, the army said."
        assert [
            each.place.place_id for each in geomap.parse(text, project=project) if each.place and each.text == name
        ] == [place_id]
