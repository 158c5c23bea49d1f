"""Members of ZIP files as streams that keep to bounds, without a byte written to disk."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import IO, Literal

from geomap.config import Limits
from geomap.errors import ReportError, SpentError
from geomap.reports.encoding import decode
from geomap.text.file_names import spell_posix

_RATIO_COUNTS_FROM = 1_000_000
_MAX_DIRECTORY_BYTES = 4_000_000
_LONGEST_NAME = 400
_METHODS = {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}
_IS_ENCRYPTED, _HAS_UTF8_NAME = 0x1, 0x800
_UTF8_BIT = _HAS_UTF8_NAME >> 8  # in the second byte of the flags
_ENTRY, _ENTRY_BYTES = b"PK\x01\x02", 46  # of the directory
_HEADER, _HEADER_BYTES = b"PK\x03\x04", 30  # of a member
_FAULTS = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, ValueError, struct.error)


@dataclass(slots=True)
class Allowance:
    """How much of an archive may still be unpacked, with the archives inside it."""

    limits: Limits
    members: int = field(init=False)
    bytes: int = field(init=False)

    def __post_init__(self) -> None:
        self.members, self.bytes = self.limits.archive_files, self.limits.archive_bytes

    def spend_member(self) -> None:
        """Count a member; raise `SpentError` for one too many."""
        self.members -= 1
        if self.members < 0:
            raise SpentError(
                f"holds more than {self.limits.archive_files:,} files, the limit for an archive; unpack it"
            )

    def spend_bytes(self, count: int) -> None:
        """Count unpacked bytes; raise `SpentError` for too many."""
        self.bytes -= count
        if self.bytes < 0:
            raise SpentError(f"unpacks to more than {self.limits.archive_mb:,} MB, the limit for an archive; unpack it")


@contextmanager
def open_zip(stream: IO[bytes], *, otherwise: str) -> Iterator[zipfile.ZipFile]:
    """Open an archive; one that is damaged raises `ReportError` with the reason and ``otherwise``, the remedy."""
    bounded = _BoundedStream(stream)
    try:
        archive = _open(bounded)
    except ReportError:
        raise
    except _FAULTS as error:
        raise ReportError(f"is no sound archive ({_describe(error)}); {otherwise}") from error
    bounded.is_open = True
    with archive:
        yield archive


def _open(stream: _BoundedStream) -> zipfile.ZipFile:
    try:
        return zipfile.ZipFile(stream)
    except UnicodeDecodeError:  # one name that is marked as UTF-8 and is not would cost all members
        stream.is_unmarked = True
        return zipfile.ZipFile(stream)


class _BoundedStream(io.BufferedIOBase):
    """A stream that refuses the one long read of `zipfile.ZipFile`: a directory of millions of members.

    Where it ``is_unmarked``, no member's name is marked as UTF-8; `_guess_name` finds out which are.
    """

    def __init__(self, stream: IO[bytes]) -> None:
        self._stream = stream
        self.is_open = False
        self.is_unmarked = False

    def read(self, size: int | None = -1, /) -> bytes:
        if not self.is_open and (size or 0) > _MAX_DIRECTORY_BYTES:
            raise ReportError("lists too many files for an archive; unpack it")
        data = self._stream.read(-1 if size is None else size)
        if self.is_unmarked:
            return _unmark_file(data) if self.is_open else _unmark_directory(data)
        return data

    def seek(self, offset: int, whence: int = 0, /) -> int:
        return self._stream.seek(offset, whence)

    def tell(self) -> int:
        return self._stream.tell()

    def seekable(self) -> bool:
        return True


def _unmark_directory(data: bytes) -> bytes:
    unmarked, at = bytearray(data), 0
    while unmarked.startswith(_ENTRY, at) and at + _ENTRY_BYTES <= len(data):
        unmarked[at + 9] &= ~_UTF8_BIT
        at += _ENTRY_BYTES + sum(struct.unpack_from("<3H", data, at + 28))  # name, extra field and comment
    return bytes(unmarked)


def _unmark_file(data: bytes) -> bytes:
    if not data.startswith(_HEADER) or len(data) != _HEADER_BYTES:
        return data
    return data[:7] + bytes([data[7] & ~_UTF8_BIT]) + data[8:]


@dataclass(frozen=True, slots=True)
class Member:
    """A file in an archive, as a reader sees it; its name is a label and no path that anybody opens."""

    archive: zipfile.ZipFile
    info: zipfile.ZipInfo
    allowance: Allowance
    label: str
    """The name with its folders, spelled as by `geomap.text.file_names.spell_name`."""

    @property
    def name(self) -> str:
        """The name without its folders."""
        return self.label.rpartition("/")[2]

    @property
    def stem(self) -> str:
        """The name without folders and ending."""
        return self.name.rpartition(".")[0]

    def open(self, mode: Literal["rb"] = "rb", /) -> IO[bytes]:  # noqa: ARG002 - as of `pathlib.Path`
        """Open the member; reading raises `ReportError` where it is damaged, encrypted or a bomb."""
        if self.info.flag_bits & _IS_ENCRYPTED:
            raise ReportError("is encrypted; unpack it with its password")
        if self.info.compress_type not in _METHODS:
            raise ReportError("is packed by a rare method; pack it again as an ordinary ZIP")
        try:
            stream = self.archive.open(self.info)
        except _FAULTS as error:
            raise ReportError(f"is damaged ({_describe(error)}); get it again") from error
        return io.BufferedReader(_MeteredStream(stream, self.info.compress_size, self.allowance))


class _MeteredStream(io.RawIOBase):
    """The bytes of a member, counted as they come, because the sizes in a directory may be wrong."""

    def __init__(self, stream: IO[bytes], packed_size: int, allowance: Allowance) -> None:
        self._stream = stream
        self._ratio = allowance.limits.archive_ratio  # text reaches 20, a bomb 1,000
        self._most = max(_RATIO_COUNTS_FROM, self._ratio * packed_size)
        self._allowance = allowance
        self._count = 0

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview, /) -> int:  # type: ignore[override] # any buffer of bytes
        try:
            data = self._stream.read(len(buffer))
        except _FAULTS as error:
            raise ReportError(f"is damaged ({_describe(error)}); get it again") from error
        self._count += len(data)
        if self._count > self._most:
            raise ReportError(f"unpacks to more than {self._ratio} times its size, as bombs do; unpack it by hand")
        self._allowance.spend_bytes(len(data))
        buffer[: len(data)] = data
        return len(data)

    def close(self) -> None:
        self._stream.close()
        super().close()


def list_members(archive: zipfile.ZipFile, allowance: Allowance) -> Iterator[Member]:
    """Yield the files of an archive in its order; raise `SpentError` where there are too many."""
    names: dict[str, str] = {}
    for info in archive.infolist():
        if info.filename and not info.is_dir():  # of a name that is empty `is_dir` knows nothing
            allowance.spend_member()
            label = _spell(_guess_name(info).replace("\\", "/"))
            if names.setdefault(label, info.filename) != info.filename:  # two names that are read as the same
                label = _spell(_read_bytes(info).decode("utf-8", "surrogateescape"))
            yield Member(archive, info, allowance, label)


def _guess_name(info: zipfile.ZipInfo) -> str:
    if info.flag_bits & _HAS_UTF8_NAME or info.filename.isascii():
        return info.filename
    name = decode(_read_bytes(info))
    return name if "\ufffd" not in name else _read_bytes(info).decode("utf-8", "surrogateescape")


def _read_bytes(info: zipfile.ZipInfo) -> bytes:
    """Return the bytes of a name in the archive; zipfile decodes one that is not marked as UTF-8 as MS-DOS's."""
    return info.filename.encode("utf-8" if info.flag_bits & _HAS_UTF8_NAME else "cp437", "replace")


def _spell(name: str) -> str:
    return spell_posix(name[:_LONGEST_NAME])


def _describe(error: Exception) -> str:
    return " ".join(str(error).split())[:200] or type(error).__name__
