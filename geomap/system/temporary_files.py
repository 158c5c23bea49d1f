"""Files on their way to their names: whoever is killed leaves them behind, and the next run takes them away."""

from __future__ import annotations

import hashlib
import os
import re
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from functools import cache
from itertools import count
from pathlib import Path
from typing import Final

from geomap.system.running import is_running

_NAME: Final = re.compile(r"\.geomap-([0-9a-f]{8})-([0-9]{1,10})-[0-9]+\.tmp")
_LONGEST: Final = 86_400.0
"""Seconds after which a file of another machine, whose processes nobody here can see, is held to be forgotten."""

_numbers = count(1)
_own: set[Path] = set()
_cleaned: set[Path] = set()


@contextmanager
def temporary_file(folder: Path) -> Iterator[Path]:
    """Give the path of a new file in a folder; at the end it is removed, unless it was renamed.

    Files that killed processes have left in the folder are removed first.
    """
    folder = folder.resolve()
    remove_leftovers(folder)
    path = folder / f".geomap-{_name_machine()}-{os.getpid()}-{next(_numbers)}.tmp"
    _own.add(path)
    try:
        yield path
    finally:
        with suppress(OSError):
            path.unlink(missing_ok=True)
        _own.discard(path)


def remove_leftovers(folder: Path) -> None:
    """Remove the temporary files of processes that have ended; each folder is looked at once in a process."""
    if folder in _cleaned:
        return
    _cleaned.add(folder)
    with suppress(OSError), os.scandir(folder) as entries:
        for path in [folder / entry.name for entry in entries if _NAME.fullmatch(entry.name)]:
            if path not in _own and _is_left_over(path):
                with suppress(OSError):
                    path.unlink()


def _is_left_over(path: Path) -> bool:
    found = _NAME.fullmatch(path.name)
    assert found is not None
    machine, process_id = found[1], int(found[2])
    if machine == _name_machine():
        return process_id == os.getpid() or not is_running(process_id)  # ours have been left out already
    try:
        return time.time() - path.stat().st_mtime > _LONGEST
    except OSError:
        return False


@cache
def _name_machine() -> str:
    """Return eight digits for this machine or container, because folders on network drives are shared."""
    import platform

    return hashlib.blake2b(platform.node().encode("utf-8", "surrogateescape"), digest_size=4).hexdigest()
