"""The files that can be added: found, unpacked, told apart, and read line by line."""

from __future__ import annotations

import re
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Final, Literal

from geomap.config import MEGABYTE
from geomap.errors import GazetteerError, UsageError
from geomap.gazetteer.overlays.own_columns import find_columns, read_header
from geomap.system.progress import Progress
from geomap.text.lines import cut_lines

Form = Literal["places", "alternate names", "units", "countries", "own"]

BLOCK: Final = 1 << 20
"""Bytes that are read at a time; also the unit of progress."""

LONGEST_LINE: Final = 10 * MEGABYTE

_HEAD: Final = 1 << 16
_LINES_LOOKED_AT: Final = 20
_LINE_END: Final = re.compile("\r\n?|\n")
_UNIT_CODE: Final = re.compile(r"[A-Z]{2}\.[^\t.]+(?:\.[^\t]+)?\t[^\t]*\t[^\t]*\t\d+$")
_COUNTRY: Final = re.compile(r"[A-Z]{2}\t[A-Z]{3}\t\d*\t(?:[^\t]*\t){13}\d+\t")
_ALTERNATE: Final = re.compile(r"\d+\t\d+\t[^\t]*\t[^\t]+(?:\t[^\t]*){4,6}$")
_PLACE: Final = re.compile(r"\d+(?:\t[^\t]*){18}$")
_FORMS: Final[tuple[tuple[re.Pattern[str], Form], ...]] = (
    (_PLACE, "places"),
    (_ALTERNATE, "alternate names"),
    (_UNIT_CODE, "units"),
    (_COUNTRY, "countries"),
)


@dataclass(slots=True)
class Source:
    """An opened file: ``label`` names it in messages, ``size`` is what there is to read in bytes."""

    label: str
    stream: IO[bytes]
    size: int

    def read_head(self) -> bytes:
        """Return the first bytes; call it before the lines are read."""
        with self._damage_told():
            head = self.stream.read(_HEAD)
            self.stream.seek(0)
            return head

    def read_lines(self, progress: Progress, *, label: str) -> Iterator[bytes | None]:
        """Yield the lines with their ends, None for one over `LONGEST_LINE`, and show the progress."""
        blocks = progress.track(self._read_blocks(), label=label, total=-(-self.size // BLOCK))
        return cut_lines(blocks, limit=LONGEST_LINE)

    def _read_blocks(self) -> Iterator[bytes]:
        with self._damage_told():
            yield from iter(lambda: self.stream.read(BLOCK), b"")

    @contextmanager
    def _damage_told(self) -> Iterator[None]:
        try:
            yield
        except (OSError, zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError) as error:
            raise GazetteerError(f"{self.label} cannot be read ({error}): get it again.") from error


@contextmanager
def open_source(path: Path) -> Iterator[Source]:
    """Open a file, or the one text in a zip file; raises `GazetteerError` or `UsageError` with the remedy."""
    with ExitStack() as opened:
        try:
            source = _open_zip(path, opened) if path.suffix.lower() == ".zip" else _open_text(path, opened)
        except zipfile.BadZipFile as error:
            raise GazetteerError(f"{path} is no sound zip file ({error}): get it again.") from error
        except OSError as error:
            raise UsageError(f"{path} cannot be read ({error.strerror or error}): check the path.") from error
        yield source


def _open_text(path: Path, opened: ExitStack) -> Source:
    return Source(str(path), opened.enter_context(path.open("rb")), path.stat().st_size)


def _open_zip(path: Path, opened: ExitStack) -> Source:
    archive = opened.enter_context(zipfile.ZipFile(path))
    member = _choose_member(path, archive)
    try:
        stream = opened.enter_context(archive.open(member))
    except (RuntimeError, NotImplementedError) as error:
        raise UsageError(f"{path} cannot be unpacked here ({error}): unpack it, and add the text in it.") from error
    return Source(f"{path} ({member.filename})", stream, member.file_size)


def _choose_member(path: Path, archive: zipfile.ZipFile) -> zipfile.ZipInfo:
    """Return the member that is the table: GeoNames' archives have a readme or a list of languages beside it."""
    texts = [each for each in archive.infolist() if each.filename.lower().endswith((".txt", ".csv"))]
    named = [each for each in texts if Path(each.filename).stem.lower() == path.stem.lower()]
    others = [
        each for each in texts if not Path(each.filename).stem.lower().startswith(("readme", "iso-languagecodes"))
    ]
    for found in (named, others):
        if len(found) == 1:
            return found[0]
    raise UsageError(f"{path} has to hold one text file, not {len(others)}: unpack it, and add what you need.")


def tell_form(head: bytes) -> Form | None:
    """Return the form of a file by its first lines, or None if it cannot be added."""
    text = head.decode("utf-8-sig", "replace")
    lines = [line for line in _LINE_END.split(text) if line.strip() and not line.startswith("#")]
    for line in lines[:_LINES_LOOKED_AT]:
        for pattern, form in _FORMS:
            if pattern.match(line):
                return form
    names, _, _ = read_header(iter(lines))
    return "own" if "name" in find_columns(names) else None
