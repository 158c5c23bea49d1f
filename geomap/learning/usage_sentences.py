"""Sentences that teach how names are used: corpora in the form of ReLocaR, and those that were written for geomap."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Final

from geomap.errors import ReportError
from geomap.learning.corpora import GoldMention, GoldReport
from geomap.model import Report

OWN: Final = Path(__file__).parent / "usage_sentences.txt"
_NAME: Final = re.compile(r"\[(?P<literal>[^\[\]]+)\]|\{(?P<associative>[^{}]+)\}")
_MARK: Final = "<ENT>"
_TYPES: Final = {"literal": "Literal", "metonymic": "Metonymic"}


def read_own_usage_sentences(path: Path = OWN) -> list[GoldReport]:
    """Return geomap's own sentences: names in square brackets are literal in them, those in braces associative."""
    lines = (line for line in path.read_text(encoding="utf-8").splitlines() if line.strip() and line[0] != "#")
    return [_read_own(f"{path.name}:{number}", line) for number, line in enumerate(lines, 1)]


def _read_own(identity: str, line: str) -> GoldReport:
    pieces, gold, length, done = [], [], 0, 0
    for match in _NAME.finditer(line):
        before, name = line[done : match.start()], match["literal"] or match["associative"]
        start = length + len(before)
        usage = "literal" if match["literal"] else "associative"
        gold.append(GoldMention(start, start + len(name), None, None, None, usage=usage))
        pieces += [before, name]
        length, done = start + len(name), match.end()
    return GoldReport(Report(identity, "".join([*pieces, line[done:]])), tuple(gold), OWN.stem, identity)


def is_usage_corpus(path: Path) -> bool:
    """Tell whether a path is a corpus of sentences: a text file, or a folder of such."""
    return path.is_dir() or path.suffix == ".txt"


def read_usage_sentences(paths: Iterable[Path]) -> list[GoldReport]:
    """Return each sentence as a report with one mark, whose type says how the name is used.

    A line is ``name<SEP>sentence`` with the name between ``<ENT>`` marks; the file's name says "literal" or
    "metonymic". A folder stands for the text files in it; it, or the file's parent, names the corpus.
    """
    files = (file for path in paths for file in (sorted(path.glob("*.txt")) if path.is_dir() else [path]))
    return [sentence for file in files for sentence in _read_file(file)]


def _read_file(path: Path) -> Iterator[GoldReport]:
    mark_type = next((name for word, name in _TYPES.items() if word in path.stem.lower()), None)
    if mark_type is None:
        remedy = 'its name has to say "literal" or "metonymic", as relocar_literal_train.txt does'
        raise ReportError(f"does not tell how its names are used: {remedy}", path=str(path))
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise ReportError(f"cannot be read ({error})", path=str(path)) from error
    for number, line in enumerate(lines, 1):
        if line.strip():
            yield _read_line(line, mark_type, path, number)


def _read_line(line: str, mark_type: str, path: Path, number: int) -> GoldReport:
    parts = line.partition("<SEP>")[2].split(_MARK)
    if len(parts) != 3:
        raise ReportError(f"is not name<SEP>sentence with one name between {_MARK}", path=str(path), line=number)
    before, name, after = parts
    text = before + name + after
    mark = GoldMention(len(before), len(before) + len(name), None, None, None, mark_type)
    return GoldReport(Report(f"{path.name}:{number}", text), (mark,), path.parent.name or path.stem, text)
