"""Excerpts of Python's exports and of the map's are cut by the same rules, which stand in one file of vectors."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from geomap.text.excerpts import cut_excerpt

VECTORS: list[dict[str, Any]] = json.loads((Path(__file__).parents[1] / "vectors" / "excerpts.json").read_bytes())


@pytest.mark.parametrize("vector", VECTORS, ids=[each["rule"] for each in VECTORS])
def test_an_excerpt_is_cut_as_the_vectors_say(vector: dict[str, Any]) -> None:
    assert (
        cut_excerpt(vector["text"], vector["start"], vector["end"], title=vector.get("title", "")) == vector["excerpt"]
    )
