"""One read-only file of named sections: written once, then memory-mapped.

Layout: 8 bytes magic, u32 version of the format, u32 length of the header, the header as JSON (meta, sections as
name -> [offset, length], digest of all that follows the header), padding; sections start at multiples of 64 bytes.
"""

from __future__ import annotations

import hashlib
import json
import mmap
import os
import struct
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from geomap.errors import GazetteerError
from geomap.system.replacement import whole_file

_MAGIC = b"geomapGZ"
FORMAT_VERSION = 1
_START = struct.Struct("<8sII")
_ALIGNMENT = 64
_REMEDY = "install geomap again, or compile it with `geomap gazetteer build`"


def write_container(path: Path, sections: Mapping[str, bytes | memoryview], meta: dict[str, Any]) -> str:
    """Write the file as a whole or not at all and return its digest; equal input gives equal bytes.

    Sections are bytes, or views with items of one byte; none of them is copied.
    """
    offset, table, digest = 0, {}, hashlib.blake2b(digest_size=16)
    for name, data in sections.items():
        table[name] = [offset, len(data)]
        offset += len(data) + -len(data) % _ALIGNMENT
        for part in _padded(data):
            digest.update(part)
    content = {"meta": meta, "sections": table, "size": offset, "digest": digest.hexdigest()}
    header = json.dumps(content, sort_keys=True).encode()
    with whole_file(path) as file:
        for data in (_START.pack(_MAGIC, FORMAT_VERSION, len(header)) + header, *sections.values()):
            file.writelines(_padded(data))
    return digest.hexdigest()


def _padded(data: bytes | memoryview) -> tuple[bytes | memoryview, bytes]:
    return data, bytes(-len(data) % _ALIGNMENT)


class Container:
    """A memory-mapped container; sections are views into it, nothing is copied.

    ``remedy`` is the advice in errors about a file that cannot be used.
    """

    def __init__(self, path: Path, *, remedy: str = _REMEDY) -> None:
        self.path = path
        self._remedy = remedy
        self._map = _open_map(path, remedy)
        header = self._read_header()
        self.meta: dict[str, Any] = header["meta"]
        self.digest: str = header["digest"]
        self._sections: dict[str, list[int]] = header["sections"]
        self._size: int = header["size"]
        if len(self._map) != self._base + self._size:
            raise GazetteerError(f"{path} is truncated: {self._remedy}")

    def _read_header(self) -> dict[str, Any]:
        magic, version, length = _START.unpack_from(self._map)
        if magic != _MAGIC:
            raise GazetteerError(f"{self.path} is no gazetteer of geomap: {self._remedy}")
        if version != FORMAT_VERSION:
            raise GazetteerError(
                f"{self.path} has format {version}, this geomap reads format {FORMAT_VERSION}: {self._remedy}"
            )
        end = _START.size + length
        self._base = end + -end % _ALIGNMENT
        try:
            header: dict[str, Any] = json.loads(self._map[_START.size : end])
        except ValueError as error:
            raise GazetteerError(f"{self.path} is damaged: {self._remedy}") from error
        if not isinstance(header, dict) or not header.keys() >= {"meta", "sections", "size", "digest"}:
            raise GazetteerError(f"{self.path} is damaged: {self._remedy}")
        return header

    def names(self) -> list[str]:
        """Return the names of the sections in their order."""
        return sorted(self._sections, key=lambda name: self._sections[name])

    def __contains__(self, name: str) -> bool:
        return name in self._sections

    def section(self, name: str) -> memoryview:
        """Return the bytes of a section."""
        try:
            offset, length = self._sections[name]
        except KeyError as error:
            raise GazetteerError(f"{self.path} lacks the section {name!r}: {self._remedy}") from error
        begin = self._base + offset
        return memoryview(self._map)[begin : begin + length]

    def verify(self) -> None:
        """Read the whole file and raise `GazetteerError` where a byte differs from what was written."""
        content = memoryview(self._map)[self._base : self._base + self._size]
        if hashlib.blake2b(content, digest_size=16).hexdigest() != self.digest:
            raise GazetteerError(f"{self.path} is damaged: {self._remedy}")


def _open_map(path: Path, remedy: str) -> mmap.mmap:
    try:
        with path.open("rb") as file:
            if os.fstat(file.fileno()).st_size < _START.size:
                raise GazetteerError(f"{path} is truncated: {remedy}")
            return mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
    except OSError as error:
        raise GazetteerError(f"{path} cannot be read ({error.strerror}): {remedy}") from error
