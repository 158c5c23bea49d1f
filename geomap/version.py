"""The version of the installed distribution."""

from __future__ import annotations

from importlib.metadata import PackageNotFoundError, version

try:
    __version__ = version("geomap-reports")
except PackageNotFoundError:  # run from a copy of the sources that nobody installed
    __version__ = "0+unknown"
