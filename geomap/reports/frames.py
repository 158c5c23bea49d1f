"""Reports as a pandas DataFrame."""

from __future__ import annotations

import warnings
from itertools import chain
from os import PathLike
from pathlib import Path

import pandas as pd

from geomap.config import Project, open_project
from geomap.errors import NothingReadError, ReportNote
from geomap.model import Report
from geomap.reports.folder import find_files, read_file
from geomap.text.failures import Failures
from geomap.text.file_names import spell_path


def read_reports(path: str | PathLike[str], *, project: Project | str | PathLike[str] | None = None) -> pd.DataFrame:
    """Return the reports of a file or folder, a row for each with the fields of `Report` as columns.

    The limits are those of a project (default: the current folder's). What cannot be read is left out with a warning,
    and listed in ``frame.attrs["failures"]``: the first few of each kind, then the last with their number; what readers
    note about files that they read is in ``frame.attrs["notes"]``. Raises `NothingReadError` where there is nothing but
    failures.
    """
    reports: list[Report] = []
    failures, notes = Failures(), Failures()
    found = find_files(Path(path), open_project(project).settings.limits)
    for entry in chain(found.errors, chain.from_iterable(map(read_file, found))):
        if isinstance(entry, Report):
            reports.append(entry)
        else:
            (notes if isinstance(entry, ReportNote) else failures).add(entry)
    told = [*failures]
    if told and not reports:
        raise NothingReadError(f"No report could be read from {spell_path(path)}: {told[0]}", told)
    frame = pd.DataFrame(reports, columns=list(Report.__dataclass_fields__))
    frame.attrs["failures"] = [str(each) for each in told]
    frame.attrs["notes"] = [str(each) for each in notes]
    if told:
        warnings.warn(f"{failures.count:,} entries could not be read, the first: {told[0]}", stacklevel=2)
    return frame
