"""Reports -> what is found in them, in the store: only of those that are new, or that something has touched."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable, Iterator
from itertools import islice
from typing import TypeVar

from geomap.engines.base import Handling
from geomap.errors import ReportError
from geomap.model import ParsedReport, Report
from geomap.pipeline.blaming import give_up
from geomap.pipeline.context import Work
from geomap.pipeline.fingerprints import (
    fingerprint_additions,
    fingerprint_corrections,
    fingerprint_mentions,
    fingerprint_signatures,
)

_log = logging.getLogger("geomap")

REPORTS_PER_COMMIT = 100
"""What an interruption may cost at most."""

Result = TypeVar("Result")


def find_places(work: Work) -> str:
    """Find the places of the chosen reports where they are not known, and return what they are known by."""
    if not work.store.count_reports():
        return ""
    analyser = work.analyser
    fingerprint, additions = fingerprint_mentions(analyser), fingerprint_additions(analyser)
    corrections = fingerprint_corrections(analyser)
    _scan(work, additions, analyser.scan, label="Looking for added names")
    _scan(work, corrections, analyser.scan_corrections, label="Looking for corrected names")
    work.store.touch_reports(analyser.corrections.touched_reports())
    work.count(reports_found_again=work.store.count_outdated(fingerprint))
    _recognise(work, fingerprint)
    work.store.prune_touches((additions, corrections))
    return fingerprint


def _scan(work: Work, cause: str, scan: Callable[[Report], tuple[str, str]], *, label: str) -> None:
    """Find out which reports a cause touches: only what changes for these has to be recognised again."""
    if not cause:
        return
    numbers = work.store.find_unscanned(cause)
    touches = work.engine.map(scan, map(work.store.get_report, numbers), Handling(weigh_report))
    for batch in _batches(work.track(touches, label=label, total=len(numbers))):
        work.store.add_touches(cause, batch)
        work.count(reports_scanned=len(batch))
    work.store.choose_touches(cause)


def sign_reports(work: Work) -> None:
    """Sign the words of the chosen reports that have no signature yet."""
    from geomap.duplicates import sign  # numpy: only a build compares

    version = fingerprint_signatures()
    numbers = work.store.find_unsigned(version)
    signatures = work.engine.map(sign, map(work.store.get_report, numbers), Handling(weigh_report))
    for batch in _batches(work.track(signatures, label="Looking for copies", total=len(numbers))):
        work.store.add_signatures(version, batch)
        work.count(reports_signed=len(batch))


def _batches(items: Iterable[Result]) -> Iterator[list[Result]]:
    items = iter(items)
    return iter(lambda: list(islice(items, REPORTS_PER_COMMIT)), [])


def _recognise(work: Work, fingerprint: str) -> None:
    numbers = work.store.find_unparsed(fingerprint)
    reports = map(work.store.get_report, numbers)
    results = _analyse(work, reports)
    batch: list[ParsedReport] = []
    try:
        tracked = work.track(results, label="Finding places", total=len(numbers))
        for number, result in zip(numbers, tracked, strict=True):
            work.count(reports_recognised=1)
            if isinstance(result, ParsedReport):
                _log.info("found %d mentions in %s", len(result.mentions), result.report.id)
                batch.append(result)
            else:
                work.failures.add(result)
                work.store.drop_report(number)
            if len(batch) >= REPORTS_PER_COMMIT:
                work.store.add_mentions(fingerprint, batch)
                batch = []
    finally:  # Ctrl-C costs nothing that was finished
        work.store.add_mentions(fingerprint, batch)


def _analyse(work: Work, reports: Iterable[Report]) -> Iterator[ParsedReport | ReportError]:
    analyser, engine = work.analyser, work.engine
    handling: Handling[Report, ParsedReport | ReportError]
    handling = Handling(weigh_report, give_up, work.project.settings.limits)
    if analyser.takes_many:
        return engine.map_many(analyser.try_analyse_all, reports, handling)
    return engine.map(analyser.try_analyse, reports, handling)


def weigh_report(report: Report) -> int:
    """Return the length of a report's text, for the engine."""
    return len(report.text)
