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
from pathlib import Path
from typing import Any

from geomap.errors import GazetteerError

_MAGIC = b"geomapGZ"
FORMAT_VERSION = 1
_START = struct.Struct("<8sII")
_ALIGNMENT = 64
_REMEDY = "install geomap again, or compile it with `geomap gazetteer build`"


def write_container(path: Path, sections: dict[str, bytes], meta: dict[str, Any]) -> str:
    """Write the file whole or not at all and return its digest; equal input gives equal bytes."""
    offset, table, body = 0, {}, []
    for name, data in sections.items():
        table[name] = [offset, len(data)]
        padded = data + bytes(-len(data) % _ALIGNMENT)
        body.append(padded)
        offset += len(padded)
    content = b"".join(body)
    digest = hashlib.blake2b(content, digest_size=16).hexdigest()
    header = json.dumps({"meta": meta, "sections": table, "size": len(content), "digest": digest}, sort_keys=True)
    start = _START.pack(_MAGIC, FORMAT_VERSION, len(header.encode())) + header.encode()
    temporary = path.with_name(path.name + ".part")
    with temporary.open("wb") as file:
        file.write(start + bytes(-len(start) % _ALIGNMENT) + content)
        file.flush()
        os.fsync(file.fileno())
    temporary.replace(path)
    return digest


class Container:
    """A memory-mapped container; sections are views into it, nothing is copied."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._map = _open_map(path)
        header = self._read_header()
        self.meta: dict[str, Any] = header["meta"]
        self.digest: str = header["digest"]
        self._sections: dict[str, list[int]] = header["sections"]
        self._size: int = header["size"]
        if len(self._map) != self._base + self._size:
            raise GazetteerError(f"{path} is truncated: {_REMEDY}")

    def _read_header(self) -> dict[str, Any]:
        magic, version, length = _START.unpack_from(self._map)
        if magic != _MAGIC:
            raise GazetteerError(f"{self.path} is no gazetteer of geomap: {_REMEDY}")
        if version != FORMAT_VERSION:
            raise GazetteerError(
                f"{self.path} has format {version}, this geomap reads format {FORMAT_VERSION}: {_REMEDY}"
            )
        end = _START.size + length
        self._base = end + -end % _ALIGNMENT
        try:
            header: dict[str, Any] = json.loads(self._map[_START.size : end])
        except ValueError as error:
            raise GazetteerError(f"{self.path} is damaged: {_REMEDY}") from error
        return header

    def section(self, name: str) -> memoryview:
        """Return the bytes of a section."""
        try:
            offset, length = self._sections[name]
        except KeyError as error:
            raise GazetteerError(f"{self.path} lacks the section {name!r}: {_REMEDY}") from error
        begin = self._base + offset
        return memoryview(self._map)[begin : begin + length]

    def verify(self) -> None:
        """Read the whole file and raise `GazetteerError` where a byte differs from what was written."""
        content = memoryview(self._map)[self._base : self._base + self._size]
        if hashlib.blake2b(content, digest_size=16).hexdigest() != self.digest:
            raise GazetteerError(f"{self.path} is damaged: {_REMEDY}")


def _open_map(path: Path) -> mmap.mmap:
    try:
        with path.open("rb") as file:
            if os.fstat(file.fileno()).st_size < _START.size:
                raise GazetteerError(f"{path} is truncated: {_REMEDY}")
            return mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
    except OSError as error:
        raise GazetteerError(f"{path} cannot be read ({error.strerror}): {_REMEDY}") from error
