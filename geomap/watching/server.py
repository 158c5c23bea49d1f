"""A web server for one map and one person: loopback only, behind a secret, with nothing else to give.

Other programs of the machine can reach a loopback address, and so can every page that its browser shows. So each
request has to name the secret in its path, this server in its Host, and no other site as its Origin.
"""

from __future__ import annotations

import hmac
import secrets
import socket
import socketserver
import sys
from collections.abc import Callable, Mapping
from contextlib import suppress
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, HTTPServer
from threading import Thread, Timer
from types import TracebackType
from typing import Any, TypeAlias

from geomap.errors import GeomapError, OutputError, describe_error
from geomap.watching.page import ServedPage, make_page

ADDRESS = "127.0.0.1"
MAX_POSTED_BYTES = 1_000_000
LONGEST_REQUEST = 30.0
"""Seconds from connecting to the end of the answer; a byte now and then does not keep a connection open for ever."""

Action: TypeAlias = Callable[[bytes], str]
"""Does what was posted to its name and returns the text to answer; raises `GeomapError` to refuse."""

_HEADERS = {
    "Cache-Control": "no-store",
    "Content-Security-Policy": "frame-ancestors 'none'",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
}
_TEXT, _PAGE = "text/plain; charset=utf-8", "text/html; charset=utf-8"
_VERSIONS = (b"HTTP/1.0", b"HTTP/1.1")
_BLOCK = 65_536


class _CutError(ValueError):
    """The body of a request is incomplete; the message says why."""


class MapServer:
    """Serves a map from memory until it is closed; use it as a context manager."""

    def __init__(self, *, port: int = 0, actions: Mapping[str, Action] | None = None) -> None:
        self.token = secrets.token_urlsafe(24)
        self.page: ServedPage = make_page(None)
        self.actions = dict(actions or {})
        try:
            self._server = _LoopbackServer(self, port)
        except (OSError, OverflowError) as error:
            reason = getattr(error, "strerror", None) or str(error)
            raise OutputError(f"cannot serve on port {port}: {reason}; choose another --port, or none") from error
        self.port: int = self._server.server_address[1]
        self._thread = Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.1}, daemon=True)

    @property
    def url(self) -> str:
        """The address of the map, with its secret."""
        return f"http://{ADDRESS}:{self.port}/{self.token}/"

    def show(self, html: bytes | None) -> None:
        """Serve these bytes of a map from now on; pages that are open reload themselves."""
        self.page = make_page(html)

    def __enter__(self) -> MapServer:
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()


