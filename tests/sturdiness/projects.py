"""Projects to be maltreated, and what makes two of them equal."""

from __future__ import annotations

import json
import os
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[2]
NAMES = ("Kharkiv", "Kirkuk", "Aleppo")
QUERIES = (
    "SELECT files.digest, reader, report_id, id, reports.digest, body"
    " FROM files LEFT JOIN reports ON file = files.number",
    "SELECT files.digest, line, reason FROM failures JOIN files ON file = files.number",
    "SELECT * FROM mentions",
    "SELECT * FROM touches",
    "SELECT * FROM signatures",
    "SELECT output, id, digest, fingerprint, story FROM build_reports JOIN builds ON number = build",
    "SELECT output, correction, times FROM build_corrections JOIN builds ON number = build",
    "SELECT output, digest, reader"
    " FROM build_files JOIN builds ON builds.number = build JOIN files ON file = files.number",
)


def write_report(folder: Path, number: int, *, words: int = 40) -> None:
    """Write a report that tells no other's story."""
    folder.mkdir(parents=True, exist_ok=True)
    filling = " ".join(f"word{number}x{each}" for each in range(words))
    name, other = NAMES[number % 3], NAMES[(number + 1) % 3]
    text = f"Date: 2026-10-{1 + number % 28:02}\n\nShelling near {name}, and none near {other}. {filling}"
    (folder / f"{number:03}.txt").write_text(text, encoding="utf-8")


def read_store(path: Path) -> list[list[tuple[Any, ...]]]:
    """Return what a store holds, whatever the numbers of its rows."""
    if not path.exists():
        return []
    with closing(sqlite3.connect(path)) as database:
        assert database.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        assert database.execute("PRAGMA foreign_key_check").fetchall() == []
        return [sorted(database.execute(query).fetchall(), key=repr) for query in QUERIES]


def read_project(root: Path) -> dict[str, Any]:
    """Return all that a project holds, for comparing: its files, and the content of its store."""
    locks = {f"{name}.{ending}" for name in ("lock", "corrections-lock") for ending in ("sqlite", "txt")}
    own = {"log.txt", *locks, "store.sqlite", "store.sqlite-wal", "store.sqlite-shm"}
    files = (path for path in sorted(root.rglob("*")) if path.is_file() and path.name not in own)
    found: dict[str, Any] = {path.relative_to(root).as_posix(): path.read_bytes() for path in files}
    found["the store"] = read_store(root / "output" / ".geomap" / "store.sqlite")
    return found


class Starter:
    """Runs commands in processes that are there at once."""

    def __init__(self, process: subprocess.Popen[str]) -> None:
        self._process = process

    def run(self, folder: Path, *arguments: str, kill_after: float | None = None) -> int:
        """Return the exit status of a command; the whole process group is killed after so many seconds."""
        assert self._process.stdin is not None
        self._process.stdin.write(json.dumps({"folder": str(folder), "arguments": arguments}) + "\n")
        self._process.stdin.flush()
        child = self._read()
        if kill_after is not None:
            time.sleep(kill_after)  # the moment is what is tried
            self._kill(child)
        return self._read()

    def _read(self) -> int:
        assert self._process.stdout is not None
        return int(json.loads(self._process.stdout.readline()))

    @staticmethod
    def _kill(child: int) -> None:
        with suppress(ProcessLookupError):  # it has ended, or has not made its group yet
            os.killpg(child, signal.SIGKILL)


@contextmanager
def starting() -> Iterator[Starter]:
    """Start what starts commands."""
    command = [sys.executable, "-W", "error", str(Path(__file__).with_name("starter.py"))]
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, env=environment
    ) as process:
        yield Starter(process)
        assert process.stdin is not None
        process.stdin.close()
