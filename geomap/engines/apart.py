"""Long items: worked on in a process that can be ended, whatever the number of jobs."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from typing import Any, Final

from geomap.engines.base import Handling, Item
from geomap.engines.grouping import Many
from geomap.system.messages import encode_message

LONG: Final = 200_000
"""Weight of an item from which on it is not worked on in the calling process; below, it takes seconds at most."""


def is_worked_on_apart(function: Many[Item, Any], group: Sequence[Item], handling: Handling[Item, Any]) -> bool:
    """Return whether a group has an item that needs limits, and another process can run the function."""
    return handling.limits is not None and any(handling.weigh(item) >= LONG for item in group) and can_be_sent(function)


def can_be_sent(function: Many[Any, Any]) -> bool:
    """Return whether another process can be started and can run the function."""
    if not sys.executable:  # embedded in a program: no interpreter to start
        return False
    try:
        return b'"__main__:' not in encode_message(function, with_functions=True)
    except (AttributeError, TypeError, ValueError):
        return False
