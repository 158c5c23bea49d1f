"""The map is for its owner alone: every other host, site, path and program is refused, and no file is ever served."""

from __future__ import annotations

import re
import socket
import time
from collections.abc import Callable, Iterator
from http.client import HTTPConnection, HTTPResponse
from pathlib import Path

import pytest

from geomap.errors import OutputError, UsageError
from geomap.watching.server import MapServer

MAP = (
    b"<html><head><meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; script-src 'sha256-x'\">"
    b"</head><body>Kharkiv </head></body></html>"
)


def refuse(data: bytes) -> str:
    raise UsageError(f"line 1 is wrong: {data.decode()}")


@pytest.fixture
def server() -> Iterator[MapServer]:
    actions = {"echo": lambda data: f"got {data.decode()}", "refuse": refuse}
    with MapServer(actions=actions) as server:
        server.show(MAP)
        yield server


def ask(
    server: MapServer, path: str | None = None, *, method: str = "GET", body: bytes = b"", **headers: str
) -> HTTPResponse:
    connection = HTTPConnection("127.0.0.1", server.port, timeout=5)
    connection.putrequest(method, f"/{server.token}/" if path is None else path, skip_host="Host" in headers)
    for name, value in headers.items():
        connection.putheader(name.replace("_", "-"), value)
    if body:
        connection.putheader("Content-Length", str(len(body)))
    connection.endheaders(body or None)
    return connection.getresponse()


def test_the_map_with_a_policy_that_lets_it_ask_for_news(server: MapServer) -> None:
    answer = ask(server)
    page = answer.read().decode()
    assert answer.status == 200
    assert "default-src 'none'; script-src 'sha256-x' 'sha256-" in page
    assert "connect-src 'self'\">" in page
    assert page.count("<script>") == 1
    assert page.index("<script>") < page.index("</head>")
    assert "Kharkiv </head></body>" in page
    assert answer.headers["Cache-Control"] == "no-store"
    assert answer.headers["Referrer-Policy"] == "no-referrer"
    assert answer.headers["Content-Security-Policy"] == "frame-ancestors 'none'"
    assert ask(server, method="HEAD").read() == b""


def test_the_version_changes_with_the_map_alone(server: MapServer) -> None:
    path = f"/{server.token}/version"
    first = ask(server, path).read()
    server.show(MAP)
    assert ask(server, path).read() == first
    server.show(MAP + b" ")
    assert ask(server, path).read() != first


def test_before_there_is_a_map_the_page_waits_for_it() -> None:
    with MapServer() as server:
        page = ask(server).read().decode()
        assert "There is no map yet" in page
        assert "<script>" in page


def test_it_listens_on_loopback_alone(server: MapServer) -> None:
    assert server.url.startswith("http://127.0.0.1:")
    for family, *_, address in socket.getaddrinfo(socket.gethostname(), server.port, type=socket.SOCK_STREAM):
        if not address[0].startswith("127.") and family == socket.AF_INET:
            with socket.socket(family) as other:
                other.settimeout(1)
                assert other.connect_ex(address) != 0


@pytest.mark.parametrize("path", ["/", "/x", "/x/", "/favicon.ico", "/{token}x/", "/../{token}/", "*"])
def test_without_the_secret_nothing_is_told(path: str, server: MapServer) -> None:
    answer = ask(server, path.replace("{token}", server.token))
    assert answer.status in (403, 404)
    assert b"Kharkiv" not in answer.read()


@pytest.mark.parametrize(
    "name",
    ["../../etc/passwd", "..%2f..%2fetc/passwd", "/etc/passwd", "map.html", "%2e%2e/", "version/", "C:\\x", "\\..\\"],
)
def test_no_path_leads_to_a_file(name: str, server: MapServer) -> None:
    assert ask(server, f"/{server.token}/{name}").status == 404


def test_the_secret_without_its_slash_is_no_address(server: MapServer) -> None:
    assert ask(server, f"/{server.token}").status == 404


@pytest.mark.parametrize(
    "host", ["evil.example", "127.0.0.1", "evil.example:{port}", "127.0.0.1:1", "[::1]:{port}", ""]
)
def test_another_host_is_refused(host: str, server: MapServer) -> None:
    assert ask(server, Host=host.format(port=server.port)).status == 403
    assert ask(server, Host=f"localhost:{server.port}").status == 200


@pytest.mark.parametrize(
    "origin", ["http://evil.example", "null", "https://127.0.0.1:{port}", "http://127.0.0.1:1", "file://"]
)
def test_another_origin_is_refused(origin: str, server: MapServer) -> None:
    headers = {"Origin": origin.format(port=server.port)}
    assert ask(server, **headers).status == 403
    assert ask(server, f"/{server.token}/echo", method="POST", body=b"x", **headers).status == 403


