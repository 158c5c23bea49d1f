"""The columns of what is exported: the same in every format."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal, TypeAlias

Thing: TypeAlias = Literal["places", "mentions", "reports"]
THINGS: Final[tuple[Thing, ...]] = ("places", "mentions", "reports")

ColumnKind: TypeAlias = Literal["text", "integer", "long", "number", "truth"]


@dataclass(frozen=True, slots=True)
class Column:
    """A column; an empty cell (null) says that something is unknown or does not apply."""

    name: str
    kind: ColumnKind
    meaning: str


_PLACE: Final = (
    Column("place_id", "text", "id of the place, such as geonames:706483"),
    Column("name", "text", "its usual name"),
    Column("latitude", "number", "WGS 84 degrees"),
    Column("longitude", "number", "WGS 84 degrees"),
    Column("geonameid", "integer", "number of the place in GeoNames"),
    Column("country_code", "text", "ISO 3166-1 alpha-2"),
    Column("admin1", "text", "name of its region"),
    Column("admin1_code", "text", "GeoNames' code of the region, such as UA.07"),
    Column("feature_class", "text", "GeoNames' class: P populated place, A administrative unit ..."),
    Column("feature_code", "text", "GeoNames' code, such as PPLA"),
    Column("population", "long", "inhabitants, 0 for unknown"),
    Column("radius_km", "number", "how far from the point the place reaches"),
)
_ANCHOR: Final = (
    Column("anchor_place_id", "text", "for a point such as 30 km south of Kirkuk: the place it is measured from"),
    Column("anchor_distance_km", "number", "how far from there"),
    Column("anchor_bearing", "number", "in which direction, degrees from north"),
)
COLUMNS: Final[dict[Thing, tuple[Column, ...]]] = {
    "places": (
        *_PLACE,
        *_ANCHOR,
        Column("mentions", "integer", "how often it is named, copies of a story counted once"),
        Column("reports", "integer", "how many reports name it, copies of a story counted once"),
        Column("names", "text", "how it is written in the reports, the commonest first, separated by semicolons"),
        Column("first_date", "text", "date of the earliest report that names it"),
        Column("last_date", "text", "date of the latest one"),
        Column("corrected", "integer", "how many of the mentions a person has corrected"),
    ),
    "mentions": (
        Column("mention_id", "text", "id of the report, @, and where the name begins"),
        Column("report_id", "text", "id of the report"),
        Column("start_offset", "integer", "where the name begins in the report's text, in characters from 0"),
        Column("end_offset", "integer", "where it ends"),
        Column("text", "text", "the name as written"),
        Column("kind", "text", "place, demonym or coordinates"),
        Column("usage", "text", "literal, or associative where the name stands for a government, people or team"),
        *_PLACE,
        *_ANCHOR,
        Column("confidence", "number", "probability that this is a place name and the point right within 161 km"),
        Column("corrected", "truth", "whether a person has corrected it"),
        Column("evidence", "text", "why this place, separated by semicolons"),
        Column("excerpt", "text", "the name with what stands around it"),
        Column("title", "text", "title of the report"),
        Column("source", "text", "its source"),
        Column("date", "text", "its date, ISO 8601"),
        Column("url", "text", "its address"),
        Column("copies", "integer", "how many other reports tell the same story"),
    ),
    "reports": (
        Column("id", "text", "id of the report"),
        Column("title", "text", "its title"),
        Column("source", "text", "its source"),
        Column("date", "text", "its date, ISO 8601"),
        Column("url", "text", "its address"),
        Column("domain", "text", "domain of its source"),
        Column("language", "text", "its language, ISO 639"),
        Column("text", "text", "the text that offsets of mentions count in"),
        Column("mentions", "integer", "how many places it names, each as often as it does"),
        Column("places", "integer", "how many different places"),
        Column("unresolved", "integer", "how many names have no place"),
        Column("copy_of", "text", "id of the report whose story it tells again; such copies are counted once"),
    ),
}
"""What a row has, by what the rows are. ``start_offset`` and not ``start``: readers of KML give `end` a meaning."""
