"""`.geomapignore`: which files of a folder are no reports, written as in `.gitignore`."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from fnmatch import translate
from pathlib import Path

FILE_NAME = ".geomapignore"
_LONGEST_FILE = 1_000_000
_RANGE = re.compile(r"\[\^")
_ESCAPED = re.compile(r"\\(.)")


@dataclass(frozen=True, slots=True)
class _Rule:
    """A line of the file; None among the patterns stands for ``**``, any number of folders."""

    patterns: tuple[re.Pattern[str] | None, ...]
    is_exception: bool
    only_folders: bool

    def matches(self, parts: Sequence[str], *, is_folder: bool) -> bool:
        return (is_folder or not self.only_folders) and _match(self.patterns, parts)


@dataclass(frozen=True, slots=True)
class Ignored:
    """The rules of a folder and of those above it: of the rules that match the last decides."""

    rules: tuple[tuple[int, _Rule], ...] = ()
    """Each with the depth of the folder whose file has it: it matches the path below that folder."""

    def below(self, folder: Path, *, depth: int) -> Ignored:
        """Return these rules with those of a folder's own file; raise `OSError` where that cannot be read."""
        path = folder / FILE_NAME
        if not path.is_file():  # a pipe would never end
            return self
        with path.open("rb") as stream:
            text = stream.read(_LONGEST_FILE).decode("utf-8-sig", "replace")
        found = (rule for line in re.split("\r?\n", text) if (rule := _read_rule(line)) is not None)
        return Ignored((*self.rules, *((depth, rule) for rule in found)))

    def has(self, parts: Sequence[str], *, is_folder: bool) -> bool:
        """Return whether an entry, given by the names of its path from the topmost folder, is ignored."""
        for depth, rule in reversed(self.rules):
            if rule.matches(parts[depth:], is_folder=is_folder):
                return not rule.is_exception
        return False


def _read_rule(line: str) -> _Rule | None:
    line = re.sub(r"(?<!\\) +$", "", line)
    is_exception = line.startswith("!")
    line = line.removeprefix("!") if is_exception else line
    only_folders = line.endswith("/")
    names = line.strip("/").split("/")
    if not line or line.startswith("#") or names == [""] or "//" in line:  # no path has an empty name
        return None
    is_anchored = len(names) > 1 or line.startswith("/")
    patterns = [None if name == "**" else re.compile(_translate(name)) for name in names]
    if not is_anchored:
        patterns = [None, *patterns]
    return _Rule(tuple(patterns), is_exception, only_folders)


def _translate(name: str) -> str:
    """Return the regular expression of one name, as `fnmatch` makes it: its time is linear in the name's length."""
    name = _ESCAPED.sub(lambda found: f"[{found[1]}]" if found[1] in "*?[" else found[1], name)
    return translate(_RANGE.sub("[!", name))


def _match(patterns: Sequence[re.Pattern[str] | None], parts: Sequence[str]) -> bool:
    """Return whether patterns match names; ``reached`` has the numbers of patterns that may be used up so far."""
    reached = {0}
    for part in parts:
        reached = _step(patterns, reached, part)
    return len(patterns) in reached


def _step(patterns: Sequence[re.Pattern[str] | None], reached: set[int], part: str) -> set[int]:
    following: set[int] = set()
    for number in reached:
        while number < len(patterns) and patterns[number] is None:
            following.add(number)
            if number == len(patterns) - 1:
                following.add(number + 1)
            number += 1
        if number < len(patterns) and (pattern := patterns[number]) is not None and pattern.match(part):
            following.add(number + 1)
    return following
