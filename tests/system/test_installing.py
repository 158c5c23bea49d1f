"""The commands that messages give to install a package do it where geomap runs."""

from __future__ import annotations

import os
import shlex
import subprocess
import sys
import venv
from pathlib import Path

import pytest

import geomap
from geomap.system.installing import install_command, python_command

ASK = "from geomap.system.installing import install_command; print(install_command('a-package', 'geomap-reports[pdf]'))"


def ask(python: Path, folder: Path | None = None) -> list[str]:
    environment = {**os.environ, "PYTHONPATH": str(Path(geomap.__file__).parents[1])}
    done = subprocess.run([python, "-c", ASK], env=environment, cwd=folder, capture_output=True, text=True, check=True)
    return shlex.split(done.stdout)


@pytest.mark.skipif(os.name == "nt", reason="not here: quoted as POSIX shells do")
@pytest.mark.parametrize("has_pip", [False, True])
def test_the_command_is_for_the_python_that_runs(tmp_path: Path, *, has_pip: bool) -> None:
    venv.create(tmp_path / "my env", with_pip=False, symlinks=True)
    python = tmp_path / "my env" / "bin" / "python"
    (packages,) = (tmp_path / "my env" / "lib").glob("python*/site-packages")
    if has_pip:
        (packages / "pip").mkdir()
        (packages / "pip" / "__init__.py").touch()
        assert ask(python) == [str(python), "-m", "pip", "install", "a-package", "geomap-reports[pdf]"]
    else:
        expected = ["python3", "-m", "pip", "--python", str(python), "install", "a-package", "geomap-reports[pdf]"]
        assert ask(python) == expected


@pytest.mark.skipif(os.name == "nt", reason="not here: quoted as POSIX shells do")
def test_a_python_called_by_a_relative_path_is_named_as_other_processes_name_it(tmp_path: Path) -> None:
    venv.create(tmp_path / "env", with_pip=False, symlinks=True)
    (tmp_path / "project").mkdir()
    assert str(tmp_path / "env" / "bin" / "python") in ask(Path("../env/bin/python"), tmp_path / "project")


def test_commands_name_this_python() -> None:
    assert os.path.normpath(sys.executable) in install_command("pypdf")
    assert python_command("-m", "spacy").endswith("-m spacy")
