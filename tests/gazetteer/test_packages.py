"""The packages can be downloaded from an environment that has no pip, as the README's commands make it."""

from __future__ import annotations

import os
import subprocess
import sys
import venv
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
SCRIPT = """
from geomap.errors import GazetteerError
from geomap.gazetteer.compilation.packages import find_pip
try:
    print(*find_pip())
except GazetteerError as error:
    print(error)
"""


@pytest.fixture
def python(tmp_path: Path) -> Path:
    venv.create(tmp_path / "venv", with_pip=False, symlinks=os.name != "nt")
    return tmp_path / "venv" / ("Scripts/python.exe" if os.name == "nt" else "bin/python")


def ask(python: Path, *folders: Path) -> str:
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "PATH": os.pathsep.join(map(str, folders))}
    return subprocess.run(
        [python, "-c", SCRIPT], check=True, stdout=subprocess.PIPE, text=True, env=environment
    ).stdout.strip()


@pytest.mark.slow
def test_a_python_with_pip_is_found_behind_those_without(python: Path, tmp_path: Path) -> None:
    (tmp_path / "with pip").mkdir()
    other = tmp_path / "with pip" / "python3"
    other.write_text(f'#!/bin/sh\nexec "{sys._base_executable}" "$@"\n')
    other.chmod(0o755)
    if os.name == "nt" or subprocess.run([other, "-m", "pip", "--version"], check=False).returncode:
        pytest.skip("a Python with pip beside this one is not here")
    assert ask(python, python.parent, tmp_path / "with pip") == f"{other} -m pip"


def test_without_any_pip_the_remedy_is_told(python: Path) -> None:
    answer = ask(python, python.parent)
    assert answer.startswith("pip is needed to download the packages")
    assert "install it" in answer
    assert "\n" not in answer
