"""How a service is asked: encrypted, at its pace, through the proxies of the environment, and never for long.

geopy's own transports follow redirects anywhere, pass over NO_PROXY and Retry-After, and put addresses, with keys in
them, into their messages.
"""

from __future__ import annotations

import json
import ssl
import time
from collections.abc import Mapping
from http.client import HTTPException, HTTPResponse
from typing import Any, Final
from urllib.error import HTTPError, URLError
from urllib.parse import urlsplit
from urllib.request import HTTPRedirectHandler, HTTPSHandler, OpenerDirector, ProxyHandler, Request, build_opener

from geopy.adapters import AdapterHTTPError, BaseSyncAdapter, get_retry_after
from geopy.exc import GeocoderParseError, GeocoderServiceError, GeocoderTimedOut, GeocoderUnavailable

from geomap.system.addresses import LOOPBACK, is_confidential

ATTEMPTS: Final = 3
MOST_WAIT: Final = 60.0
"""Seconds: a service that wants more patience than that is left alone for this time."""

MOST_BYTES: Final = 2_000_000
_BUSY: Final = frozenset({429, 500, 502, 503, 504})
_BLOCK: Final = 65_536


class PoliteTransport(BaseSyncAdapter):  # type: ignore[misc]  # geopy has no types
    """Gets the answers of one service; ``seconds_between`` two questions pass, and more where it is overloaded."""

    def __init__(self, *, seconds_between: float, ssl_context: ssl.SSLContext | None, proxies: object) -> None:
        super().__init__(proxies=proxies, ssl_context=ssl_context)
        self._seconds_between = seconds_between
        self._context = ssl_context or ssl.create_default_context()
        self._not_before = 0.0

    def get_json(self, url: str, *, timeout: float, headers: Mapping[str, str]) -> Any:
        """Return what the JSON of an answer holds."""
        try:
            return json.loads(self.get_text(url, timeout=timeout, headers=headers))
        except (ValueError, RecursionError) as error:
            raise GeocoderParseError("its answer is no JSON") from error

    def get_text(self, url: str, *, timeout: float, headers: Mapping[str, str]) -> str:
        """Return the text of an answer, after as many attempts as it takes; raises geopy's errors."""
        if not is_confidential(url):
            raise GeocoderServiceError("it can only be asked without encryption, so it is not asked")
        for attempt in range(1, ATTEMPTS + 1):
            time.sleep(max(0.0, self._not_before - time.monotonic()))
            wait = self._seconds_between * 4**attempt
            try:
                return self._receive(Request(url, headers=dict(headers)), timeout)  # noqa: S310 -- it is checked
            except AdapterHTTPError as error:
                wait = max(wait, get_retry_after(error.headers) or 0.0)
                if error.status_code not in _BUSY or attempt == ATTEMPTS or wait > MOST_WAIT:
                    raise
            except (GeocoderTimedOut, GeocoderUnavailable):
                if attempt == ATTEMPTS:
                    raise
            finally:
                self._not_before = time.monotonic() + self._seconds_between
            self._not_before = time.monotonic() + wait
        raise AssertionError("unreachable")

    def _receive(self, request: Request, timeout: float) -> str:
        deadline = time.monotonic() + 3 * timeout  # a server may send a byte now and then for ever
        try:
            with self._open(request, timeout) as response:
                body = _read(response, deadline)
        except HTTPError as error:
            found = {name.lower(): value for name, value in error.headers.items()}
            error.close()
            raise AdapterHTTPError(f"status {error.code}", status_code=error.code, headers=found, text="") from None
        except TimeoutError as error:
            raise GeocoderTimedOut("no answer in time") from error
        except URLError as error:
            if isinstance(error.reason, TimeoutError):
                raise GeocoderTimedOut("no answer in time") from error
            raise GeocoderUnavailable(_describe(error.reason)) from error
        except (OSError, HTTPException) as error:
            raise GeocoderUnavailable(_describe(error)) from error
        return body.decode("utf-8", "replace")

    def _open(self, request: Request, timeout: float) -> HTTPResponse:
        is_near = urlsplit(request.full_url).hostname in LOOPBACK
        proxies = ProxyHandler({}) if is_near else ProxyHandler()  # of the environment, with its exceptions
        opener: OpenerDirector = build_opener(proxies, HTTPSHandler(context=self._context), _Redirects)
        response: HTTPResponse = opener.open(request, timeout=timeout)
        return response


class _Redirects(HTTPRedirectHandler):
    """Follows a service only to another address of its own."""

    def redirect_request(self, req, fp, code, msg, headers, newurl):  # type: ignore[no-untyped-def]
        if urlsplit(newurl)[:2] != urlsplit(req.full_url)[:2]:
            raise GeocoderServiceError(
                "it sends us on to another server: name that one in geomap.toml, if you trust it"
            )
        return super().redirect_request(req, fp, code, msg, headers, newurl)


def _read(response: HTTPResponse, deadline: float) -> bytes:
    body = bytearray()
    while block := response.read1(_BLOCK):
        body += block
        if len(body) > MOST_BYTES:
            raise GeocoderServiceError(f"its answer is larger than {MOST_BYTES // 1_000_000} MB")
        if time.monotonic() > deadline:
            raise GeocoderTimedOut("its answer takes too long")
    return bytes(body)


def _describe(reason: object) -> str:
    return str(getattr(reason, "strerror", None) or reason or type(reason).__name__)
