"""How servers are asked: encrypted, through the proxies of the environment, never for long, and only where we mean to.

What is raised says neither an address nor what was asked: keys stand there.
"""

from __future__ import annotations

import base64
import logging
import math
import ssl
import string
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from functools import cached_property
from http.client import HTTPException
from threading import local
from time import monotonic
from typing import Final
from urllib.parse import quote, unquote, urljoin
from urllib.request import getproxies, proxy_bypass

from urllib3 import BaseHTTPResponse, PoolManager, ProxyManager, Retry, Timeout
from urllib3.exceptions import HTTPError, IncompleteRead, InvalidHeader, LocationParseError, LocationValueError
from urllib3.exceptions import TimeoutError as Urllib3TimeoutError
from urllib3.util import Url, parse_url

from geomap.errors import ElsewhereError, LateError, NoAnswerError, StatusError, TooLargeError, UnencryptedError
from geomap.system.addresses import LOOPBACK, is_confidential

MOST_WAIT: Final = 60.0
"""Seconds: a server that wants more patience than that is left alone for this time."""

_UNENCRYPTED: Final = "it can only be asked without encryption, so it is not asked"
ENDED_EARLY: Final = "the connection ended early"
_PIECE: Final = 65_536
_PORTS: Final = {"http": 80, "https": 443}
_MOST_REDIRECTS: Final = 10
_REDIRECTS: Final = frozenset({301, 302, 303, 307, 308})


def _refuse(status: int, reason: str, headers: Mapping[str, str]) -> StatusError:
    wish = read_wish(headers.get("Retry-After", "0"))
    return StatusError(f"status {status}", status=status, reason=reason, headers=headers, wish=wish)


def read_wish(value: str) -> float:
    """Return the seconds that a Retry-After asks for, 0 where it cannot be read."""
    try:
        return Retry().parse_retry_after(value)
    except (InvalidHeader, ValueError, OverflowError):
        return 0.0


class Answer:
    """The answer that a server has begun to send."""

    def __init__(self, response: BaseHTTPResponse, deadline: float) -> None:
        self._response = response
        self._deadline = deadline
        self.status = response.status
        self.headers: Mapping[str, str] = response.headers

    def read_pieces(self) -> Iterator[bytes]:
        """Yield the body as it comes; raises `LateError`, and `NoAnswerError` where less comes than was announced."""
        while True:
            with _failures_told():
                piece = self._response.read1(_PIECE, decode_content=False)
            if not piece:
                return
            yield piece
            if monotonic() > self._deadline:
                raise LateError("its answer takes too long")

    def read(self, *, most: int) -> bytes:
        """Return the body; raises `TooLargeError` for one of more than ``most`` bytes."""
        body = bytearray()
        for piece in self.read_pieces():
            body += piece
            if len(body) > most:
                raise TooLargeError(f"its answer is larger than {most // 1_000_000} MB")
        return bytes(body)


