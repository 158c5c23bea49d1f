"""What cannot be used of a file: a line for each of the first, and how many there are."""

from __future__ import annotations

from typing import Final

SHOWN: Final = 20
"""How many are told one by one: a file of another make would fill the screen."""


class RowError(ValueError):
    """A row cannot be used; the message says why."""


class Refusals:
    """The rows of one file that were refused."""

    def __init__(self, label: str) -> None:
        self._label = label
        self.count = 0
        self.lines: list[str] = []

    def add(self, line: int, reason: str) -> None:
        """Note that a row was refused; ``line`` counts from 1."""
        self.count += 1
        if len(self.lines) < SHOWN:
            self.lines.append(f"{self._label}, line {line}: {reason}")