class _LoopbackServer(socketserver.ThreadingMixIn, HTTPServer):
    daemon_threads = True
    block_on_close = False
    request_queue_size = 128  # behind five, the usual number, slow clients would hold up others for seconds
    allow_reuse_address = sys.platform != "win32"  # there it would let another program take the port over

    def __init__(self, owner: MapServer, port: int) -> None:
        self.owner = owner
        super().__init__((ADDRESS, port), _Handler)

    def server_bind(self) -> None:
        socketserver.TCPServer.server_bind(self)  # HTTPServer would ask the network for the machine's name
        self.server_name, self.server_port = ADDRESS, self.server_address[1]

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Say nothing: a browser that leaves early is no error."""


class _Handler(BaseHTTPRequestHandler):
    server: _LoopbackServer
    timeout = 10
    raw_requestline: bytes

    def version_string(self) -> str:
        """Return the server's name, without a version that could be looked up."""
        return "geomap"

    def handle(self) -> None:
        """Answer one request, in bounded time."""
        end = Timer(LONGEST_REQUEST, self._hang_up)
        end.daemon = True
        end.start()
        try:
            super().handle()
        finally:
            end.cancel()

    def _hang_up(self) -> None:
        with suppress(OSError):
            self.connection.shutdown(socket.SHUT_RDWR)

    def parse_request(self) -> bool:
        """Read a request of HTTP/1.0 or 1.1: an answer to any other would have no headers, and protect nobody."""
        words = self.raw_requestline.split()
        if not words or words[-1] in _VERSIONS:
            return super().parse_request()
        self.command, self.requestline = "", ""
        is_other = len(words) == 2 or words[-1].startswith(b"HTTP/")  # two words: HTTP/0.9 names no version
        self.send_error(HTTPStatus.HTTP_VERSION_NOT_SUPPORTED if is_other else HTTPStatus.BAD_REQUEST)
        return False

    def do_GET(self) -> None:
        name = self._admit(needs_origin=False)
        if name == "":
            self._send(HTTPStatus.OK, self.server.owner.page.content, _PAGE)
        elif name == "version":
            self._send(HTTPStatus.OK, self.server.owner.page.version.encode(), _TEXT)
        elif name is not None:
            self._refuse(HTTPStatus.NOT_FOUND)

    do_HEAD = do_GET  # noqa: N815 - the standard library's name

    def do_POST(self) -> None:
        name = self._admit(needs_origin=True)
        if name is None:
            return
        action = self.server.owner.actions.get(name)
        if action is None:
            self._refuse(HTTPStatus.NOT_FOUND)
            return
        try:
            size = self._read_size()
            if size <= MAX_POSTED_BYTES:
                self._act(action, self._read_body(size))
                return
            self._refuse(HTTPStatus.REQUEST_ENTITY_TOO_LARGE)
        except _CutError as error:
            self._refuse(HTTPStatus.BAD_REQUEST, f"{error}: nothing was taken over; send it again")
        self._hear_out()

    def _read_size(self) -> int:
        """Return the announced size of the body; raises `_CutError` if none is announced that can be relied on."""
        sizes = self.headers.get_all("Content-Length", [])
        if "Transfer-Encoding" in self.headers or len(sizes) != 1:
            raise _CutError("What is posted needs one Content-Length, and no Transfer-Encoding")
        size = str(sizes[0])
        if not (size.isascii() and size.isdecimal() and len(size) < 20):
            raise _CutError("The Content-Length is no number of bytes")
        return int(size)

    def _read_body(self, size: int) -> bytes:
        """Return the body; raises `_CutError` if it has fewer or more bytes than announced."""
        body = self.rfile.read(size)
        if len(body) < size:
            raise _CutError(f"{len(body):,} of {size:,} bytes came")
        if self._has_more():
            raise _CutError(f"More than the {size:,} bytes came that were announced")
        return body

    def _has_more(self) -> bool:
        """Return whether bytes have come behind the end of the body, without waiting for any."""
        self.connection.settimeout(0)
        try:
            return bool(self.rfile.peek(1))  # type: ignore[attr-defined]  # it is a BufferedReader
        finally:
            self.connection.settimeout(self.timeout)

    def _hear_out(self) -> None:
        """Read the rest of a request so that its sender can read the answer: closing earlier would discard it."""
        with suppress(OSError):
            self.connection.shutdown(socket.SHUT_WR)
            while self.rfile.read1(_BLOCK):
                pass

    def _act(self, action: Action, data: bytes) -> None:
        try:
            self._send(HTTPStatus.OK, action(data).encode(), _TEXT)
        except GeomapError as error:
            self._send(HTTPStatus.BAD_REQUEST, describe_error(error).encode(), _TEXT)

    def _admit(self, *, needs_origin: bool) -> str | None:
        """Return the requested name below the secret, or refuse a request that must not be answered and return None."""
        hosts = {f"{host}:{self.server.server_port}" for host in (ADDRESS, "localhost")}
        origin = self.headers.get("Origin")
        is_ours = origin in {f"http://{host}" for host in hosts} or (origin is None and not needs_origin)
        _, token, *rest = f"{self.path.partition('?')[0]}".split("/", 2) + [""] * 2
        is_local = self.headers.get_all("Host", []) in [[host] for host in hosts]
        has_secret = hmac.compare_digest(token.encode("utf-8", "replace"), self.server.owner.token.encode())
        if not (is_local and is_ours and has_secret) or self._is_cross_site():
            self._refuse(HTTPStatus.FORBIDDEN)
            return None
        if self.headers.defects:  # a line that is no header hides those behind it, such as a second length
            self._refuse(HTTPStatus.BAD_REQUEST)
            return None
        if not self.path.startswith(f"/{token}/"):
            self._refuse(HTTPStatus.NOT_FOUND)
            return None
        return rest[0]

    def _is_cross_site(self) -> bool:
        """Return whether another site's page asks; following a link from it is no harm, embedding the map is."""
        is_foreign = self.headers.get("Sec-Fetch-Site", "none") not in ("same-origin", "none")
        return is_foreign and self.headers.get("Sec-Fetch-Mode") != "navigate"

    def _refuse(self, status: HTTPStatus, reason: str = "") -> None:
        self.close_connection = True
        self._send(status, f"{reason or status.phrase}\n".encode(), _TEXT)

    def send_error(self, code: int, message: str | None = None, explain: str | None = None) -> None:  # noqa: ARG002
        """Refuse what the standard library cannot read, as we refuse everything else."""
        self.request_version = "HTTP/1.0"  # for what it takes for an older one it would send no headers
        self._refuse(HTTPStatus(code))

    def _send(self, status: HTTPStatus, content: bytes, kind: str) -> None:
        self.send_response(status)
        for name, value in {**_HEADERS, "Content-Type": kind, "Content-Length": str(len(content))}.items():
            self.send_header(name, value)
        self.end_headers()
        if getattr(self, "command", None) != "HEAD":  # a request that cannot be read has none
            self.wfile.write(content)

    def log_message(self, *_arguments: Any) -> None:
        """Say nothing: the paths hold the secret."""
