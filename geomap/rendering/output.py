"""Files that are replaced as a whole or not at all."""

from __future__ import annotations

from pathlib import Path

from geomap.system.replacement import replacement


def replace_file(path: Path, content: bytes) -> None:
    """Write a file so that a reader, or a crash, sees the old one or the new one and nothing between.

    Missing folders are made. Raises `OutputError` with the remedy where the file cannot be written.
    """
    with replacement(path) as file:
        file.write(content)
