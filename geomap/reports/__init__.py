"""Files of reports -> `geomap.model.Report`: text, documents, tables, feeds, archives, in any encoding."""

from __future__ import annotations

from geomap.reports.base import Reader
from geomap.reports.encoding import decode
from geomap.reports.folder import (
    FoundFiles,
    SourceFile,
    digest_file,
    find_files,
    read_file,
    reader_fingerprint,
)
from geomap.reports.plain_text import read_text

__all__ = [
    "FoundFiles",
    "Reader",
    "SourceFile",
    "decode",
    "digest_file",
    "find_files",
    "read_file",
    "read_text",
    "reader_fingerprint",
]
