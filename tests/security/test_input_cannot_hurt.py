"""A folder of files that were made to hurt is one build like any other: bounded, a line for each, the good one mapped."""

# ruff: noqa: E501 - one file a row

from __future__ import annotations

import io
import json
import os
import struct
import subprocess
import sys
import time
import zipfile
import zlib
from collections.abc import Callable, Iterator
from dataclasses import fields
from pathlib import Path

import pytest

from geomap.config import load_config
from geomap.errors import ConfigurationError, ReportError
from geomap.limits import USUAL, Limits
from geomap.model import Report
from geomap.reports import SourceFile, find_files, read_file, reader_fingerprint
from geomap.testing import SMALL_STAGES

IS_LONG = os.environ.get("GEOMAP_LONG_TESTS") == "1"
LINUX = pytest.mark.skipif(sys.platform != "linux", reason="special files and limits of Linux")
HUGE = 1_000_000_000 if IS_LONG else 100_000_000
"""Bytes of files without content: they take no room on the disk."""

MOST_MEMORY = 1_000_000_000
MOST_SECONDS = 600.0 if IS_LONG else 240.0
"""For a whole build of all this: a busy machine is slow, and one file that is not bounded takes hours."""

BUILD = """
import resource, sys
resource.setrlimit(resource.RLIMIT_AS, (3_000_000_000, 3_000_000_000))
from geomap.cli import main
from geomap.testing import SMALL_STAGES
status = main(sys.argv[1:], stages=SMALL_STAGES)
print("peak", resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024)
sys.exit(status)
"""


def run_build(project: Path, *arguments: str) -> subprocess.CompletedProcess[bytes]:
    command = [sys.executable, "-W", "error", "-c", BUILD, "build", "-q", "--jobs", "2", *arguments]
    environment = {**os.environ, "PYTHONPATH": str(Path(__file__).parents[2])}
    return subprocess.run(command, cwd=project, capture_output=True, env=environment, timeout=MOST_SECONDS, check=False)


def make_sparse(path: Path, head: bytes = b"", size: int = HUGE) -> None:
    with path.open("wb") as stream:
        stream.write(head)
        stream.truncate(size)


def zip_of(members: dict[str, bytes]) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return stream.getvalue()


