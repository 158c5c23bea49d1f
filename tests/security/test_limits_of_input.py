"""What a file may cost is limited, and the owner of a project sets the limits."""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from dataclasses import fields
from pathlib import Path

import pytest
from hostile_files import zip_of

from geomap.config import USUAL, Limits, open_project
from geomap.errors import ConfigurationError, ReportError
from geomap.model import Report
from geomap.pipeline.build import build
from geomap.reports import SourceFile, find_files, read_file, reader_fingerprint
from geomap.testing import SMALL_STAGES


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
    for each in fields(Limits):
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


def test_a_build_heeds_the_limits(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "geomap.toml").write_text("[limits]\nreport_mb = 1\n")
    (tmp_path / "data" / "reports").mkdir(parents=True)
    (tmp_path / "data" / "reports" / "large.txt").write_text("Calm in Kharkiv. " + "No news. " * 150_000)
    (tmp_path / "data" / "reports" / "small.txt").write_text("Kharkiv")
    result = build(stages=SMALL_STAGES)
    assert [str(each.path).rpartition("/")[2] for each in result.failures] == ["large.txt"]
    (tmp_path / "geomap.toml").write_text("[limits]\nreport_mb = 2\n")
    again = build(stages=SMALL_STAGES)
    assert again.failures == ()
    assert again.report_count == 2
