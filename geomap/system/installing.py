"""How packages get to where geomap runs: commands that can be copied from a message as they are."""

from __future__ import annotations

import importlib.util
import os
import shlex
import subprocess
import sys


def install_command(*requirements: str) -> str:
    """Return the command that installs packages for the Python that runs, also where that has no pip of its own."""
    if importlib.util.find_spec("pip") is not None:
        return python_command("-m", "pip", "install", *requirements)
    other = "py" if os.name == "nt" else "python3"  # such as the one that made the environment
    return _quote(other, "-m", "pip", "--python", _executable(), "install", *requirements)


def python_command(*arguments: str) -> str:
    """Return the command that calls the Python that runs."""
    return _quote(_executable(), *arguments)


def _executable() -> str:
    if not sys.executable:  # Python is part of another program
        return "python"
    return os.path.normpath(sys.executable)  # where Python was called by a relative path, the ".." is still in it


def _quote(*parts: str) -> str:
    return subprocess.list2cmdline(parts) if os.name == "nt" else shlex.join(parts)
