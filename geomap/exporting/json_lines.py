"""JSON Lines: one object a line, with the alternatives of a mention and the mentions of a report inside it."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any, BinaryIO

from geomap.exporting.base import clean_text
from geomap.exporting.columns import Thing
from geomap.exporting.records import Record


def write_json_lines(records: Iterable[Record], _thing: Thing, stream: BinaryIO) -> int:
    """Write each record as a line in ASCII."""
    count = 0
    for record in records:
        stream.write(json.dumps(_clean(record.nested), allow_nan=False).encode("ascii") + b"\n")
        count += 1
    return count


def _clean(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _clean(each) for key, each in value.items()}
    return [_clean(each) for each in value] if isinstance(value, list) else clean_text(value)
