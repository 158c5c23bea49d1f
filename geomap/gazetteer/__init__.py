"""The embedded gazetteer: compile it, index it, look names up."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from geomap.gazetteer.index import Gazetteer


@cache
def open_gazetteer() -> Gazetteer:
    """Return the embedded gazetteer; it is opened once per process."""
    from geomap.gazetteer.index import Gazetteer

    return Gazetteer()
