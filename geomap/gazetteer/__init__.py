"""The gazetteer: the embedded one, and what the user adds to it. Compile it, index it, look names up."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from geomap.gazetteer.index import Gazetteer
    from geomap.gazetteer.overlays.folder import Overlay


@lru_cache(maxsize=4)
def open_gazetteer(overlays: tuple[Overlay, ...] = ()) -> Gazetteer:
    """Return the embedded gazetteer with overlays on top; each is opened once per process."""
    if overlays:
        from geomap.gazetteer.overlays.layered import LayeredGazetteer

        return LayeredGazetteer(overlays)
    from geomap.gazetteer.index import Gazetteer

    return Gazetteer()


def open_gazetteer_of(folder: Path) -> Gazetteer:
    """Return the embedded gazetteer with the overlays of a folder, which need not exist, on top."""
    return open_gazetteer(find_overlays(folder))


def find_overlays(folder: Path) -> tuple[Overlay, ...]:
    """Return the overlays of a folder, which need not exist, by name; a damaged one raises `GazetteerError`."""
    if not folder.is_dir():
        return ()
    from geomap.gazetteer.overlays.folder import find_overlays

    return find_overlays(folder)
