"""The way from files to the map; the only module that knows every stage.

files -> Report -> Mention -> Place -> Map. What was read and found before comes from the store, and the map is always
drawn from the store, in the order of report ids: so it is the same whatever the order of the builds that led to it.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import chain, islice
from os import PathLike
from pathlib import Path
from time import perf_counter
from typing import Any, TypeAlias

from geomap.config import Config, load_config
from geomap.engines import choose_engine
from geomap.engines.base import Engine
from geomap.errors import GeocoderError, OutputError, ReportError
from geomap.failures import NothingReadError, describe_error
from geomap.fallback import Fallback, Question, collect_questions, fill_gaps
from geomap.model import Candidate, ParsedReport, Report
from geomap.progress import NoProgress, Progress
from geomap.readings import FaultError, FoundFile, raise_faults, read_entries, read_whole
from geomap.reports import READER_FINGERPRINT, SourceFile, digest_file, find_files
from geomap.stages import DEFAULT_STAGES, Stages
from geomap.store import DamagedStoreError, FileKey, Store
from geomap.summary import BuildResult, UnresolvedNames

_log = logging.getLogger("geomap")

SMALL_FILE = 1_000_000
"""Bytes up to which a file is read as a whole, perhaps in a worker; a larger one goes to the store entry by entry."""

REPORTS_PER_COMMIT = 100
"""What an interruption may cost at most."""

AnyPath: TypeAlias = str | PathLike[str]


def build(
    paths: AnyPath | Sequence[AnyPath] | None = None,
    output: AnyPath | None = None,
    *,
    jobs: int | None = 1,
    stages: Stages = DEFAULT_STAGES,
    fallback: Fallback | None = None,
    progress: Progress | None = None,
) -> BuildResult:
    """Read the reports, do what is new or changed since the last build, and write the map.

    ``paths`` are files and folders (default: data/reports of the project), ``jobs`` the number of processes (None: one
    per core), ``fallback`` answers for unknown names (default: the service of geomap.toml, if any).

    Raises `GeomapError` where nothing could be read or written; single failures are in the result.
    """
    config = load_config()
    target = config.output if output is None else Path(output)
    if target.is_dir():
        raise OutputError(f"{target} is a folder: name the file to write, such as {target / 'map.html'}.")
    chosen = _list_paths(paths) or [config.reports]
    stages = stages.in_project(config)
    fallback = fallback or _open_fallback(config)
    with Store(config.store) as store:
        for attempt in (1, 2):
            run = _Build(config, store, stages, fallback, progress or NoProgress(), jobs)
            try:
                return run.run(chosen, target)
            except DamagedStoreError:
                if attempt == 2:
                    raise
                store.start_over()
    raise AssertionError("unreachable")


def _open_fallback(config: Config) -> Fallback | None:
    if not config.geocoder.service:
        return None
    from geomap.geocoders import open_fallback  # off unless the user configures a service

    return open_fallback(config.geocoder, folder=config.root / "data")


def _list_paths(paths: AnyPath | Sequence[AnyPath] | None) -> list[Path]:
    if paths is None:
        return []
    if isinstance(paths, str | PathLike):
        return [Path(paths)]
    return [Path(each) for each in paths]


class _Build:
    """One build: a run through the stages that counts what it does."""

    def __init__(
        self,
        config: Config,
        store: Store,
        stages: Stages,
        fallback: Fallback | None,
        progress: Progress,
        jobs: int | None,
    ) -> None:
        self._config = config
        self._store = store
        self._stages = stages
        self._fallback = fallback
        self._track = progress.track
        self._jobs = jobs
        self._failures: list[ReportError] = []
        self._notes: list[str] = []
        self._skipped = 0
        self._files_read = 0
        self._reports_recognised = 0
        self._reports_scanned = 0

    def run(self, paths: Sequence[Path], output: Path) -> BuildResult:
        started = perf_counter()
        self._store.begin()
        found = self._find(paths, output)
        self._read(found)
        self._choose(found)
        fingerprint = self._stages.fingerprint() if self._store.count_reports() else ""
        overlays = self._stages.overlay_fingerprint() if self._store.count_reports() else ""
        self._scan(overlays)
        self._parse(fingerprint)
        name = _name_output(output, self._config.root)
        changes = self._store.compare(name)
        if not self._store.count_reports() and (self._failures or not changes.removed):
            raise NothingReadError(_describe_nothing(paths, self._skipped), self._failures)
        unresolved = UnresolvedNames()
        counts = self._stages.draw(unresolved.watch(self._fill_gaps(fingerprint)), output)
        self._store.record_build(name, fingerprint, overlays)
        return BuildResult(
            output=output,
            reports=self._store.count_reports(),
            new=changes.new,
            changed=changes.changed,
            removed=changes.removed,
            mentions=counts.mentions,
            places=counts.places,
            unresolved=unresolved.list(),
            failures=tuple(self._failures),
            skipped=self._skipped,
            files_read=self._files_read,
            reports_recognised=self._reports_recognised,
            reports_scanned=self._reports_scanned,
            seconds=perf_counter() - started,
            notes=(*self._store.notes, *self._notes),
        )

    # Files

    def _find(self, paths: Sequence[Path], output: Path) -> list[FoundFile]:
        """Return the files of reports with their digests; a file that several PATHs hold counts for the first."""
        own = {output.resolve(), *(self._config.root / name for name in self._store.list_outputs())}
        sources: dict[Path, SourceFile] = {}
        for path in paths:
            for source in self._list_files(path):
                if (place := source.path.resolve()) not in own:  # a map among the reports is no report
                    sources.setdefault(place, source)
        tracked = self._track(sources.values(), label="Checking files", total=len(sources))
        return [found for source in tracked if (found := self._digest(source)) is not None]

    def _list_files(self, path: Path) -> Iterable[SourceFile]:
        try:
            found = find_files(path)
        except ReportError as error:
            self._failures.append(error)
            return ()
        self._failures.extend(found.errors)
        self._skipped += found.skipped
        return found

    def _digest(self, source: SourceFile) -> FoundFile | None:
        try:
            key = FileKey(digest_file(source.path), READER_FINGERPRINT, source.report_id)
            return FoundFile(source, key, source.path.stat().st_size)
        except (OSError, ReportError) as error:
            self._fail(source, error)
            return None

    def _read(self, found: Iterable[FoundFile]) -> None:
        """Read the files that are not in the store: many small ones at once, a large one entry by entry."""
        unknown = list({each.key: each for each in found if not self._store.has_file(each.key)}.values())
        small = [each for each in unknown if _weigh_file(each) <= SMALL_FILE]
        large = [each for each in unknown if _weigh_file(each) > SMALL_FILE]
        readings = zip(small, self._engine(_weigh_file).map(read_whole, small), strict=True)
        streams = ((each, read_entries(each)) for each in large)
        for each, entries in self._track(chain(readings, streams), label="Reading files", total=len(unknown)):
            self._files_read += 1
            _log.info("read %s", each.source.path)
            try:
                self._store.add_file(each.key, raise_faults(entries))
            except FaultError as error:
                self._fail(each.source, error)

    def _choose(self, found: Iterable[FoundFile]) -> None:
        for each in found:
            if self._store.has_file(each.key):
                for error in self._store.choose_file(each.key):
                    self._fail(each.source, error)

    def _fail(self, source: SourceFile, error: Exception) -> None:
        self._failures.append(
            ReportError(describe_error(error), path=str(source.path), line=getattr(error, "line", None))
        )

    # Reports

    def _scan(self, overlays: str) -> None:
        """Find out which reports the overlays touch: only what changes for these has to be recognised again."""
        if not overlays:
            return
        numbers = self._store.find_unscanned(overlays)
        touches = self._engine(_weigh_report).map(self._stages.scan, map(self._store.get_report, numbers))
        tracked = self._track(touches, label="Looking for added names", total=len(numbers))
        for batch in iter(lambda: list(islice(tracked, REPORTS_PER_COMMIT)), []):
            self._store.add_touches(overlays, batch)
            self._reports_scanned += len(batch)
        self._store.choose_touches(overlays)

    def _parse(self, fingerprint: str) -> None:
        numbers = self._store.find_unparsed(fingerprint)
        reports = map(self._store.get_report, numbers)
        results = self._engine(_weigh_report).map(self._stages.try_analyse, reports)
        batch: list[ParsedReport] = []
        try:
            tracked = self._track(results, label="Finding places", total=len(numbers))
            for number, result in zip(numbers, tracked, strict=True):
                self._reports_recognised += 1
                if isinstance(result, ParsedReport):
                    _log.info("found %d mentions in %s", len(result.mentions), result.report.id)
                    batch.append(result)
                else:
                    self._failures.append(result)
                    self._store.drop_report(number)
                if len(batch) >= REPORTS_PER_COMMIT:
                    self._store.add_mentions(fingerprint, batch)
                    batch = []
        finally:  # Ctrl-C costs nothing that was finished
            self._store.add_mentions(fingerprint, batch)

    def _fill_gaps(self, fingerprint: str) -> Iterator[ParsedReport]:
        if self._fallback is None:
            return self._store.iterate_parsed(fingerprint)
        answers = self._ask(collect_questions(self._store.iterate_parsed(fingerprint)), self._fallback)
        return (fill_gaps(each, answers) for each in self._store.iterate_parsed(fingerprint))

    def _ask(self, questions: Sequence[Question], fallback: Fallback) -> dict[Question, Candidate]:
        answers: dict[Question, Candidate] = {}
        try:
            for question in self._track(questions, label="Asking the geocoder", total=len(questions)):
                if (answer := fallback(question)) is not None:
                    answers[question] = answer
        except GeocoderError as error:
            self._notes.append(f"{error} Names that were not asked stay unresolved.")
        return answers

    def _engine(self, weigh: Callable[[Any], int]) -> Engine:
        return choose_engine(self._jobs, weigh=weigh)


def _describe_nothing(paths: Sequence[Path], skipped: int) -> str:
    names = ", ".join(str(each) for each in paths)
    others = f" ({skipped:,} files of other kinds)" if skipped else ""
    return f"No report was found in {names}{others}: put files there, or name other files and folders."


def _weigh_file(found: FoundFile) -> int:
    return found.size


def _weigh_report(report: Report) -> int:
    return len(report.text)


def _name_output(output: Path, root: Path) -> str:
    """Return how the store calls a map: relative to the project, which may be moved as a whole."""
    place = output.resolve()
    return (place.relative_to(root) if place.is_relative_to(root) else place).as_posix()
