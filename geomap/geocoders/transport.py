"""How a geocoding service is asked: by our own client, at its pace, with geopy's errors.

geopy's own transports follow redirects anywhere, pass over NO_PROXY and Retry-After, and put addresses, with keys in
them, into their messages.
"""

from __future__ import annotations

import json
import ssl
import time
from collections.abc import Mapping
from typing import Any, Final

from geopy.adapters import AdapterHTTPError, BaseSyncAdapter
from geopy.exc import GeocoderParseError, GeocoderServiceError, GeocoderTimedOut, GeocoderUnavailable

from geomap.errors import ElsewhereError, HttpError, LateError, NoAnswerError, StatusError
from geomap.system.http import MOST_WAIT, HttpClient

ATTEMPTS: Final = 3
MOST_BYTES: Final = 2_000_000


class PoliteTransport(BaseSyncAdapter):  # type: ignore[misc]  # geopy has no types
    """Gets the answers of one service; it waits ``seconds_between`` questions, longer if the service is overloaded."""

    def __init__(self, *, seconds_between: float, ssl_context: ssl.SSLContext | None, proxies: object) -> None:
        super().__init__(proxies=proxies, ssl_context=ssl_context)
        self._seconds_between = seconds_between
        self._client = HttpClient(context=ssl_context)
        self._not_before = 0.0

    def get_json(self, url: str, *, timeout: float, headers: Mapping[str, str]) -> Any:
        """Return the value in the JSON of an answer."""
        try:
            return json.loads(self.get_text(url, timeout=timeout, headers=headers))
        except (ValueError, RecursionError) as error:
            raise GeocoderParseError("its answer is no JSON") from error

    def get_text(self, url: str, *, timeout: float, headers: Mapping[str, str]) -> str:
        """Return the text of an answer, after as many attempts as it takes; raises geopy's errors."""
        for attempt in range(1, ATTEMPTS + 1):
            time.sleep(max(0.0, self._not_before - time.monotonic()))
            wait = self._seconds_between * 4**attempt
            try:
                return self._receive(url, timeout, headers)
            except HttpError as error:
                wait = max(wait, error.wish)
                if attempt == ATTEMPTS or wait > MOST_WAIT or not error.is_passing:
                    raise _as_geopy(error) from error
            finally:
                self._not_before = time.monotonic() + self._seconds_between
            self._not_before = time.monotonic() + wait
        raise AssertionError("unreachable")

    def _receive(self, url: str, timeout: float, headers: Mapping[str, str]) -> str:
        # a server may send a byte now and then for ever
        with self._client.get(url, headers=headers, timeout=timeout, total=3 * timeout) as answer:
            return answer.read(most=MOST_BYTES).decode("utf-8", "replace")


def _as_geopy(error: HttpError) -> Exception:
    """Return geopy's error for an error of ours."""
    made: Exception
    if isinstance(error, StatusError):
        headers = {name.lower(): value for name, value in error.headers.items()}
        made = AdapterHTTPError(str(error), status_code=error.status, headers=headers, text="")
    elif isinstance(error, ElsewhereError):
        made = GeocoderServiceError(f"{error}: name that one in geomap.toml, if you trust it")
    else:
        made = _KINDS.get(type(error), GeocoderServiceError)(str(error))
    return made


_KINDS: Final = {LateError: GeocoderTimedOut, NoAnswerError: GeocoderUnavailable}
