"""`kill -9` at random moments: the next run mends all, and nobody ever sees half a file.

GEOMAP_KILLS says how often each command is killed (in full: 50, which is 200 in all).
"""

from __future__ import annotations

import os
import random
import shutil
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from projects import Starter, read_project, starting, write_report

KILLS = int(os.environ.get("GEOMAP_KILLS", "3"))
CORRECTIONS = "name,scope,action,place,latitude,longitude,note,by,date\n"

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="kills process groups, which are not here")


@pytest.fixture(scope="module")
def starter() -> Iterator[Starter]:
    with starting() as starter:
        yield starter


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory, starter: Starter) -> Path:
    """Make a project that has been built, and what is to be added to it."""
    root = tmp_path_factory.mktemp("kills") / "project"
    for number in range(40):
        write_report(root / "data" / "reports", number)
    (root / "data" / "corrections.csv").write_text(CORRECTIONS + "Kirkuk,*,is,,35.4,44.3,,,\n")
    (root / "own.csv").write_text("name,latitude,longitude\nMill Farm,49.1,36.1\n")
    assert starter.run(root, "gazetteer", "add", "own.csv") == 0
    assert starter.run(root, "build", "--jobs", "1") == 0
    (root / "own.csv").write_text(
        "name,latitude,longitude\n" + "".join(f"Mill {each},49.{each},36.1\n" for each in range(3000))
    )
    (root / "saved.csv").write_text(
        CORRECTIONS + "".join(f"Name {each},*,is,,35.{each},44.3,,,\n" for each in range(3000))
    )
    for number in range(100, 160):
        write_report(root / "mails", number)
    (root / "mails" / "000.txt").write_text("Another 000.txt tells of Aleppo.")
    return root


def change_reports(root: Path) -> None:
    reports = root / "data" / "reports"
    for number in range(40, 100):
        write_report(reports, number)
    (reports / "003.txt").unlink()
    (reports / "005.txt").write_text("Kharkiv was quiet, and there is another text.")
    with (root / "data" / "corrections.csv").open("a") as table:
        table.write("Aleppo,*,is-not-a-place,,,,,,\n")


def change_nothing(_root: Path) -> None:
    pass


COMMANDS: dict[str, tuple[tuple[str, ...], Callable[[Path], None]]] = {
    "build": (("build", "--jobs", "1"), change_reports),
    "add": (("add", "mails", "--jobs", "1"), change_nothing),
    "correct": (("correct", "saved.csv"), change_nothing),
    "gazetteer add": (("gazetteer", "add", "own.csv"), change_nothing),
}
WHOLE = ("output/map.html", "data/corrections.csv", "data/gazetteer/own.overlay")


@pytest.mark.slow
@pytest.mark.parametrize("command", COMMANDS)
def test_a_killed_command_costs_nothing_but_its_time(
    command: str, project: Path, starter: Starter, record_property: Callable[[str, object], None]
) -> None:
    arguments, change = COMMANDS[command]
    prepared = project.with_name(f"{arguments[0]} prepared")
    shutil.copytree(project, prepared)
    change(prepared)
    before = read_project(prepared)
    undisturbed = project.with_name(f"{arguments[0]} undisturbed")
    shutil.copytree(prepared, undisturbed)
    started = time.monotonic()
    assert starter.run(undisturbed, *arguments) == 0
    seconds = time.monotonic() - started
    expected = read_project(undisturbed)
    assert expected != before
    chance, killed = random.Random(), 0
    for _ in range(KILLS):
        victim = project.with_name(f"{arguments[0]} victim")
        shutil.copytree(prepared, victim)
        moment = chance.uniform(0.0, seconds)
        killed += starter.run(victim, *arguments, kill_after=moment) == -9
        left = read_project(victim)
        for name in WHOLE:
            assert left[name] in (before[name], expected[name]), f"{name} is not whole {moment} s after the start"
        if left["output/map.html"] == before["output/map.html"] != expected["output/map.html"]:
            assert left["the store"][5] == before["the store"][5], "what was not drawn does not count as built"
        assert starter.run(victim, *arguments) == 0, (victim / "log.txt").read_text()
        found = read_project(victim)
        assert found.keys() == expected.keys(), moment
        assert found == expected, moment
        shutil.rmtree(victim)
    for folder in (prepared, undisturbed):
        shutil.rmtree(folder)
    record_property("killed", f"{command}: {killed} of {KILLS} runs of {seconds:.2f} s before their end")
    assert KILLS < 20 or killed > KILLS // 2  # the moments were not all too late
