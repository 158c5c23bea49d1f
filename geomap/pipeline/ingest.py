"""Files -> reports in the store: each file is read once, and again when its bytes have changed."""

from __future__ import annotations

import logging
from collections.abc import Iterable, Sequence
from itertools import chain
from pathlib import Path

from geomap.engines.base import Handling
from geomap.errors import FaultError, ReportError
from geomap.pipeline.build_context import BuildContext
from geomap.pipeline.readings import FoundFile, give_up, raise_faults, read_entries, read_whole
from geomap.reports import SourceFile, digest_file, find_files, reader_fingerprint
from geomap.store import FileKey

_log = logging.getLogger("geomap")

SMALL_FILE = 1_000_000
"""Bytes up to which a file is read as a whole, perhaps in a worker; a larger one goes to the store entry by entry."""


def ingest_files(context: BuildContext, paths: Sequence[Path], output: Path) -> None:
    """Read the files that are not in the store, and choose the reports of all files for the build."""
    found = _find(context, paths, output)
    _read(context, found)
    for each in found:
        if context.store.has_file(each.key):
            for error in context.store.choose_file(each.key):
                context.fail(each.source, error)


def _find(context: BuildContext, paths: Sequence[Path], output: Path) -> list[FoundFile]:
    """Return the files of reports with their digests; a file below several PATHs counts for the first."""
    own = {output.resolve(), *(context.project.root / name for name in context.store.list_outputs())}
    sources: dict[Path, SourceFile] = {}
    for path in paths:
        for source in _list_files(context, path):
            if (place := source.path.resolve()) not in own:  # a map among the reports is no report
                sources.setdefault(place, source)
    tracked = context.track(sources.values(), label="Checking files", total=len(sources))
    return [found for source in tracked if (found := _digest(context, source)) is not None]


def _list_files(context: BuildContext, path: Path) -> Iterable[SourceFile]:
    try:
        found = find_files(path, context.project.settings.limits)
    except ReportError as error:
        context.failures.add(error)
        return ()
    context.failures.extend(found.errors)
    context.count(skipped=found.skipped)
    return found


def _digest(context: BuildContext, source: SourceFile) -> FoundFile | None:
    try:
        key = FileKey(digest_file(source.path), reader_fingerprint(source.path, source.limits), source.report_id)
        return FoundFile(source, key, source.path.stat().st_size)
    except (OSError, ReportError) as error:
        context.fail(source, error)
        return None


def _read(context: BuildContext, found: Iterable[FoundFile]) -> None:
    """Read the files that are not in the store: many small ones at once, a large one entry by entry."""
    unknown = list({each.key: each for each in found if not context.store.has_file(each.key)}.values())
    small = [each for each in unknown if weigh_file(each) <= SMALL_FILE]
    large = [each for each in unknown if weigh_file(each) > SMALL_FILE]
    readings = zip(small, context.engine.map(read_whole, small, Handling(weigh_file, give_up)), strict=True)
    streams = ((each, read_entries(each)) for each in large)
    for each, entries in context.track(chain(readings, streams), label="Reading files", total=len(unknown)):
        context.count(files_read=1)
        _log.info("read %s", each.source.shown_path)
        try:
            context.store.add_file(each.key, raise_faults(entries))
        except FaultError as error:
            context.fail(each.source, error)


def weigh_file(found: FoundFile) -> int:
    """Return the size of a file in bytes, for the engine."""
    return found.size
