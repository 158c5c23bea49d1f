"""All that a gazetteer can say about one place: its names, what it lies in, where it comes from."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from geomap.gazetteer.courses import Course
from geomap.gazetteer.index import Gazetteer
from geomap.gazetteer.layout import KIND_NAMES
from geomap.model import Place


@dataclass(frozen=True, slots=True)
class Name:
    """One name of a place in the gazetteer's spelling.

    ``kind`` is one of `KIND_NAMES`. ``is_english`` tells that English uses or used it, ``languages`` which others do;
    of a name that is neither no source tells the language. ``meanings`` says what the name is besides: "word",
    "first name", "last name".
    """

    text: str
    kind: str
    is_english: bool
    languages: tuple[str, ...]
    meanings: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Description:
    """What the gazetteer knows of a place.

    ``parents`` begin with the smallest; ``origin`` is a package, a curated table or an overlay, and where extent and
    point come from. Rivers, ranges, coasts and seas have a ``course`` if the gazetteer knows it.
    """

    place: Place
    names: tuple[Name, ...]
    parents: tuple[Place, ...]
    origin: str
    course: Course | None


def describe(place: Place, gazetteer: Gazetteer) -> Description:
    """Return what the gazetteer knows of one of its places; this looks through all names, for some ten milliseconds."""
    row = find_row(place, gazetteer)
    names, parents = tuple(_names(row, gazetteer)), tuple(gazetteer.parents(row))
    return Description(place, names, parents, gazetteer.origin(row), gazetteer.courses.get(place.place_id))


def _names(row: int, gazetteer: Gazetteer) -> list[Name]:
    names = []
    for text in gazetteer.names_of(row):
        match = next(match for match in gazetteer.matches(text) if match.row == row)
        languages = gazetteer.languages(text, row)
        names.append(Name(text, match.kind, match.likeness == 1, languages, meanings_of(text, gazetteer)))
    return sorted(names, key=lambda name: (KIND_NAMES.index(name.kind), not name.is_english, name.text))


def meanings_of(name: str, gazetteer: Gazetteer) -> tuple[str, ...]:
    """Return what a folded name is besides the name of a place: "word", "first name", "last name"."""
    levels = gazetteer.lexicon_levels(name)
    titles = ("word", "first name", "last name")
    return tuple(title for title, level in zip(titles, levels, strict=True) if level)


def find_row(place: Place, gazetteer: Gazetteer) -> int:
    """Return the row of a place."""
    if place.geonameid:
        return int(np.flatnonzero(np.asarray(gazetteer.columns["geonameid"]) == place.geonameid)[0])
    return next(match.row for match in gazetteer.matches(place.name) if gazetteer.place(match.row) == place)


def describe_lines(description: Description) -> list[str]:
    """Return a description as lines of text: what the place lies in, where it comes from, its names by kind."""
    parents = ", ".join(f"{parent.name} ({parent.place_id})" for parent in description.parents)
    lines = [f"in: {parents}"] if parents else []
    lines.append(f"reaches {description.place.radius_km:g} km; from {description.origin}")
    if description.course is not None:
        lines.append(f"along: {_describe_course(description.course)}")
    for kind in KIND_NAMES:
        names = [_describe_name(name) for name in description.names if name.kind == kind]
        if names:
            lines.append(f"{kind}: " + ", ".join(names))
    return lines


def _describe_course(course: Course) -> str:
    points = ", ".join(f"{latitude:g} {longitude:g}" for latitude, longitude in course.points)
    return f"{points}; {course.width_km:g} km to each side"


def _describe_name(name: Name) -> str:
    marks = [*(["English"] if name.is_english and name.kind != "preferred" else ()), *name.languages, *name.meanings]
    return f"{name.text} ({', '.join(marks)})" if marks else name.text
