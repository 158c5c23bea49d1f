"""What has been read and found already, so that nothing is done twice."""

from geomap.store.builds import Changes
from geomap.store.locking import BuildInProgressError, build_lock
from geomap.store.results import Store
from geomap.store.rows import FileKey, KnownAnswer
from geomap.store.schema import DamagedStoreError

__all__ = [
    "BuildInProgressError",
    "Changes",
    "DamagedStoreError",
    "FileKey",
    "KnownAnswer",
    "Store",
    "build_lock",
]
