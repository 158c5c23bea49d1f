"""The way from files to the map; the only module that knows every stage.

files -> Report -> Mention -> Place -> Map. What was read and found before comes from the store, and the map is always
drawn from the store, in the order of report ids: so it is the same whatever the order of the builds that led to it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import asdict, replace
from os import PathLike
from pathlib import Path
from time import perf_counter
from typing import TypeAlias

from geomap.comparing.comparison import Comparison
from geomap.config import Project, open_project
from geomap.duplicates import cluster_duplicates, fold_duplicates
from geomap.engines import choose_engine
from geomap.errors import DamagedStoreError, GeocoderError, NothingReadError, OutputError
from geomap.geocoders import open_fallback
from geomap.geocoders.fallback import Fallback, Question, collect_questions, fill_gaps
from geomap.model import Candidate, ParsedReport
from geomap.pipeline.analyser import open_analyser
from geomap.pipeline.analysis import find_places, sign_reports
from geomap.pipeline.backends import DEFAULT_BACKENDS, Backends
from geomap.pipeline.build_context import BuildContext
from geomap.pipeline.built import name_output
from geomap.pipeline.changes import Findings, LinkTargets, Older, list_stray_corrections, open_older
from geomap.pipeline.counters import AppliedCorrections, CutReports, UnresolvedNames
from geomap.pipeline.fingerprints import fingerprint_causes
from geomap.pipeline.ingest import ingest_files
from geomap.pipeline.result import BuildResult, describe_idle
from geomap.store import KnownAnswer, Store, build_lock
from geomap.store.rows import decode, encode
from geomap.system.progress import NoProgress, Progress
from geomap.text.file_names import spell_path

AnyPath: TypeAlias = str | PathLike[str]


def build(
    paths: AnyPath | Sequence[AnyPath] | None = None,
    output: AnyPath | None = None,
    *,
    project: Project | AnyPath | None = None,
    jobs: int | None = 1,
    backends: Backends = DEFAULT_BACKENDS,
    fallback: Fallback | None = None,
    progress: Progress | None = None,
    max_excerpts_per_place: int | None = None,
    compare_with: AnyPath | None = None,
) -> BuildResult:
    """Read the reports, do what is new or changed since the last build, and write the map.

    ``paths`` are files and folders (default: data/reports of the project), ``project`` is a path in it or a `Project`
    (default: the current folder's), ``jobs`` the number of processes (None: one
    per core), ``fallback`` answers for unknown names (default: the service of geomap.toml, if any). With
    ``max_excerpts_per_place`` the map shows only the newest mentions of each place. ``compare_with`` is a map that
    geomap has written before, or "last" for the last build of this one; the result's ``comparison`` has what changed.

    Raises `GeomapError` where nothing could be read or written; single failures are in the result.
    """
    project = open_project(project)
    target = project.output if output is None else Path(output)
    if target.is_dir():
        raise OutputError(f"{target} is a folder: name the file to write, such as {target / 'map.html'}.")
    chosen = _list_paths(paths) or [project.reports]
    backends = backends.configure(project.settings, max_excerpts_per_place=max_excerpts_per_place)
    analyser = open_analyser(project, backends)
    engine = choose_engine(jobs, project.settings.run.engine)
    older = open_older(compare_with)
    fallback = fallback or open_fallback(project.settings.geocoder, folder=project.data)
    with build_lock(project.store.parent), Store(project.store) as store:
        for attempt in (1, 2):
            context = BuildContext(project, store, analyser, engine, progress or NoProgress())
            try:
                return _Build(context, fallback, older).run(chosen, target)
            except DamagedStoreError:
                if attempt == 2:
                    raise
                store.start_over()
    raise AssertionError("unreachable")


def _list_paths(paths: AnyPath | Sequence[AnyPath] | None) -> list[Path]:
    if paths is None:
        return []
    if isinstance(paths, str | PathLike):
        return [Path(paths)]
    return [Path(each) for each in paths]


class _Build:
    """One build: a run through the stages."""

    def __init__(self, context: BuildContext, fallback: Fallback | None, older: Older) -> None:
        self._context = context
        self._store = context.store
        self._fallback = fallback
        self._older = older
        self._answers: dict[Question, Candidate] = {}

    def run(self, paths: Sequence[Path], output: Path) -> BuildResult:
        started = perf_counter()
        context, store = self._context, self._store
        store.begin()
        ingest_files(context, paths, output)
        fingerprint = find_places(context)
        name = name_output(output, context.project.root)
        changes = store.compare(name)
        if not store.count_reports() and (context.failures.count or not changes.removed):
            raise NothingReadError(_describe_nothing(paths, context.done.skipped), tuple(context.failures))
        first_of = self._find_copies()
        unresolved, applied = UnresolvedNames(), AppliedCorrections(context.analyser.corrections.corrections)
        cut, links = CutReports(context.analyser.mentions_per_report), LinkTargets()
        parsed = cut.watch(applied.watch(self._fill_gaps(fingerprint)))
        findings = Findings(store, fingerprint, fingerprint_causes(context.analyser), self._answers)
        differences = findings.find_changes(store.find_build(name), self._older)
        shown = fold_duplicates(parsed, first_of, store.iterate_parsed(fingerprint, clustered_only=True))
        seen = unresolved.watch(shown if self._older is None else links.watch(shown))
        counts = context.analyser.backends.draw_with(findings.causes)(seen, output)
        build = self._record(name, findings, applied, differences.kept)
        return BuildResult(
            **asdict(context.done),
            output=output,
            report_count=store.count_reports(),
            new=changes.new,
            changed=changes.changed,
            removed=changes.removed,
            mention_count=counts.mentions,
            place_count=counts.places,
            left_out=counts.left_out,
            shards=counts.shards,
            unresolved=unresolved.list(),
            failures=tuple(context.failures),
            stories_retold=len(set(first_of.values())),
            copies=len(first_of),
            seconds=perf_counter() - started,
            notes=(
                *store.notes,
                *map(str, context.remarks),
                *context.notes,
                *differences.notes,
                *cut.lines,
                *self._describe_corrections(applied),
            ),
            since_last=differences.since_last,
            comparison=self._add_strays(differences.asked, links, applied),
            store=context.project.store,
            build=build,
        )

    def _find_copies(self) -> dict[str, str]:
        """Return for the id of each copy that of the first report of its duplicate cluster.

        A report that has been corrected by itself is the one that is shown: else its corrections would not be seen.
        """
        sign_reports(self._context)
        preferred = {encode(each) for each in self._context.analyser.corrections.digest_impacts_by_report()}
        similarity = self._context.project.settings.duplicates.similarity
        first_of = cluster_duplicates(self._store.iterate_signatures(), similarity=similarity, preferred=preferred)
        self._store.choose_copies(first_of.items())
        firsts = {first: decode(first) for first in first_of.values()}  # one text for each, however many the copies
        return {decode(copy): firsts[first] for copy, first in first_of.items()}

    def _record(self, name: str, findings: Findings, applied: AppliedCorrections, comparison: Comparison) -> int:
        return self._store.record_build(
            name,
            findings.fingerprint,
            corrections=applied.times,
            answers=self._list_answers(),
            causes=findings.causes,
            comparison=comparison,
        )

    def _add_strays(
        self, comparison: Comparison | None, links: LinkTargets, applied: AppliedCorrections
    ) -> Comparison | None:
        if comparison is None:
            return None
        corrections = list_stray_corrections(applied.list_idle(), self._context.analyser.problems)
        return replace(comparison, strays=(*corrections, *links.list_broken(comparison)))

    def _describe_corrections(self, applied: AppliedCorrections) -> Iterator[str]:
        path = self._context.project.corrections
        name = path.relative_to(self._context.project.root)
        for problem in self._context.analyser.problems:
            yield f"{name}, line {problem.line}: {problem.reason}"
        yield from describe_idle(applied.list_idle(), str(name))

    def _fill_gaps(self, fingerprint: str) -> Iterator[ParsedReport]:
        if self._fallback is None:
            return self._store.iterate_parsed(fingerprint)
        self._answers = self._ask(collect_questions(self._store.iterate_parsed(fingerprint)), self._fallback)
        return (fill_gaps(each, self._answers) for each in self._store.iterate_parsed(fingerprint))

    def _ask(self, questions: Sequence[Question], fallback: Fallback) -> dict[Question, Candidate]:
        answers: dict[Question, Candidate] = {}
        try:
            for question in self._context.track(questions, label="Asking the geocoder", total=len(questions)):
                if (answer := fallback(question)) is not None:
                    answers[question] = answer
        except GeocoderError as error:
            self._context.notes.append(f"{error} Names that were not asked stay unresolved.")
        return answers

    def _list_answers(self) -> tuple[KnownAnswer, ...]:
        return tuple((question.name, question.country_code, answer) for question, answer in self._answers.items())


def _describe_nothing(paths: Sequence[Path], skipped: int) -> str:
    names = ", ".join(map(spell_path, paths))
    others = f" ({skipped:,} files of other kinds)" if skipped else ""
    return f"No report was found in {names}{others}: put files there, or name other files and folders."
