"""GeoNames' own files -> draft: places, alternate names, and the tables of countries and units."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Final

from geomap.errors import RowError
from geomap.gazetteer.compilation.draft import NameKind
from geomap.gazetteer.compilation.populated import is_usable_alternate
from geomap.gazetteer.overlays.drafting import OverlayDraft
from geomap.gazetteer.overlays.refusals import TOO_LONG, Refusals

_LARGEST_ID: Final = (1 << 32) - 1
_LONGEST_CODE: Final = 10
# what stands in the column of languages without being one: links, codes of post, airports and databases
_NO_LANGUAGES: Final = frozenset("link post iata icao faac wkdt unlc tcid phon".split())


def read_places(lines: Iterable[bytes | None], draft: OverlayDraft, refusals: Refusals) -> None:
    """Read the 19 columns of ``UA.txt`` or ``allCountries.txt``."""
    _read(lines, draft, refusals, _add_place)


def read_alternate_names(lines: Iterable[bytes | None], draft: OverlayDraft, refusals: Refusals) -> None:
    """Read ``alternateNamesV2.txt``: names of places that stand elsewhere."""
    _read(lines, draft, refusals, _add_alternate_name)


def read_units(lines: Iterable[bytes | None], draft: OverlayDraft, refusals: Refusals) -> None:
    """Read ``admin1CodesASCII.txt`` or ``admin2Codes.txt``: codes, names and ids of units."""
    _read(lines, draft, refusals, _add_unit)


def read_countries(lines: Iterable[bytes | None], draft: OverlayDraft, refusals: Refusals) -> None:
    """Read ``countryInfo.txt``: names and ids of countries."""
    _read(lines, draft, refusals, _add_country)


def _read(
    lines: Iterable[bytes | None],
    draft: OverlayDraft,
    refusals: Refusals,
    add: Callable[[OverlayDraft, list[str]], None],
) -> None:
    for number, line in enumerate(lines, start=1):
        if line is None:
            refusals.add(number, TOO_LONG)
            continue
        if line[:1] == b"#" or not line.strip():
            continue
        try:
            add(draft, line.decode("utf-8-sig" if number == 1 else "utf-8").rstrip("\r\n").split("\t"))
        except UnicodeDecodeError:
            refusals.add(number, "is not UTF-8")
        except RowError as error:
            refusals.add(number, str(error))


def _add_place(draft: OverlayDraft, row: list[str]) -> None:
    if len(row) != 19:
        raise RowError(f"has {len(row)} columns, not 19")
    id_text, name, plain, others, latitude, longitude, feature_class, feature_code, country, _, admin1, *rest = row
    if not name.strip():
        raise RowError("has no name")
    if len(feature_class) > 1 or len(feature_code) > _LONGEST_CODE:
        raise RowError(f"{feature_class!r} and {feature_code!r} are no feature class and code")
    if len(country) not in {0, 2}:
        raise RowError(f"{country!r} is no country code")
    geonameid = read_id(id_text)
    draft.add_place(
        name,
        read_degrees(latitude, 90),
        read_degrees(longitude, 180),
        feature=f"{feature_class}.{feature_code}",
        country_code=country,
        admin1_code=f"{country}.{admin1}" if admin1 and country else "",
        population=read_population(rest[3]),
        geonameid=geonameid,
    )
    names = [name] if plain == name else [name, plain]
    draft.add_names([*names, *filter(is_usable_alternate, others.split(","))] if others else names, country)


def _add_alternate_name(draft: OverlayDraft, row: list[str]) -> None:
    if len(row) < 4:
        raise RowError(f"has {len(row)} columns, not 8 or 10")
    _, id_text, language, name, *flags = row
    geonameid = read_id(id_text)
    if language in _NO_LANGUAGES:
        return
    is_preferred, _, _, is_historic = (flag == "1" for flag in (*flags, "", "", "", "")[:4])
    kind = NameKind.ABBREVIATION if language == "abbr" else NameKind.HISTORICAL if is_historic else NameKind.ALTERNATE
    if kind == NameKind.ABBREVIATION or is_usable_alternate(name):
        draft.add_id(geonameid)
        draft.add_loose_name(name, kind, is_usual=is_preferred and language == "en")


def _add_unit(draft: OverlayDraft, row: list[str]) -> None:
    if len(row) != 4:
        raise RowError(f"has {len(row)} columns, not 4")
    code, name, plain, id_text = row
    draft.add_id(read_id(id_text))
    if code.count(".") == 1:
        draft.unit_names[code] = name
    draft.add_names((name, plain), code[:2])


def _add_country(draft: OverlayDraft, row: list[str]) -> None:
    if len(row) < 17:
        raise RowError(f"has {len(row)} columns, not 19")
    if row[16]:  # countries of the past have no id
        draft.add_id(read_id(row[16]))
        draft.add_names((row[4],), row[0])


def read_id(text: str) -> int:
    """Return an id of GeoNames."""
    if not (text.isascii() and text.isdecimal() and 0 < int(text) <= _LARGEST_ID):
        raise RowError(f"{text!r} is no GeoNames id")
    return int(text)


def read_degrees(text: str, most: int) -> float:
    """Return a latitude (``most`` 90) or longitude (180) in degrees."""
    word = "latitude" if most == 90 else "longitude"
    try:
        degrees = float(text)
    except ValueError as error:
        raise RowError(f"{text!r} is no {word} in degrees") from error
    if not -most <= degrees <= most:  # also what is no number
        raise RowError(f"the {word} {text} is not between -{most} and {most}")
    return degrees


def read_population(text: str) -> int:
    """Return a number of people; nothing counts as 0."""
    if not text:
        return 0
    if not (text.isascii() and text.isdecimal()):
        raise RowError(f"{text!r} is no number of people")
    return int(text)
