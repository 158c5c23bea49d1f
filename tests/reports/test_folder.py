"""A folder gives its reports and says what it cannot read; any bytes give reports or errors and never a traceback."""

# ruff: noqa: E501 - one case a row, as in a table

from __future__ import annotations

import os
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from geomap.errors import ReportError
from geomap.model import Report
from geomap.reports import SourceFile, digest_file, find_files, read_file
from geomap.reports.folder import READERS

POSIX = pytest.mark.skipif(sys.platform == "win32", reason="links and pipes need POSIX")


def write(path: Path, text: str = "Calm in Sumy.") -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text)
    return path


def test_files_below_a_folder_in_the_order_of_their_ids(tmp_path: Path) -> None:
    for name in ("b.txt", "a/z.MD", "a/b/c.jsonl", "a.csv", ".hidden.txt", ".git/x.txt", "photo.jpg", "a/notes.odt"):
        write(tmp_path / name)
    found = find_files(tmp_path)
    assert [source.report_id for source in found] == ["a.csv", "a/b/c.jsonl", "a/z.MD", "b.txt"]
    assert [source.path for source in found] == [tmp_path / source.report_id for source in found]
    assert ([*found.errors], found.skipped) == ([], 4)


def test_a_single_file_has_its_name_as_id(tmp_path: Path) -> None:
    path = write(tmp_path / "x" / "b.txt")
    assert find_files(path).files == [SourceFile(path, "b.txt")]


@pytest.mark.parametrize("name", ["missing", "missing.txt", "photo.jpg", "nul\0.txt"])
def test_a_path_that_gives_nothing_is_an_error(name: str, tmp_path: Path) -> None:
    write(tmp_path / "photo.jpg")
    with pytest.raises(ReportError, match=r"does not exist|unknown ending|cannot be read"):
        find_files(tmp_path / name)


@POSIX
def test_what_cannot_be_read_is_named_and_the_rest_is_found(tmp_path: Path) -> None:
    outside, root = write(tmp_path / "outside.txt"), tmp_path / "reports"
    write(root / "a.txt")
    (root / "dangling.txt").symlink_to("nothing.txt")
    (root / "ring.txt").symlink_to("ring.txt")
    (root / "away.txt").symlink_to(outside)
    (root / "away").symlink_to(tmp_path)
    (root / "inside.txt").symlink_to("a.txt")
    (root / "sub").mkdir()
    (root / "sub" / "up").symlink_to(root)
    os.mkfifo(root / "pipe.txt")
    Path(os.fsdecode(os.fsencode(root) + b"/caf\xe9.txt")).write_text("x")
    found = find_files(root)
    assert [source.report_id for source in found] == ["a.txt", "caf\\xe9.txt", "inside.txt"]
    reasons = {Path(error.path).name: error.reason for error in found.errors}
    assert "link to nothing" in reasons["dangling.txt"]
    assert "leads out" in reasons["away.txt"]
    assert "leads out" in reasons["away"]
    assert "regular file" in reasons["pipe.txt"]
    assert "cannot be read" in reasons["ring.txt"]
    assert len(reasons) == 5
    assert all(str(error).encode() for error in found.errors)


@POSIX
def test_a_link_to_a_folder_given_as_path_is_followed(tmp_path: Path) -> None:
    write(tmp_path / "real" / "a.txt")
    (tmp_path / "link").symlink_to("real")
    assert [source.report_id for source in find_files(tmp_path / "link")] == ["a.txt"]


def test_a_file_without_permission_is_an_error(tmp_path: Path, forbid: Callable[[Path], None]) -> None:
    path = write(tmp_path / "a.txt")
    forbid(path)
    (error,) = read_file(SourceFile(path, "a.txt"))
    assert "permission" in str(error).lower()


def test_a_file_that_went_away_is_an_error(tmp_path: Path) -> None:
    source = SourceFile(tmp_path / "gone.txt", "gone.txt")
    (error,) = read_file(source)
    assert "does not exist" in str(error)
    with pytest.raises(ReportError, match="does not exist"):
        digest_file(source.path)


def test_the_digest_depends_on_the_bytes_alone(tmp_path: Path) -> None:
    one, same, other = write(tmp_path / "a.txt"), write(tmp_path / "b.txt"), write(tmp_path / "c.txt", "Kyiv")
    assert digest_file(one) == digest_file(same) != digest_file(other)
    assert len(digest_file(one)) == 32


PIECES = st.sampled_from(
    [b"---\n", b"title: ", b"date 2025-05-25 ", b"May 3", b"KYIV, ", b"(AP) - ", b'"', b",", b"\n", b"\r\n", b"\x00", b"\xff\xfe",
     b"\xef\xbb\xbf", b"{", b"}", b'{"text": "', b"[", b"text,id\n", b"id\ttext\n", b"\\ud800", b"<p>", b"<article>", b"</", b"&#0;",
     b"<!--", b"<html><body>", b"<meta charset=utf-7>", b"# ", b": ", b"&a [*a]", "Київ".encode("cp1251"), b"9" * 50, b"Source: "]
)  # fmt: skip
SUFFIXES = sorted(suffix for reader in READERS for suffix in reader.suffixes)


@pytest.mark.slow
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    data=st.one_of(
        st.binary(max_size=300), st.lists(st.one_of(PIECES, st.binary(max_size=8)), max_size=25).map(b"".join)
    )
)
def test_any_bytes_in_any_format_give_reports_or_errors(data: bytes) -> None:
    with tempfile.TemporaryDirectory() as folder:
        for suffix in SUFFIXES:
            path = Path(folder) / f"x{suffix}"
            path.write_bytes(data)
            found = list(read_file(SourceFile(path, path.name)))
            assert found
            for one in found:
                assert isinstance(one, Report | ReportError)
                assert one.id.encode() and one.text.strip() if isinstance(one, Report) else str(one).encode()
            ids = [one.id for one in found if isinstance(one, Report)]
            assert len(ids) == len(set(ids))
