"""One build of a project at a time; whoever waits is told for whom, and nobody waits for the dead."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Thread

import pytest
from waiting import wait_for

from geomap.errors import BuildInProgressError
from geomap.store import build_lock

ROOT = Path(__file__).parents[2]
HOLD = """
import sys
from pathlib import Path
from geomap.store import build_lock
with build_lock(Path(sys.argv[1])):
    print("held", flush=True)
    sys.stdin.read()  # until it is killed
"""


@contextmanager
def held(folder: Path) -> Iterator[subprocess.Popen[str]]:
    """Let another process hold the lock."""
    with subprocess.Popen(
        [sys.executable, "-c", HOLD, str(folder)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    ) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "held\n"
        try:
            yield process
        finally:
            process.kill()


def test_who_waits_is_told_for_which_process(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    with held(tmp_path) as other:
        Thread(target=lambda: (wait_for(lambda: caplog.messages), other.kill())).start()
        with build_lock(tmp_path):
            assert other.poll() is not None
    assert caplog.messages == [
        f"Another geomap (process {other.pid}) is building in this project: waiting until it has ended."
    ]


def test_who_has_waited_long_enough_is_told_what_to_do(tmp_path: Path) -> None:
    with (
        held(tmp_path) as other,
        pytest.raises(BuildInProgressError, match=rf"process {other.pid}.*run again when it has ended"),
        build_lock(tmp_path, patience=0.2),
    ):
        pass


def test_the_lock_of_a_killed_process_is_free(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    with held(tmp_path) as other:
        other.kill()
        other.wait(timeout=10)
    with build_lock(tmp_path, patience=0):
        assert caplog.messages == []


def test_it_can_be_taken_again_and_again_but_not_twice(tmp_path: Path) -> None:
    for _ in range(3):
        with build_lock(tmp_path, patience=0), pytest.raises(BuildInProgressError), build_lock(tmp_path, patience=0):
            pass


@pytest.mark.parametrize("content", [b"", b"no lock" * 1000])
def test_whatever_lies_in_its_place_stops_nobody(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "lock.sqlite").write_bytes(content)
    (tmp_path / "lock.txt").write_bytes(b"no number")
    with build_lock(tmp_path, patience=0):
        pass


def test_where_no_file_can_be_made_there_is_nothing_to_lock(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with build_lock(tmp_path / "file" / "folder", patience=0):
        pass
    (tmp_path / "lock.sqlite").mkdir()
    with build_lock(tmp_path, patience=0):
        pass
