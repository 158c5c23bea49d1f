"""Servers are asked with encryption, only those that are meant, and what goes wrong is said without addresses."""

from __future__ import annotations

import shutil
import ssl
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
from http_service import Handler, Service, reply

from geomap.errors import ElsewhereError, HttpError, NoAnswerError, StatusError, TooLargeError, UnencryptedError
from geomap.system.addresses import is_confidential
from geomap.system.http import HttpClient, read_wish


def get(address: str, client: HttpClient | None = None) -> bytes:
    with (client or HttpClient()).get(address, headers={"User-Agent": "tests"}, timeout=5) as answer:
        return answer.read(most=1_000_000)


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the file of a certificate for 127.0.0.1, signed by itself, with its key."""
    if shutil.which("openssl") is None:
        pytest.skip("openssl makes the certificate")
    path = tmp_path_factory.mktemp("certificate") / "both.pem"
    command = (
        "openssl req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=127.0.0.1 -addext subjectAltName=IP:127.0.0.1"
    )
    files = ("-keyout", path, "-out", path.with_suffix(".crt"))
    subprocess.run([*command.split(), *files], check=True, capture_output=True)
    path.write_text(path.read_text() + path.with_suffix(".crt").read_text())
    return path


@pytest.fixture
def encrypted(certificate: Path) -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate)
    return context


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("https://example.org/x", True),
        ("HTTPS://EXAMPLE.ORG", True),
        ("http://127.0.0.1:8080/x", True),
        ("http://localhost", True),
        ("http://[::1]:80/", True),
        ("http://example.org", False),
        ("http://127.0.0.1.example.org/", False),
        ("http://localhost@example.org/", False),
        ("http://example.org#@localhost/", False),
        ("http://example.org/@localhost/", False),
        ("http://localhost:80:80/", False),
        ("http://[::1", False),
        ("ftp://localhost/", False),
        ("file:///etc/passwd", False),
        ("example.org", False),
        ("//localhost/", False),
        ("https://", False),
        ("", False),
    ],
)
def test_only_this_machine_is_asked_without_encryption(address: str, expected: bool) -> None:
    assert is_confidential(address) is expected
    if not expected:
        with pytest.raises(UnencryptedError):
            get(address)


def test_a_server_is_known_by_its_certificate(
    serve: Callable[..., Service], certificate: Path, encrypted: ssl.SSLContext
) -> None:
    service = serve(reply(200, b"found"), context=encrypted)
    with pytest.raises(NoAnswerError, match="certificate verify failed"):
        get(service.address)
    assert service.asked == []
    assert get(service.address, HttpClient(context=ssl.create_default_context(cafile=certificate))) == b"found"


@pytest.mark.parametrize("goes_elsewhere", [False, True])
def test_encryption_is_never_left(
    serve: Callable[..., Service], certificate: Path, encrypted: ssl.SSLContext, goes_elsewhere: bool
) -> None:
    near = serve(reply(200, b"found"))
    service = serve(reply(302, Location=f"{near.address}/x"), context=encrypted)
    client = HttpClient(context=ssl.create_default_context(cafile=certificate), goes_elsewhere=goes_elsewhere)
    with pytest.raises((ElsewhereError, UnencryptedError)):
        get(service.address, client)
    assert near.asked == []


def test_another_port_is_another_server(serve: Callable[..., Service]) -> None:
    other = serve(reply(200, b"found"))
    service = serve(reply(302, Location=f"{other.address}/x"))
    with pytest.raises(ElsewhereError):
        get(service.address)
    assert other.asked == []
    assert get(service.address, HttpClient(goes_elsewhere=True)) == b"found"


def test_a_server_that_sends_us_round_and_round_is_left(serve: Callable[..., Service]) -> None:
    service = serve(reply(302, Location="/again"))
    with pytest.raises(StatusError, match="status 302"):
        get(service.address)
    assert len(service.asked) <= 10


def test_an_address_in_other_letters_is_followed_as_it_is_meant(serve: Callable[..., Service]) -> None:
    def send_on(handler: Handler) -> None:
        handler.wfile.write("HTTP/1.1 302 Found\r\nLocation: /Київ file#part\r\nContent-Length: 0\r\n\r\n".encode())

    service = serve(send_on, reply(200, b"found"))
    assert get(service.address) == b"found"
    assert service.asked[1] == "/%D0%9A%D0%B8%D1%97%D0%B2%20file"


def test_a_proxy_knows_its_user_and_nobody_else_does(
    serve: Callable[..., Service], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Handler, "do_CONNECT", Handler.do_GET, raising=False)
    proxy = serve(reply(407))
    for name in ("no_proxy", "NO_PROXY", "HTTPS_PROXY"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("https_proxy", f"http://me:s3%40cret@{proxy.address.removeprefix('http://')}")
    with pytest.raises(NoAnswerError) as caught:
        get("https://example.invalid/?key=k3y")
    assert proxy.asked == ["example.invalid:443"]
    assert proxy.headers_seen[0]["Proxy-Authorization"] == "Basic bWU6czNAY3JldA=="  # me:s3@cret
    assert not any(secret in str(caught.value) for secret in ("cret", "k3y"))


@pytest.mark.parametrize("proxy", ["socks5://127.0.0.1:9", "http://127.0.0.1:many", "http://"])
def test_a_proxy_that_cannot_be_used_is_not_passed_over(proxy: str, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("no_proxy", "NO_PROXY", "HTTPS_PROXY"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("https_proxy", proxy)
    with pytest.raises(NoAnswerError, match="HTTPS_PROXY names no proxy"):
        get("https://example.invalid/")


def test_what_is_too_large_or_refused_is_no_answer(serve: Callable[..., Service]) -> None:
    with pytest.raises(TooLargeError, match="larger than 1 MB"):
        get(serve(reply(200, b"x" * 1_000_001)).address)
    with pytest.raises(StatusError, match="status 404") as caught:
        get(serve(reply(404)).address)
    assert not caught.value.is_passing
    assert StatusError("status 503", status=503).is_passing
    assert (read_wish("7"), read_wish("soon")) == (7, 0)


@pytest.mark.parametrize("host", ["a" * 64, "xn--\u0456" * 20, "...", "a..b"])
def test_a_name_that_no_server_can_have_is_one_clear_line(host: str) -> None:
    with pytest.raises(HttpError, match=r"names no server|without encryption|not known"):
        get(f"https://{host}/?key=k3y")


def test_what_breaks_off_says_so(serve: Callable[..., Service]) -> None:
    def break_off(handler: Handler) -> None:
        handler.wfile.write(b"HTTP/1.1 200 OK\r\nContent-Length: 8\r\n\r\nhalf")

    with pytest.raises(NoAnswerError, match="ended early"):
        get(serve(break_off).address)
