"""All corrections of a project: which of them concern a report."""

from __future__ import annotations

import hashlib
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import Final

from geomap.corrections.correction import EVERYWHERE, SOURCE, Correction, name_key, source_key
from geomap.model import Report

_WORD: Final = re.compile(r"\w+")


class CorrectionBook:
    """Corrections by what they apply to.

    Those of single reports are found by id. The others, *wide* ones, concern each report of their source, or each at
    all, whose text has the name.
    """

    def __init__(self, corrections: Iterable[Correction] = ()) -> None:
        self.corrections = tuple(corrections)
        self._of_reports: dict[str, list[Correction]] = defaultdict(list)
        self._wide: dict[str, list[Correction]] = defaultdict(list)
        for each in self.corrections:
            for report_id in each.report_ids:
                self._of_reports[report_id].append(each)
            if not each.report_ids:
                self._wide[_first_word(each.name)].append(each)
        self._digests = {each: each.digest() for each in self.corrections}

    def __reduce__(self) -> tuple[object, ...]:  # what a worker makes it of again
        return CorrectionBook, (self.corrections,)

    def __bool__(self) -> bool:
        return bool(self.corrections)

    def find(self, report: Report) -> list[Correction]:
        """Return the corrections whose scope includes a report; wide ones only if its text has their name."""
        return [*self._of_reports.get(report.id, ()), *self._find_wide(report)]

    def fingerprint_wide(self) -> str:
        """Return what changes whenever `digest_impact` could, or an empty string without wide corrections."""
        wide = [each for rows in self._wide.values() for each in rows]
        return f"corrections {self._digest(wide)}" if wide else ""

    def digest_impact(self, report: Report) -> str:
        """Return a digest of the wide corrections that a report is in the scope of, or an empty string if none is."""
        found = list(self._find_wide(report))
        return f"c{self._digest(found)}" if found else ""

    def digest_impacts_by_report(self) -> dict[str, str]:
        """Return digests of the corrections that name a single report, by the report's id."""
        return {report_id: f"r{self._digest(rows)}" for report_id, rows in self._of_reports.items()}

    def _find_wide(self, report: Report) -> Iterator[Correction]:
        if not self._wide:
            return
        text, source = name_key(report.text), SOURCE + source_key(report.source)
        for word in self._wide.keys() & {"", *_WORD.findall(text)}:
            for each in self._wide[word]:
                name, scope = each.key
                if scope in (EVERYWHERE, source) and name in text:
                    yield each

    def _digest(self, corrections: Iterable[Correction]) -> str:
        digests = "\n".join(sorted(self._digests[each] for each in corrections))
        return hashlib.blake2b(digests.encode("ascii"), digest_size=16).hexdigest()


def _first_word(name: str) -> str:
    """Return the first word of a name, or an empty string in scripts that do not separate words by blanks."""
    found = _WORD.search(name_key(name))
    if found is None or any(letter.isalpha() and letter.lower() == letter.upper() for letter in found[0]):
        return ""
    return found[0]
