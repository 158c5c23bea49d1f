"""The overlays of a project: one compiled file each, in the project's ``data/gazetteer``."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Final

from geomap.errors import GazetteerError, UsageError
from geomap.gazetteer.container import Container
from geomap.gazetteer.normalisation import fold_name

LAYOUT: Final = 1
"""Version of what an overlay's sections hold, on top of the container's."""

ENDING: Final = ".overlay"
_PROBE: Final = (
    "St. Côte d’Ivoire, Łódź, ‘Ayn al-‘Arab, Sana'a, Khar'kov, Київ, Њ, Ё, صنعاء, 서울, O’Neill's 北京 ST. X \u200e"
)


@dataclass(frozen=True, slots=True)
class Overlay:
    """A file and the digest of its content; the same everywhere, also in another process."""

    path: Path
    digest: str

    @property
    def name(self) -> str:
        """What the user calls it."""
        return self.path.name.removesuffix(ENDING)

    def open(self) -> Container:
        """Map the file; raises `GazetteerError` if it has changed since it was found."""
        container = open_container(self.path)
        if container.digest != self.digest:
            raise GazetteerError(f"The overlay {self.name} has just been changed by another geomap: run again.")
        return container


def find_overlays(folder: Path) -> tuple[Overlay, ...]:
    """Return the overlays in a folder by name; one that is damaged raises `GazetteerError` with the remedy."""
    return tuple(Overlay(path, open_container(path).digest) for path in list_files(folder))


def list_files(folder: Path) -> list[Path]:
    """Return the files of the overlays by name, whatever state they are in."""
    return sorted(folder.glob(f"*{ENDING}"), key=lambda path: path.name) if folder.is_dir() else []


def open_container(path: Path) -> Container:
    """Map the file of an overlay; raises `GazetteerError` where this geomap cannot use it."""
    name = path.name.removesuffix(ENDING)
    remedy = f"add it again with `geomap gazetteer add`, or take it out with `geomap gazetteer remove {name}`"
    container = Container(path, remedy=remedy)
    if container.meta.get("layout") != LAYOUT or container.meta.get("spelling") != spell_probe():
        raise GazetteerError(f"{path} was made by another version of geomap: {remedy}")
    return container


def spell_probe() -> str:
    """Return some awkward names folded: an overlay that was folded by other rules cannot be used."""
    return fold_name(_PROBE)


def remove_overlay(folder: Path, name: str) -> str:
    """Delete an overlay, damaged or not, and return its name as it was; case makes no difference."""
    files = list_files(folder)
    path = next((path for path in files if path.name.lower() == f"{name}{ENDING}".lower()), None)
    if path is None:
        known = ", ".join(each.name.removesuffix(ENDING) for each in files)
        raise UsageError(f"No overlay is called {name}: " + (f"there are {known}." if known else "there is none."))
    try:
        path.unlink()
    except OSError as error:
        raise GazetteerError(
            f"{path} cannot be deleted ({error.strerror}): end what uses it, and try again."
        ) from error
    return path.name.removesuffix(ENDING)
