"""From the draft to the sections of the gazetteer file."""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping
from pathlib import Path
from typing import Any

import marisa_trie
import numpy as np

from geomap.gazetteer.compilation.abolished import mark_abolished
from geomap.gazetteer.compilation.administrative import add_administrative
from geomap.gazetteer.compilation.courses import add_courses
from geomap.gazetteer.compilation.curated import add_curated, prefer_curated_names
from geomap.gazetteer.compilation.draft import Draft, DraftPlace
from geomap.gazetteer.compilation.exonyms import mark_english_names, proper_names
from geomap.gazetteer.compilation.extents import set_extents
from geomap.gazetteer.compilation.importance import importance
from geomap.gazetteer.compilation.lexicon import build_lexicon
from geomap.gazetteer.compilation.meanings import drop_other_meanings
from geomap.gazetteer.compilation.naming import (
    add_town_forms,
    add_unit_forms,
    prefer_english_names,
)
from geomap.gazetteer.compilation.other_languages import add_other_languages
from geomap.gazetteer.compilation.packages import PACKAGES, PackageFolder
from geomap.gazetteer.compilation.populated import add_airports, add_cities
from geomap.gazetteer.compilation.postal import add_post_towns
from geomap.gazetteer.compilation.postal_files import COMPILED, add_postal_settlements
from geomap.gazetteer.compilation.postings import name_sections
from geomap.gazetteer.compilation.second_level import add_second_level
from geomap.gazetteer.compilation.settlement_tables import add_settlement_tables
from geomap.gazetteer.compilation.shadowing import drop_shadowed_aliases
from geomap.gazetteer.compilation.ukrainian_register import add_ukrainian_settlements
from geomap.gazetteer.container import write_container
from geomap.gazetteer.courses import pack_courses
from geomap.gazetteer.layout import COLUMNS, DEGREE, IMPORTANCE_UNIT, NARROW, TRIMMED, WIDE, name_origin, trim_end
from geomap.gazetteer.name_texts import pack_names

VERSION = "2026.12.1"


def compile_gazetteer(packages: PackageFolder, output: Path) -> str:
    """Compile the embedded gazetteer and return its digest; the same packages and tables give the same bytes."""
    draft = Draft()
    add_cities(draft, packages)
    add_second_level(draft, packages)
    add_administrative(draft, packages)
    add_post_towns(draft, packages)
    add_airports(draft, packages)
    add_curated(draft)
    add_ukrainian_settlements(draft, packages)
    for country in COMPILED:
        add_postal_settlements(draft, packages, country)
    mark_abolished(draft, packages)
    prefer_english_names(draft, packages)
    prefer_curated_names(draft)
    add_settlement_tables(draft)
    add_unit_forms(draft)
    add_town_forms(draft)
    add_other_languages(draft, packages)
    drop_shadowed_aliases(draft)
    drop_other_meanings(draft)
    add_courses(draft)
    set_extents(draft, packages)
    lexicon = build_lexicon(packages)
    mark_english_names(draft, packages, {name for name, (_, first, last) in lexicon.items() if first or last})
    return write_gazetteer(draft, lexicon, proper_names(packages), output)


def write_gazetteer(
    draft: Draft, lexicon: Mapping[str, tuple[int, int, int]], taken: Collection[str], output: Path
) -> str:
    """Write a draft as a gazetteer and return its digest.

    ``lexicon`` is what `build_lexicon` returns, ``taken`` are folded names that mean something else than villages.
    """
    places = _ordered(draft)
    sections, meta = _place_sections(places)
    sections |= name_sections(places, lexicon, taken)
    sections |= _lexicon_sections(lexicon)
    output.parent.mkdir(parents=True, exist_ok=True)
    return write_container(output, sections, meta)


