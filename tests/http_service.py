"""A real HTTP server on loopback that answers as a test says, and notes what it was asked."""

from __future__ import annotations

import ssl
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

import pytest

Reply = Callable[["Handler"], None]


class Handler(BaseHTTPRequestHandler):
    server: Service

    def do_GET(self) -> None:
        self.server.asked.append(self.path)
        self.server.headers_seen.append(dict(self.headers))
        replies = self.server.replies
        (replies.pop(0) if len(replies) > 1 else replies[0])(self)

    def answer(self, status: int, body: bytes = b"", **headers: str) -> None:
        self.send_response(status)
        for name, value in {"Content-Length": str(len(body)), **headers}.items():
            self.send_header(name.replace("_", "-"), value)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        pass


class Service(ThreadingHTTPServer):
    """A real server on loopback that gives one reply after the other, the last for ever."""

    daemon_threads = True

    def __init__(self, *replies: Reply, context: ssl.SSLContext | None = None) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.scheme = "http"
        if context:
            self.scheme = "https"
            self.socket = context.wrap_socket(self.socket, server_side=True)
        self.replies = list(replies)
        self.asked: list[str] = []
        self.headers_seen: list[dict[str, str]] = []
        Thread(target=self.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()

    @property
    def address(self) -> str:
        return f"{self.scheme}://127.0.0.1:{self.server_port}"


@pytest.fixture
def serve() -> Iterator[Callable[..., Service]]:
    services: list[Service] = []

    def start(*replies: Reply, context: ssl.SSLContext | None = None) -> Service:
        services.append(Service(*replies, context=context))
        return services[-1]

    yield start
    for service in services:
        service.shutdown()
        service.server_close()


def reply(status: int, body: bytes = b"", **headers: str) -> Reply:
    return lambda handler: handler.answer(status, body, **headers)
