"""Synthetic sentences, written for geomap: they teach what corpora lack, such as companies, teams, persons and words.

In ``synthetic_sentences.txt`` a name of a place stands in square brackets, and in angle brackets what has the name of a
place but is none there ("<Paris> Hilton flew to [Paris]"). Some variants of each sentence have other names of the same
sort, so that what stands around a name counts, not the name.
"""

from __future__ import annotations

import random
import re
from collections.abc import Mapping, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Final, TypeAlias

from geomap.errors import ReportError
from geomap.gazetteer.index import Gazetteer
from geomap.gazetteer.layout import KIND_NAMES, kind_of, row_of
from geomap.learning.corpora import GoldMention, GoldReport
from geomap.model import Report

SENTENCES: Final = Path(__file__).parent / "synthetic_sentences.txt"
CORPUS: Final = "synthetic sentences"
VARIANTS: Final = 2
_NAME: Final = re.compile(r"\[([^\[\]]+)\]|<([^<>]+)>")
_BORROWED_FROM: Final = 4.0  # importance of places whose names are lent, that of a town of 10,000
_FEWEST: Final = 20  # names of a sort among which one is chosen
_KINDS: Final = {KIND_NAMES.index(kind): kind == "demonym" for kind in ("preferred", "demonym")}

Sort: TypeAlias = tuple[str, bool, bool, bool]
"""The class of the place ("" for demonyms), and whether the name is a word, a first name, a last name."""


def read_synthetic_sentences(gazetteer: Gazetteer, path: Path | None = None) -> list[GoldReport]:
    """Return the sentences of a file (default: `SENTENCES`) as reports: each as it is written, and its variants."""
    path = path or SENTENCES
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise ReportError(f"cannot be read ({error}): give a text file in UTF-8", path=str(path)) from error
    sentences = [line for line in lines if line.strip() and not line.startswith("#")]
    sorts = NameSorts(gazetteer)
    return [
        _read_sentence(f"{number}.{variant}", sorts.exchange(line, variant) if variant else line)
        for number, line in enumerate(sentences)
        for variant in range(VARIANTS + 1)
    ]


def _read_sentence(identity: str, line: str) -> GoldReport:
    pieces, gold, length, done = [], [], 0, 0
    for match in _NAME.finditer(line):
        name, before = match[1] or match[2], line[done : match.start()]
        start = length + len(before)
        if match[1]:
            gold.append(GoldMention(start, start + len(name), None, None, None))
        pieces += [before, name]
        length, done = start + len(name), match.end()
    report = Report(identity, "".join([*pieces, line[done:]]))
    return GoldReport(report, tuple(gold), CORPUS, group=identity.partition(".")[0])


class NameSorts:
    """Exchanges names for others of the same sort."""

    def __init__(self, gazetteer: Gazetteer) -> None:
        self._gazetteer = gazetteer
        self._names = _collect(gazetteer)

    def exchange(self, line: str, variant: int) -> str:
        """Return a marked-up sentence with other names; the same sentence and variant give the same ones."""
        source = random.Random(f"{variant} {line}")  # noqa: S311 -- no secret: it has to be the same each time
        return _NAME.sub(lambda match: self._other(match, source), line)

    def _other(self, match: re.Match[str], source: random.Random) -> str:
        name = match[1] or match[2]
        sort = sort_of(name.lower(), self._gazetteer) if name.isalpha() and name[0].isupper() else None
        if sort is None or (match[2] and sort[1]):  # "Angers flared": only that very word makes sense there
            return match[0]
        names = self._names.get(sort, ())
        if len(names) < _FEWEST:
            return match[0]
        new = source.choice(names)
        return match[0].replace(name, new.upper() if name.isupper() else new)


@lru_cache(maxsize=1)  # it goes through all names
def _collect(gazetteer: Gazetteer) -> Mapping[Sort, Sequence[str]]:
    names: dict[Sort, list[str]] = {}
    for key in gazetteer.names.iterkeys():
        sort = sort_of(key, gazetteer) if len(key) > 2 and key.isascii() and key.isalpha() else None
        if sort is not None:
            names.setdefault(sort, []).append(key.capitalize())
    return {sort: sorted(each) for sort, each in names.items()}


def sort_of(key: str, gazetteer: Gazetteer) -> Sort | None:
    """Return the sort of a folded name, or None if it is not the name of a well-known place."""
    key_id = gazetteer.names.get(key)
    if key_id is None:
        return None
    posting = gazetteer.all_postings(key_id)[0]
    is_demonym, row = _KINDS.get(kind_of(posting)), row_of(posting)
    if is_demonym is None or gazetteer.importance(row) < _BORROWED_FROM:
        return None
    feature = gazetteer.meta["features"][gazetteer.columns["feature"][row]]
    common, first, last = gazetteer.lexicon_levels(key)
    place = "" if is_demonym else "A.PCLI" if feature == "A.PCLI" else feature[:1]
    return place, common > 0, first > 3, last > 3
