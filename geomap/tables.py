"""Reports, and what was found in them, as pandas DataFrames."""

from __future__ import annotations

import warnings
from itertools import chain
from os import PathLike
from pathlib import Path
from typing import Any, Final

import pandas as pd

from geomap.built import Built, NotBuiltError
from geomap.config import load_config
from geomap.errors import NothingReadError, ReportError
from geomap.exporting.columns import COLUMNS, ColumnKind, Thing
from geomap.exporting.records import iterate_records
from geomap.model import Report
from geomap.reports import find_files, read_file
from geomap.store import Store

_KINDS: Final[dict[ColumnKind, str | None]] = {
    "text": None,
    "integer": "Int64",  # with room for what is unknown
    "long": "Int64",
    "number": "float64",
    "truth": "bool",
}


def read_reports(path: str | PathLike[str]) -> pd.DataFrame:
    """Return the reports of a file or folder, a row for each with the fields of `Report` as columns.

    What cannot be read is left out with a warning, and listed in ``frame.attrs["failures"]``. Raises `NothingReadError`
    where there is nothing but failures.
    """
    reports: list[Report] = []
    failures: list[ReportError] = []
    found = find_files(Path(path), load_config().limits)
    for entry in chain(found.errors, chain.from_iterable(map(read_file, found))):
        if isinstance(entry, Report):
            reports.append(entry)
        else:
            failures.append(entry)
    if failures and not reports:
        raise NothingReadError(f"No report could be read from {path}: {failures[0]}", failures)
    frame = pd.DataFrame(reports, columns=list(Report.__dataclass_fields__))
    frame.attrs["failures"] = [str(each) for each in failures]
    if failures:
        warnings.warn(f"{len(failures)} entries could not be read, the first: {failures[0]}", stacklevel=2)
    return frame


def read_frame(store: Path | None, build: int, thing: Thing) -> pd.DataFrame:
    """Return the places, mentions or reports of a build, with the columns of `geomap export`.

    Raises `NotBuiltError` where the map has been built again since, or nothing could be kept of the build.
    """
    if store is None or not store.is_file():
        raise NotBuiltError("The store of this build is gone: build again, and take the frames from the new result.")
    with Store(store) as opened, opened.snapshot():
        if not opened.has_build(build):
            raise NotBuiltError("The map has been built again since: take the frames from the new result.")
        names = {column.name: column.kind for column in COLUMNS[thing]}
        columns: dict[str, list[Any]] = {name: [] for name in names}
        for record in iterate_records(Built(opened, build, ""), thing):
            for name, values in columns.items():
                values.append(record.values[name])
    return pd.DataFrame({name: pd.Series(values, dtype=_KINDS[names[name]]) for name, values in columns.items()})
