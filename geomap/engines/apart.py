"""Long items: worked on in a process that can be ended, whatever the number of jobs."""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from typing import Any, Final

from geomap.config import Limits
from geomap.engines.messages import encode_message

LONG: Final = 200_000
"""Weight of an item from which on it is not worked on in the calling process; below, it takes seconds at most."""


def has_long(group: Sequence[Any], weigh: Callable[[Any], int], limits: Limits | None) -> bool:
    """Return whether a group has an item that is to be held to the limits."""
    return limits is not None and any(weigh(item) >= LONG for item in group)


def can_be_sent(function: Callable[..., Any]) -> bool:
    """Return whether another process can be started, and run the function."""
    if not sys.executable:  # embedded in a program: no interpreter to start
        return False
    try:
        return b'"__main__:' not in encode_message(function, with_functions=True)
    except (AttributeError, TypeError, ValueError):
        return False
