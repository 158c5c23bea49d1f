"""Cells of tables that people open in spreadsheets: a text that would run there as a formula is made to stay a text."""

from __future__ import annotations

import re
from typing import Final

EXPORTED_REPORTS: Final = "id title source date url domain language text mentions places unresolved copy_of".split()
"""What the header of a table begins with in which geomap hands reports on, whose cells it has neutralised.

Later versions append columns, so that tables of earlier ones are known as well.
"""

_RUNS: Final = re.compile("'*[=+\\-@\t\r\n＝＋－＠]")
_GUARD: Final = "'"


def neutralise_cell(text: str) -> str:
    """Return the text with an apostrophe in front where a spreadsheet could take it for a formula.

    `restore_cell` undoes it for every text, those that begin with apostrophes of their own included.
    """
    return _GUARD + text if _RUNS.match(text) else text


def restore_cell(cell: str) -> str:
    """Return the text that `neutralise_cell` was given."""
    return cell[1:] if cell.startswith(_GUARD) and _RUNS.match(cell) else cell
