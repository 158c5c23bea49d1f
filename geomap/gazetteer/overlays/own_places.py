"""A table of the user's own places -> draft."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Final

from geomap.errors import RowError, UsageError
from geomap.gazetteer.normalisation import fold_name
from geomap.gazetteer.overlays.drafting import OverlayDraft
from geomap.gazetteer.overlays.geonames import read_degrees, read_population
from geomap.gazetteer.overlays.own_columns import REQUIRED, UNKNOWN_KIND, find_columns, find_feature, read_header
from geomap.gazetteer.overlays.refusals import TOO_LONG, Refusals
from geomap.gazetteer.overlays.spelling import is_key
from geomap.text.tables import Rows, TableError

_SEPARATOR: Final = re.compile("[;|]")
_NOT_IN_SLUGS: Final = re.compile(r"\W+")
_LONGEST_SLUG: Final = 40
_LONGEST_ROW: Final = 131_072


def read_own_places(lines: Iterable[bytes | None], draft: OverlayDraft, refusals: Refusals) -> list[str]:
    """Read a table with a header; return notes for the user. Raises `UsageError` where a needed column is missing."""
    texts = _decode(lines, refusals)
    header, delimiter, height = read_header(texts)
    columns = find_columns(header)
    missing = [name for name in REQUIRED if name not in columns]
    if missing:
        raise UsageError(f"The table has no column {' and no column '.join(missing)}: name it so in the first line.")
    reader = _OwnPlaces(draft, columns)
    rows = Rows(texts, delimiter=delimiter, most=_LONGEST_ROW)
    while True:
        try:
            row = next(rows)
            if any(map(str.strip, row)):
                reader.add(row)
        except StopIteration:
            return reader.notes()
        except (RowError, TableError) as error:
            refusals.add(rows.lines_read + height, str(error))


def _decode(lines: Iterable[bytes | None], refusals: Refusals) -> Iterator[str]:
    for number, line in enumerate(lines, start=1):
        try:
            if line is None:
                raise RowError(TOO_LONG)
            yield line.decode("utf-8-sig" if number == 1 else "utf-8")
            continue
        except UnicodeDecodeError:
            refusals.add(number, "is not UTF-8: save the table as UTF-8")
        except RowError as error:
            refusals.add(number, str(error))
        yield "\n"  # the lines behind keep their numbers


class _OwnPlaces:
    """Adds rows to a draft."""

    def __init__(self, draft: OverlayDraft, columns: dict[str, int]) -> None:
        self._draft = draft
        self._columns = columns
        self._seen: set[str] = set()
        self._unknown_kinds: dict[str, int] = {}

    def add(self, row: Sequence[str]) -> None:
        """Add a row or raise `RowError`."""
        cell = self._cells(row)
        name, country = cell("name"), cell("country").upper()
        if not is_key(fold_name(name)):
            raise RowError(f"{name!r} is too short for a name" if name else "has no name")
        if len(country) not in {0, 2}:
            raise RowError(f"{country!r} is no country code of two letters")
        latitude = read_degrees(cell("latitude").replace(",", "."), 90)
        longitude = read_degrees(cell("longitude").replace(",", "."), 180)
        population = read_population(cell("population"))
        slug = make_slug(name, cell("id") or f"{fold_name(name)}|{latitude:.5f}|{longitude:.5f}")
        if slug in self._seen:
            raise RowError(f"{name} stands in the table twice")
        self._seen.add(slug)
        feature = self._find_feature(cell("kind"))
        self._draft.add_place(
            name,
            latitude,
            longitude,
            feature=feature,
            country_code=country,
            admin1_code="",
            population=population,
            slug=slug,
        )
        self._draft.add_names((name, *filter(None, _split_names(cell("others")))), country)

    def _cells(self, row: Sequence[str]) -> Callable[[str], str]:
        def cell(column: str) -> str:
            index = self._columns.get(column, len(row))
            return row[index].strip() if index < len(row) else ""

        return cell

    def _find_feature(self, kind: str) -> str:
        feature = find_feature(kind)
        if feature is None:
            self._unknown_kinds[kind] = self._unknown_kinds.get(kind, 0) + 1
        return feature or UNKNOWN_KIND

    def notes(self) -> list[str]:
        """Return the notes for the user."""
        return [
            f'The kind "{kind}" is not known ({count:,} rows): such places count as buildings.'
            for kind, count in sorted(self._unknown_kinds.items())
        ]


def make_slug(name: str, identity: str) -> str:
    """Return the end of a place's id: its name for people, and a digest of its identity."""
    readable = _NOT_IN_SLUGS.sub("-", fold_name(name)).strip("-_")[:_LONGEST_SLUG].rstrip("-")
    return f"{readable}-{hashlib.blake2b(identity.encode(), digest_size=5).hexdigest()}"


def _split_names(cell: str) -> list[str]:
    """Split at semicolons or bars; at commas where there are none of them."""
    parts = _SEPARATOR.split(cell) if _SEPARATOR.search(cell) else cell.split(",")
    return [part.strip() for part in parts]