def test_a_page_of_another_site_can_lead_here_but_not_embed(server: MapServer) -> None:
    assert ask(server, Sec_Fetch_Site="cross-site", Sec_Fetch_Mode="no-cors").status == 403
    assert ask(server, Sec_Fetch_Site="cross-site", Sec_Fetch_Mode="navigate").status == 200
    assert ask(server, Sec_Fetch_Site="same-origin", Sec_Fetch_Mode="cors").status == 200


def test_what_the_page_posts_is_done_and_errors_are_told(server: MapServer) -> None:
    own = {"Origin": f"http://127.0.0.1:{server.port}"}
    answer = ask(server, f"/{server.token}/echo", method="POST", body=b"hello", **own)
    assert (answer.status, answer.read()) == (200, b"got hello")
    answer = ask(server, f"/{server.token}/refuse", method="POST", body=b"x", **own)
    assert (answer.status, answer.read()) == (400, b"line 1 is wrong: x")
    assert ask(server, f"/{server.token}/other", method="POST", body=b"x", **own).status == 404
    assert ask(server, f"/{server.token}/echo", method="POST", body=b"x").status == 403  # no Origin
    assert ask(server, "/x/echo", method="POST", body=b"x", **own).status == 403
    for size in ("99999999999", "1000001"):
        assert ask(server, f"/{server.token}/echo", method="POST", Content_Length=size, **own).status == 413


@pytest.mark.parametrize("method", ["PUT", "DELETE", "OPTIONS", "TRACE", "CONNECT", "PATCH"])
def test_other_methods_are_not_known(method: str, server: MapServer) -> None:
    answer = ask(server, method=method)
    assert answer.status == 501
    assert b"Kharkiv" not in answer.read()


def test_a_port_that_is_taken_is_one_clear_line(server: MapServer) -> None:
    with pytest.raises(OutputError, match=f"cannot serve on port {server.port}: .*choose another --port"):
        MapServer(port=server.port)


def send(server: MapServer, data: bytes) -> bytes:
    """Return the raw answer to raw bytes."""
    with socket.create_connection(("127.0.0.1", server.port), timeout=10) as connection:
        connection.sendall(data)
        connection.shutdown(socket.SHUT_WR)
        return b"".join(iter(lambda: connection.recv(65_536), b""))


@pytest.mark.parametrize(
    ("request_line", "status"),
    [
        ("GET /{token}/ HTTP/1.1", 200),
        ("GET /{token}/version HTTP/1.1", 200),
        ("GET /nothing/ HTTP/1.1", 403),
        ("GET /{token}/nothing HTTP/1.1", 404),
        ("POST /{token}/echo HTTP/1.1\r\nOrigin: http://127.0.0.1:{port}", 400),
        ("POST /{token}/echo HTTP/1.1\r\nOrigin: http://127.0.0.1:{port}\r\nTransfer-Encoding: chunked", 400),
        ("POST /{token}/echo HTTP/1.1\r\nOrigin: http://127.0.0.1:{port}\r\nContent-Length: 3", 400),
        ("POST /{token}/echo HTTP/1.1\r\nOrigin: http://127.0.0.1:{port}\r\nContent-Length: 2000000", 413),
        ("PUT /{token}/ HTTP/1.1", 501),
        ("GET / HTTP/1.1 and more", 400),
        ("nonsense", 400),
        ("GET / HTTP/7.0", 505),
        ("GET /{token}/", 505),
        ("GET /{token}/ HTTP/0.9", 505),
        ("GET /" + "x" * 70_000 + " HTTP/1.1", 414),
        ("GET / HTTP/1.1\r\nX: " + "x" * 70_000, 431),
        ("GET / HTTP/1.1" + "\r\nX: x" * 200, 431),
    ],
)
def test_every_answer_forbids_what_a_browser_might_do_with_it(
    request_line: str, status: int, server: MapServer
) -> None:
    request = f"{request_line}\r\nHost: 127.0.0.1:{server.port}\r\n\r\n"
    answer = send(server, request.replace("{token}", server.token).replace("{port}", str(server.port)).encode())
    head, _, body = answer.partition(b"\r\n\r\n")
    lines = head.decode().split("\r\n")
    assert lines[0].split()[1] == str(status)
    for line in (
        "Cache-Control: no-store",
        "Content-Security-Policy: frame-ancestors 'none'",
        "Cross-Origin-Resource-Policy: same-origin",
        "Referrer-Policy: no-referrer",
        "Server: geomap",
        "X-Content-Type-Options: nosniff",
        "X-Frame-Options: DENY",
    ):
        assert line in lines
    assert f"Content-Length: {len(body)}" in lines
    assert status == 200 or (b"<" not in body and server.token.encode() not in body)


