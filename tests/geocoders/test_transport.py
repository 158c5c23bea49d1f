"""A service learns a name and nothing else, over a way that nobody can read, and is never pressed."""

from __future__ import annotations

import json
import logging
import socket
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from http_service import Handler, Reply, Service, reply

from geomap.config import GeocoderSettings
from geomap.errors import GeocoderError
from geomap.geocoders.fallback import Question
from geomap.geocoders.services import LONGEST_NAME, ServiceFallback
from geomap.geocoders.transport import PoliteTransport

CONTACT = "geomap tests (tests@example.org)"
FOUND = json.dumps([{"lat": "33.8", "lon": "-96.6", "display_name": "A Dam"}]).encode()
DAM = Question("A Dam", "")


def make_fallback(service: Service, folder: Path, pace: float = 0.0) -> ServiceFallback:
    config = GeocoderSettings("nominatim", service.address, CONTACT)
    return ServiceFallback(config, folder / "answers.jsonl", seconds_between=pace)


def test_what_is_sent_is_the_name_and_who_asks(serve: Callable[..., Service], tmp_path: Path) -> None:
    service = serve(reply(200, FOUND))
    make_fallback(service, tmp_path)(DAM)
    assert service.asked == ["/search?q=A+Dam&format=json&limit=1"]
    (headers,) = service.headers_seen
    assert headers == {
        "Accept-Encoding": "identity",
        "Connection": "close",
        "Host": service.address.removeprefix("http://"),
        "User-Agent": CONTACT,
    }


def test_what_is_too_long_for_a_name_is_not_sent(serve: Callable[..., Service], tmp_path: Path) -> None:
    service = serve(reply(200, FOUND))
    assert make_fallback(service, tmp_path)(Question("x" * (LONGEST_NAME + 1), "")) is None
    assert service.asked == []


@pytest.mark.parametrize("status", [429, 500, 502, 503, 504])
def test_an_overloaded_service_is_asked_again_when_it_wants(
    status: int, serve: Callable[..., Service], tmp_path: Path
) -> None:
    service = serve(reply(status, Retry_After="1"), reply(200, FOUND))
    started = time.monotonic()
    assert make_fallback(service, tmp_path)(DAM) is not None
    assert time.monotonic() - started >= 1
    assert len(service.asked) == 2


def test_a_service_that_wants_an_hour_is_left_alone(serve: Callable[..., Service], tmp_path: Path) -> None:
    service = serve(reply(429, Retry_After="3600"))
    with pytest.raises(GeocoderError, match="try again later"):
        make_fallback(service, tmp_path)(DAM)
    assert len(service.asked) == 1


def test_every_wait_is_longer_than_the_one_before(serve: Callable[..., Service], tmp_path: Path) -> None:
    times: list[float] = []

    def note(handler: Handler) -> None:
        times.append(time.monotonic())
        handler.answer(503)

    with pytest.raises(GeocoderError):
        make_fallback(serve(note), tmp_path, pace=0.05)(DAM)
    first, second, third = times
    assert 0.2 <= second - first < third - second
    assert third - second >= 0.8


def test_between_two_names_passes_what_the_service_asks_for(serve: Callable[..., Service], tmp_path: Path) -> None:
    ask = make_fallback(serve(reply(200, FOUND)), tmp_path, pace=0.3)
    started = time.monotonic()
    for name in ("A", "B", "C"):
        ask(Question(name, ""))
    assert time.monotonic() - started >= 0.6


@pytest.mark.parametrize("status", [301, 302, 307, 308])
def test_a_redirect_to_another_server_is_not_followed(
    status: int, serve: Callable[..., Service], tmp_path: Path
) -> None:
    other = serve(reply(200, FOUND))
    service = serve(lambda handler: handler.answer(status, Location=f"{other.address}{handler.path}"))
    with pytest.raises(GeocoderError, match="another server"):
        make_fallback(service, tmp_path)(DAM)
    assert other.asked == []


def test_a_redirect_within_the_server_is_followed(serve: Callable[..., Service], tmp_path: Path) -> None:
    service = serve(lambda handler: handler.answer(301, Location=f"/v2{handler.path}"), reply(200, FOUND))
    assert make_fallback(service, tmp_path)(DAM) is not None
    assert service.asked[1].startswith("/v2/search")


