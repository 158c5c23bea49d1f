"""Maltreats a project on a disk of its own, in a mount namespace: run by `unshare --mount`, as root on Linux.

Arguments: what to do ("fill" or "protect"), the project, a folder to mount on. Prints what came of it as JSON.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

from projects import read_project
from starter import load_everything, run

FREE_KB = (0, 60, 700, 2000, 9000)


def mount(*arguments: str) -> None:
    subprocess.run(["mount", *arguments], check=True)


def execute(folder: Path, *arguments: str) -> dict[str, Any]:
    """Run a command of geomap and return its status and what it said, which needs no room on the disk."""
    with tempfile.TemporaryFile() as said:
        child = os.fork()
        if not child:
            os.dup2(said.fileno(), 1)
            os.dup2(said.fileno(), 2)
            run(str(folder), list(arguments), log=False)
        _, status = os.waitpid(child, 0)
        said.seek(0)
        return {"status": os.waitstatus_to_exitcode(status), "said": said.read().decode()}


def fill(project: Path, disk: Path) -> list[dict[str, Any]]:
    """Build with so much room on the disk, and again with enough."""
    before, found = read_project(project), []
    for free in FREE_KB:
        mount("-t", "tmpfs", "-o", "size=40m", "none", str(disk))
        victim = disk / "project"
        shutil.copytree(project, victim)
        left = shutil.disk_usage(disk).free - 1024 * free
        with (disk / "filler").open("wb") as filler:
            filler.write(bytes(left))
        result = execute(victim, "build", "--jobs", "1")
        is_old = (victim / "output" / "map.html").read_bytes() == before["output/map.html"]
        (disk / "filler").unlink()
        again = execute(victim, "build", "--jobs", "1")
        after = read_project(victim)
        digest = {name: repr(value) for name, value in after.items()}
        found.append({"free": free, **result, "is_old": is_old, "again": again, "after": digest})
        subprocess.run(["umount", str(disk)], check=True)
    return found


def protect(project: Path, disk: Path) -> list[dict[str, Any]]:
    """Run commands with a part of the project that can only be read."""
    found = []
    for part, *arguments in (
        ("output", "build", "--jobs", "1"),
        ("output/.geomap", "build", "--jobs", "1"),
        ("data", "build", "--jobs", "1"),
        ("data", "add", "extra.txt", "--jobs", "1"),
        ("data", "correct", "saved.csv"),
        ("data", "gazetteer", "add", "own.csv"),
    ):
        victim = disk / "project"
        shutil.copytree(project, victim)
        before = read_project(victim)
        place = str(victim / part)
        mount("--bind", place, place)
        mount("-o", "remount,ro,bind", place)
        result = execute(victim, *arguments)
        subprocess.run(["umount", place], check=True)
        after = read_project(victim)
        changed = sorted(name for name in after.keys() | before.keys() if after.get(name) != before.get(name))
        found.append({"part": part, "command": arguments[0], **result, "changed": changed})
        shutil.rmtree(victim)
    return found


if __name__ == "__main__":
    load_everything()
    what, project, disk = sys.argv[1:]
    print(json.dumps({"fill": fill, "protect": protect}[what](Path(project), Path(disk))))  # noqa: T201 -- the answer
