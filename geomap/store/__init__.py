"""What has been read and found already, so that nothing is done twice."""

from geomap.store.builds import Changes
from geomap.store.locking import build_lock
from geomap.store.results import Store
from geomap.store.rows import FileKey, KnownAnswer

__all__ = [
    "Changes",
    "FileKey",
    "KnownAnswer",
    "Store",
    "build_lock",
]
