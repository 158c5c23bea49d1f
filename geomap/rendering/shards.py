"""The texts of a large map in files beside it, which the page loads one by one as they are needed."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from contextlib import suppress
from pathlib import Path
from urllib.parse import quote

from geomap.rendering.output import replace_file
from geomap.rendering.texts import TextPart

_OWN = re.compile(r"\d+-[0-9a-f]{16}\.js")


class Shards:
    """The files for the texts of one map: a folder beside it that bears its name.

    They are scripts, because a page that was opened from disk can read no other files. Their names change with their
    content, so that a map never shows the texts of another build.
    """

    def __init__(self, output: Path, parts: Sequence[TextPart]) -> None:
        self._folder = output.with_name(f"{output.stem}_texts")
        self._parts = parts

    def addresses(self) -> list[str]:
        """Return where the page finds each part, relative to itself."""
        return [f"{quote(self._folder.name)}/{name}" for name in self._names()]

    def write(self) -> None:
        """Write the files that do not exist yet; raises `OutputError` if that fails."""
        for name, part in zip(self._names(), self._parts, strict=True):
            if not (self._folder / name).exists():
                replace_file(self._folder / name, f'geomap.receiveText("{part.digest}","{part.encoded}");\n'.encode())

    def remove_others(self) -> None:
        """Remove the files of former builds, and the folder if it is empty then."""
        remove_shards(self._folder, keep=self._names())

    def _names(self) -> list[str]:
        return [f"{number}-{part.digest}.js" for number, part in enumerate(self._parts)]


def remove_shards(folder: Path, *, keep: Iterable[str] = ()) -> None:
    """Remove geomap's files from a map's folder, and the folder if it is empty then."""
    kept = set(keep)
    if not folder.is_dir():
        return
    for path in folder.iterdir():
        if _OWN.fullmatch(path.name) and path.name not in kept:
            path.unlink(missing_ok=True)
    with suppress(OSError):  # somebody else's files are in it, or it is needed
        folder.rmdir()
