"""What changes is seen, once it has settled; what does not matter is not."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path

import pytest

from geomap.watching.changes import Watched, wait_for_change


@pytest.fixture
def watched(tmp_path: Path) -> Watched:
    (tmp_path / "reports").mkdir()
    (tmp_path / "reports" / "a.txt").write_text("Kharkiv")
    (tmp_path / "gazetteer").mkdir()
    others = (tmp_path / "geomap.toml", tmp_path / "gazetteer")
    return Watched((tmp_path / "reports",), others, left_out=(tmp_path / "reports" / "map.html",))


@pytest.mark.parametrize(
    "change",
    [
        lambda root: (root / "reports" / "b.txt").write_text("Kirkuk"),
        lambda root: (root / "reports" / "a.txt").write_text("Kirkuk!"),
        lambda root: (root / "reports" / "a.txt").unlink(),
        lambda root: (root / "reports" / "a.txt").rename(root / "reports" / "c.txt"),
        lambda root: (root / "reports" / ".geomapignore").write_text("a.txt"),
        lambda root: (root / "geomap.toml").write_text(""),
        lambda root: (root / "gazetteer" / "UA.gazetteer").write_text("x"),
    ],
    ids=["new", "changed", "removed", "renamed", "ignored", "configuration", "gazetteer"],
)
def test_what_a_build_depends_on_is_seen(change: Callable[[Path], object], watched: Watched, tmp_path: Path) -> None:
    known = watched.look()
    assert watched.look() == known
    change(tmp_path)
    assert watched.look() != known


@pytest.mark.parametrize("name", ["map.html", ".hidden.txt", ".a.txt.swp", "photo.jpg"])
def test_what_no_build_depends_on_is_not_seen(name: str, watched: Watched, tmp_path: Path) -> None:
    known = watched.look()
    (tmp_path / "reports" / name).write_text("x")
    assert watched.look() == known


def test_a_folder_that_is_not_there_yet_may_come(tmp_path: Path) -> None:
    watched = Watched((tmp_path / "reports",), ())
    known = watched.look()
    (tmp_path / "reports").mkdir()
    (tmp_path / "reports" / "a.txt").write_text("Kharkiv")
    assert watched.look() != known


def test_a_file_that_is_still_being_copied_is_waited_for() -> None:
    states = [frozenset({("a", size, 0, 0)}) for size in (0, 0, 1, 2, 2, 3)]
    looks = iter(states)
    assert wait_for_change(lambda: next(looks), states[0], sleep=lambda _: None) == states[4]
    assert next(looks) == states[5]


def test_a_file_that_never_settles_is_not_waited_for_in_vain() -> None:
    sizes = iter(range(100))
    state = wait_for_change(lambda: frozenset({("a", next(sizes), 0, 0)}), frozenset(), sleep=lambda _: None)
    assert state
    assert next(sizes) < 10


def test_thousands_of_reports_are_looked_at_in_no_time(tmp_path: Path) -> None:
    for number in range(2_000):
        (tmp_path / f"{number}.txt").touch()
    started = time.process_time()
    Watched((tmp_path,), ()).look()
    assert time.process_time() - started < 0.5
