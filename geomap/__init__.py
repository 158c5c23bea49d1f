"""Turn a folder of reports into one interactive map.

The names below are loaded when they are first used: importing geomap costs next to nothing.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from geomap.errors import GeomapError as GeomapError
    from geomap.geocoders import GazetteerGeocoder as GazetteerGeocoder
    from geomap.model import Candidate as Candidate
    from geomap.model import Mention as Mention
    from geomap.model import ParsedReport as ParsedReport
    from geomap.model import Place as Place
    from geomap.model import Report as Report
    from geomap.pipeline.build import build as build
    from geomap.pipeline.parsing import analyse as analyse
    from geomap.pipeline.parsing import parse as parse
    from geomap.pipeline.result import BuildResult as BuildResult
    from geomap.rendering.layer import ReportLayer as ReportLayer
    from geomap.reports.frames import read_reports as read_reports
    from geomap.version import __version__ as __version__

_HOMES = {
    "BuildResult": "geomap.pipeline.result",
    "Candidate": "geomap.model",
    "GazetteerGeocoder": "geomap.geocoders",
    "GeomapError": "geomap.errors",
    "Mention": "geomap.model",
    "ParsedReport": "geomap.model",
    "Place": "geomap.model",
    "Report": "geomap.model",
    "ReportLayer": "geomap.rendering.layer",
    "__version__": "geomap.version",
    "analyse": "geomap.pipeline.parsing",
    "build": "geomap.pipeline.build",
    "parse": "geomap.pipeline.parsing",
    "read_reports": "geomap.reports.frames",
}

__all__ = list(_HOMES)


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module 'geomap' has no attribute {name!r}")
    value = getattr(import_module(_HOMES[name]), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted({*globals(), *_HOMES})
