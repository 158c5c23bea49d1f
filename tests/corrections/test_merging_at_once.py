"""Corrections that several people or programs hand over at the same time all arrive."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from geomap.corrections.reading import read_corrections
from geomap.corrections.table import COLUMNS, read_table

ROOT = Path(__file__).parents[2]
ENVIRONMENT = {**os.environ, "PYTHONPATH": str(ROOT)}


def start_correct(project: Path, table: Path) -> subprocess.Popen[str]:
    command = [sys.executable, "-m", "geomap", "correct", "-q", str(table)]
    return subprocess.Popen(command, cwd=project, stderr=subprocess.PIPE, text=True, env=ENVIRONMENT)


def write_rows(path: Path, names: list[str]) -> None:
    rows = "".join(f"{name},*,is-a-place\n" for name in names)
    path.write_text(f"{','.join(COLUMNS[:3])}\n{rows}", encoding="utf-8")


@pytest.mark.slow
def test_of_two_tables_that_are_merged_at_once_none_is_lost(tmp_path: Path) -> None:
    project = tmp_path / "project"
    (project / "data").mkdir(parents=True)
    known = [f"Known {number}" for number in range(20_000)]  # so many that each merge takes a while
    write_rows(project / "data" / "corrections.csv", known)
    new = ["Kharkiv", "Sumy", "Kyiv"]
    for name in new:
        write_rows(tmp_path / f"{name}.csv", [name])
    running = [start_correct(project, tmp_path / f"{name}.csv") for name in new]
    for process in running:
        _, errors = process.communicate(timeout=120)
        assert process.returncode == 0, errors
    merged = read_corrections(read_table(project / "data" / "corrections.csv")).corrections
    assert {each.name for each in merged} == {*known, *new}


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="not here: this system has no named pipes")
def test_a_pipe_is_refused_and_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.csv")
    process = start_correct(tmp_path, tmp_path / "pipe.csv")
    try:
        _, errors = process.communicate(timeout=20)
    finally:
        process.kill()
    assert process.returncode == 1
    (line,) = errors.splitlines()
    assert "pipe.csv is not a regular file" in line