class HttpClient:
    """Gets answers of servers, with https, or with http from this very machine.

    It follows a server to another address of its own; with ``goes_elsewhere`` also to other servers, but never from
    https to http. ``context`` is how certificates are checked where that is not as the system does.
    """

    def __init__(self, *, context: ssl.SSLContext | None = None, goes_elsewhere: bool = False) -> None:
        self._given_context = context
        self._goes_elsewhere = goes_elsewhere

    @contextmanager
    def get(
        self, address: str, *, headers: Mapping[str, str], timeout: float, total: float = math.inf
    ) -> Iterator[Answer]:
        """Give the answer for an address; raises `HttpError`.

        ``timeout`` is how many seconds the server may be silent, ``total`` how long all may take.
        """
        deadline = monotonic() + total
        if not is_confidential(address):
            raise UnencryptedError(_UNENCRYPTED, address=address)
        target = _parse(address)
        for _ in range(_MOST_REDIRECTS):
            with self._open(target, headers, min(timeout, deadline - monotonic())) as response:
                location = response.headers.get("Location") if response.status in _REDIRECTS else None
                if location is None:
                    yield _check_status(Answer(response, deadline), response.reason)
                    return
                target = self._follow(target, location)
        raise _refuse(response.status, "too many redirects", response.headers)

    @contextmanager
    def _open(self, target: Url, headers: Mapping[str, str], timeout: float) -> Iterator[BaseHTTPResponse]:
        if timeout <= 0:
            raise LateError("no answer in time")
        with self._choose_way(target) as way:
            with _failures_told():
                response = way.urlopen(
                    "GET",
                    target.url,
                    headers={"Accept-Encoding": "identity", "Connection": "close", **headers},
                    timeout=Timeout(connect=timeout, read=timeout),
                    redirect=False,
                    retries=False,
                    preload_content=False,
                )
            with closing(response):
                yield response

    def _choose_way(self, target: Url) -> PoolManager:
        proxy = _find_proxy(target)
        if proxy is None:
            return PoolManager(1, ssl_context=self._context if target.scheme == "https" else None)
        if not proxy.host or proxy.scheme not in _PORTS:
            raise NoAnswerError("HTTPS_PROXY names no proxy that speaks http: mend it, or unset it")
        address = proxy._replace(auth=None).url
        return ProxyManager(address, 1, proxy_headers=_sign_in(proxy.auth), ssl_context=self._context)

    @cached_property
    def _context(self) -> ssl.SSLContext:
        return self._given_context or ssl.create_default_context()

    def _follow(self, origin: Url, location: str) -> Url:
        location = quote(location, encoding="iso-8859-1", safe=string.punctuation)
        target = _parse(urljoin(origin.url, location))._replace(fragment=None)
        if not self._goes_elsewhere and _name_server(target) != _name_server(origin):
            raise ElsewhereError("it sends us on to another server")
        if not is_confidential(target.url) or (origin.scheme, target.scheme) == ("https", "http"):
            raise UnencryptedError(_UNENCRYPTED, address=target.url)
        return target


def _parse(address: str) -> Url:
    """Return the parts of an address; all of them are None if it is no address."""
    try:
        return parse_url(address)
    except LocationParseError:
        return Url()


def _is_near(target: Url) -> bool:
    return (target.host or "").strip("[]") in LOOPBACK


def _name_server(target: Url) -> tuple[str | None, str | None, int | None]:
    return target.scheme, target.host, target.port or _PORTS.get(target.scheme or "")


def _find_proxy(target: Url) -> Url | None:
    """Return the proxy that the environment sets for a server, or None."""
    found = getproxies().get("https", "")  # without encryption only this machine is asked, and never by a proxy
    if not found or _is_near(target) or proxy_bypass(target.netloc or ""):
        return None
    return _parse(found if "://" in found else f"http://{found}")


def _sign_in(auth: str | None) -> dict[str, str]:
    if auth is None:
        return {}
    return {"Proxy-Authorization": f"Basic {base64.b64encode(unquote(auth).encode()).decode('ascii')}"}


def _check_status(answer: Answer, reason: str | None) -> Answer:
    if not 200 <= answer.status < 300:
        raise _refuse(answer.status, reason or "", answer.headers)
    return answer


@contextmanager
def _failures_told() -> Iterator[None]:
    """Turn errors of the libraries into `HttpError` with messages of our own, and keep addresses out of their log."""
    _asking.now = True
    try:
        yield
    except LocationValueError as error:
        raise NoAnswerError("its address names no server") from error
    except (HTTPError, HTTPException, OSError) as error:
        cause = _find_cause(error)
        if isinstance(cause, TimeoutError | Urllib3TimeoutError):
            raise LateError("no answer in time") from error
        if isinstance(cause, IncompleteRead):
            raise NoAnswerError(ENDED_EARLY) from error
        raise NoAnswerError(str(getattr(cause, "strerror", None) or cause or type(cause).__name__)) from error
    finally:
        _asking.now = False


def _find_cause(error: BaseException) -> BaseException:
    inner = next((each for each in (*error.args, error.__cause__) if isinstance(each, Exception)), None)
    return error if inner is None else _find_cause(inner)


_asking = local()
logging.getLogger("urllib3.connectionpool").addFilter(lambda _record: not getattr(_asking, "now", False))
