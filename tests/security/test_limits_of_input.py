"""What a file may cost is limited, and the owner of a project sets the limits."""

from __future__ import annotations

import json
import os
import sys
import time
from collections.abc import Callable
from dataclasses import fields
from itertools import pairwise
from pathlib import Path

import pytest
from hostile_files import zip_of
from marking import slow_but_first

from geomap.config import USUAL, Limits, open_project
from geomap.corrections import CorrectionBook
from geomap.corrections.correction import Correction
from geomap.errors import ConfigurationError, ReportError
from geomap.model import Mention, Report
from geomap.pipeline.analyser import Analyser
from geomap.pipeline.backends import DEFAULT_BACKENDS, Backends
from geomap.pipeline.build import build
from geomap.pipeline.fingerprints import fingerprint_mentions
from geomap.reports import SourceFile, find_files, read_file, reader_fingerprint
from geomap.testing import SMALL_BACKENDS, NameRecognizer, NameResolver, Standalone, draw_json


def read(path: Path, data: bytes, limits: Limits = USUAL) -> list[Report | ReportError]:
    path.write_bytes(data)
    return list(read_file(SourceFile(path, path.name, limits)))


@pytest.mark.parametrize(
    ("limits", "name", "make", "reason"),
    [
        (Limits(report_mb=1), "a.txt", lambda: b"x" * 1_000_001, "larger than 1 MB, the limit for one report"),
        (Limits(report_mb=1), "a.jsonl", lambda: b'{"text": "' + b"x" * 1_000_000 + b'"}', "larger than 1 MB"),
        (Limits(report_mb=1), "a.json", lambda: json.dumps([{"text": "x" * 1_000_001}]).encode(), "larger than 1 MB"),
        (Limits(report_mb=1), "a.csv", lambda: b"text\n" + b"x" * 1_000_001, "larger than 1 MB"),
        (Limits(report_mb=1), "a.html", lambda: b"<p>" + b"x" * 1_000_001, "larger than 1 MB"),
        (Limits(report_mb=1), "a.eml", lambda: b"Subject: x\n\n" + b"x" * 1_000_001, "more than 1 MB of text"),
        (Limits(document_mb=1), "a.json", lambda: b" " * 1_000_001, "larger than 1 MB, the limit for JSON"),
        (
            Limits(document_mb=1),
            "a.pdf",
            lambda: b"%PDF-1.4" + b" " * 1_000_001,
            "larger than 1 MB, the limit for a document",
        ),
        (
            Limits(archive_files=2),
            "a.zip",
            lambda: zip_of({f"{n}.txt": b"Sumy" for n in range(3)}),
            "more than 2 files",
        ),
        (
            Limits(archive_mb=1),
            "a.zip",
            lambda: zip_of({"a.txt": os.urandom(600_000).hex().encode()}),
            "more than 1 MB, the limit for an archive",
        ),
        (Limits(archive_ratio=5), "a.zip", lambda: zip_of({"a.txt": b"Sumy " * 300_000}), "more than 5 times its size"),
        (
            Limits(archive_levels=1),
            "a.zip",
            lambda: zip_of({"b.zip": zip_of({"a.txt": b"Sumy"})}),
            "more than 1 levels deep",
        ),
        (Limits(seconds=1), "a.eml", lambda: b"From: " + b"(" * 2_000_000 + b"\nSubject: x\n\nx" * 9, ""),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_each_limit_is_the_owners_to_set(
    limits: Limits, name: str, make: Callable[[], bytes], reason: str, tmp_path: Path
) -> None:
    found = read(tmp_path / name, make(), limits)
    if reason:
        assert any(isinstance(each, ReportError) and reason in str(each) for each in found), found


def test_other_limits_are_another_way_to_read() -> None:
    assert reader_fingerprint(Path("a.txt"), USUAL) == reader_fingerprint(Path("a.txt"))
    usual = fingerprint_mentions(Analyser(SMALL_BACKENDS))
    for each in fields(Limits):
        if each.name == "mentions_per_report":  # it changes what is found, not what is read
            assert fingerprint_mentions(Analyser(SMALL_BACKENDS, mentions_per_report=7)) != usual
            continue
        assert reader_fingerprint(Path("a.txt"), Limits(**{each.name: 7})) != reader_fingerprint(Path("a.txt"))


def test_limits_come_from_the_projects_file(tmp_path: Path) -> None:
    (tmp_path / "geomap.toml").write_text("[limits]\nreport_mb = 1\nseconds = 5\n")
    limits = open_project(tmp_path).settings.limits
    assert (limits.report_mb, limits.seconds, limits.document_mb) == (1, 5, 64)
    (tmp_path / "a.txt").write_bytes(b"x" * 1_500_000)
    (source,) = find_files(tmp_path, limits)
    assert "larger than 1 MB" in str(next(read_file(source)))
    for wrong in (
        "report_mb = 0",
        'report_mb = "10"',
        "report_mb = true",
        "report_mb = 1.5",
        "report_mb = 99999999",
        "size = 1",
    ):
        (tmp_path / "geomap.toml").write_text(f"[limits]\n{wrong}\n")
        with pytest.raises(ConfigurationError, match=r"limits\."):
            open_project(tmp_path)


def test_a_build_heeds_the_limits(tmp_path: Path) -> None:
    (tmp_path / "geomap.toml").write_text("[limits]\nreport_mb = 1\n")
    (tmp_path / "data" / "reports").mkdir(parents=True)
    (tmp_path / "data" / "reports" / "large.txt").write_text("Calm in Kharkiv. " + "No news. " * 150_000)
    (tmp_path / "data" / "reports" / "small.txt").write_text("Kharkiv")
    result = build(backends=SMALL_BACKENDS, project=tmp_path)
    assert [str(each.path).rpartition("/")[2] for each in result.failures] == ["large.txt"]
    (tmp_path / "geomap.toml").write_text("[limits]\nreport_mb = 2\n")
    again = build(backends=SMALL_BACKENDS, project=tmp_path)
    assert again.failures == ()
    assert again.report_count == 2


def test_a_build_keeps_the_first_mentions_of_a_dense_report_and_says_so(tmp_path: Path) -> None:
    (tmp_path / "geomap.toml").write_text("[limits]\nmentions_per_report = 3\n")
    (tmp_path / "data" / "reports").mkdir(parents=True)
    (tmp_path / "data" / "reports" / "dense.txt").write_text("Kharkiv " * 9)
    (tmp_path / "data" / "reports" / "full.txt").write_text("Aleppo, Kirkuk, Kharkiv")
    result = build(backends=SMALL_BACKENDS, project=tmp_path)
    assert (result.failures, result.report_count, result.mention_count) == ((), 2, 6)
    (note,) = result.notes
    assert note.startswith("dense.txt: ")
    assert all(part in note for part in ("3 mentions of places are kept", "mentions_per_report", "geomap.toml"))
    again = build(backends=SMALL_BACKENDS, project=tmp_path)
    assert (again.reports_recognised, again.notes) == (0, (note,)), "said as long as it is so"
    (tmp_path / "geomap.toml").write_text("[limits]\nmentions_per_report = 9\n")
    raised = build(backends=SMALL_BACKENDS, project=tmp_path)
    assert (raised.mention_count, raised.notes, raised.files_read) == (12, (), 0)


@pytest.mark.slow
def test_corrections_add_no_more_mentions_than_the_limit() -> None:
    report = Report("x", "Kharkiv, Oldtown and " * 60_000)
    book = CorrectionBook([Correction(name, "*", "is-a-place") for name in ("Oldtown", "town")])
    analyser = Analyser(SMALL_BACKENDS, corrections=book)
    parsed = analyser.analyse(report)
    assert (len(parsed.mentions), parsed.is_cut) == (20_000, True)
    assert [each.text for each in parsed.mentions[:4]] == ["Kharkiv", "Oldtown"] * 2
    assert all(one.end <= other.start for one, other in pairwise(parsed.mentions))


@pytest.fixture(scope="module")
def dense_text() -> str:
    return "Heavy rain fell over Kharkiv, Springfield, Illinois and the town of Kupiansk. " * 4_000


@pytest.mark.slow
def test_a_report_below_the_limit_is_read_as_a_whole(dense_text: str) -> None:
    report = Report("x", dense_text[:200_000])
    parsed = Analyser(DEFAULT_BACKENDS).analyse(report)
    assert not parsed.is_cut
    tight = Analyser(DEFAULT_BACKENDS, mentions_per_report=len(parsed.mentions)).analyse(report)
    assert tight == parsed
    one_less = Analyser(DEFAULT_BACKENDS, mentions_per_report=len(parsed.mentions) - 1).analyse(report)
    assert (len(one_less.mentions), one_less.is_cut) == (len(parsed.mentions) - 1, True)


@pytest.mark.parametrize(
    "unit",
    slow_but_first(["Kharkiv ", "Springfield, ", "Lake Xyzzq County ", "(49.9935, 36.2304); ", "Zxqwor Blmntrek "]),
    ids=repr,
)
def test_a_dense_text_costs_what_its_beginning_costs(unit: str) -> None:
    """What is found is bounded, and so is the work: ten times the text takes little more time."""
    analyser = Analyser(DEFAULT_BACKENDS, mentions_per_report=500)

    def measure(size: int) -> float:
        report = Report("x", unit * (size // len(unit)))
        started = time.process_time()
        parsed = analyser.analyse(report)
        assert len(parsed.mentions) <= 500
        assert parsed.is_cut == (size > 1_000)
        return time.process_time() - started

    measure(1_000)
    short, long = measure(100_000), measure(1_000_000)
    assert long < 3 * max(short, 0.2)


class TiringRecognizer(NameRecognizer):
    """Never comes to the end of a text that says "forever", and to no memory with one that says "more"."""

    def recognize(self, report: Report) -> list[Mention]:
        if "forever" in report.text:
            time.sleep(600)
        if "more" in report.text:
            bytearray(8_000_000_000)
        return super().recognize(report)


@pytest.mark.slow
@pytest.mark.skipif(sys.platform != "linux", reason="only Linux holds a process to its memory")
@pytest.mark.parametrize("jobs", slow_but_first([1, 2]))
def test_a_report_whose_places_take_too_long_or_too_much_memory_is_one_failure(jobs: int, tmp_path: Path) -> None:
    (tmp_path / "geomap.toml").write_text("[limits]\nseconds = 1\nmemory_mb = 500\n")
    (tmp_path / "data" / "reports").mkdir(parents=True)
    for name in ("forever", "more", "calm"):
        (tmp_path / "data" / "reports" / f"{name}.txt").write_text(f"Kharkiv, {name}. " + "No news. " * 30_000)
    result = build(
        jobs=jobs,
        backends=Backends(Standalone(TiringRecognizer), Standalone(NameResolver), draw_json),
        project=tmp_path,
    )
    late, large = map(str, result.failures)
    assert "forever.txt: its places cannot be found: that takes more than 1 seconds" in late
    assert "more.txt: its places cannot be found: that takes more memory than there is" in large
    assert (result.report_count, result.mention_count) == (1, 1)
