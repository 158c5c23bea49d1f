"""Files of reports -> `geomap.model.Report`: text, HTML, CSV, JSON, JSON Lines, in any encoding."""

from __future__ import annotations

from geomap.reports.base import MAX_REPORT_BYTES, Reader
from geomap.reports.encoding import decode
from geomap.reports.folder import READER_FINGERPRINT, FoundFiles, SourceFile, digest_file, find_files, read_file
from geomap.reports.lines import Line, read_lines
from geomap.reports.plain_text import read_text

__all__ = [
    "MAX_REPORT_BYTES",
    "READER_FINGERPRINT",
    "FoundFiles",
    "Line",
    "Reader",
    "SourceFile",
    "decode",
    "digest_file",
    "find_files",
    "read_file",
    "read_lines",
    "read_text",
]
