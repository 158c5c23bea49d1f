"""From a file to an overlay of the project."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter
from typing import Final, NamedTuple

from geomap.errors import GazetteerError, UsageError
from geomap.gazetteer.overlays.compiling import write_overlay
from geomap.gazetteer.overlays.drafting import OverlayDraft
from geomap.gazetteer.overlays.folder import ENDING, list_files, open_container
from geomap.gazetteer.overlays.geonames import read_alternate_names, read_countries, read_places, read_units
from geomap.gazetteer.overlays.own_places import read_own_places
from geomap.gazetteer.overlays.refusals import Refusals
from geomap.gazetteer.overlays.sources import Form, Source, open_source, tell_form
from geomap.gazetteer.overlays.weighing import LEAST
from geomap.system.progress import NoProgress, Progress

Reader = Callable[[Iterable[bytes | None], OverlayDraft, Refusals], list[str] | None]

_GEONAMES: Final = "GeoNames (geonames.org), CC BY 4.0"


class _Make(NamedTuple):
    """How a form of file is read and compiled."""

    read: Reader
    form: str
    licence: str = _GEONAMES
    least: float = LEAST


_MAKES: Final[dict[Form, _Make]] = {
    "places": _Make(read_places, "geonames"),
    "alternate names": _Make(read_alternate_names, "names"),
    "units": _Make(read_units, "names"),
    "countries": _Make(read_countries, "names"),
    "own": _Make(
        read_own_places, "own", "", 4.0
    ),  # who adds a place by hand means it, rather than a village of its name
}


@dataclass(frozen=True, slots=True)
class Addition:
    """The result for a file: the numbers of ``places``, ``names`` and ``refused`` rows, and the first refusals."""

    name: str
    form: str
    places: int
    names: int
    refused: int
    refusals: tuple[str, ...]
    notes: tuple[str, ...]
    seconds: float


def add_file(path: Path, folder: Path, *, progress: Progress | None = None) -> Addition:
    """Make an overlay in ``folder`` of a file of GeoNames' or a table of the user's own places.

    An overlay of the same name is replaced; it stays where the file cannot be used. Raises `GazetteerError` or
    `UsageError`; single rows that are wrong are refused.
    """
    started = perf_counter()
    name = name_overlay(path)
    with open_source(path) as source:
        form = tell_form(source.read_head())
        if form is None:
            raise UsageError(
                f"{path} is none of GeoNames' files (UA.txt, allCountries.zip, alternateNamesV2.zip, "
                "admin1CodesASCII.txt, countryInfo.txt ...) and no table with the columns name, latitude and longitude."
            )
        make = _MAKES[form]
        _check_name(name, make.form, folder)
        refusals = Refusals(source.label)
        with OverlayDraft() as draft:
            notes = _read(source, make, draft, refusals, progress or NoProgress())
            places, names = write_overlay(
                draft,
                folder / f"{name}{ENDING}",
                form=make.form,
                source=path.name,
                licence=make.licence,
                least=make.least,
            )
    refused = refusals.count
    return Addition(
        name, make.form, places, names, refused, tuple(refusals.list_lines()), tuple(notes), perf_counter() - started
    )


def _read(source: Source, make: _Make, draft: OverlayDraft, refusals: Refusals, progress: Progress) -> list[str]:
    lines = source.read_lines(progress, label=f"Reading {Path(source.label).name} (MB)")
    notes = make.read(lines, draft, refusals)
    draft.finish()
    if not draft.rows:
        line = next(refusals.list_lines(), "")
        first = f" (the first: {line})" if line else ""
        raise GazetteerError(f"{source.label} holds nothing that can be used{first}: nothing was changed.")
    return notes or []


def name_overlay(path: Path) -> str:
    """Return the name of the overlay of a file: the file's name without its ending."""
    name = re.sub(r"[^\w-]+", "-", path.stem).strip("-")
    if not name:
        raise UsageError(f"{path} needs a name with letters or digits: rename it.")
    return name


def _check_name(name: str, form: str, folder: Path) -> None:
    """Refuse to replace GeoNames' data by a table of own places of the same name, and the other way round."""
    known = next((path for path in list_files(folder) if path.name.lower() == f"{name}{ENDING}".lower()), None)
    try:
        known_form = form if known is None else open_container(known).meta["form"]
    except GazetteerError:
        return  # a damaged one is there to be replaced
    if "own" in {form, known_form} and form != known_form:
        raise UsageError(
            f"There is an overlay {name} of another kind: rename your file, or `geomap gazetteer remove {name}` first."
        )
