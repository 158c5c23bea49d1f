"""Duplicates: copies of a report, exact or lightly edited, form a cluster, are counted once, and all listed."""

from geomap.duplicates.clustering import cluster_duplicates
from geomap.duplicates.folding import fold_duplicates
from geomap.duplicates.signing import sign

__all__ = ["cluster_duplicates", "fold_duplicates", "sign"]
