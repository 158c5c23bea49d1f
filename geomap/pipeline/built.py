"""What a map shows, taken from the store: nothing is read or found again."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from geomap.config import Project
from geomap.duplicates import fold_duplicates
from geomap.errors import NotBuiltError
from geomap.geocoders.fallback import Question, fill_gaps
from geomap.model import ParsedReport
from geomap.store import Store

if TYPE_CHECKING:
    import pandas as pd

    from geomap.exporting.columns import Thing


@dataclass(frozen=True, slots=True)
class Built:
    """The last build of a map; ``output`` is the map's name in the store."""

    store: Store
    number: int
    output: str

    def iterate_shown(self) -> Iterator[ParsedReport]:
        """Yield what the map shows, by report id: each duplicate cluster once, with its copies."""
        clustered = self.store.iterate_built(self.number, clustered_only=True)
        return fold_duplicates(self.iterate_reports(), self.read_copies(), clustered)

    def iterate_reports(self) -> Iterator[ParsedReport]:
        """Yield all reports with what was found in them, by id, copies as well."""
        answers = {Question(name, country): answer for name, country, answer in self.store.read_answers(self.number)}
        for each in self.store.iterate_built(self.number):
            yield fill_gaps(each, answers) if answers else each

    def read_copies(self) -> dict[str, str]:
        """Return for the id of each copy that of the first report of its duplicate cluster."""
        return self.store.read_copies(self.number)

    def read_corrections(self) -> dict[str, int]:
        """Return how often each correction took effect, by digest."""
        return self.store.read_corrections(self.number)


@contextmanager
def open_built(project: Project, output: Path | None = None) -> Iterator[Built]:
    """Open the last build of a map (default: the project's usual one, else the one built last).

    Raises `NotBuiltError` where there is none.
    """
    remedy = "run `geomap build` first"
    if not project.store.is_file():
        raise NotBuiltError(f"Nothing has been built here yet: {remedy}.")
    with Store(project.store) as store, store.snapshot():
        names = store.list_outputs()
        if not names:
            raise NotBuiltError(f"Nothing has been built here yet: {remedy}.")
        usual = name_output(project.output, project.root)
        name = name_output(output, project.root) if output else usual if usual in names else names[-1]
        number = store.find_build(name)
        if number is None:
            raise NotBuiltError(f"{output} has not been built here: {remedy}, or name one of {', '.join(names)}.")
        yield Built(store, number, name)


def name_output(output: Path, root: Path) -> str:
    """Return the name of a map in the store: its path relative to the project, which may be moved as a whole."""
    place = output.resolve()
    return (place.relative_to(root) if place.is_relative_to(root) else place).as_posix()


def read_frame(store: Path | None, build: int, thing: Thing) -> pd.DataFrame:
    """Return the places, mentions or reports of a build, with the columns of `geomap export`.

    Raises `NotBuiltError` where the map has been built again since, or nothing could be kept of the build.
    """
    from geomap.exporting.frames import make_frame  # pandas: only for those who ask
    from geomap.exporting.records import iterate_records

    if store is None or not store.is_file():
        raise NotBuiltError("The store of this build is gone: build again, and take the frames from the new result.")
    with Store(store) as opened, opened.snapshot():
        if not opened.has_build(build):
            raise NotBuiltError("The map has been built again since: take the frames from the new result.")
        return make_frame(iterate_records(Built(opened, build, ""), thing), thing)
