"""The whole way with the real backends: what the parts promise one by one, they keep together."""

from __future__ import annotations

import shutil
import subprocess
import sys
import time
from pathlib import Path

import pytest

import geomap
from geomap.pipeline.build import build

pytestmark = pytest.mark.slow

ROOT = Path(__file__).parents[2]
TEXTS = {
    "kharkov.txt": "KYIV, May 3 (AP) - Shelling was heard in Kharkov and Sumy, the governor of Kharkov Region said.",
    "kirkuk.md": "# Pipeline attacked\n\nA pipeline 30 km south of Kirkuk in Iraq was hit, officials in Baghdad said.",
    "paris.txt": "Floods closed schools in Paris, Texas, and in Dallas. Nobody was hurt in Lamar County.",
}


@pytest.fixture
def reports(tmp_path: Path) -> Path:
    folder = tmp_path / "data" / "reports"
    folder.mkdir(parents=True)
    return folder


def test_a_map_that_grew_equals_a_fresh_one_byte_for_byte(reports: Path, tmp_path: Path) -> None:
    for name, text in TEXTS.items():
        (reports / name).write_text(text, encoding="utf-8")
        result = build(project=tmp_path)
        assert (result.files_read, result.reports_recognised) == (1, 1)
    assert result.report_count == 3
    assert result.mention_count >= 8
    grown = result.output.read_bytes()
    shutil.rmtree(tmp_path / "output")
    assert build(project=tmp_path).output.read_bytes() == grown


@pytest.mark.slow
def test_workers_find_what_one_process_finds() -> None:
    from geomap.engines.base import Handling
    from geomap.engines.processes import ProcessEngine
    from geomap.model import Report
    from geomap.pipeline.analyser import Analyser
    from geomap.pipeline.backends import DEFAULT_BACKENDS

    items = [Report(f"{number}", text) for number in range(10) for text in TEXTS.values()]
    analyser = Analyser(DEFAULT_BACKENDS)
    found = ProcessEngine(2, patience=-1).map(analyser.analyse, items, Handling(lambda _: 20_000))
    assert list(found) == [analyser.analyse(item) for item in items]


@pytest.mark.slow
def test_the_fingerprint_is_the_same_in_every_process() -> None:
    code = (
        "from geomap.pipeline.analyser import Analyser\nfrom geomap.pipeline.backends import DEFAULT_BACKENDS\n"
        "from geomap.pipeline.fingerprints import fingerprint_mentions\n"
        "print(fingerprint_mentions(Analyser(DEFAULT_BACKENDS)))"
    )
    command = [sys.executable, "-c", code]
    found = {subprocess.run(command, cwd=ROOT, capture_output=True, check=True).stdout for _ in range(2)}
    assert len(found) == 1


def test_parse_returns_mentions(tmp_path: Path) -> None:
    mentions = geomap.parse("Shelling was heard in Kharkov, in Ukraine.", project=tmp_path)
    names = {each.text: each.place.name for each in mentions if each.place is not None}
    assert names["Kharkov"] == "Kharkiv"


@pytest.mark.slow
def test_parsing_a_sentence_starts_faster_than_one_and_a_half_imports_of_pandas() -> None:
    parse, pandas = ["-m", "geomap", "parse"], ["-c", "import pandas"]
    pairs = [(measure(parse), measure(pandas)) for _ in range(4)]
    assert min(first for first, _ in pairs[1:]) <= 1.5 * min(second for _, second in pairs[1:])


def measure(arguments: list[str]) -> float:
    started = time.perf_counter()
    sentence = b"Shelling was heard near Kharkiv."
    subprocess.run([sys.executable, *arguments], input=sentence, cwd=ROOT, capture_output=True, check=True)
    return time.perf_counter() - started
