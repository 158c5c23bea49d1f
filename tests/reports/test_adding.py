"""`geomap add`: a report gets one name, is there once, and nothing is overwritten."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

from geomap.cli.main import main
from geomap.errors import OutputError, ReportError
from geomap.reports.adding import AddedFile, add_reports
from geomap.testing import SMALL_BACKENDS

TEXT = "Shelling was heard near Kharkiv."


@pytest.fixture
def project(tmp_path: Path) -> Path:
    (tmp_path / "project").mkdir()
    return tmp_path / "project"


def write(path: Path, text: str = TEXT) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text)
    return path


def add(project: Path, *paths: Path) -> list[AddedFile | ReportError]:
    return list(add_reports(paths, project / "data/reports"))


def names(project: Path) -> list[str]:
    reports = project / "data/reports"
    return sorted(path.relative_to(reports).as_posix() for path in reports.rglob("*") if path.is_file())


def test_the_command_copies_and_builds(tmp_path: Path, capsys: pytest.CaptureFixture[str], project: Path) -> None:
    source = write(tmp_path / "downloads" / "sitrep.txt")
    assert main(["add", str(source)], backends=SMALL_BACKENDS, project=project) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[0].startswith("added: ")
    assert lines[1] == "Reports: 1 read, 1 new, 0 changed, 0 removed, 0 failed"
    assert source.exists()
    assert main(["add", str(source)], backends=SMALL_BACKENDS, project=project) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[0].startswith("already there: ")
    assert lines[1] == "Reports: 1 read, 0 new, 0 changed, 0 removed, 0 failed"


def test_one_that_fails_does_not_stop_the_others_and_none_is_status_1(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], project: Path
) -> None:
    source, photo, missing = write(tmp_path / "a.txt"), write(tmp_path / "photo.jpg"), tmp_path / "missing.txt"
    assert main(["add", str(photo), str(source), str(missing)], backends=SMALL_BACKENDS, project=project) == 0
    errors = [line for line in capsys.readouterr().err.splitlines() if line.startswith("failed: ")]
    assert [error.partition(": ")[2].split(":")[0] for error in errors] == [str(photo), str(missing)]
    assert main(["add", str(photo)], backends=SMALL_BACKENDS, project=project) == 1
    assert "No file could be added" in capsys.readouterr().err


def test_another_content_of_the_same_name_gets_a_name_of_its_own_that_it_keeps(tmp_path: Path, project: Path) -> None:
    first, second = write(tmp_path / "x" / "a.txt"), write(tmp_path / "y" / "a.txt", "Calm in Kirkuk.")
    for _ in range(2):
        results = add(project, first, second)
    assert len(names(project)) == 2
    assert names(project)[1] == "a.txt"
    assert names(project)[0].startswith("a-")
    assert len(names(project)[0]) == len("a-12345678.txt")
    assert [each.is_new for each in results if isinstance(each, AddedFile)] == [False, False]
    assert (project / "data/reports/a.txt").read_text() == TEXT
    assert (project / "data/reports" / names(project)[0]).read_text() == "Calm in Kirkuk."


def test_the_same_content_under_another_name_is_there_once(tmp_path: Path, project: Path) -> None:
    add(project, write(tmp_path / "a.txt"), write(tmp_path / "b.txt"))
    assert names(project) == ["a.txt"]


def test_a_report_of_the_project_itself_is_there_already(project: Path) -> None:
    own = write(project / "data/reports/sub/a.txt")
    (result,) = add(project, own)
    assert isinstance(result, AddedFile)
    assert (result.target, result.is_new) == (own, False)


def test_a_folder_keeps_its_subfolders(tmp_path: Path, project: Path) -> None:
    for name in ("march/a.txt", "march/week 1/b.txt", "march/.hidden.txt", "march/photo.jpg"):
        write(tmp_path / name, f"{TEXT} {name}")
    add(project, tmp_path / "march")
    assert names(project) == ["march/a.txt", "march/week 1/b.txt"]


@pytest.mark.skipif(sys.platform == "win32", reason="names that Windows does not have")
def test_names_that_other_systems_refuse_are_made_fit(tmp_path: Path, project: Path) -> None:
    add(project, write(tmp_path / 'w: "x"?.txt'), write(tmp_path / ".hidden.txt", "b"))
    assert names(project) == ["hidden.txt", "w_ _x__.txt"]


@pytest.mark.skipif(sys.platform == "win32", reason="links and pipes need POSIX")
def test_a_link_where_the_copy_would_go_is_not_written_through(tmp_path: Path, project: Path) -> None:
    precious = write(tmp_path / "precious.txt", "mine")
    (project / "data/reports").mkdir(parents=True)
    (project / "data/reports/a.txt").symlink_to(precious)
    add(project, write(tmp_path / "a.txt"))
    assert precious.read_text() == "mine"
    os.mkfifo(tmp_path / "pipe.txt")
    (error,) = add(project, tmp_path / "pipe.txt")
    assert "neither a file nor a folder" in str(error)


def test_a_folder_that_cannot_be_written_is_one_clear_line(tmp_path: Path, project: Path) -> None:
    write(project / "data", "a file where the folder should be")
    with pytest.raises(OutputError, match=r"cannot copy .* free the folder"):
        add(project, write(tmp_path / "a.txt"))
