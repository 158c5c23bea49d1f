"""Gets a file from GeoNames or a mirror of it: goes on where an earlier attempt ended, and checks what came."""

from __future__ import annotations

import json
import re
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from time import sleep
from typing import Final

from geomap.errors import ConfigurationError, GazetteerError, HttpError, NoAnswerError, StatusError, UnencryptedError
from geomap.gazetteer.overlays.sources import BLOCK
from geomap.system.addresses import is_confidential
from geomap.system.http import ENDED_EARLY, MOST_WAIT, Answer, HttpClient
from geomap.system.progress import NoProgress, Progress
from geomap.version import __version__

ATTEMPTS: Final = 4
"""How often in a row the server may fail without a single new byte."""

TIMEOUT: Final = 30.0
_PART: Final = re.compile(r"bytes (\d+)-\d+/(\d+)$")


def check_address(address: str) -> str:
    """Return an address without its last slash; raise an error unless it is https, or http to this very machine."""
    if not is_confidential(address):
        raise _make_refusal(address)
    return address.rstrip("/")


def _make_refusal(address: str) -> ConfigurationError:
    return ConfigurationError(f"{address} cannot be used as [gazetteer] base_url: it has to begin with https://.")


@dataclass(slots=True)
class _Partial:
    """The part of a file that has come so far, and the server's mark of that version."""

    path: Path

    @property
    def _notes(self) -> Path:
        return self.path.with_name(self.path.name + ".json")

    @property
    def size(self) -> int:
        """How many bytes have come."""
        return self.path.stat().st_size if self.path.exists() else 0

    def read_version(self) -> str:
        """Return the server's mark of the version, or an empty string: then the download cannot be continued."""
        try:
            version = json.loads(self._notes.read_text(encoding="utf-8"))["version"]
        except (OSError, ValueError, KeyError, TypeError):
            return ""
        return version if isinstance(version, str) else ""

    def begin(self, version: str) -> None:
        """Discard what has come, and note the version that comes now."""
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


class _Download:
    """One file on its way, over as many connections as it takes."""

    def __init__(self, address: str, partial: _Partial, pause: float) -> None:
        self._address = address
        self._partial = partial
        self._pause = pause
        self._total = 0
        self._client = HttpClient(goes_elsewhere=True)  # mirrors send us on to where their files lie

    def run(self, progress: Progress, *, label: str) -> None:
        """Get all that is missing and show the progress."""
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
            except UnencryptedError as error:
                raise _make_refusal(error.address) from error
            except HttpError as error:
                if not error.is_passing:
                    raise GazetteerError(f"{self._address}: {_explain(error)}.") from error
                failures = 0 if self._partial.size > before else failures + 1
                if failures >= ATTEMPTS or error.wish > MOST_WAIT:
                    raise GazetteerError(
                        f"{self._address} cannot be downloaded ({error}): check the connection and run the same "
                        "command again, it goes on where this one ended."
                    ) from error
                sleep(max(self._pause * 2**failures, error.wish))
            else:
                return

    def _receive(self) -> Iterator[None]:
        """Receive what one connection gives; the first item comes before the first byte."""
        try:
            with self._client.get(self._address, headers=self._headers(), timeout=TIMEOUT) as answer:
                self._total = self._begin(answer)
                yield
                yield from self._write(answer)
        except StatusError as error:
            if error.status != 416:
                raise
            if error.headers.get("Content-Range") == f"bytes */{self._partial.size}":
                return  # nothing is left
            self._partial.discard()  # the file has become shorter
            raise NoAnswerError("it has changed in between") from error
        if self._partial.size < self._total:
            raise NoAnswerError(ENDED_EARLY)
        if self._partial.size > self._total > 0:
            self._partial.discard()
            raise NoAnswerError("more came than was announced")

    def _write(self, answer: Answer) -> Iterator[None]:
        """Append what comes to the file, and yield after every block."""
        size = 0
        with self._partial.path.open("ab") as file:
            for piece in answer.read_pieces():
                file.write(piece)
                size += len(piece)
                if size >= BLOCK:
                    size -= BLOCK
                    yield
        if size:
            yield

    def _headers(self) -> dict[str, str]:
        headers = {"User-Agent": f"geomap/{__version__}"}
        size, version = self._partial.size, self._partial.read_version()
        if size and version:
            headers |= {"Range": f"bytes={size}-", "If-Range": version}
        return headers

    def _begin(self, answer: Answer) -> int:
        """Return the size of the whole file, 0 if unknown; discard what came before unless this answer continues it."""
        part = _PART.match(answer.headers.get("Content-Range", ""))
        if answer.status == 206 and part and int(part[1]) == self._partial.size:
            return int(part[2])
        if answer.status != 200:
            self._partial.discard()
            raise NoAnswerError(f"status {answer.status}")
        tag = answer.headers.get("ETag", "")
        self._partial.begin(answer.headers.get("Last-Modified", "") if not tag or tag.startswith("W/") else tag)
        length = answer.headers.get("Content-Length", "")
        return int(length) if length.isdecimal() else 0


def _explain(error: HttpError) -> str:
    if not isinstance(error, StatusError):
        return str(error)
    if error.status == 404:
        return "there is no such file; check the country's code and [gazetteer] base_url"
    return f"the server refuses it ({error.status} {error.reason})"
