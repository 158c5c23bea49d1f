"""No command speaks to anybody, unless the project's owner has said so: every system call to that end is recorded."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from projects import ROOT

SCRIPT = """
import sys
calls = []
def record(event, arguments):
    if event in ("socket.connect", "socket.getaddrinfo", "socket.gethostbyname", "socket.sendto", "urllib.Request"):
        calls.append((event, arguments))
sys.addaudithook(record)
import pytest
from geomap.cli.main import main
for command in (
    ["build", "-q", "--jobs", "1"],
    ["add", "extra.txt", "-q", "--jobs", "1"],
    ["correct", "saved.csv"],
    ["corrections"],
    ["gazetteer", "add", "own.csv"],
    ["gazetteer", "find", "Kharkiv"],
    ["gazetteer", "info"],
    ["export", "-o", "places.geojson"],
    ["parse", "--jobs", "1", "extra.txt"],
    ["build", "--jobs", "1"],
):
    assert main(command) == 0, command
assert not calls, calls
"""


@pytest.mark.slow
def test_no_command_speaks_to_anybody(tmp_path: Path) -> None:
    (tmp_path / "data" / "reports").mkdir(parents=True)
    (tmp_path / "data" / "reports" / "one.txt").write_text("Shelling was heard near Kharkiv and Nowhereville-on-Sea.")
    (tmp_path / "extra.txt").write_text("People left Kirkuk for Aleppo on Monday.")
    (tmp_path / "own.csv").write_text("name,latitude,longitude\nMill Farm,49.1,36.1\n")
    (tmp_path / "saved.csv").write_text("name,scope,action,place,latitude,longitude\nKirkuk,*,is,,35.4,44.3\n")
    done = subprocess.run(
        [sys.executable, "-c", SCRIPT],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
