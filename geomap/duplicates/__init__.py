"""The same story once: copies of a report, exact or lightly edited, are grouped, counted once, and all listed."""

from geomap.duplicates.folding import fold_stories
from geomap.duplicates.grouping import group_stories
from geomap.duplicates.signing import sign

__all__ = ["fold_stories", "group_stories", "sign"]