OTHER_VERSIONS = (
    "HTTP/0.9 HTTP/1 HTTP/1. HTTP/1.2 HTTP/1.10 HTTP/01.1 HTTP/1.01 HTTP/2 HTTP/2.0 HTTP/3.0 HTTP/1.1.1 HTTP/1,1 "
    "HTTP/² HTTP/-1.1 HTTP/ http/1.1 HTTPS/1.1 SPDY/3 x \x00HTTP/1.1 HTTP/1.1\x00"
).split()
NO_VERSIONS = ["", " ", "\xa0HTTP/1.1", "\x85HTTP/1.1", " HTTP/1.1 HTTP/1.1", " HTTP/1.1 x"]


@pytest.mark.parametrize("version", [f" {each}" for each in OTHER_VERSIONS] + NO_VERSIONS)
@pytest.mark.parametrize("method", ["GET", "HEAD", "POST"])
def test_what_is_not_http_1_0_or_1_1_gets_no_page(version: str, method: str, server: MapServer) -> None:
    own = f"Host: 127.0.0.1:{server.port}\r\nOrigin: http://127.0.0.1:{server.port}\r\n"
    answer = send(server, f"{method} /{server.token}/{version}\r\n{own}\r\n".encode("latin-1"))
    assert re.match(rb"HTTP/1\.0 (400|505) ", answer)
    assert b"\r\nX-Frame-Options: DENY\r\n" in answer
    assert b"Kharkiv" not in answer


def test_a_request_that_names_no_version_is_answered_at_once(server: MapServer) -> None:
    with socket.create_connection(("127.0.0.1", server.port), timeout=5) as connection:
        connection.sendall(f"GET /{server.token}/\r\n".encode())  # HTTP/0.9 ends here
        assert connection.recv(100).startswith(b"HTTP/1.0 505 ")


@pytest.fixture
def posted(server: MapServer) -> list[bytes]:
    """What the server has taken over as a whole."""
    bodies: list[bytes] = []

    def keep(data: bytes) -> str:
        bodies.append(data)
        return "kept"

    server.actions["keep"] = keep
    return bodies


def post(server: MapServer, headers: str, body: bytes) -> tuple[int, str]:
    """Return the status and the text of the answer to a raw body under raw headers."""
    own = f"Host: 127.0.0.1:{server.port}\r\nOrigin: http://127.0.0.1:{server.port}"
    head = f"POST /{server.token}/keep HTTP/1.1\r\n{own}\r\n{headers}\r\n\r\n".encode("latin-1")
    head, _, text = send(server, head + body).partition(b"\r\n\r\n")
    return int(head.split()[1]), text.decode()


BODY = "name,scope,action,latitude,longitude\nΧάρκοβο,*,is,49.98,36.71\n".encode()


def test_a_body_that_is_shorter_than_announced_is_never_taken_over(server: MapServer, posted: list[bytes]) -> None:
    for size in range(len(BODY)):
        status, text = post(server, f"Content-Length: {len(BODY)}", BODY[:size])
        assert (status, text) == (400, f"{size} of {len(BODY)} bytes came: nothing was taken over; send it again\n")
    assert posted == []
    assert post(server, f"Content-Length: {len(BODY)}", BODY) == (200, "kept")
    assert posted == [BODY]


@pytest.mark.parametrize(
    ("headers", "body"),
    [
        ("X: no length", BODY),
        ("Content-Length:", BODY),
        ("Content-Length: -1", BODY),
        (f"Content-Length: +{len(BODY)}", BODY),
        (f"Content-Length: {len(BODY)}.0", BODY),
        (f"Content-Length: {len(BODY)}, {len(BODY)}", BODY),
        ("Content-Length: 0x10", BODY),
        ("Content-Length: 1e1", BODY),
        ("Content-Length: 1_0", BODY),
        ("Content-Length: \xb2", BODY),
        (f"Content-Length: {'9' * 5000}", BODY),
        (f"Content-Length: {len(BODY)}\r\nContent-Length: {len(BODY)}", BODY),
        (f"Content-Length: {len(BODY) - 4}\r\nContent-Length: {len(BODY)}", BODY),
        (f"Content-Length: {len(BODY)}\r\nno header\r\nContent-Length: 3", BODY),
        (f"Content-Length: {len(BODY.decode())}", BODY),  # characters, and not bytes
        (f"Content-Length: {len(BODY) - 4}", BODY),
        ("Content-Length: 0", BODY),
        ("Transfer-Encoding: chunked", b"%x\r\n%s\r\n0\r\n\r\n" % (len(BODY), BODY)),
        ("Transfer-Encoding: chunked", b"%x\r\n%s\r\n" % (len(BODY), BODY)),  # without its last chunk
        (f"Content-Length: {len(BODY)}\r\nTransfer-Encoding: chunked", BODY),
        (f"Transfer-Encoding: identity\r\nContent-Length: {len(BODY)}", BODY),
        (f"Content-Length : {len(BODY)}", BODY),
    ],
)
def test_a_body_whose_length_is_in_doubt_is_never_taken_over(
    headers: str, body: bytes, server: MapServer, posted: list[bytes]
) -> None:
    status, text = post(server, headers, body)
    assert status == 400
    assert text.count("\n") == 1
    assert posted == []


