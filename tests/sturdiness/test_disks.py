"""A disk that is full, or can only be read: one clear line, the old map, and all is well when there is room again."""

from __future__ import annotations

import errno
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from marking import slow_but_first
from projects import ROOT, read_project, starting, write_report

from geomap.corrections import merge_file
from geomap.errors import OutputError, ReportError
from geomap.pipeline.backends import MapDrawer
from geomap.pipeline.build import build
from geomap.testing import SMALL_BACKENDS

STAGES = replace(SMALL_BACKENDS, draw=MapDrawer())
TABLE = "name,scope,action,place,latitude,longitude\n"


@pytest.fixture
def project(tmp_path: Path) -> Path:
    root = tmp_path / "project"
    for number in range(10):
        write_report(root / "data" / "reports", number)
    (root / "data" / "corrections.csv").write_text(f"{TABLE}Kirkuk,*,is,,35.4,44.3\n")
    (root / "data" / "gazetteer").mkdir()
    (root / "saved.csv").write_text(f"{TABLE}Kharkiv,*,is,,49.4,36.3\n")
    (root / "own.csv").write_text("name,latitude,longitude\nMill Farm,49.1,36.1\n")
    (root / "extra.txt").write_text("Kharkiv and one more report.")
    build(backends=STAGES, project=root)
    return root


def maltreat(what: str, project: Path) -> list[dict[str, Any]]:
    if sys.platform != "linux" or subprocess.run(["unshare", "--mount", "true"], check=False).returncode:
        pytest.skip("mount namespaces, for which one has to be root on Linux, are not here")
    disk = project.with_name("disk")
    disk.mkdir()
    script = Path(__file__).with_name("namespace.py")
    done = subprocess.run(
        ["unshare", "--mount", sys.executable, str(script), what, str(project), str(disk)],
        stdout=subprocess.PIPE,
        text=True,
        check=True,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    )
    found: list[dict[str, Any]] = json.loads(done.stdout)
    return found


@pytest.mark.slow
def test_a_full_disk_costs_nothing(project: Path) -> None:
    for number in range(10, 120):
        write_report(project / "data" / "reports", number)
    undisturbed = project.with_name("undisturbed")
    shutil.copytree(project, undisturbed)
    with starting() as starter:
        assert starter.run(undisturbed, "build", "--jobs", "1") == 0
    expected = {name: repr(value) for name, value in read_project(undisturbed).items()}
    results = maltreat("fill", project)
    for each in results:
        assert each["again"]["status"] == 0, each["again"]["said"]
        assert each["after"] == expected, f"after {each['free']} kB"
        assert "Traceback" not in each["said"]
        if each["status"]:
            assert each["status"] == 1
            assert each["is_old"]
            assert "unexpected" not in each["said"]
            assert any("free" in line.lower() for line in each["said"].splitlines()), each["said"]
    assert {each["status"] for each in results} == {0, 1}  # from no room at all to enough


@pytest.mark.slow
def test_what_can_only_be_read_is_told_and_stays_as_it_is(project: Path) -> None:
    write_report(project / "data" / "reports", 10)
    results = {(each["part"], each["command"]): each for each in maltreat("protect", project)}
    assert all("Traceback" not in each["said"] and "unexpected" not in each["said"] for each in results.values())
    for key in (("output", "build"), ("data", "add"), ("data", "correct"), ("data", "gazetteer")):
        found = results[key]
        assert found["status"] == 1, found
        assert found["changed"] == []
        assert "Read-only file system" in found["said"]
    without_store = results["output/.geomap", "build"]
    assert (without_store["status"], without_store["changed"]) == (0, ["output/map.html"])
    assert "Nothing is kept for the next build" in without_store["said"]
    assert results["data", "build"]["status"] == 0


def failing(call: Callable[..., Any], number: int) -> Callable[..., Any]:
    """Return a call that fails as the system would, for geomap's temporary files."""

    def fail(path: Any, *arguments: Any, **options: Any) -> Any:
        if isinstance(path, int) or path.name.startswith(".geomap-"):
            raise OSError(number, os.strerror(number))
        return call(path, *arguments, **options)

    return fail


@pytest.mark.parametrize("number", slow_but_first([errno.ENOSPC, errno.EACCES, errno.EROFS, errno.EIO]))
@pytest.mark.parametrize(("owner", "name"), slow_but_first([(Path, "open"), (os, "fsync"), (Path, "replace")]))
def test_a_map_that_cannot_be_written_leaves_the_old_one(
    project: Path, monkeypatch: pytest.MonkeyPatch, owner: Any, name: str, number: int
) -> None:
    before = read_project(project)
    write_report(project / "data" / "reports", 10)
    with monkeypatch.context() as patch:
        patch.setattr(owner, name, failing(getattr(owner, name), number))
        with pytest.raises(OutputError, match=rf"cannot write .*map\.html: {os.strerror(number)}; .* -o"):
            build(backends=STAGES, project=project)
        with pytest.raises(OutputError, match=r"cannot write .*corrections\.csv"):
            merge_file(project / "saved.csv", project / "data" / "corrections.csv")
    after = read_project(project)
    assert after["output/map.html"] == before["output/map.html"]
    assert after["data/corrections.csv"] == before["data/corrections.csv"]
    assert after.keys() - before.keys() == {"data/reports/010.txt"}
    assert build(backends=STAGES, project=project).new == 1


def test_a_report_that_cannot_be_copied_is_one_line_and_leaves_nothing(
    project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from geomap.reports.adding import add_reports

    monkeypatch.setattr(os, "fsync", failing(os.fsync, errno.ENOSPC))
    before = read_project(project)
    with pytest.raises((OutputError, ReportError), match="No space left"):
        list(add_reports([project / "extra.txt"], project / "data" / "reports"))
    assert read_project(project) == before
