"""What an analyst does every day: add, change, delete, correct; the map is that of a fresh build, the work is not."""

from __future__ import annotations

import random
import re
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from geomap.pipeline.backends import DEFAULT_BACKENDS, Backends
from geomap.pipeline.build import build
from geomap.pipeline.result import BuildResult
from geomap.testing import SMALL_BACKENDS

SAMPLES = Path(__file__).parents[2] / "data" / "reports"
SENTENCES_EACH = 8


def read_sentences() -> list[str]:
    """Return the sentences of the sample reports, and names that the small backends know."""
    text = " ".join(path.read_text(encoding="utf-8", errors="ignore") for path in sorted(SAMPLES.rglob("*.txt")))
    sentences = [each.strip() for each in re.split(r"(?<=[.?!])\s+", text) if 40 < len(each) < 400]
    names = ("Kharkiv", "Kirkuk", "Aleppo")
    return sentences + [
        f"Sources in {name} spoke of {word} things." for name in names for word in ("quiet", "worrying")
    ]


def write_reports(folder: Path, count: int) -> None:
    sentences, chance = read_sentences(), random.Random(6)
    for number in range(count):
        text = " ".join(chance.sample(sentences, SENTENCES_EACH))
        (folder / f"{number:05}.txt").write_text(f"Date: 2026-10-{1 + number % 28:02}\n\n{text}", encoding="utf-8")


@pytest.fixture
def reports(tmp_path: Path) -> Path:
    folder = tmp_path / "data" / "reports"
    folder.mkdir(parents=True)
    return folder


def add(reports: Path) -> tuple[int, ...]:
    (reports / "00007a.txt").write_text("Date: 2026-10-03\n\nShelling was heard in Kharkiv, in Kirkuk and in Aleppo.")
    return 1, 1, 1, 0


def change(reports: Path) -> tuple[int, ...]:
    path = reports / "00003.txt"
    path.write_text(path.read_text(encoding="utf-8") + " People left Kharkiv for Kirkuk.", encoding="utf-8")
    return 1, 1, 1, 0


def delete(reports: Path) -> tuple[int, ...]:
    (reports / "00005.txt").unlink()
    return 0, 0, 0, 0


def correct_here(reports: Path) -> tuple[int, ...]:
    (reports.parent / "corrections.csv").write_text(
        "name,scope,action,latitude,longitude\nKharkiv,report:00007a.txt,is,49.5,36.5\n", encoding="utf-8"
    )
    return 0, 1, 0, 0


def correct_everywhere(reports: Path) -> tuple[int, ...]:
    with (reports.parent / "corrections.csv").open("a", encoding="utf-8") as stream:
        stream.write("Aleppo,*,is-not-a-place,,\n")
    texts = [path.read_text(encoding="utf-8") for path in reports.iterdir()]
    return 0, sum(re.search(r"\bAleppo\b", text) is not None for text in texts), 0, len(texts)


STEPS: tuple[Callable[[Path], tuple[int, ...]], ...] = (add, change, delete, correct_here, correct_everywhere)


def work_of(result: BuildResult) -> tuple[int, ...]:
    return result.files_read, result.reports_recognised, result.reports_signed, result.reports_scanned


def build_afresh(tmp_path: Path, backends: Backends, jobs: int | None) -> bytes:
    store = tmp_path / "output/.geomap"
    aside = store.rename(tmp_path / "aside")
    fresh_map = tmp_path / "fresh" / "map.html"
    fresh = build(output=fresh_map, backends=backends, jobs=jobs, project=tmp_path).output.read_bytes()
    shutil.rmtree(store)
    aside.rename(store)
    return fresh


@pytest.mark.parametrize(
    ("backends", "count"),
    [
        pytest.param(SMALL_BACKENDS, 60, id="small backends"),
        pytest.param(DEFAULT_BACKENDS, 12, id="real backends", marks=pytest.mark.slow),
        pytest.param(SMALL_BACKENDS, 10_000, id="ten thousand reports, small backends", marks=pytest.mark.long),
        pytest.param(DEFAULT_BACKENDS, 10_000, id="ten thousand reports, real backends", marks=pytest.mark.long),
    ],
)
def test_each_day_gives_the_map_of_a_fresh_build_for_the_work_of_what_changed(
    reports: Path, backends: Backends, count: int, tmp_path: Path
) -> None:
    jobs = None if count >= 10_000 else 1
    write_reports(reports, count)
    first = build(backends=backends, jobs=jobs, project=tmp_path)
    assert work_of(first) == (count, count, count, 0)
    assert first.copies == 0
    maps = [first.output.read_bytes()]
    for step in STEPS:
        expected = step(reports)
        result = build(backends=backends, jobs=jobs, project=tmp_path)
        assert work_of(result) == expected, step.__name__
        maps.append(result.output.read_bytes())
        if backends is SMALL_BACKENDS or count >= 10_000 or step is STEPS[-1]:  # drawing takes most of the time
            assert build_afresh(tmp_path, backends, jobs) == maps[-1], step.__name__
    assert len(set(maps)) == len(maps)  # each step is seen on the map
    assert work_of(build(backends=backends, project=tmp_path)) == (0, 0, 0, 0)
