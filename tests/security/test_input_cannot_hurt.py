"""A folder of files made to hurt is one build like any other: bounded, a line for each, the good one mapped."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from hostile_files import write_hostile_files, write_special_files

IS_LONG = os.environ.get("GEOMAP_LONG_TESTS") == "1"
LINUX = pytest.mark.skipif(sys.platform != "linux", reason="special files and limits of Linux")
HUGE = 1_000_000_000 if IS_LONG else 100_000_000
"""Bytes of files without content: they take no room on the disk."""

MOST_MEMORY = 1_000_000_000
MOST_SECONDS = 600.0 if IS_LONG else 240.0
"""For a whole build of all this: a busy machine is slow, and one file that is not bounded takes hours."""

BUILD = r"""
import re, resource, sys
from pathlib import Path
resource.setrlimit(resource.RLIMIT_AS, (3_000_000_000, 3_000_000_000))
from geomap.cli.main import main
from geomap.testing import SMALL_BACKENDS
status = main(sys.argv[1:], backends=SMALL_BACKENDS)
# its own peak: getrusage would tell that of the process it was forked from, the tests', where that was larger
print("peak", int(re.search(r"VmHWM:\s*(\d+)", Path("/proc/self/status").read_text())[1]) * 1024)
sys.exit(status)
"""


def run_build(project: Path, *arguments: str) -> subprocess.CompletedProcess[bytes]:
    command = [sys.executable, "-W", "error", "-c", BUILD, "build", "-q", "--jobs", "2", *arguments]
    environment = {**os.environ, "PYTHONPATH": str(Path(__file__).parents[2])}
    return subprocess.run(command, cwd=project, capture_output=True, env=environment, timeout=MOST_SECONDS, check=False)


@pytest.fixture
def project(tmp_path: Path) -> Iterator[Path]:
    project = tmp_path / "project"
    (project / "data" / "reports").mkdir(parents=True)
    yield project
    for path in project.rglob("huge.*"):
        path.unlink(missing_ok=True)


@pytest.mark.slow
@LINUX
def test_a_folder_of_hostile_files_is_one_build_like_any_other(project: Path, tmp_path: Path) -> None:
    folder = project / "data" / "reports"
    expected = write_hostile_files(folder, HUGE) | write_special_files(folder, tmp_path / "secret.txt")
    (folder / "good.txt").write_text("Calm in Kharkiv.")
    started = time.monotonic()
    done = run_build(project)
    errors = done.stderr.decode("utf-8").splitlines()
    assert done.returncode == 0, errors
    assert time.monotonic() - started < MOST_SECONDS
    output = (project / "output" / "map.html").read_text()
    assert "Calm in Kharkiv." in output
    assert "SECRET" not in output
    peak = int(done.stdout.decode().rpartition("peak ")[2])
    assert peak < MOST_MEMORY
    for name, reason in expected.items():
        lines = [line for line in errors if f"/{name}" in line]
        assert lines, name
        assert any(reason in line for line in lines), (name, lines)
        assert len(lines) <= 20, name
    assert all(line.startswith("failed: ") for line in errors), [
        line for line in errors if not line.startswith("failed: ")
    ]
    assert not any("Traceback" in line for line in errors)


@LINUX
def test_nothing_but_hostile_files_is_a_failed_build_that_writes_nothing(project: Path) -> None:
    (project / "data" / "reports" / "deep.json").write_text("[" * 100_000)
    os.mkfifo(project / "data" / "reports" / "pipe.txt")
    done = run_build(project)
    assert done.returncode == 1
    assert len(done.stderr.decode().splitlines()) == 3  # a line for each, and that nothing was read
    assert not (project / "output" / "map.html").exists()


@pytest.mark.long
def test_a_hundred_thousand_files(project: Path) -> None:
    for number in range(100_000):
        folder = project / "data" / "reports" / f"{number // 1_000}"
        folder.mkdir(exist_ok=True)
        (folder / f"{number}.txt").write_text(f"Report {number} from Kharkiv.")
    done = run_build(project)
    assert done.returncode == 0, done.stderr
    assert int(done.stdout.decode().rpartition("peak ")[2]) < 2 * MOST_MEMORY
