"""`geomap watch` follows its reports; with --serve an open map reloads itself, under a policy that allows just that."""

from __future__ import annotations

import json
import os
import re
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from http.client import HTTPConnection
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from waiting import wait_for

from geomap.model import Mention, ParsedReport, Report
from geomap.rendering.page import write_map
from geomap.testing import PLACES
from geomap.watching.server import MapServer

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

ROOT = Path(__file__).parents[2]
SMALL = """
import os, sys
from geomap.cli.main import main
from geomap.testing import SMALL_BACKENDS
sys.exit(main(backends=SMALL_BACKENDS, project=os.environ.get("ITS_PROJECT")))
"""


@pytest.fixture
def project(tmp_path: Path) -> Path:
    (tmp_path / "data" / "reports").mkdir(parents=True)
    return tmp_path


@contextmanager
def running(project: Path, *arguments: str) -> Iterator[subprocess.Popen[str]]:
    command = [sys.executable, "-u", "-W", "error", "-c", SMALL, "watch", "--jobs", "1", *arguments]
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, cwd=project, env=environment
    ) as process:
        try:
            yield process
        finally:
            process.kill()


def read_map(project: Path) -> str:
    path = project / "output" / "map.html"
    return path.read_text() if path.exists() else ""


def read_until(process: subprocess.Popen[str], words: str) -> str:
    assert process.stdout is not None
    return next(line for line in process.stdout if words in line)


@pytest.mark.slow
def test_every_change_is_built_also_after_one_that_failed(project: Path) -> None:
    with running(project) as process:  # there is no report yet
        assert process.stderr is not None
        assert any("No report was found" in line for line in process.stderr)
        report = project / "data" / "reports" / "a.txt"
        report.write_text("Shelling near Kharkiv.")
        wait_for(lambda: "Kharkiv" in read_map(project))
        report.write_text("Shelling near Kirkuk.")
        wait_for(lambda: "Kirkuk" in read_map(project))
        report.unlink()
        wait_for(lambda: not read_map(project))
        assert process.poll() is None


def test_what_is_watched_is_what_is_built(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    other = project / "other"
    (other / "data" / "reports").mkdir(parents=True)
    (other / "data" / "reports" / "a.txt").write_text("Shelling near Kharkiv.")
    monkeypatch.setenv("ITS_PROJECT", str(other))
    with running(project) as process:
        assert process.stderr is not None
        assert any("Watching for changes" in line for line in process.stderr)
    assert "Kharkiv" in (other / "output" / "map.html").read_text()


@pytest.mark.skipif(sys.platform == "win32", reason="sends a POSIX signal")
def test_ctrl_c_is_the_ordinary_end(project: Path) -> None:
    (project / "data" / "reports" / "a.txt").write_text("Shelling near Kharkiv.")
    with running(project, "--serve") as process:
        read_until(process, "Map: ")
        process.send_signal(signal.SIGINT)
        _, errors = process.communicate(timeout=20)
    assert process.returncode == 0
    assert errors.endswith("Stopped watching.\n")
    assert "KeyboardInterrupt" not in errors


def test_corrections_that_the_page_posts_are_merged(project: Path) -> None:
    (project / "data" / "reports" / "a.txt").write_text("Shelling near Kharkiv.")
    with running(project, "--serve") as process:
        found = re.search(r"http://(127\.0\.0\.1:\d+)(/.+/)", read_until(process, "Serving"))
        assert found is not None
        read_until(process, "Map: ")
        connection = HTTPConnection(found[1], timeout=20)
        table = b"name,scope,action\nKharkiv,*,is-not-a-place\n"
        connection.request("POST", f"{found[2]}corrections", table, {"Origin": f"http://{found[1]}"})
        answer = json.loads(connection.getresponse().read())
        assert answer == {"added": 1, "replaced": 0, "unchanged": 0, "problems": []}
        saved = (project / "data" / "corrections.csv").read_bytes()
        assert b"Kharkiv,*,is-not-a-place" in saved
        cut = b"name,scope,action,latitude,longitude\nKirkuk,*,is,35.47,44.39\nKharkiv,*,is,49.98,3"
        for refused in (b"nonsense", b"", cut):
            connection.request("POST", f"{found[2]}corrections", refused, {"Origin": f"http://{found[1]}"})
            assert connection.getresponse().status == 400
        headers = {"Origin": f"http://{found[1]}", "Content-Length": str(len(cut) + 5)}  # of 36.71 only the 3 comes
        connection.request("POST", f"{found[2]}corrections", cut, headers)
        assert connection.sock is not None
        connection.sock.shutdown(socket.SHUT_WR)
        assert connection.getresponse().status == 400
        connection.close()
    assert (project / "data" / "corrections.csv").read_bytes() == saved


def shows(page: Page, words: str) -> bool:
    from playwright.sync_api import Error

    try:
        return bool(page.evaluate(f"document.body.innerText.includes('{words}')"))
    except Error:  # it is just reloading
        return False


def draw(name: str, output: Path) -> bytes:
    mention = Mention(0, len(name), name, place=PLACES[name], confidence=0.9)
    write_map([ParsedReport(Report("a.txt", f"{name} was quiet."), (mention,))], output)
    return output.read_bytes()


@pytest.mark.browser
def test_an_open_map_reloads_itself_and_its_file_is_unchanged(browser: Browser, project: Path) -> None:
    page = browser.new_page()
    problems: list[str] = []
    requests: list[str] = []
    page.on("console", lambda message: problems.append(message.text) if message.type in ("error", "warning") else None)
    page.on("pageerror", lambda error: problems.append(str(error)))
    page.on("request", lambda request: requests.append(request.url))
    output = project / "map.html"
    with MapServer() as server:
        page.goto(server.url)
        wait_for(lambda: shows(page, "There is no map yet"))
        for name in ("Kharkiv", "Kirkuk"):
            server.show(draw(name, output))
            wait_for(lambda name=name: shows(page, name))
        page.close()
        assert {url.removeprefix(server.url) for url in requests} <= {"", "version"}
    assert problems == []
    assert b"connect-src" not in output.read_bytes()
    assert b"location.reload" not in output.read_bytes()
