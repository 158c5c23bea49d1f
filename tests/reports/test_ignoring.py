"""`.geomapignore` means what `.gitignore` does: git itself says so."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from geomap.reports import find_files

PATHS = [
    *("a.txt", "b.txt", "draft.md", "old/a.txt", "old/b.csv", "old/deep/a.txt", "old/deep/c.md", "new/old/a.txt"),
    *("new/draft.md", "new/x[1].txt", "new/A.txt", "new/deep/er/b.csv", "sp ace.txt", "#hash.txt", "!bang.txt"),
]
CASES = [
    ["*.md"],
    ["old/"],
    ["/old"],
    ["old"],
    ["a.txt", "!old/a.txt"],
    ["old/*", "!old/deep"],
    ["old/**"],
    ["**/deep"],
    ["*//"],
    ["new/**/b.csv"],
    ["**"],
    ["*", "!*.md", "!*/"],
    ["[ab].txt", "[^a]*.csv", "[!a-c]*.md"],
    ["x\\[1\\].txt", "\\#hash.txt", "\\!bang.txt"],
    ["# a comment", "", "   ", "sp ace.txt   "],
    ["?.txt", "new/?.txt"],
    ["deep/a.txt"],
    ["/", "//"],
]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name in PATHS:
        path = tmp_path / "reports" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("Calm in Sumy.")
    return tmp_path / "reports"


def found_by_geomap(folder: Path, files: dict[str, list[str]]) -> set[str]:
    for place, lines in files.items():
        (folder / place / ".geomapignore").write_text("\n".join(lines), encoding="utf-8")
    return {source.report_id for source in find_files(folder)}


def found_by_git(folder: Path, files: dict[str, list[str]]) -> set[str]:
    if shutil.which("git") is None:
        pytest.skip("git is not here to compare with")
    for place, lines in files.items():
        (folder / place / ".gitignore").write_text("\n".join(lines), encoding="utf-8")
    if not (folder / ".git").exists():
        subprocess.run(["git", "init", "-q", str(folder)], check=True)
    listed = subprocess.run(
        [
            "git",
            "-C",
            str(folder),
            "-c",
            "core.excludesFile=",
            "ls-files",
            "-z",
            "-o",
            "--exclude-per-directory=.gitignore",
        ],
        check=True,
        capture_output=True,
    )
    return set(listed.stdout.decode().split("\0")) & set(PATHS)


@pytest.mark.parametrize("lines", CASES, ids=" ".join)
def test_patterns_mean_what_they_mean_to_git(lines: list[str], folder: Path) -> None:
    assert found_by_geomap(folder, {"": lines}) == found_by_git(folder, {"": lines})


def test_a_folder_below_may_have_a_file_of_its_own(folder: Path) -> None:
    files = {"": ["*.txt", "/new/deep"], "old": ["!a.txt", "/b.csv"]}
    expected = {"draft.md", "new/draft.md", "old/a.txt", "old/deep/a.txt", "old/deep/c.md"}
    assert found_by_geomap(folder, files) == found_by_git(folder, files) == expected


PATTERNS = st.lists(
    st.sampled_from(["*", "**", "?", "/", "a", "b", ".txt", ".md", "old", "deep", "new", "!", "[ab]", "draft"]),
    max_size=5,
).map("".join)


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(PATTERNS, max_size=4))
def test_any_patterns_mean_what_they_mean_to_git(folder: Path, lines: list[str]) -> None:
    assert found_by_geomap(folder, {"": lines}) == found_by_git(folder, {"": lines})


def test_what_is_ignored_is_counted_as_skipped_and_a_file_that_is_named_is_read(folder: Path) -> None:
    (folder / ".geomapignore").write_text("*.md\nold/\n")
    found = find_files(folder)
    assert found.skipped == 4  # two files and two folders
    assert [source.report_id for source in find_files(folder / "draft.md")] == ["draft.md"]


def test_a_pattern_that_is_slow_elsewhere_is_fast(tmp_path: Path) -> None:
    (tmp_path / ".geomapignore").write_text("a*" * 60 + "b\n" + "**/" * 60 + "b\n")
    (tmp_path / ("a" * 200 + ".txt")).write_text("x")
    assert len(find_files(tmp_path)) == 1


def test_a_folder_whose_rules_cannot_be_read_gives_nothing(folder: Path, forbid: Callable[[Path], None]) -> None:
    (folder / "old" / ".geomapignore").write_text("a.txt")
    forbid(folder / "old" / ".geomapignore")
    found = find_files(folder)
    assert [Path(error.path).name for error in found.errors] == [".geomapignore"]
    assert not [source for source in found if source.report_id.startswith("old/")]


@pytest.mark.skipif(sys.platform == "win32", reason="pipes need POSIX")
def test_a_pipe_in_place_of_the_rules_is_not_waited_for(folder: Path) -> None:
    os.mkfifo(folder / ".geomapignore")
    assert len(find_files(folder)) == len(PATHS)