def _ordered(draft: Draft) -> list[DraftPlace]:
    """Return the places, the best known first and villages last."""
    keys = {key: (place.village_number > 0, -importance(place), key) for key, place in draft.places.items()}
    return [draft.places[key] for key in sorted(keys, key=keys.__getitem__)]


def _place_sections(places: list[DraftPlace]) -> tuple[dict[str, bytes], dict[str, Any]]:
    tables: dict[str, dict[str, int]] = {name: {"": 0} for name in ("countries", "admin1", "features", "origins")}

    def index(table: str, value: str) -> int:
        return tables[table].setdefault(value, len(tables[table]))

    columns: dict[str, list[int]] = {name: [] for name in COLUMNS}
    for place in places:
        columns["latitude"].append(round(place.latitude * DEGREE))
        columns["longitude"].append(round(place.longitude * DEGREE))
        columns["geonameid"].append(place.geonameid)
        columns["population"].append(place.population)
        columns["radius"].append(min(65_535, round(place.radius_km * 10)))
        columns["country"].append(index("countries", place.country_code))
        columns["admin1"].append(index("admin1", place.admin1_code))
        columns["feature"].append(index("features", f"{place.feature_class}.{place.feature_code}"))
        columns["importance"].append(min(255, round(importance(place) * IMPORTANCE_UNIT)))
        columns["origin"].append(
            index("origins", name_origin(place.source, place.extent, is_approximate=place.is_approximate))
        )
    for name in TRIMMED:
        columns[name] = trim_end(columns[name])
    sections = {name: _pack_column(columns[name], kind) for name, kind in COLUMNS.items()}
    sections |= pack_names([place.name for place in places])
    sections |= _second_level_sections(places)
    sections |= pack_courses([(row, place.course) for row, place in enumerate(places) if place.course])
    slugs = (place.slug for place in places if not (place.geonameid or place.village_number))
    sections["slugs"] = "\n".join(slugs).encode()
    numbers = [place.village_number for place in places if place.village_number]
    sections["village_numbers"] = np.array(numbers, "<u4").tobytes()
    sections["values"] = json.dumps(_values(places, tables)).encode()
    return sections, {"version": VERSION, "places": len(places)}


def _pack_column(values: list[int], kind: str) -> bytes:
    return np.array(values, dtype=NARROW if kind == WIDE and max(values, default=0) < 256 else kind).tobytes()


def _second_level_sections(places: list[DraftPlace]) -> dict[str, bytes]:
    """Return for each row an index into a list of the rows of second-level units, 0 for none."""
    rows = {place.geonameid: row for row, place in enumerate(places) if place.geonameid}
    units: dict[int, int] = {0: 0}
    indices = [units.setdefault(rows.get(place.admin2_id, 0), len(units)) for place in places]
    return {"admin2": np.array(indices, "<u2").tobytes(), "admin2_rows": np.array(list(units), "<u4").tobytes()}


def _values(places: list[DraftPlace], tables: dict[str, dict[str, int]]) -> dict[str, list[Any]]:
    """Return what is read when first asked for: the values that the indices in columns point to, and the sources."""
    units = {
        place.admin1_code: row
        for row, place in reversed(list(enumerate(places)))
        if place.feature_code == "ADM1" and place.admin1_code
    }
    return {
        **{name: list(table) for name, table in tables.items()},
        "admin1_rows": [units.get(code, -1) for code in tables["admin1"]],
        "sources": [
            {"name": one.name, "version": one.version, "licence": one.licence, "gives": one.gives}
            for one in PACKAGES.values()
        ],
    }


def _lexicon_sections(lexicon: Mapping[str, tuple[int, int, int]]) -> dict[str, bytes]:
    trie = marisa_trie.Trie(sorted(lexicon))
    levels = np.zeros(len(trie), dtype="<u2")
    for word, (common, first, last) in lexicon.items():
        levels[trie[word]] = common | first << 4 | last << 8
    return {"lexicon": trie.tobytes(), "lexicon_levels": levels.tobytes()}