def overlapping_zip(count: int, size: int) -> bytes:
    """Return an archive of one packed text that the directory lists again and again: small, and gigabytes unpacked."""
    packed = zlib.compressobj(9, zlib.DEFLATED, -15)
    text = b"Kharkiv. " * (size // 9)
    body = packed.compress(text) + packed.flush()
    name = b"a.txt"
    local = (
        struct.pack("<IHHHHHIIIHH", 0x04034B50, 20, 0, 8, 0, 0, zlib.crc32(text), len(body), len(text), len(name), 0)
        + name
        + body
    )
    entries = b""
    for number in range(count):
        label = b"%d.txt" % number
        entries += (
            struct.pack(
                "<IHHHHHHIIIHHHHHII",
                0x02014B50,
                20,
                20,
                0,
                8,
                0,
                0,
                zlib.crc32(text),
                len(body),
                len(text),
                len(label),
                0,
                0,
                0,
                0,
                0,
                0,
            )
            + label
        )
    end = struct.pack("<IHHHHIIH", 0x06054B50, 0, 0, count, count, len(entries), len(local), 0)
    return local + entries + end


def nested_bomb(levels: int) -> bytes:
    data = b"\0" * 60_000_000
    for level in range(levels):
        data = zip_of({f"{level}-{number}{'.zip' if level else '.txt'}": data for number in range(4 if level else 1)})
    return data


def write_hostile_files(folder: Path) -> dict[str, str]:
    """Write files that were made to hurt; return for each name a part of the line that has to tell of it."""
    deep = "[" * 200_000
    texts: dict[str, tuple[bytes, str]] = {
        "deep.json": (deep.encode(), "nested too deeply"),
        "deep-object.json": (b'{"a":' * 200_000, "nested too deeply"),
        "deep.jsonl": (deep.encode(), "nested too deeply"),
        "number.json": (b'[{"text": ' + b"9" * 100_000 + b"}]", "number too long"),
        "endless.jsonl": (b'{"text": "' + b"x" * 12_000_000, "larger than 10 MB"),
        "endless.csv": (b"id,text\n1," + b"x" * 12_000_000, "larger than 10 MB"),
        "open.csv": (b'id,text\n1,"' + b"x\n" * 100_000, "never closed"),
        "laughs.rss": (
            b'<!DOCTYPE x [<!ENTITY a "ha">'
            + b"".join(
                b'<!ENTITY %c "%s">' % (after, b"&%c;" % before * 10)
                for before, after in zip(b"abcdefgh", b"bcdefghi", strict=True)
            )
            + b"]><rss>&i;</rss>",
            "laughs.rss",
        ),
        "overlapping.zip": (overlapping_zip(300, 900_000), "is damaged"),
        "nested.zip": (nested_bomb(4), "nested.zip"),
        "binary.txt": (bytes(range(256)) * 4_000, "is not text"),
        "empty.txt": (b"", "is empty"),
        "blank.md": (b" \n" * 1_000_000, "is empty"),
        "page.html": (b"<div>" * 300_000, "page.html"),
        "loop.pdf": (
            b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj 2 0 obj<</Type/Pages/Kids[2 0 R]/Count 9>>endobj trailer<</Root 1 0 R>>",
            "loop.pdf",
        ),
        "yaml.md": (b"---\n" + b"a: &a [*a,*a]\n" * 500 + b"---\nCalm in Kharkiv.", ""),
    }
    for name, (data, _) in texts.items():
        (folder / name).write_bytes(data)
    expected = {name: part for name, (_, part) in texts.items() if part}
    for ending, head in (
        (".txt", b""),
        (".html", b"<p>"),
        (".csv", b"id,text\n"),
        (".jsonl", b""),
        (".json", b"["),
        (".pdf", b"%PDF-1.7\n"),
        (".docx", b"PK\3\4"),
        (".eml", b"Subject: x\n\n"),
        (".rss", b"<rss>"),
        (".zip", b"PK\3\4"),
    ):
        make_sparse(folder / f"huge{ending}", head)
        expected[f"huge{ending}"] = f"huge{ending}"
    return expected


def write_special_files(folder: Path, outside: Path) -> dict[str, str]:
    outside.write_text("SECRET of Kirkuk")
    os.mkfifo(folder / "pipe.txt")
    (folder / "out.txt").symlink_to(outside)
    (folder / "gone.txt").symlink_to(folder / "nothing.txt")
    (folder / "ring.txt").symlink_to(folder / "ring.txt")
    (folder / "zero.txt").symlink_to("/dev/zero")
    (folder / "up").symlink_to(folder.parent)
    (folder / "line\nend.txt").write_text("Aleppo")
    Path(os.fsdecode(os.fsencode(folder) + b"/\xff\xfe.txt")).write_text("Aleppo")
    lines = {
        "pipe.txt": "not a regular file",
        "out.txt": "leads out",
        "gone.txt": "link to nothing",
        "zero.txt": "leads out",
    }
    return lines | {"ring.txt": "cannot be read", "line\ufffdend.txt": "rename it", "\ufffd\ufffd.txt": "rename it"}


@pytest.fixture
def project(tmp_path: Path) -> Iterator[Path]:
    project = tmp_path / "project"
    (project / "data" / "reports").mkdir(parents=True)
    yield project
    for path in project.rglob("huge.*"):
        path.unlink(missing_ok=True)


@LINUX
def test_a_folder_of_hostile_files_is_one_build_like_any_other(project: Path, tmp_path: Path) -> None:
    folder = project / "data" / "reports"
    expected = write_hostile_files(folder) | write_special_files(folder, tmp_path / "secret.txt")
    (folder / "good.txt").write_text("Calm in Kharkiv.")
    started = time.monotonic()
    done = run_build(project)
    errors = done.stderr.decode("utf-8").splitlines()
    assert done.returncode == 0, errors
    assert time.monotonic() - started < MOST_SECONDS
    output = (project / "output" / "map.html").read_text()
    assert "Calm in Kharkiv." in output
    assert "SECRET" not in output
    peak = int(done.stdout.decode().rpartition("peak ")[2])
    assert peak < MOST_MEMORY
    for name, reason in expected.items():
        lines = [line for line in errors if f"/{name}" in line]
        assert lines, name
        assert any(reason in line for line in lines), (name, lines)
        assert len(lines) <= 1_001, name
    assert all(line.startswith("failed: ") for line in errors), [
        line for line in errors if not line.startswith("failed: ")
    ]
    assert not any("Traceback" in line for line in errors)


@LINUX
def test_nothing_but_hostile_files_is_a_failed_build_that_writes_nothing(project: Path) -> None:
    (project / "data" / "reports" / "deep.json").write_text("[" * 100_000)
    os.mkfifo(project / "data" / "reports" / "pipe.txt")
    done = run_build(project)
    assert done.returncode == 1
    assert len(done.stderr.decode().splitlines()) == 3  # a line for each, and that nothing was read
    assert not (project / "output" / "map.html").exists()


@pytest.mark.slow
def test_a_hundred_thousand_files(project: Path) -> None:
    if not IS_LONG:
        pytest.skip("takes minutes: not here, but with GEOMAP_LONG_TESTS=1")
    for number in range(100_000):
        folder = project / "data" / "reports" / f"{number // 1_000}"
        folder.mkdir(exist_ok=True)
        (folder / f"{number}.txt").write_text(f"Report {number} from Kharkiv.")
    done = run_build(project)
    assert done.returncode == 0, done.stderr
    assert int(done.stdout.decode().rpartition("peak ")[2]) < 2 * MOST_MEMORY


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
    limits = load_config(tmp_path).limits
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
            load_config(tmp_path)


def test_a_build_heeds_the_limits(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from geomap.pipeline import build

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
