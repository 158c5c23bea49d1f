"""One report or text analysed as a project knows its places."""

from __future__ import annotations

import logging
from os import PathLike

from geomap.config import Project, describe_cut, open_project
from geomap.model import Mention, ParsedReport, Report
from geomap.pipeline.analyser import open_analyser
from geomap.pipeline.backends import DEFAULT_BACKENDS

_log = logging.getLogger("geomap")


def analyse(report: Report, *, project: Project | str | PathLike[str] | None = None) -> ParsedReport:
    """Return a report with the places that it names, by the gazetteer and corrections of a project.

    The default is the project of the current folder.
    """
    opened = open_project(project)
    analyser = open_analyser(opened, DEFAULT_BACKENDS.configure(opened.settings))
    parsed = analyser.analyse(report)
    if parsed.is_cut:
        _log.warning("%s: %s", report.id, describe_cut(len(parsed.mentions), analyser.mentions_per_report))
    return parsed


def parse(
    text: str,
    *,
    title: str = "",
    source: str = "",
    domain: str = "",
    date: str = "",
    project: Project | str | PathLike[str] | None = None,
) -> list[Mention]:
    """Return the mentions of places in a text; what else is known about it is context only.

    ``project`` (a path or a `Project`, default: the current folder's) gives the places, sources and corrections.
    """
    report = Report("text", text, title=title, source=source, domain=domain, date=date)
    return list(analyse(report, project=project).mentions)
