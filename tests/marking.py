"""Which of many like tests the quick part has."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import pytest


def slow_but_first(values: Iterable[Any]) -> list[Any]:
    """Mark all values of a test but the first as slow: the quick part tries one of the kind, the whole suite all."""
    first, *others = values
    marked = (pytest.param(*(each if isinstance(each, tuple) else (each,)), marks=pytest.mark.slow) for each in others)
    return [first, *marked]
