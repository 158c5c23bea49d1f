"""One build of a project at a time: two would take each other's results for what nobody needs any more."""

from __future__ import annotations

from contextlib import AbstractContextManager
from pathlib import Path
from typing import Final

from geomap.errors import BuildInProgressError
from geomap.system.locking import PATIENCE, Lock

_LOCK: Final = Lock("lock", "building in this project", BuildInProgressError)


def build_lock(folder: Path, *, patience: float = PATIENCE) -> AbstractContextManager[None]:
    """Hold the build lock of the project whose store is in a folder; a process that has to wait says so.

    Raises `BuildInProgressError` with the number of the process that builds, after ``patience`` seconds.
    """
    return _LOCK.hold(folder, patience=patience)
