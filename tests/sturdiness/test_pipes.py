"""Whoever has read enough of an output may leave, as `head` does."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from marking import slow_but_first
from projects import ROOT, write_report

from geomap.pipeline.build import build
from geomap.testing import SMALL_BACKENDS


@pytest.mark.parametrize("thing", slow_but_first(["--reports", "--mentions", "--places"]))
@pytest.mark.parametrize("form", slow_but_first(["csv", "jsonl"]))
def test_an_export_ends_quietly_with_its_reader(thing: str, form: str, tmp_path: Path) -> None:
    for number in range(100):
        write_report(tmp_path / "data" / "reports", number, words=300)
    build(backends=SMALL_BACKENDS, project=tmp_path)
    with subprocess.Popen(
        [sys.executable, "-m", "geomap", "export", thing, "--format", form],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    ) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        assert process.stdout.read(1)
        process.stdout.close()
        assert process.stderr.read() == b""
