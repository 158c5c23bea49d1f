"""Whoever is told to end does so in one line, takes its processes along, and loses nothing that was finished."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from marking import slow_but_first
from projects import ROOT, write_report
from waiting import is_running, wait_for, wait_for_children

from geomap.pipeline.build import build
from geomap.testing import SMALL_BACKENDS

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="sends POSIX signals and looks into /proc: not here")

SLOW = """
import os, sys
from slow_backends import SLOW_BACKENDS
from geomap.cli.main import main
sys.exit(main(backends=SLOW_BACKENDS))
"""


@pytest.fixture
def project(tmp_path: Path) -> Path:
    for number in range(150):
        write_report(tmp_path / "data" / "reports", number, words=300)  # enough for workers to pay

    return tmp_path


@contextmanager
def running(project: Path, *arguments: str, **variables: str) -> Iterator[subprocess.Popen[str]]:
    """Run geomap in a project with backends that take their time."""
    paths = os.pathsep.join((str(ROOT), str(Path(__file__).parent)))
    with subprocess.Popen(
        [sys.executable, "-W", "error", "-c", SLOW, *arguments],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        cwd=project,
        env={**os.environ, "PYTHONPATH": paths, "GEOMAP_NOTES": str(project / "notes.txt"), **variables},
    ) as process:
        try:
            yield process
        finally:
            process.kill()


def wait_for_work(process: subprocess.Popen[str], line: str = "Finding places") -> None:
    assert process.stderr is not None
    assert any(line in each for each in process.stderr)


def wait_for_reports(project: Path, count: int = 20) -> None:
    """Wait until the places of so many reports have been looked for."""
    notes = project / "notes.txt"
    wait_for(lambda: notes.exists() and len(notes.read_text().splitlines()) >= count)


@pytest.mark.parametrize(
    ("number", "status"),
    slow_but_first([(signal.SIGINT, 130), (signal.SIGTERM, 143), (signal.SIGHUP, 129)]),
    ids=lambda each: str(each),
)
@pytest.mark.parametrize("jobs", slow_but_first(["1", "2"]))
def test_a_build_that_is_told_to_end_does_so_in_one_line(number: int, status: int, jobs: str, project: Path) -> None:
    with running(project, "build", "--jobs", jobs) as process:
        wait_for_work(process)
        workers = wait_for_children(process.pid, 2) if jobs == "2" else []
        wait_for_reports(project)
        process.send_signal(number)
        output, errors = process.communicate(timeout=60)
    assert process.returncode == status
    assert (output, errors) == ("", "Stopped. What was finished is kept for the next time.\n")
    assert not any(map(is_running, workers))
    assert not (project / "output/map.html").exists()
    assert not list(project.rglob(".geomap-*"))
    result = build(backends=SMALL_BACKENDS, project=project)
    assert result.files_read == 0
    assert 0 < result.reports_recognised < 150


@pytest.mark.parametrize("number", slow_but_first([signal.SIGINT, signal.SIGTERM]), ids=lambda each: str(each))
def test_a_watch_that_is_told_to_end_has_done_its_work(number: int, project: Path) -> None:
    with running(project, "watch", "--jobs", "1", GEOMAP_SLOWLY="0") as process:
        wait_for_work(process, "Watching for changes")
        process.send_signal(number)
        _, errors = process.communicate(timeout=60)
    assert (process.returncode, errors) == (0, "Stopped watching.\n")


@pytest.mark.slow
def test_a_signal_that_is_ignored_on_purpose_stays_so(project: Path) -> None:
    with running(project, "build", "--jobs", "1", GEOMAP_IGNORES_HANGUP="1") as process:
        wait_for_work(process)
        process.send_signal(signal.SIGHUP)
        _, errors = process.communicate(timeout=120)
    assert process.returncode == 0
    assert "Stopped" not in errors


@pytest.mark.slow
def test_a_worker_that_is_killed_costs_one_line(project: Path) -> None:
    with running(project, "build", "--jobs", "2") as process:
        wait_for_work(process)
        victim = wait_for_children(process.pid, 2)[0]
        wait_for_reports(project)
        os.kill(victim, signal.SIGKILL)
        output, errors = process.communicate(timeout=120)
    assert process.returncode == 0
    (line,) = (each for each in errors.splitlines() if not each.startswith("Looking for copies"))
    assert line.startswith("A worker process ended in the middle of its work (exit status -9)")
    assert "150 read" in output
    assert " 0 failed" in output


@pytest.mark.slow
def test_a_report_that_kills_every_worker_is_a_failure_beside_the_others(project: Path) -> None:
    (project / "data" / "reports" / "100.txt").write_text("Kharkiv: a deadly report for whoever looks at it.")
    with running(project, "build", "--jobs", "2") as process:
        output, errors = process.communicate(timeout=120)
    assert process.returncode == 0
    failures = [line for line in errors.splitlines() if line.startswith("failed: ")]
    assert len(failures) == 1
    assert failures[0].startswith("failed: 100.txt: its places cannot be found: the process that worked on it ended")
    assert "149 read" in output
    assert " 1 failed" in output


@pytest.mark.slow
def test_two_builds_at_once_come_one_after_the_other(project: Path) -> None:
    with running(project, "build", "--jobs", "1") as first:
        wait_for_work(first)
        with running(project, "build", "--jobs", "1") as second:
            _, told = second.communicate(timeout=120)
        assert first.wait(timeout=60) == 0
    assert second.returncode == 0
    assert f"Another geomap (process {first.pid}) is building in this project: waiting until it has ended." in told
    assert build(backends=SMALL_BACKENDS, project=project).new == 0


@pytest.mark.slow
def test_whoever_comes_after_a_killed_build_does_not_wait(project: Path) -> None:
    with running(project, "build", "--jobs", "1") as first:
        wait_for_work(first)
        first.kill()
        first.wait(timeout=60)
    with running(project, "build", "--jobs", "1", GEOMAP_SLOWLY="0") as second:
        _, told = second.communicate(timeout=120)
    assert second.returncode == 0
    assert "Another geomap" not in told
