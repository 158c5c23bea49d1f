"""A country's file is downloaded from a real server on loopback: continued, checked, and explained where it fails."""

from __future__ import annotations

import io
import threading
import time
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from http_service import Service, reply
from overlay_files import ROBOTYNE, place_row

from geomap.cli.main import main
from geomap.errors import ConfigurationError, GazetteerError
from geomap.gazetteer import open_gazetteer
from geomap.gazetteer.overlays.downloading import ATTEMPTS, check_address, download_zip
from geomap.gazetteer.overlays.folder import find_overlays


@dataclass(slots=True)
class Mirror:
    """What a server gives, how it misbehaves, and what it was asked."""

    body: bytes = b""
    version: str = '"one"'
    cuts: list[int] = field(default_factory=list)
    """After how many bytes the next answers break off."""
    statuses: list[int] = field(default_factory=list)
    """What the next answers say in place of the file."""
    patience: str = ""
    """How many seconds it wants to be left alone then."""
    redirect: str = ""
    ranges: list[str] = field(default_factory=list)
    paths: list[str] = field(default_factory=list)
    address: str = ""


@pytest.fixture
def mirror() -> Iterator[Mirror]:
    given = Mirror(make_zip())

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            given.paths.append(self.path)
            wanted = self.headers.get("Range", "")
            given.ranges.append(wanted)
            if given.redirect:
                self.send_response(302)
                self.send_header("Location", given.redirect)
                self.end_headers()
                return
            if given.statuses:
                self.send_response(given.statuses.pop(0))
                self.send_header("Retry-After", given.patience or "0")
                self.end_headers()
                return
            start = int(wanted.removeprefix("bytes=").rstrip("-") or 0)
            if self.headers.get("If-Range") != given.version:
                start = 0
            if start and start >= len(given.body):
                self.send_response(416)
                self.send_header("Content-Range", f"bytes */{len(given.body)}")
                self.end_headers()
                return
            rest = given.body[start:]
            self.send_response(206 if start else 200)
            if start:
                self.send_header("Content-Range", f"bytes {start}-{len(given.body) - 1}/{len(given.body)}")
            self.send_header("ETag", given.version)
            self.send_header("Content-Length", str(len(rest)))
            self.end_headers()
            self.wfile.write(rest[: given.cuts.pop(0)] if given.cuts else rest)

        def log_message(self, *_arguments: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    given.address = f"http://127.0.0.1:{server.server_address[1]}"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    yield given
    server.shutdown()
    server.server_close()
    thread.join()


def make_zip(*rows: str) -> bytes:
    buffer = io.BytesIO()
    filling = [place_row(number, f"Village {number * 7919 % 99991}", 50, 30) for number in range(1, 3000)]
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("UA.txt", "\n".join([*rows, ROBOTYNE, *filling]) + "\n")
    return buffer.getvalue()


def get(mirror: Mirror, target: Path) -> bytes:
    download_zip(f"{mirror.address}/UA.zip", target, pause=0)
    return target.read_bytes()


@pytest.fixture
def target(tmp_path: Path) -> Path:
    return tmp_path / "downloads" / "UA.zip"


def test_a_file_comes_whole_and_leaves_nothing_else_behind(mirror: Mirror, target: Path) -> None:
    assert get(mirror, target) == mirror.body
    assert list(target.parent.iterdir()) == [target]
    assert mirror.ranges == [""]


def test_a_connection_that_breaks_is_continued_where_it_ended(mirror: Mirror, target: Path) -> None:
    mirror.cuts = [1000, 500, 0, 20_000]
    assert get(mirror, target) == mirror.body
    assert mirror.ranges == ["", "bytes=1000-", "bytes=1500-", "bytes=1500-", "bytes=21500-"]


def test_an_interrupted_download_goes_on_at_the_next_call(mirror: Mirror, target: Path) -> None:
    mirror.cuts = [1000, *[0] * ATTEMPTS]
    with pytest.raises(
        GazetteerError, match=r"cannot be downloaded \(the connection ended early\).*run the same command"
    ):
        get(mirror, target)
    assert not target.exists()
    mirror.ranges.clear()
    assert get(mirror, target) == mirror.body
    assert mirror.ranges == ["bytes=1000-"]


def test_another_version_on_the_server_begins_anew(mirror: Mirror, target: Path) -> None:
    mirror.cuts = [1000, *[0] * ATTEMPTS]
    with pytest.raises(GazetteerError):
        get(mirror, target)
    mirror.body, mirror.version = make_zip(place_row(9, "Added", 1, 1)), '"two"'
    assert get(mirror, target) == mirror.body


def test_a_download_that_was_complete_is_not_fetched_again(mirror: Mirror, target: Path) -> None:
    mirror.cuts = [1000, *[0] * ATTEMPTS]
    with pytest.raises(GazetteerError):
        get(mirror, target)
    part = target.with_name("UA.zip.part")
    part.write_bytes(mirror.body)
    mirror.ranges.clear()
    assert get(mirror, target) == mirror.body
    assert mirror.ranges == [f"bytes={len(mirror.body)}-"]


@pytest.mark.parametrize(
    "body", [b"<html>Please log in</html>", make_zip()[:-50], make_zip().replace(b"PK\x03\x04", b"PK\x03\x05")]
)
def test_what_is_no_sound_zip_file_is_not_kept(mirror: Mirror, target: Path, body: bytes) -> None:
    mirror.body = body
    with pytest.raises(GazetteerError, match=r"no sound zip file.*try again"):
        get(mirror, target)
    assert list(target.parent.iterdir()) == []


def test_a_server_that_is_busy_is_asked_again(mirror: Mirror, target: Path) -> None:
    mirror.statuses = [503, 429, 500]
    assert get(mirror, target) == mirror.body


def test_a_busy_server_is_given_the_time_it_asks_for(mirror: Mirror, target: Path) -> None:
    mirror.statuses, mirror.patience = [503], "1"
    started = time.monotonic()
    assert get(mirror, target) == mirror.body
    assert time.monotonic() - started >= 1
    mirror.statuses, mirror.patience = [503], "3600"
    with pytest.raises(GazetteerError, match="run the same command again"):
        get(mirror, target)
    assert mirror.statuses == []


def test_a_mirror_may_send_us_on_to_where_its_files_lie(
    mirror: Mirror, target: Path, serve: Callable[..., Service]
) -> None:
    mirror.redirect = f"{serve(reply(200, mirror.body)).address}/files/UA.zip"
    assert get(mirror, target) == mirror.body


@pytest.mark.parametrize(("status", "message"), [(404, "no such file; check"), (403, "refuses it")])
def test_a_file_that_is_not_there_is_one_clear_line(mirror: Mirror, target: Path, status: int, message: str) -> None:
    mirror.statuses = [status]
    with pytest.raises(GazetteerError, match=message) as caught:
        get(mirror, target)
    assert "\n" not in str(caught.value)
    assert len(mirror.paths) == 1


def test_a_server_that_is_not_there_is_one_clear_line(target: Path) -> None:
    with pytest.raises(GazetteerError, match=r"cannot be downloaded .*check the connection"):
        download_zip("http://127.0.0.1:9/UA.zip", target, pause=0)


def test_only_https_is_asked_and_only_there_a_redirect_leads(mirror: Mirror, target: Path) -> None:
    for address in ("http://download.example.org", "ftp://127.0.0.1/x", "file:///etc", "download.example.org"):
        with pytest.raises(ConfigurationError, match=r"base_url.*https://"):
            check_address(address)
    assert check_address("https://download.example.org/dump/") == "https://download.example.org/dump"
    mirror.redirect = "http://download.example.org/UA.zip"
    with pytest.raises(ConfigurationError, match="https://"):
        get(mirror, target)


@pytest.mark.slow
def test_a_country_is_added_by_its_code(mirror: Mirror, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "geomap.toml").write_text(f'[gazetteer]\nbase_url = "{mirror.address}/dump/"\n')
    mirror.cuts = [5000]
    assert main(["gazetteer", "add", "ua"], project=tmp_path) == 0
    assert mirror.paths == ["/dump/UA.zip"] * 2
    assert "UA: 3,000 places added" in capsys.readouterr().out
    (place,) = open_gazetteer(find_overlays(tmp_path / "data" / "gazetteer")).search("Robotyne")
    assert place.geonameid == 695586
    assert [path.name for path in (tmp_path / "data" / "gazetteer").rglob("*") if path.is_file()] == ["UA.overlay"]
