"""From a draft to the file of an overlay."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from geomap.errors import GazetteerError
from geomap.gazetteer.container import write_container
from geomap.gazetteer.layout import COLUMNS
from geomap.gazetteer.overlays.drafting import OverlayDraft
from geomap.gazetteer.overlays.folder import LAYOUT, spell_probe
from geomap.gazetteer.overlays.name_sections import as_octets, compile_names
from geomap.gazetteer.overlays.weighing import is_in_counties, measure_radii, weigh_places

Numbers = npt.NDArray[Any]


def write_overlay(
    draft: OverlayDraft, path: Path, *, form: str, source: str, licence: str, least: float
) -> tuple[int, int]:
    """Compile and write the file, as a whole or not at all; return its numbers of places and names.

    ``form`` is "geonames", "own", or "names" for names of places that stand elsewhere. ``least`` is the smallest
    importance that a place gets. The draft is used up.
    """
    holds_places = form != "names"
    ids, id_rows, row_of = _merge_ids(np.frombuffer(draft.geonameids, np.uint32), keep_rows=holds_places)
    meta: dict[str, Any] = {
        "layout": LAYOUT,
        "spelling": spell_probe(),
        "form": form,
        "source": source,
        "licence": licence,
        "unit_names": draft.unit_names,
    }
    sections: dict[str, bytes | memoryview] = {"ids": as_octets(ids), "id_rows": as_octets(id_rows)}
    importance = None
    if holds_places:
        columns = _fill_columns(draft, least)
        importance = columns["importance"]
        sections |= {name: as_octets(column) for name, column in columns.items()}
        ends = np.frombuffer(draft.name_ends, np.uint32)
        sections["name_offsets"] = as_octets(np.concatenate([np.zeros(1, "<u4"), ends]).astype("<u4"))
        sections["name_text"] = memoryview(draft.name_text)
        sections["slugs"] = "\n".join(draft.slugs).encode()
        meta |= _list_values(draft, form)
    names, count = compile_names(draft, row_of, importance)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        write_container(path, sections | names, meta)
    except OSError as error:
        raise GazetteerError(
            f"{path} cannot be written ({error.strerror}): free space there, and end what uses the overlay."
        ) from error
    return draft.rows if holds_places else len(ids), count


def _merge_ids(geonameids: Numbers, *, keep_rows: bool) -> tuple[Numbers, Numbers, Numbers]:
    """Return the different ids in rising order, their rows, and for each row of the draft that of the overlay.

    A place that a file has twice is the first of the two, with the names of both. Where rows are not kept, they are
    numbered anew, one for each id.
    """
    order = np.argsort(geonameids, kind="stable").astype(np.uint32)
    order = order[np.searchsorted(geonameids, 1, sorter=order) :]
    ids = geonameids[order]
    is_new = np.ones(len(ids), bool)
    is_new[1:] = ids[1:] != ids[:-1]
    numbers = np.cumsum(is_new) - 1
    firsts = order[is_new] if keep_rows else np.arange(int(is_new.sum()), dtype=np.uint32)
    row_of = np.arange(len(geonameids), dtype=np.uint32)
    row_of[order] = firsts[numbers]
    return ids[is_new].astype("<u4"), firsts.astype("<u4"), row_of


def _fill_columns(draft: OverlayDraft, least: float) -> dict[str, Numbers]:
    """Return the columns of places; those that a file says nothing about are 0."""
    features = list(draft.values["feature"])
    feature = np.frombuffer(draft.indices["feature"], np.uint16)
    country = np.frombuffer(draft.indices["country"], np.uint16)
    population = np.frombuffer(draft.populations, np.uint32)
    known: dict[str, Numbers] = {
        "latitude": np.frombuffer(draft.latitudes, np.int32),
        "longitude": np.frombuffer(draft.longitudes, np.int32),
        "geonameid": np.frombuffer(draft.geonameids, np.uint32),
        "population": population,
        "radius": measure_radii(features, feature, population),
        "feature": feature,
        "country": country,
        "admin1": np.frombuffer(draft.indices["admin1"], np.uint16),
        "importance": weigh_places(
            features,
            feature,
            population,
            in_counties=is_in_counties(list(draft.values["country"]), country),
            least=least,
        ),
    }
    return {name: known.get(name, np.zeros(draft.rows)).astype(kind, copy=False) for name, kind in COLUMNS.items()}


def _list_values(draft: OverlayDraft, form: str) -> dict[str, list[Any]]:
    admin1 = list(draft.values["admin1"])
    return {
        "countries": list(draft.values["country"]),
        "admin1": admin1,
        "admin1_rows": [draft.unit_rows.get(code, -1) for code in admin1],
        "features": list(draft.values["feature"]),
        "origins": [f"overlay:{form}"],
    }
