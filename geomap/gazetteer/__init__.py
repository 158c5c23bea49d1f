"""The gazetteer: the embedded one, and what the user adds to it. Compile it, index it, look names up."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from geomap.gazetteer.index import Gazetteer
    from geomap.gazetteer.overlays.folder import Overlay

_overlays_in_use: ContextVar[tuple[Overlay, ...]] = ContextVar("overlays_in_use", default=())


def open_gazetteer(overlays: tuple[Overlay, ...] | None = None) -> Gazetteer:
    """Return the embedded gazetteer with overlays on top (default: those in use); each is opened once per process."""
    return _open(_overlays_in_use.get() if overlays is None else overlays)


def open_gazetteer_of(folder: Path) -> Gazetteer:
    """Return the embedded gazetteer with the overlays of a folder on top, which need not exist."""
    if not folder.is_dir():
        return open_gazetteer(())
    from geomap.gazetteer.overlays.folder import find_overlays

    return open_gazetteer(find_overlays(folder))


@contextmanager
def use_overlays(overlays: tuple[Overlay, ...]) -> Iterator[None]:
    """Let `open_gazetteer` return a gazetteer with these overlays; without this it is the embedded one."""
    token = _overlays_in_use.set(overlays)
    try:
        yield
    finally:
        _overlays_in_use.reset(token)


@lru_cache(maxsize=4)
def _open(overlays: tuple[Overlay, ...]) -> Gazetteer:
    if overlays:
        from geomap.gazetteer.overlays.layered import LayeredGazetteer

        return LayeredGazetteer(overlays)
    from geomap.gazetteer.index import Gazetteer

    return Gazetteer()
