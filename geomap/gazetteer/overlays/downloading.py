"""Gets a file from GeoNames or a mirror of it: goes on where an earlier attempt ended, and checks what came."""

from __future__ import annotations

import json
import re
import ssl
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from http.client import HTTPException, HTTPResponse
from pathlib import Path
from time import sleep
from typing import Final
from urllib.error import HTTPError, URLError
from urllib.parse import urlsplit
from urllib.request import HTTPRedirectHandler, ProxyHandler, Request, build_opener

from geomap.errors import ConfigurationError, GazetteerError
from geomap.gazetteer.overlays.sources import BLOCK
from geomap.system.addresses import LOOPBACK, is_confidential
from geomap.system.progress import NoProgress, Progress
from geomap.version import __version__

ATTEMPTS: Final = 4
"""How often in a row the server may fail without a single new byte."""

TIMEOUT: Final = 30.0
_PART: Final = re.compile(r"bytes (\d+)-\d+/(\d+)$")


def check_address(address: str) -> str:
    """Return an address without its last slash; only https is let through, and http to this very machine."""
    if not is_confidential(address):
        raise ConfigurationError(f"{address} cannot be used as [gazetteer] base_url: it has to begin with https://.")
    return address.rstrip("/")


class _Redirects(HTTPRedirectHandler):
    """Follows a server only to where we would go ourselves."""

    def redirect_request(self, req, fp, code, msg, headers, newurl):  # type: ignore[no-untyped-def]
        check_address(newurl)
        return super().redirect_request(req, fp, code, msg, headers, newurl)


@dataclass(slots=True)
class _Partial:
    """What has come of a file so far, and what the server called that version of it."""

    path: Path

    @property
    def _notes(self) -> Path:
        return self.path.with_name(self.path.name + ".json")

    @property
    def size(self) -> int:
        """How many bytes are there."""
        return self.path.stat().st_size if self.path.exists() else 0

    def read_version(self) -> str:
        """Return the server's mark of the version, "" where it gave none: then nothing can be continued."""
        try:
            version = json.loads(self._notes.read_text(encoding="utf-8"))["version"]
        except (OSError, ValueError, KeyError, TypeError):
            return ""
        return version if isinstance(version, str) else ""

    def begin(self, version: str) -> None:
        """Throw away what is there, and note the version that comes now."""
        self.path.write_bytes(b"")
        self._notes.write_text(json.dumps({"version": version}), encoding="utf-8")

    def discard(self) -> None:
        """Delete all of it."""
        self.path.unlink(missing_ok=True)
        self._notes.unlink(missing_ok=True)

    def finish(self, path: Path) -> None:
        """Give the file its name."""
        self.path.replace(path)
        self._notes.unlink(missing_ok=True)


def download_zip(address: str, target: Path, *, progress: Progress | None = None, pause: float = 2.0) -> None:
    """Get a zip file; an interrupted download goes on at the next call. ``pause`` is in seconds, between attempts.

    Raises `GazetteerError` where the server fails for good, or sends what is no sound zip file.
    """
    partial = _Partial(target.with_name(target.name + ".part"))
    name = target.name
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        _Download(check_address(address), partial, pause).run(
            progress or NoProgress(), label=f"Downloading {name} (MB)"
        )
        _check_zip(partial.path)
        partial.finish(target)
    except zipfile.BadZipFile as error:
        partial.discard()
        raise GazetteerError(f"{address} sent no sound zip file ({error}): try again later.") from error
    except OSError as error:
        raise GazetteerError(f"{target} cannot be written ({error.strerror or error}): free space there.") from error


def _check_zip(path: Path) -> None:
    try:
        with zipfile.ZipFile(path) as archive:
            damaged = archive.testzip()
    except (EOFError, zlib.error, NotImplementedError, RuntimeError) as error:
        raise zipfile.BadZipFile(str(error)) from error
    if damaged:
        raise zipfile.BadZipFile(f"{damaged} is damaged")


