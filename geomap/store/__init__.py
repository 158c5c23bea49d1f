"""What has been read and found already, so that nothing is done twice."""

from geomap.store.results import Changes, Store
from geomap.store.rows import FileKey
from geomap.store.schema import DamagedStoreError

__all__ = ["Changes", "DamagedStoreError", "FileKey", "Store"]
