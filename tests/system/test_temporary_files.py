"""What the dead have left behind goes, and what belongs to the living stays."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from geomap.system.replacement import replacement
from geomap.system.running import is_running
from geomap.system.temporary_files import temporary_file


@pytest.fixture
def machine(tmp_path: Path) -> str:
    """Return what stands for this machine in the names of temporary files."""
    (tmp_path / "elsewhere").mkdir()
    with temporary_file(tmp_path / "elsewhere") as path:
        return path.name.split("-")[1]


@pytest.fixture
def living() -> Iterator[int]:
    with subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE) as process:
        yield process.pid


@pytest.fixture
def dead() -> int:
    with subprocess.Popen([sys.executable, "-c", ""]) as process:
        process.wait()
    return process.pid


def test_which_processes_run(living: int, dead: int) -> None:
    assert is_running(os.getpid())
    assert is_running(living)
    assert not is_running(dead)
    assert not any(map(is_running, (0, -1, 2**31 - 1, 2**40)))


def test_only_what_nobody_needs_is_removed(tmp_path: Path, machine: str, living: int, dead: int) -> None:
    other = "0" * 8 if machine != "0" * 8 else "1" * 8
    gone = [f".geomap-{machine}-{dead}-1.tmp", f".geomap-{machine}-{os.getpid()}-99999.tmp", f".geomap-{other}-1-2.tmp"]
    stays = [
        f".geomap-{machine}-{living}-1.tmp",
        f".geomap-{other}-{dead}-1.tmp",
        f".geomap-{machine}-{dead}-1.tmp.txt",
        ".geomap-x.tmp",
        ".other.1.tmp",
    ]
    for name in (*gone, *stays):
        (tmp_path / name).touch()
    os.utime(tmp_path / gone[2], (time.time() - 90_000,) * 2)
    with replacement(tmp_path / "map.html") as file:
        file.write(b"whole")
    assert sorted(path.name for path in tmp_path.iterdir()) == sorted([*stays, "elsewhere", "map.html"])


def test_several_files_are_written_at_once(tmp_path: Path) -> None:
    with replacement(tmp_path / "a") as one, replacement(tmp_path / "b") as other:
        one.write(b"1")
        other.write(b"2")
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == {"a": b"1", "b": b"2"}


@pytest.mark.parametrize("name", ["x" * 250, "Ж" * 120, "地" * 80])
def test_the_longest_names_can_be_written(tmp_path: Path, name: str) -> None:
    with replacement(tmp_path / name) as file:
        file.write(b"whole")
    assert (tmp_path / name).read_bytes() == b"whole"


def fail_to_write(path: Path) -> None:
    with replacement(path) as file:
        file.write(b"half")
        raise ZeroDivisionError


def test_after_an_error_nothing_is_left(tmp_path: Path) -> None:
    (tmp_path / "map.html").write_text("old")
    with pytest.raises(ZeroDivisionError):
        fail_to_write(tmp_path / "map.html")
    assert [path.read_text() for path in tmp_path.iterdir()] == ["old"]
