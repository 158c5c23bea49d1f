"""What the command line says, and the exit statuses."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import Final

from geomap.errors import GeomapError, describe_error

DONE: Final = 0
FAILED: Final = 1
WRONG_USAGE: Final = 2
INTERRUPTED: Final = 130


def say(line: str) -> None:
    """Print a line of output."""
    print(line)  # noqa: T201 -- the command line's output


def complain(line: str) -> None:
    """Print a line about what went wrong, or is going on."""
    print(line, file=sys.stderr)  # noqa: T201 -- likewise


def try_each(sources: Sequence[str], use: Callable[[str], None]) -> int:
    """Use each source and return the exit status: one that fails stops no other, but raises if alone."""
    failed = 0
    for source in sources:
        try:
            use(source)
        except GeomapError as error:
            if len(sources) == 1:
                raise
            complain(f"failed: {source}: {describe_error(error)}")
            failed += 1
    return FAILED if failed == len(sources) else DONE


@contextmanager
def shown_log() -> Iterator[None]:
    """Show on standard error what geomap tells its log."""
    import logging

    handler = logging.StreamHandler()
    handler.setFormatter(logging.Formatter("%(message)s"))
    logger = logging.getLogger("geomap")
    logger.setLevel(logging.INFO)
    logger.addHandler(handler)
    try:
        yield
    finally:
        logger.removeHandler(handler)
