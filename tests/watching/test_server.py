"""The map is for its owner alone: every other host, site, path and program is refused, and no file is ever served."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from http.client import HTTPConnection, HTTPResponse

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
    for size in ("", "-1", "1e3", "99999999999", "2000000", "²"):
        found = ask(
            server, f"/{server.token}/echo", method="POST", Content_Length=size.encode().decode("latin-1"), **own
        )
        assert found.status == 413


@pytest.mark.parametrize("method", ["PUT", "DELETE", "OPTIONS", "TRACE", "CONNECT", "PATCH"])
def test_other_methods_are_not_known(method: str, server: MapServer) -> None:
    answer = ask(server, method=method)
    assert answer.status == 501
    assert b"Kharkiv" not in answer.read()


def test_a_port_that_is_taken_is_one_clear_line(server: MapServer) -> None:
    with pytest.raises(OutputError, match=f"cannot serve on port {server.port}: .*choose another --port"):
        MapServer(port=server.port)


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
