"""Parsers as files can make them behave; the confined process runs them."""

from __future__ import annotations

import os
import re
import time
from pathlib import Path

from geomap.config import Limits


def wait_for_ever(_data: bytes, _limits: Limits) -> dict[str, str]:
    time.sleep(1_000)
    return {}


def take_all_memory(_data: bytes, _limits: Limits) -> dict[str, str]:
    return {"x": str(len([bytes(100_000_000) for _ in range(1_000)]))}


def end_at_once(_data: bytes, _limits: Limits) -> dict[str, str]:
    os._exit(3)


def talk(data: bytes, _limits: Limits) -> dict[str, str]:
    print("noise")  # noqa: T201 - as parsers may
    os.write(1, b"noise of a parser in C\n")
    return {"size": str(len(data)), "process": str(os.getpid())}


def note_process_and_wait(data: bytes, _limits: Limits) -> dict[str, str]:
    part = Path(data.decode() + ".part")
    part.write_text(str(os.getpid()))
    part.rename(data.decode())
    re.match("(a|a)*b", "a" * 100)  # holds the interpreter, as parsers in C do
    return {}