def test_the_proxy_of_the_environment_is_used_but_never_for_this_machine(
    serve: Callable[..., Service], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    proxy, service = serve(reply(403)), serve(reply(200, FOUND))
    for name in ("http_proxy", "https_proxy", "HTTP_PROXY", "HTTPS_PROXY"):
        monkeypatch.setenv(name, proxy.address)
    for name in ("no_proxy", "NO_PROXY"):
        monkeypatch.delenv(name, raising=False)
    assert make_fallback(service, tmp_path)(DAM) is not None
    assert proxy.asked == []
    far = ServiceFallback(
        GeocoderSettings("nominatim", "nominatim.invalid", CONTACT), tmp_path / "a", seconds_between=0
    )
    connects: list[str] = []
    monkeypatch.setattr(Handler, "do_CONNECT", lambda self: (connects.append(self.path), self.answer(403)), False)
    with pytest.raises(GeocoderError):
        far(DAM)
    assert set(connects) == {"nominatim.invalid:443"}


def test_no_proxy_is_respected(serve: Callable[..., Service], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    proxy = serve(reply(403))
    monkeypatch.setenv("https_proxy", proxy.address)
    monkeypatch.setenv("no_proxy", "nominatim.invalid")
    connects: list[str] = []
    monkeypatch.setattr(Handler, "do_CONNECT", lambda self: (connects.append(self.path), self.answer(403)), False)
    far = ServiceFallback(
        GeocoderSettings("nominatim", "nominatim.invalid", CONTACT), tmp_path / "a", seconds_between=0
    )
    with pytest.raises(GeocoderError):
        far(DAM)
    assert connects == []


def test_without_encryption_only_this_machine_is_asked() -> None:
    transport = PoliteTransport(seconds_between=0, ssl_context=None, proxies=None)
    for url in ("http://example.org/", "http://127.0.0.1.example.org/", "ftp://localhost/", "file:///etc/passwd"):
        with pytest.raises(Exception, match="without encryption"):
            transport.get_text(url, timeout=1, headers={})


def hang_up(handler: Handler) -> None:
    handler.close_connection = True
    handler.connection.shutdown(socket.SHUT_RDWR)


def drip(handler: Handler) -> None:
    handler.send_response(200)
    handler.end_headers()
    for _ in range(100):
        handler.wfile.write(b" ")
        time.sleep(0.05)  # not to wait for anything: the answer is to take longer than anybody waits


@pytest.mark.parametrize(
    "bad",
    [
        reply(200, b"no JSON"),
        reply(200, b"[" * 100_000),
        reply(200, b"5"),
        reply(200, b'[{"lat": "north"}]'),
        reply(200, b'[{"lat": "95", "lon": "1", "display_name": "x"}]'),
        reply(200, b'[{"lat": "NaN", "lon": "1", "display_name": "x"}]'),
        reply(200, b"\xff" * 3_000_000),
        reply(404),
        hang_up,
    ],
    ids=["text", "deep", "other", "incomplete", "off the globe", "not a number", "huge", "missing", "hangs up"],
)
def test_whatever_it_answers_is_one_clear_error(bad: Reply, serve: Callable[..., Service], tmp_path: Path) -> None:
    with pytest.raises(GeocoderError, match=r"nominatim does not answer .*geomap\.toml") as caught:
        make_fallback(serve(bad), tmp_path)(DAM)
    assert "\n" not in str(caught.value)
    assert "A+Dam" not in str(caught.value)
    assert not (tmp_path / "answers.jsonl").exists()


def test_a_service_that_drips_is_not_waited_for(serve: Callable[..., Service]) -> None:
    transport = PoliteTransport(seconds_between=0, ssl_context=None, proxies=None)
    started = time.monotonic()
    with pytest.raises(Exception, match=r"too long|in time"):
        transport.get_text(serve(drip).address, timeout=0.2, headers={})
    assert time.monotonic() - started < 4


def test_a_silent_service_is_not_waited_for() -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent:
        transport = PoliteTransport(seconds_between=0, ssl_context=None, proxies=None)
        with pytest.raises(Exception, match="no answer in time"):
            transport.get_text(f"http://127.0.0.1:{silent.getsockname()[1]}/", timeout=0.1, headers={})


def test_a_key_is_never_told(
    serve: Callable[..., Service], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    monkeypatch.setenv("GEOMAP_GEOCODER_KEY", "s3cret")
    service = serve(reply(500))
    config = GeocoderSettings("pelias", service.address, CONTACT)
    with pytest.raises(GeocoderError) as caught:
        ServiceFallback(config, tmp_path / "answers.jsonl", seconds_between=0)(DAM)
    assert "s3cret" in service.asked[0]
    assert "s3cret" not in str(caught.value)
    assert "s3cret" not in "".join(each.getMessage() for each in caplog.records if each.name != "geopy")


def test_answers_that_somebody_has_spoilt_are_asked_again(serve: Callable[..., Service], tmp_path: Path) -> None:
    service = serve(reply(200, FOUND))
    path = tmp_path / "answers.jsonl"
    key = '"service": "nominatim", "name": "A Dam", "country_code": ""'
    lines = (
        b"\xff\xfe\n",
        b"[1]\n",
        b"[" * 100_000 + b"\n",
        b'"' + b"x" * 17_000_000 + b'"\n',
        f'{{{key}, "answer": {{"latitude": "north"}}}}\n'.encode(),
        f'{{{key}, "answer": {{"latitude": 99.0, "longitude": 1.0}}}}\n'.encode(),
        f'{{{key}, "answer": 5}}\n'.encode(),
    )
    path.write_bytes(b"".join(lines))
    assert make_fallback(service, tmp_path)(DAM) is not None
    assert make_fallback(service, tmp_path)(DAM) is not None
    assert len(service.asked) == 1
    assert path.read_bytes().startswith(b"".join(lines))


def test_answers_that_cannot_be_kept_or_read_end_the_asking(serve: Callable[..., Service], tmp_path: Path) -> None:
    ask = make_fallback(serve(reply(200, FOUND)), tmp_path)
    (tmp_path / "answers.jsonl").mkdir()
    with pytest.raises(GeocoderError, match="cannot be written"):
        ask(DAM)
    with pytest.raises(GeocoderError, match="cannot be read"):
        make_fallback(serve(reply(200, FOUND)), tmp_path)