def test_a_body_that_stays_away_is_never_taken_over(
    server: MapServer, posted: list[bytes], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("geomap.watching.server.LONGEST_REQUEST", 0.3)
    head = f"POST /{server.token}/keep HTTP/1.1\r\nHost: 127.0.0.1:{server.port}\r\n"
    head += f"Origin: http://127.0.0.1:{server.port}\r\nContent-Length: {len(BODY)}\r\n\r\n"
    with socket.create_connection(("127.0.0.1", server.port), timeout=10) as connection:
        connection.sendall(head.encode() + BODY[:-4])
        assert connection.recv(100) == b""  # hung up on
    assert post(server, f"Content-Length: {len(BODY)}", BODY) == (200, "kept")
    assert posted == [BODY]


def test_a_body_that_is_too_large_is_told_so_and_not_just_cut_off(server: MapServer, posted: list[bytes]) -> None:
    assert post(server, "Content-Length: 8000000", b"x" * 8_000_000) == (413, "Request Entity Too Large\n")
    assert posted == []


def test_a_request_without_headers_learns_nothing(server: MapServer) -> None:
    assert b"Kharkiv" not in send(server, f"GET /{server.token}/\r\n".encode())


def test_two_hosts_are_one_too_many(server: MapServer) -> None:
    host = f"Host: 127.0.0.1:{server.port}\r\n"
    answer = send(server, f"GET /{server.token}/ HTTP/1.1\r\n{host}Host: evil.example\r\n\r\n".encode())
    assert b" 403 " in answer.partition(b"\r\n")[0]


@pytest.mark.parametrize("change", [lambda token: token[:-1], lambda token: token + "A", str.swapcase, lambda _: ""])
def test_nearly_the_secret_is_not_the_secret(change: Callable[[str], str], server: MapServer) -> None:
    assert len(server.token) >= 32
    answer = ask(server, f"/{change(server.token)}/")
    assert (answer.status, answer.read()) == (403, b"Forbidden\n")


@pytest.mark.skipif(not Path("/proc/net/tcp").exists(), reason="the list of sockets is not here")
def test_no_other_address_of_the_machine_listens(server: MapServer) -> None:
    rows = [line.split() for file in ("tcp", "tcp6") for line in Path("/proc/net", file).read_text().splitlines()[1:]]
    listening = {row[1] for row in rows if row[3] == "0A" and row[1].endswith(f":{server.port:04X}")}
    assert listening == {f"0100007F:{server.port:04X}"}


def test_slow_clients_keep_nobody_waiting_and_are_hung_up_on(
    server: MapServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("geomap.watching.server.LONGEST_REQUEST", 1.0)
    slow = [socket.create_connection(("127.0.0.1", server.port), timeout=10) for _ in range(60)]
    beginnings = (b"G", b"GET / HTTP/1.1\r\n", f"POST /{server.token}/echo HTTP/1.1\r\nContent-Length: 9".encode())
    for number, connection in enumerate(slow):
        connection.sendall(beginnings[number % 3])
    started = time.monotonic()
    assert ask(server).status == 200
    assert time.monotonic() - started < 2
    for connection in slow[3:]:
        connection.close()
    for connection in slow[:3]:  # a byte now and then does not help
        with connection:
            while time.monotonic() - started < 15:
                try:
                    connection.sendall(b"x")
                except OSError:
                    break
                time.sleep(0.02)  # as slow as clients are that mean harm
            else:
                pytest.fail("it still listens")


def test_nonsense_does_not_stop_it(server: MapServer, capfd: pytest.CaptureFixture[str]) -> None:
    for data in (
        b"\x00" * 100,
        b"GET",
        "GET /é/ HTTP/1.1\r\n\r\n".encode(),
        b"GET / HTTP/9.9\r\n\r\n",
        b"A" * 100_000,
        b"",
    ):
        with socket.create_connection(("127.0.0.1", server.port), timeout=5) as connection:
            connection.sendall(data)
    assert ask(server).status == 200
    assert capfd.readouterr() == ("", "")