class _RefusedError(Exception):
    """The server will not give the file, however often it is asked."""


class _ShortError(Exception):
    """The connection ended before the file did."""


class _Download:
    """One file on its way, over as many connections as it takes."""

    def __init__(self, address: str, partial: _Partial, pause: float) -> None:
        self._address = address
        self._partial = partial
        self._pause = pause
        self._total = 0
        is_near = urlsplit(address).hostname in LOOPBACK
        self._opener = build_opener(_Redirects, *([ProxyHandler({})] if is_near else []))

    def run(self, progress: Progress, *, label: str) -> None:
        """Get all that is missing and show how far that has come."""
        blocks = self._receive_all()
        next(blocks, None)  # the first answer tells how much there is
        missing = max(self._total - self._partial.size, 0)
        for _ in progress.track(blocks, label=label, total=-(-missing // BLOCK)):
            pass

    def _receive_all(self) -> Iterator[None]:
        failures = 0
        while True:
            before = self._partial.size
            try:
                yield from self._receive()
            except _RefusedError as error:
                raise GazetteerError(f"{self._address}: {error}.") from error
            except (_ShortError, URLError, HTTPException, TimeoutError, ConnectionError, ssl.SSLError) as error:
                failures = 0 if self._partial.size > before else failures + 1
                if failures >= ATTEMPTS:
                    raise GazetteerError(
                        f"{self._address} cannot be downloaded ({_describe(error)}): check the connection and run the "
                        "same command again, it goes on where this one ended."
                    ) from error
                sleep(self._pause)
            else:
                return

    def _receive(self) -> Iterator[None]:
        """Receive what one connection gives; the first item comes before the first byte."""
        try:
            response: HTTPResponse = self._opener.open(self._request(), timeout=TIMEOUT)
        except HTTPError as error:
            with error:
                if self._is_complete(error):
                    return
                raise
        with closing(response):
            self._total = self._begin(response)
            yield
            with self._partial.path.open("ab") as file:
                while block := response.read(BLOCK):
                    file.write(block)
                    yield
        if self._partial.size < self._total:
            raise _ShortError("the connection ended early")
        if self._partial.size > self._total > 0:
            self._partial.discard()
            raise _ShortError("more came than was announced")

    def _request(self) -> Request:
        headers = {"User-Agent": f"geomap/{__version__}", "Accept-Encoding": "identity"}
        size, version = self._partial.size, self._partial.read_version()
        if size and version:
            headers |= {"Range": f"bytes={size}-", "If-Range": version}
        return Request(self._address, headers=headers)  # noqa: S310 -- the address is checked

    def _begin(self, response: HTTPResponse) -> int:
        """Return the size of the whole file, 0 where it is unknown; what came before is dropped unless this goes on."""
        part = _PART.match(response.headers.get("Content-Range", ""))
        if response.status == 206 and part and int(part[1]) == self._partial.size:
            return int(part[2])
        if response.status != 200:
            self._partial.discard()
            raise _ShortError(f"status {response.status}")
        tag = response.headers.get("ETag", "")
        self._partial.begin(response.headers.get("Last-Modified", "") if not tag or tag.startswith("W/") else tag)
        length = response.headers.get("Content-Length", "")
        return int(length) if length.isdecimal() else 0

    def _is_complete(self, error: HTTPError) -> bool:
        """Tell whether nothing is missing; raises where it makes no sense to ask again."""
        if error.code == 416:  # nothing is left, or the file has become shorter
            if error.headers.get("Content-Range") == f"bytes */{self._partial.size}":
                return True
            self._partial.discard()
        elif error.code == 404:
            raise _RefusedError("there is no such file; check the country's code and [gazetteer] base_url") from error
        elif error.code < 500 and error.code != 429:
            raise _RefusedError(f"the server refuses it ({error.code} {error.reason})") from error
        return False


def _describe(error: Exception) -> str:
    reason = getattr(error, "reason", None) or error
    return " ".join(str(getattr(reason, "strerror", None) or reason).split()) or type(error).__name__
