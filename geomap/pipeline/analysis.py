"""Reports -> what is found in them, in the store: only of new ones and of those with another impact digest."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable, Iterator
from itertools import islice
from typing import TypeVar

from geomap.engines.base import Handling
from geomap.errors import ReportError
from geomap.model import ParsedReport, Report
from geomap.pipeline.blaming import give_up
from geomap.pipeline.build_context import BuildContext
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


def find_places(context: BuildContext) -> str:
    """Find the places of the chosen reports that are not in the store yet, and return their fingerprint."""
    if not context.store.count_reports():
        return ""
    analyser = context.analyser
    fingerprint, additions = fingerprint_mentions(analyser), fingerprint_additions(analyser)
    corrections = fingerprint_corrections(analyser)
    _scan(context, additions, analyser.scan, label="Looking for added names")
    _scan(context, corrections, analyser.scan_corrections, label="Looking for corrected names")
    context.store.choose_report_impacts(analyser.corrections.digest_impacts_by_report())
    context.count(reports_found_again=context.store.count_outdated(fingerprint))
    _recognise(context, fingerprint)
    context.store.prune_impacts((additions, corrections))
    return fingerprint


def _scan(context: BuildContext, cause: str, scan: Callable[[Report], tuple[str, str]], *, label: str) -> None:
    """Make the impact digests of a cause part of what decides the mentions: reports with other ones are done again."""
    if not cause:
        return
    numbers = context.store.find_unscanned(cause)
    impacts = context.engine.map(scan, map(context.store.get_report, numbers), Handling(weigh_report))
    for batch in _batches(context.track(impacts, label=label, total=len(numbers))):
        context.store.add_impacts(cause, batch)
        context.count(reports_scanned=len(batch))
    context.store.choose_impacts(cause)


def sign_reports(context: BuildContext) -> None:
    """Compute the signatures of the chosen reports that have none yet."""
    from geomap.duplicates import sign  # numpy: only a build compares

    version = fingerprint_signatures()
    numbers = context.store.find_unsigned(version)
    signatures = context.engine.map(sign, map(context.store.get_report, numbers), Handling(weigh_report))
    for batch in _batches(context.track(signatures, label="Looking for copies", total=len(numbers))):
        context.store.add_signatures(version, batch)
        context.count(reports_signed=len(batch))


def _batches(items: Iterable[Result]) -> Iterator[list[Result]]:
    items = iter(items)
    return iter(lambda: list(islice(items, REPORTS_PER_COMMIT)), [])


def _recognise(context: BuildContext, fingerprint: str) -> None:
    numbers = context.store.find_unparsed(fingerprint)
    reports = map(context.store.get_report, numbers)
    results = _analyse(context, reports)
    batch: list[ParsedReport] = []
    try:
        tracked = context.track(results, label="Finding places", total=len(numbers))
        for number, result in zip(numbers, tracked, strict=True):
            context.count(reports_recognised=1)
            if isinstance(result, ParsedReport):
                _log.info("found %d mentions in %s", len(result.mentions), result.report.id)
                batch.append(result)
            else:
                context.failures.add(result)
                context.store.drop_report(number)
            if len(batch) >= REPORTS_PER_COMMIT:
                context.store.add_mentions(fingerprint, batch)
                batch = []
    finally:  # Ctrl-C costs nothing that was finished
        context.store.add_mentions(fingerprint, batch)


def _analyse(context: BuildContext, reports: Iterable[Report]) -> Iterator[ParsedReport | ReportError]:
    analyser, engine = context.analyser, context.engine
    handling: Handling[Report, ParsedReport | ReportError]
    handling = Handling(weigh_report, give_up, context.project.settings.limits)
    if analyser.takes_many:
        return engine.map_many(analyser.try_analyse_all, reports, handling)
    return engine.map(analyser.try_analyse, reports, handling)


def weigh_report(report: Report) -> int:
    """Return the length of a report's text, for the engine."""
    return len(report.text)
